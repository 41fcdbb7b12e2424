"""Texts that were rendered already: what is saved is rendered, and what is published is what was saved.

A view depends on nothing but the text and the addresses of what it refers to, so it is never stale.
"""

from collections import OrderedDict
from collections.abc import Sequence

from masthead.content.renderer import Renderer
from masthead.content.rendering import Addresses, Shown, Text, View, is_alike, show, targets_in

_LARGEST = 16_000_000
"""Characters of Markdown that are remembered, each with about three times as much of what it became."""
_AT_ONCE = 4_000
"""Characters that are rendered here: handing them to a thread takes as long."""

Key = tuple[str, tuple[tuple[str, str], ...], bool]
"""The text, the addresses in it, and whether links that lead nowhere keep their ids."""


class RememberingRenderer:
    """Asks another renderer for what it has not seen lately. For one event loop."""

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer
        self._views: OrderedDict[Key, View] = OrderedDict()
        self._size = 0

    async def show(self, texts: Sequence[Text]) -> list[Shown]:
        """Every text, in order."""
        keys = [_keys(each) for each in texts]
        found: dict[Key, View] = {}
        missing: dict[Key, Text] = {}
        for pair in keys:
            for key in pair:
                if key is None or key in found:
                    continue
                if (view := self._views.get(key)) is not None:
                    self._views.move_to_end(key)
                    found[key] = view
                else:
                    missing[key] = _question(key)
        for key, shown in zip(missing, await self._ask(list(missing.values())), strict=True):
            if (view := shown.live or shown.draft) is not None:
                found[key] = view
                self._keep(key, view)
        return [await self._answer(text, *pair, found) for text, pair in zip(texts, keys, strict=True)]

    async def _ask(self, texts: Sequence[Text]) -> list[Shown]:
        if sum(len(each.source) for each in texts) <= _AT_ONCE:
            return [show(each) for each in texts]
        return await self._renderer.show(texts)

    async def _answer(self, text: Text, live: Key | None, draft: Key | None, found: dict[Key, View]) -> Shown:
        if text.rewrites:
            return (await self._renderer.show([text]))[0]
        is_same = live is not None and draft is not None and live == draft
        return Shown(
            None,
            None if live is None else found[live],
            None if draft is None or is_same else found[draft],
            is_same,
        )

    def _keep(self, key: Key, view: View) -> None:
        self._views[key] = view
        self._size += len(key[0])
        while self._size > _LARGEST and self._views:
            (source, _, _), _ = self._views.popitem(last=False)
            self._size -= len(source)


def _keys(text: Text) -> tuple[Key | None, Key | None]:
    """What the text's views in live and draft are found under; none of a text that is to be rewritten."""
    if text.rewrites:
        return None, None
    live = None if text.live is None else _key(text.source, text.live, is_draft=False)
    draft = None if text.draft is None else _key(text.source, text.draft, is_draft=True)
    if text.live is not None and text.draft is not None and not is_alike(text.source, text.live, text.draft):
        return live, draft
    return live, live if live is not None and draft is not None else draft


def _key(source: str, addresses: Addresses, *, is_draft: bool) -> Key:
    targets = targets_in(source)
    known = tuple((each, addresses[each]) for each in targets if each in addresses)
    return source, known, is_draft and len(known) < len(targets)


def _question(key: Key) -> Text:
    source, known, is_draft = key
    return Text(source, {}, None, dict(known)) if is_draft else Text(source, {}, dict(known), None)
