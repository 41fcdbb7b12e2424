"""Names of content types beside the addresses that the platform has under /api."""

import masthead.model as mh


def test_another_plural_makes_room() -> None:
    """A content type keeps its name: only its address is another."""

    class Token(mh.Entry, plural="DesignTokens"):
        name: str

    mh.compile_model([Token], mh.ContentLock())


def test_a_talk_of_a_conference_may_be_a_session() -> None:
    """Its entries are at /api/sessions; only a singleton would be at /api/session."""

    class Session(mh.Entry):
        name: str

    mh.compile_model([Session], mh.ContentLock())
