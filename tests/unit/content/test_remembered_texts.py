"""What is remembered of texts is what would be rendered."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.content.remembered_texts import RememberingRenderer
from masthead.content.rendering import Shown, Text, show

A, B = "01890a5d-ac96-774b-bcce-b302099a8057", "01890a5d-ac96-774b-bcce-b302099a8058"
ADDRESSES = st.sampled_from([None, {}, {A: "/a"}, {A: "/b"}, {A: "/a", B: "/b"}])
SOURCES = st.sampled_from(["Text.\n", f"[a](entry:{A})\n", f"[a](entry:{A}) ![b](asset:{B})\n", "x " * 3000])
TEXTS = st.lists(st.builds(Text, SOURCES, st.just({}), ADDRESSES, ADDRESSES), max_size=4)


class Counting:
    """A renderer that counts what it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    async def show(self, texts: Sequence[Text]) -> list[Shown]:
        """Every text, in order."""
        self.asked += len(texts)
        return [show(text) for text in texts]


@given(questions=st.lists(TEXTS, max_size=4))
async def test_remembering_changes_no_answer(questions: list[list[Text]]) -> None:
    """Whatever was asked before, in both stages or in one."""
    renderer = RememberingRenderer(Counting())
    for texts in questions:
        assert await renderer.show(texts) == [show(text) for text in texts]


@pytest.mark.parametrize("source", ["x " * 3000, f"[a](entry:{A}) " * 300])
async def test_what_is_saved_and_then_published_is_rendered_once(source: str) -> None:
    """Its links lead to the same addresses in both stages."""
    counting = Counting()
    renderer = RememberingRenderer(counting)
    await renderer.show([Text(source, {}, None, {A: "/a"})])
    await renderer.show([Text(source, {}, {A: "/a"}, None)])
    assert counting.asked == 1
