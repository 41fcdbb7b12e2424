"""Somebody who is not signed in and asks for all there is: every type, every field, every way to it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    is_required_argument,
)
from tests.store.content.editing.publication import MODEL
from tests.store.content.editing.scene import Scene

from masthead.access import Policies
from masthead.graphql import Engine, Limits
from masthead.query import RowReader

_DEPTH = 3
_LEFT_OUT = {"edges", "groups", "aggregate", "pageInfo", "node", "nodes"}
_AT_ONCE = 10
_ASKED = (
    "all_{0}: search(query: $w{0}) {{ totalCount }}",
    "words_{0}: stories(search: $w{0}) {{ totalCount }}",
    "title_{0}: stories(where: {{ title: {{ contains: $w{0} }} }}) {{ totalCount }}",
    "summary_{0}: stories(where: {{ summary: {{ eq: $w{0} }} }}) {{ totalCount }}",
    "story_{0}: story(slug: $w{0}) {{ id }}",
)
_NODES = "query ($ids: [ID!]!) { nodes(ids: $ids) { id __typename ... on Story { title body { text } } } }"
_SEARCH = "query ({}) {{ {} }}".format(
    " ".join(f"$w{index}: String!" for index in range(_AT_ONCE)),
    " ".join(each.format(index) for each in _ASKED for index in range(_AT_ONCE)),
)


@dataclass(slots=True)
class Anonymous:
    """Asks the public endpoint's engine, as the anonymous role."""

    engine: Engine
    everything: str

    @staticmethod
    def of(reader: RowReader) -> "Anonymous":
        """Of the publication that is edited."""
        limits = Limits(
            root_fields=200, aliases=200, fields=50_000, tokens=100_000, cost=10**12, repeats=10**6
        )
        engine = Engine(MODEL, reader, limits=limits, policies=Policies(MODEL))
        return Anonymous(engine, everything(engine.schema))

    async def ask_everything(self, scene: Scene) -> str:
        """All answers, as text."""
        answers = [await self._ask(self.everything)]
        for start in range(0, len(scene.entries), 500):
            ids = [str(each) for each in list(scene.entries)[start : start + 500]]
            answers.append(await self._ask(_NODES, {"ids": ids}))
        return "\n".join(answers)

    async def search(self, words: list[str]) -> list[str]:
        """Those of the words that something is found by."""
        found = []
        for start in range(0, len(words), _AT_ONCE):
            asked = words[start : start + _AT_ONCE]
            filled = asked + asked[:1] * (_AT_ONCE - len(asked))  # one document, planned once
            variables = {f"w{index}": word for index, word in enumerate(filled)}
            answer = json.loads(await self._ask(_SEARCH, variables))["data"]
            for name, value in answer.items():
                if value is not None and value.get("totalCount") != 0:
                    found.append(f"{name}: {variables['w' + name.partition('_')[2]]}")
        return found

    async def _ask(self, document: str, variables: Mapping[str, Any] | None = None) -> str:
        answer = await self.engine.execute(document, variables)
        assert answer.status == 200, answer.body
        text = answer.body.decode()
        assert '"errors"' not in text, text[:500]
        return text


def everything(schema: GraphQLSchema) -> str:
    """A document that selects every field of every type, a few levels deep."""
    assert schema.query_type is not None
    return f"{{ {_selected(schema, schema.query_type, _DEPTH, is_root=True)} }}"


def _selected(schema: GraphQLSchema, type_: Any, depth: int, *, is_root: bool = False) -> str:
    if isinstance(type_, GraphQLUnionType | GraphQLInterfaceType):
        possible = schema.get_possible_types(type_)
        return "__typename " + " ".join(
            f"... on {each.name} {{ {_selected(schema, each, depth - 1)} }}" for each in possible
        )
    fields: dict[str, Any] = type_.fields
    found = ["__typename"]
    for name, field in fields.items():
        is_page = name == "nodes" and type_.name.endswith("Connection")
        if (name in _LEFT_OUT and not is_page) or any(map(is_required_argument, field.args.values())):
            continue
        if is_root and "id" in field.args:
            continue
        named = get_named_type(field.type)
        size = "(first: 100)" if "first" in field.args else ""
        if not isinstance(named, GraphQLObjectType | GraphQLUnionType | GraphQLInterfaceType):
            found.append(f"{name}{size}")
        elif depth > 0:
            found.append(f"{name}{size} {{ {_selected(schema, named, depth - 1)} }}")
    return " ".join(found)
