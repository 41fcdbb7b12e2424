"""What lists, counts and orders read of rows: by type, the columns that decide what comes of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from masthead.model import ContentModel, ContentType, kinds
from masthead.query.order import default_sorts
from masthead.query.selection import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    Leads,
    Not,
    Referrers,
    Related,
    Sort,
)
from masthead.store import is_compared

_EXACT = (
    kinds.Text
    | kinds.Integer
    | kinds.Boolean
    | kinds.Date
    | kinds.DateTime
    | kinds.Enumeration
    | kinds.Url
    | kinds.Slug
    | kinds.Reference
    | kinds.References
)
"""Values that are sent otherwise only if a touch has them otherwise. Of others equal ones have spellings:
-0 and 0, 1.5 and 1.50; and a reader of JSON may round them."""


@dataclass(slots=True)
class Columns:
    """Columns that were read of some rows; where `is_any`, it may be whichever."""

    names: set[str] = field(default_factory=set)
    is_any: bool = False

    def add(self, name: str, *, is_told: bool = True) -> None:
        """One column more. Where no touch tells of it for certain, it may be any."""
        self.names.add(name)
        self.is_any = self.is_any or not is_told

    @property
    def decisive(self) -> frozenset[str] | None:
        """As a Match has them."""
        return None if self.is_any else frozenset(self.names)


@dataclass(slots=True)
class Reads:
    """By type, what was read of rows that nothing else is known of: which of them there are, and columns of
    theirs. What is read of the rows of a list itself goes to the list's `own` columns."""

    model: ContentModel
    types: dict[str, Columns] = field(default_factory=dict)

    def of(self, type_name: str) -> Columns:
        """Of a type. Asking for it notes that it was read."""
        return self.types.setdefault(type_name, Columns())

    def value(self, content_type: ContentType, name: str, own: Columns) -> None:
        """The value of a field, as it is sent."""
        kind = content_type[name].kind if name in content_type else None
        own.add(_column(content_type, name), is_told=kind is None or isinstance(kind, _EXACT))

    def compared(self, content_type: ContentType, name: str, own: Columns) -> None:
        """The value of a field, as a condition or an order compares it."""
        kind = content_type[name].kind if name in content_type else None
        own.add(_column(content_type, name), is_told=kind is None or _decides(kind))

    def step(self, owner: ContentType, name: str, own: Columns) -> ContentType:
        """Through a reference or a list of them, to its target."""
        kind = owner[name].kind
        if not isinstance(kind, kinds.Reference | kinds.References):
            raise AssertionError(f"{owner.name}.{name} is not a reference")
        own.add(owner[name].column)
        self.of(kind.target)
        return self.model[kind.target]

    def order(self, content_type: ContentType, sorts: Iterable[Sort], own: Columns, *, is_sent: bool) -> None:
        """The order of a list, whose values cursors send."""
        for sort in tuple(sorts) or default_sorts(content_type):
            owner, columns = content_type, own
            for name in sort.through:
                owner = self.step(owner, name, columns)
                columns = self.of(owner.name)
            (self.value if is_sent else self.compared)(owner, sort.field, columns)

    def condition(self, content_type: ContentType, condition: Condition, own: Columns) -> None:
        """What decides whether a condition holds."""
        match condition:
            case AllOf(parts=parts) | AnyOf(parts=parts):
                for part in parts:
                    self.condition(content_type, part, own)
            case Not(part=part):
                self.condition(content_type, part, own)
            case Compare(field=name):
                self.compared(content_type, name, own)
            case Leads(field=name, condition=inner) | Related(relation=str(name), condition=inner):
                target = self.step(content_type, name, own)
                self.condition(target, inner, self.of(target.name))
            case Related(relation=Referrers() as referrers, condition=inner):
                owner = self.model[referrers.type]
                self.of(owner.name).add(owner[referrers.field].column)
                self.condition(owner, inner, self.of(owner.name))
            case _:
                raise AssertionError(f"{condition} is no condition")


def _column(content_type: ContentType, name: str) -> str:
    return content_type[name].column if name in content_type else name


def _decides(kind: kinds.Kind) -> bool:
    """Whether a comparison comes out otherwise only if a touch has the field otherwise. A decimal may have
    been rounded by who read the touch."""
    item = kind.item if isinstance(kind, kinds.Scalars) else kind
    return is_compared(kind) and not isinstance(item, kinds.Decimal)
