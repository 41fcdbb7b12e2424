"""One field's value, merged as its kind allows."""

from typing import Any

from masthead.content.aligning import is_same
from masthead.content.merging.clash import Clash
from masthead.content.merging.item_lists import merge_items
from masthead.content.merging.json_objects import merge_json
from masthead.content.merging.text_lines import merge_text
from masthead.model import Field, kinds

Result = tuple[Any, tuple[Clash, ...]]


def merge_value(field: Field | None, path: str, base: Any, theirs: Any, yours: Any) -> Result:
    """The merged value of anything but a list of blocks. A field that the model does not know is JSON."""
    if is_same(theirs, yours) or is_same(base, yours):
        return theirs, ()
    if is_same(base, theirs):
        return yours, ()
    kind = kinds.Json() if field is None else field.kind
    sides = (base, theirs, yours)
    match kind:
        case kinds.Markdown() | kinds.Text() if all(isinstance(each, str) for each in sides):
            return _texts(path, base, theirs, yours)
        case kinds.References() | kinds.Scalars() if field and are_lists(field, *sides):
            found, clashes = merge_items(path, base or (), theirs or (), yours or ())
            return found, clashes
        case kinds.Json():
            return merge_json(path, *sides)
        case _:
            return theirs, (Clash(path, *sides),)


def are_lists(field: Field, *sides: Any) -> bool:
    """Whether null is an empty list here: where a default stands for it, it is not."""
    return all(isinstance(each, list | tuple) or (each is None and not field.default) for each in sides)


def _texts(path: str, base: str, theirs: str, yours: str) -> Result:
    if not any("\n" in each for each in (base, theirs, yours)):
        return theirs, (Clash(path, base, theirs, yours),)
    return merge_text(path, base, theirs, yours)
