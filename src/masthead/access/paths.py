"""Where a predicate's path leads in the model."""

from dataclasses import dataclass

from masthead.access.predicate import Path
from masthead.model import ContentModel, ContentType, Field, kinds

SYSTEM: dict[str, kinds.Kind | None] = {
    "id": None,
    "path": kinds.Text(),
    "created_at": kinds.DateTime(),
    "updated_at": kinds.DateTime(),
    "published_at": kinds.DateTime(),
}
"""What every entry has; an id is of no kind."""


@dataclass(frozen=True, slots=True)
class Step:
    """A to-one reference on the way, and the type that it leads to."""

    field: Field
    target: ContentType


@dataclass(frozen=True, slots=True)
class Led:
    """The end of a path: the steps to the type that has it, and the field; None for a system field."""

    steps: tuple[Step, ...]
    owner: ContentType
    name: str
    field: Field | None

    @property
    def kind(self) -> kinds.Kind | None:
        """Of the value there; None for an id."""
        return self.field.kind if self.field else SYSTEM[self.name]


class AstrayError(Exception):
    """A path leads nowhere: what is wrong with it, and what there is."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


def lead(model: ContentModel, content_type: ContentType, path: Path) -> Led:
    """Where `path` leads from an entry of the type. Raises AstrayError."""
    if not path:
        raise AstrayError("`this` alone has no value.", "Name a field: `this.status`.")
    steps: list[Step] = []
    owner = content_type
    for name in path[:-1]:
        field = _field(owner, name)
        if not isinstance(field, Field) or not isinstance(field.kind, kinds.Reference):
            raise AstrayError(
                f"{owner.name}.{name} does not lead to one entry.",
                "A path leads through references to one; lists of references have `some`, `none`, `every`.",
            )
        owner = model[field.kind.target]
        steps.append(Step(field, owner))
    return Led(tuple(steps), owner, path[-1], _field(owner, path[-1]))


def _field(owner: ContentType, name: str) -> Field | None:
    if name in owner:
        return owner[name]
    if name in SYSTEM:
        return None
    listed = ", ".join([*(field.name for field in owner.fields), *SYSTEM])
    raise AstrayError(f'{owner.name} has no field "{name}".', f"Its fields are {listed}.")
