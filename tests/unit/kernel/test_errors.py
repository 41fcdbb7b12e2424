"""Errors: what a person reads, and what stays in the log."""

from masthead.kernel import ConflictError, InputError, Place, UnavailableError, new_id, utc_now


def test_an_error_reads_place_message_remedy_code() -> None:
    """One line tells where, what and what next."""
    error = InputError("bad-date", "31 February does not exist.", "Write a real date.", Place("a.md", 3, 7))
    assert str(error) == "a.md:3:7: 31 February does not exist. Write a real date. [bad-date]"


def test_a_place_may_be_a_path_into_an_entry() -> None:
    """Fields are places too."""
    assert str(Place(path="Post.title")) == "Post.title"
    assert str(Place(file="content.py", path="Post.title")) == "content.py Post.title"


def test_context_is_private() -> None:
    """What is for the log is not in the text."""
    error = ConflictError("port-taken", "Port 8000 is taken.", context={"secret": "hush"})
    assert "hush" not in str(error)


def test_only_what_waits_can_be_retried() -> None:
    """An error says whether a retry can help."""
    assert UnavailableError("a", "b").is_retryable
    assert not InputError("a", "b").is_retryable


def test_ids_sort_by_time() -> None:
    """UUIDv7: version 7, later ones sort later."""
    first, second = new_id(), new_id()
    assert first.version == 7
    assert first < second


def test_now_is_aware() -> None:
    """The present moment is in UTC."""
    assert utc_now().utcoffset() is not None
    assert str(utc_now().tzinfo) == "UTC"
