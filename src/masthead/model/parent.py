"""What a function that computes a field gets: its parents, with what the field needs and nothing else."""

from collections.abc import Mapping
from typing import Any

__all__ = ["Parent"]


class Parent:
    """An entry, or a part of one, as a computed field's function sees it: frozen, and only what the field
    `needs` is an attribute of it: `post.title`, `post.body.text`, `post.cover.id`.

    An optional field without a value is None, and so are its parts: `post.cover` then, not `post.cover.id`.
    Annotate a function's argument with `list[Post]` instead of `list[mh.Parent]`, and type checkers know
    each attribute's type.
    """

    __slots__ = ("_owner", "_values")
    _owner: str
    _values: Mapping[str, Any]

    def __init__(self, owner: str, values: Mapping[str, Any]) -> None:
        object.__setattr__(self, "_owner", owner)
        object.__setattr__(self, "_values", values)

    def __getattr__(self, name: str) -> Any:
        try:
            return object.__getattribute__(self, "_values")[name]
        except KeyError:
            had = ", ".join(self._values)
            raise AttributeError(
                f'{self._owner} reads "{name}", which it does not need: its parents have {had}.'
            ) from None

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{self._owner} sets {name}, but its parents are frozen.")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Parent) and (self._owner, self._values) == (other._owner, other._values)

    __hash__ = None  # type: ignore[assignment]  # a value of it may be a list

    def __repr__(self) -> str:
        return f"Parent({', '.join(f'{name}={value!r}' for name, value in self._values.items())})"
