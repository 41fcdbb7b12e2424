"""The words of a policy's `when`: `mh.this` is the entry, and its attributes are its fields.

mh.this.status == "done"
mh.this.author.name == "Ada"                      # through a reference to one
mh.this.tags.some(mh.this.slug == "german")       # inside, `this` is the tag
"""

from collections.abc import Iterable
from typing import Any

from masthead.access.predicate import (
    Compare,
    Constant,
    IsIn,
    IsOwn,
    Me,
    MyGroups,
    Not,
    Operand,
    Operator,
    Predicate,
    Some,
)


class This:
    """The entry, or what lies at a path from it. Nothing is checked here: the model says what there is."""

    __slots__ = ("_path",)
    __hash__ = None  # type: ignore[assignment]  # `==` makes a predicate of it

    def __init__(self, path: tuple[str, ...] = ()) -> None:
        self._path = path

    def __getattr__(self, name: str) -> "This":
        if name.startswith("__"):
            raise AttributeError(name)
        return This((*self._path, name))

    def __getitem__(self, name: str) -> "This":
        """A field that is called like one of the methods here."""
        return This((*self._path, name))

    def __eq__(self, value: Any) -> Predicate:  # type: ignore[override]  # a predicate, as in SQLAlchemy
        return self.is_null() if value is None else self._compare("eq", value)

    def __ne__(self, value: Any) -> Predicate:  # type: ignore[override]  # likewise
        return Not(self == value)

    def __lt__(self, value: Any) -> Predicate:
        return self._compare("lt", value)

    def __le__(self, value: Any) -> Predicate:
        return self._compare("lte", value)

    def __gt__(self, value: Any) -> Predicate:
        return self._compare("gt", value)

    def __ge__(self, value: Any) -> Predicate:
        return self._compare("gte", value)

    def is_in(self, values: Iterable[Any] | MyGroups) -> Predicate:
        """Its value is one of these."""
        return self._compare("in", values)

    def is_null(self) -> Predicate:
        """It has no value, or leads to no entry."""
        return self._compare("is_null", True)

    def starts_with(self, text: str) -> Predicate:
        """Its text begins so."""
        return self._compare("starts_with", text)

    def has(self, value: Any) -> Predicate:
        """Its list of values holds this one."""
        return self._compare("has", value)

    def has_any(self, values: Iterable[Any] | MyGroups) -> Predicate:
        """Its list of values holds one of these."""
        return self._compare("has_any", values)

    def some(self, condition: Predicate) -> Predicate:
        """One entry of its list of references fulfils the condition; in there, `this` is that entry."""
        return Some(self._path, condition)

    def none(self, condition: Predicate) -> Predicate:
        """No entry of its list of references does."""
        return Not(self.some(condition))

    def every(self, condition: Predicate) -> Predicate:
        """Every entry of its list of references does, also where there are none."""
        return self.none(Not(condition))

    def _compare(self, operator: Operator, value: Any) -> Compare:
        return Compare(self._path, operator, _operand(value))


def _operand(value: Any) -> Operand:
    if isinstance(value, Me | MyGroups):
        return value
    return Constant(tuple(value) if isinstance(value, set | frozenset | list) else value)


this = This()
me, my_groups = Me(), MyGroups()
is_own = IsOwn()
is_live, is_draft, is_archived = IsIn("live"), IsIn("draft"), IsIn("archived")
