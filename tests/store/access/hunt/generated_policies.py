"""Generated policies and viewers: rules of every kind over every kind of field, on some of the types."""

import random
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from tests.store.query.oracle.world import value_of

from masthead.access import ANONYMOUS, Declared, Policies, Predicate, Viewer, compile_policies
from masthead.access import predicate as words
from masthead.access.constants import operators_of
from masthead.access.rule import Allow, Anyone, Group, Hide, Role, Rule, SignedIn
from masthead.kernel import Place
from masthead.model import ContentModel, ContentType, Field, kinds

ADA, BOB = UUID(int=0xADA), UUID(int=0xB0B)
ROLES = ("author", "editor", "legal")
GROUPS = ("a", "null", "z z")
"""Of the texts that worlds are made of, so that fields hold them."""


@st.composite
def viewer_and_policies(draw: st.DrawFn, model: ContentModel) -> tuple[Viewer, Policies]:
    """Both come from one seed: neither needs shrinking."""
    chance = random.Random(draw(st.integers(0, 2**32)))
    return make_viewer(chance, model), make_policies(chance, model)


def make_viewer(chance: random.Random, model: ContentModel) -> Viewer:
    """Nobody, or an account with some roles and groups; now and then with a token, or an owner."""
    if chance.random() < 0.3:
        return ANONYMOUS
    roles = {role for role in ROLES if chance.random() < 0.3} | (
        {"owner"} if chance.random() < 0.05 else set()
    )
    groups = {group for group in GROUPS if chance.random() < 0.4}
    scopes: set[str] | None = None
    if chance.random() < 0.15:
        scopes = {
            chance.choice(["read", "change", *(f"read:{each.name}" for each in model)]) for _ in range(2)
        }
    return Viewer(
        chance.choice([ADA, BOB]),
        frozenset(roles),
        frozenset(groups),
        None if scopes is None else frozenset(scopes),
    )


def make_policies(chance: random.Random, model: ContentModel) -> Policies:
    """Some types have rules of their own."""
    declared = [
        Declared(each.name, tuple(_rules(chance, model, each)), Place(path=each.name))
        for each in model
        if chance.random() < 0.7
    ]
    return compile_policies(model, declared)


def _rules(chance: random.Random, model: ContentModel, content_type: ContentType) -> list[Rule]:
    rules: list[Rule] = [_allow(chance, model, content_type) for _ in range(chance.randint(0, 3))]
    if chance.random() < 0.6:  # else there would often be nothing to see
        when = _predicate(chance, model, content_type, 1)
        if chance.random() < 0.3:  # what asks for fields holds for nothing that is archived
            when = words.AnyOf((words.IsIn("archived"), when))
        rules.append(Allow(("read",), (Anyone(),), when))
    if chance.random() < 0.5:
        but = tuple(_grantee(chance) for _ in range(chance.randint(0, 1)))
        rules.append(Hide(_fields(chance, content_type), but))
    return rules


def _allow(chance: random.Random, model: ContentModel, content_type: ContentType) -> Allow:
    fields = _fields(chance, content_type) if chance.random() < 0.3 else None
    to = tuple(_grantee(chance) for _ in range(chance.randint(1, 2)))
    return Allow(("read", "change"), to, _predicate(chance, model, content_type, 2), fields)


def _fields(chance: random.Random, content_type: ContentType) -> tuple[str, ...]:
    names = [field.name for field in content_type.fields]
    return tuple(chance.sample(names, chance.randint(1, max(1, len(names) // 2))))


def _grantee(chance: random.Random) -> Any:
    return chance.choice([Anyone(), SignedIn(), *map(Role, ROLES), *map(Group, GROUPS)])


def _predicate(
    chance: random.Random,
    model: ContentModel,
    content_type: ContentType,
    depth: int,
    *,
    is_inner: bool = False,
) -> Predicate:
    kind = chance.random()
    if depth and kind < 0.3:
        parts = tuple(
            _predicate(chance, model, content_type, depth - 1, is_inner=is_inner)
            for _ in range(chance.randint(1, 3))
        )
        return chance.choice([words.AllOf, words.AnyOf])(parts)
    if depth and kind < 0.45:
        return words.Not(_predicate(chance, model, content_type, depth - 1, is_inner=is_inner))
    if depth and kind < 0.6 and (found := _some(chance, model, content_type, depth)) is not None:
        return found
    if not is_inner and kind < 0.8:
        states = (words.IsIn("live"), words.IsIn("draft"), words.IsIn("archived"))
        return chance.choice([words.IsOwn(), words.IsOwn(), words.Always(), *states])
    return _compare(chance, model, content_type)


def _some(
    chance: random.Random, model: ContentModel, content_type: ContentType, depth: int
) -> Predicate | None:
    path, owner = _steps(chance, model, content_type)
    lists = [field for field in owner.fields if isinstance(field.kind, kinds.References)]
    if not lists:
        return None
    field = chance.choice(lists)
    assert isinstance(field.kind, kinds.References)
    condition = _predicate(chance, model, model[field.kind.target], depth - 1, is_inner=True)
    return words.Some((*path, field.name), condition)


def _compare(chance: random.Random, model: ContentModel, content_type: ContentType) -> Predicate:
    path, owner = _steps(chance, model, content_type)
    asked = [field for field in owner.fields if operators_of(field.kind)]
    field = chance.choice(asked)
    operator = chance.choice(operators_of(field.kind))
    return words.Compare((*path, field.name), operator, _operand(chance, field, operator))


def _steps(
    chance: random.Random, model: ContentModel, content_type: ContentType
) -> tuple[tuple[str, ...], ContentType]:
    path: list[str] = []
    while chance.random() < 0.35:
        references = [field for field in content_type.fields if isinstance(field.kind, kinds.Reference)]
        if not references:
            break
        field = chance.choice(references)
        assert isinstance(field.kind, kinds.Reference)
        path.append(field.name)
        content_type = model[field.kind.target]
    return tuple(path), content_type


def _operand(chance: random.Random, field: Field, operator: words.Operator) -> words.Operand:
    kind = field.kind.item if isinstance(field.kind, kinds.Scalars) else field.kind
    is_several = operator in ("in", "has_any")
    if operator == "is_null":
        return words.Constant(True)
    if isinstance(kind, kinds.Text) and operator != "starts_with" and chance.random() < 0.5:
        return words.MyGroups() if is_several else words.Me()
    if isinstance(kind, kinds.Slug):
        values = [f"s{chance.randint(0, 3)}" for _ in range(3)]
    else:
        values = [value_of(kind, chance) for _ in range(3)]
    return words.Constant(tuple(values) if is_several else values[0])
