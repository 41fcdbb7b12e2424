"""Filters that lead to entries by their slug: those entries are read, and named by their ids.

So a list of the posts whose tags have the slug "python" depends on posts with that tag, not on all posts.
Which entry has the slug is a dependency too: when another one does, the ids are others.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from masthead.model import ContentModel, ContentType, kinds
from masthead.query.dependencies.places import ID, ROWS, Place
from masthead.query.selection import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    Connection,
    Everything,
    Leads,
    Member,
    Nodes,
    Not,
    Related,
    Scalar,
    Sort,
    Variable,
)


@dataclass(slots=True)
class KnownTargets:
    """The variables of the ids, and what reads them beside a trace."""

    model: ContentModel
    key: Callable[[], str]
    names: list[str] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)

    def named(self, content_type: ContentType, condition: Condition) -> Condition:
        """The condition, with ids in the place of slugs."""
        match condition:
            case AllOf(parts=parts):
                return AllOf(tuple(self.named(content_type, part) for part in parts))
            case AnyOf(parts=parts):
                return AnyOf(tuple(self.named(content_type, part) for part in parts))
            case Not(part=part):
                return Not(self.named(content_type, part))
            case Leads(field=name, condition=inner) | Related(relation=str(name), condition=inner):
                target = self.model[_target(content_type[name].kind)]
                if _is_few(target, inner):
                    return replace(condition, condition=self._ids(target, inner))
                return condition
            case _:
                return condition

    def _ids(self, target: ContentType, condition: Condition) -> Condition:
        key, name = self.key(), f"$known{len(self.names)}"
        self.names.append(name)
        found = Connection(
            Everything(target.name),
            size=1,
            where=condition,
            order=(Sort("id"),),
            members=(Member(ROWS, Nodes((Member(ID, Scalar("id")),))),),
        )
        self.members.append(Member(key, found))
        self.places.append(Place(key, (Place(ROWS, named=name),)))
        return Compare("id", "in", Variable(name))


def _is_few(target: ContentType, condition: Condition) -> bool:
    """Whether a unique index finds what fulfils it, and no more than one entry can."""
    match condition:
        case AllOf(parts=parts):
            return any(_is_few(target, part) for part in parts)
        case Compare(field=name, operator="eq"):
            return name in target and isinstance(target[name].kind, kinds.Slug)
        case _:
            return False


def _target(kind: kinds.Kind) -> str:
    if not isinstance(kind, kinds.Reference | kinds.References):
        raise AssertionError(f"{kind} is not a reference")
    return kind.target
