"""Generated REST requests: valid by construction, each with the GraphQL operation that asks the same."""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from graphql import GraphQLInputObjectType, GraphQLList, get_named_type, get_nullable_type
from hypothesis import strategies as st
from tests.store.query.oracle.generated_filters import COMPARED, OPERANDS, PARTS_OF_VALUES
from tests.store.query.oracle.leaves import ENUM_NAMES
from tests.store.query.oracle.resolvers import Oracle
from tests.store.query.oracle.world import DAYS, DECIMALS, FLOATS, INTEGERS, MOMENTS, VALUES
from tests.store.rest.wanted import PAGE, PARTS, SYSTEM, Members, Tree, Wanted, as_graphql, page_of, reshaped

from masthead.model import ContentType, camel_case, kinds


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, and what asks the same of the oracle."""

    path: str
    query: bytes
    document: str
    variables: dict[str, Any]
    members: Members
    is_list: bool

    def expected(self, data: dict[str, Any]) -> Any:
        """The answer, from the data of the operation's; None where there is no entry."""
        return page_of(data["found"], self.members) if self.is_list else reshaped(data["found"], self.members)


@st.composite
def requests(draw: st.DrawFn, oracle: Oracle) -> Asked:
    """A request over the oracle's rows."""
    return _Writer(draw, oracle).request()


@dataclass(slots=True)
class _Writer:
    draw: st.DrawFn
    oracle: Oracle
    parameters: list[tuple[str, str]] = field(default_factory=list)
    order: list[dict[str, Any]] = field(default_factory=list)

    def request(self) -> Asked:
        content_type = self.pick([*self.oracle.model])
        is_list = not content_type.is_singleton and self.chance(0.75)
        included = self._include(content_type)
        wanted = self._wanted(content_type, included, is_list=is_list)
        members = wanted.members(content_type, included, is_light=is_list)
        for name in wanted.fields:
            if name not in wanted.shown:  # it would be refused: it changes nothing
                self.parameters = [
                    each for each in self.parameters if each[0] != f"fields[{self._api(name)}]"
                ]
        body = as_graphql(members)
        if is_list:
            archived = self._archived()
            variables = self._list(content_type, archived)
            if archived is not None:
                variables["archived"] = archived
            total = "total: totalCount " if ("page[total]", "true") in self.parameters else ""
            inner = f"{{ data: nodes {body} {total}{PAGE} }}"
            document = (
                f"query ($first: Int, $last: Int, $after: String, $before: String, $offset: Int,"
                f" $where: {content_type.name}Filter, $order: [{content_type.name}Order!]"
                f"{'' if archived is None else ', $archived: Boolean'})"
                f" {{ found: {self._api(content_type.name)}(first: $first, last: $last, after: $after,"
                f"{'' if archived is None else ' archived: $archived,'}"
                f" before: $before, offset: $offset, where: $where, orderBy: $order) {inner} }}"
            )
            return Asked(
                f"/api/{self._api(content_type.name)}", self._query(), document, variables, members, True
            )
        argument, value = self._key(content_type)
        given = f"({argument}: {json.dumps(value)})" if argument else ""
        document = f"{{ found: {content_type.api_name}{given} {body} }}"
        path = f"/api/{self._api(content_type.name)}" + (f"/{value}" if argument else "")
        return Asked(path, self._query(), document, {}, members, False)

    def pick(self, values: Any) -> Any:
        return self.draw(st.sampled_from(list(values)))

    def chance(self, likely: float) -> bool:
        return self.draw(st.integers(0, 99)) < likely * 100

    def _api(self, type_name: str) -> str:
        content_type = self.oracle.model[type_name]
        return content_type.api_name if content_type.is_singleton else camel_case(content_type.plural)

    def _query(self) -> bytes:
        pairs = self.draw(st.permutations(self.parameters))
        if self.chance(0.5):
            return urlencode(pairs).encode()
        return "&".join(f"{name}={quote(value, safe='')}" for name, value in pairs).encode()

    def _empty(self, fields: dict[str, list[str]]) -> Wanted:
        return Wanted(self.oracle.model, self.oracle.schema, ENUM_NAMES, fields)

    def _include(self, content_type: ContentType) -> Tree:
        tree: Tree = {}
        paths = []
        for _ in range(self.pick([0, 0, 1, 1, 2])):
            inner, type_, names = tree, content_type, []
            for _ in range(self.pick([1, 1, 2])):
                relations = self._empty({}).relations(type_)
                if not relations:
                    break
                name = self.pick(relations)
                names.append(name)
                inner, type_ = inner.setdefault(name, {}), relations[name]
            if names:
                paths.append(".".join(names))
        if paths:
            self.parameters.append(("include", ",".join(paths)))
        return tree

    def _wanted(self, content_type: ContentType, included: Tree, *, is_list: bool) -> Wanted:
        fields: dict[str, list[str]] = {}
        for each in self.oracle.model:
            if self.chance(0.5 if each is content_type else 0.2):
                names = [*SYSTEM]
                for own in each.fields:
                    is_markdown = isinstance(own.kind, kinds.Markdown)
                    names += [own.api_name, *(f"{own.api_name}.{part}" for part in PARTS if is_markdown)]
                fields[each.name] = [*dict.fromkeys(self.pick(names) for _ in range(self.pick([1, 2, 3, 5])))]
                is_short = each is content_type and self.chance(0.3)
                name = "fields" if is_short else f"fields[{self._api(each.name)}]"
                self.parameters.append((name, ",".join(fields[each.name])))
        return self._empty(fields)

    def _key(self, content_type: ContentType) -> tuple[str, str]:
        if content_type.is_singleton:
            return "", ""
        rows = self.oracle.entries[content_type.name]
        slug = next((each for each in content_type.fields if isinstance(each.kind, kinds.Slug)), None)
        if slug is not None and self.chance(0.5):
            known = [row[slug.column] for row in rows if row[slug.column] is not None]
            return slug.api_name, self.pick([*known, "no-such"])
        known = [str(row["id"]) for row in rows]
        return "id", self.pick([*known, "00000000-0000-0000-0000-000000000007"])

    def _archived(self) -> bool | None:
        """Whether the list is of what is archived, as is said; None where nothing is said."""
        if not self.oracle.archived or self.chance(0.4):
            return None
        is_archived = self.chance(0.8)
        self.parameters.append(("archived", str(is_archived).lower()))
        return is_archived

    def _list(self, content_type: ContentType, archived: bool | None) -> dict[str, Any]:
        variables: dict[str, Any] = {"where": self._filters(content_type)}
        if self.chance(0.5):
            self._sort(content_type)
            variables["order"] = self.order
        size = self.pick([0, 1, 2, 3, 7, None])
        entries = self.oracle.archived if archived else self.oracle.entries
        rows = entries[content_type.name]
        cursors = {name: self._cursor(content_type, rows, name) for name in ("after", "before")}
        variables |= {name: cursor for name, cursor in cursors.items() if cursor is not None}
        is_from_end = "before" in variables and "after" not in variables
        variables["last" if is_from_end else "first"] = 20 if size is None else size
        if size is not None:
            self.parameters.append(("page[size]", str(size)))
        if self.chance(0.2):
            variables["offset"] = self.pick([0, 1, 2, 9])
            self.parameters.append(("page[offset]", str(variables["offset"])))
        if self.chance(0.3):
            self.parameters.append(("page[total]", self.pick(["true", "false"])))
        return variables

    def _cursor(self, content_type: ContentType, rows: list[dict[str, Any]], name: str) -> str | None:
        if not rows or not self.chance(0.3):
            return None
        cursor = self.oracle.cursor(content_type, self.order, self.pick(rows))
        self.parameters.append((f"page[{name}]", cursor))
        return cursor

    def _sort(self, content_type: ContentType) -> None:
        spelled = {}
        for _ in range(self.pick([1, 1, 2, 3])):
            path, type_ = [], content_type
            to_one = [each for each in type_.fields if isinstance(each.kind, kinds.Reference)]
            if to_one and self.chance(0.3):
                through = self.pick(to_one)
                path, type_ = [through.api_name], self.oracle.model[through.kind.target]
            path.append(self.pick(self._keys(type_)))
            spelled[".".join(path)] = self.chance(0.5)
        for name, is_descending in spelled.items():
            order: Any = "DESC" if is_descending else "ASC"
            for step in reversed(name.split(".")):
                order = {step: order}
            self.order.append(order)
        keys = [("-" if is_descending else "") + name for name, is_descending in spelled.items()]
        self.parameters.append(("sort", ",".join(keys)))

    def _keys(self, content_type: ContentType) -> list[str]:
        """What GraphQL sorts these entries by."""
        order = self.oracle.schema.type_map[f"{content_type.name}Order"]
        assert isinstance(order, GraphQLInputObjectType)
        return [name for name, each in order.fields.items() if get_named_type(each.type).name == "Order"]

    def _filters(self, content_type: ContentType) -> dict[str, Any] | None:
        count, parts = self.pick([0, 0, 0, 1, 1, 2, 3]), []
        groups: dict[tuple[str, str], list[Any]] = {}
        for _ in range(count):
            group = self.pick([None, None, ("or", "a"), ("or", "b"), ("and", "1")])
            name, where, value = self._filter(content_type)
            is_negated = self.chance(0.2)
            prefix = f"[{group[0]}][{group[1]}]" if group else ""
            parameter = f"filter{prefix}{'[not]' if is_negated else ''}{name}"
            if parameter in dict(self.parameters):
                continue
            self.parameters.append((parameter, value))
            (groups.setdefault(group, []) if group else parts).append({"not": where} if is_negated else where)
        for combination in ("and", "or"):
            inner = [{"and": each} for (own, _), each in groups.items() if own == combination]
            if inner:
                parts.append({combination: inner})
        return {"and": parts} if parts else None

    def _filter(self, content_type: ContentType) -> tuple[str, dict[str, Any], str]:
        """Name behind `filter`, the same as `where`, and the value's text."""
        path, type_, wrappers = [], content_type, []
        relations = self._empty({}).relations(type_)
        while relations and self.chance(0.35) and len(path) < 4:
            name = self.pick(relations)
            is_one = any(
                each.api_name == name and isinstance(each.kind, kinds.Reference) for each in type_.fields
            )
            if self.chance(0.2):
                is_missing = self.chance(0.5)
                flag = "isNull" if is_one else "isEmpty"
                there = {} if is_one else {"some": {}}
                missing = None if is_one else {"none": {}}
                where = _wrapped({name: missing if is_missing else there}, wrappers)
                return f"[{'.'.join([*path, name])}][{flag}]", where, str(is_missing).lower()
            quantifier = None if is_one else self.pick([None, "some", "every", "none"])
            path += [name, *([quantifier] if quantifier else [])]
            wrappers.append((name, None if is_one else quantifier or "some"))
            type_ = relations[name]
            relations = self._empty({}).relations(type_)
        name, operator, sent, operand, text = self._comparison(type_)
        where = _wrapped({name: {operator: operand}}, wrappers)
        return f"[{'.'.join([*path, name])}]{f'[{sent}]' if sent else ''}", where, text

    def _comparison(self, content_type: ContentType) -> tuple[str, str, str | None, Any, str]:
        filter_ = self.oracle.schema.type_map[f"{content_type.name}Filter"]
        assert isinstance(filter_, GraphQLInputObjectType)
        own = {each.api_name: each.kind for each in content_type.fields}
        names = [
            name
            for name in filter_.fields
            if name not in ("and", "or", "not")
            and (name in SYSTEM or name in own)
            and not isinstance(own.get(name), kinds.Reference | kinds.References)
        ]
        name = self.pick(names)
        operators = get_named_type(filter_.fields[name].type)
        assert isinstance(operators, GraphQLInputObjectType)
        operator = self.pick(operators.fields)
        kind = own.get(name, kinds.DateTime())
        kind = {"id": None, "path": kinds.Text()}.get(name, kind)
        default = "has" if isinstance(kind, kinds.Scalars) else "eq"
        sent = None if operator == default and self.chance(0.5) else operator
        if operator in ("isNull", "isEmpty"):
            flag = self.chance(0.5)
            return name, operator, sent, flag, str(flag).lower()
        kind = kind.item if isinstance(kind, kinds.Scalars) else kind
        if isinstance(get_nullable_type(operators.fields[operator].type), GraphQLList):
            pairs = [self._operand(kind) for _ in range(self.pick([0, 1, 2, 3]))]
            texts = [text.replace("\\", "\\\\").replace(",", "\\,") for _, text in pairs]
            if texts == [""]:  # one empty text cannot be told from no value
                pairs, texts = [], []
            return name, operator, sent, [value for value, _ in pairs], ",".join(texts)
        if operator in ("lt", "lte", "gt", "gte") and isinstance(kind, kinds.Text | kinds.Url | kinds.Slug):
            value = text = self.pick(COMPARED)  # the oracle knows how the database sorts these
        else:
            value, text = self._operand(kind)
        return name, operator, sent, value, text

    def _operand(self, kind: kinds.Kind | None) -> tuple[Any, str]:
        """The value as GraphQL takes it, and as the query string spells it."""
        match kind:
            case None:
                ids = [str(row["id"]) for rows in self.oracle.entries.values() for row in rows]
                value = self.pick([*ids, "00000000-0000-0000-0000-000000000007"])
            case kinds.Integer(minimum=int(), maximum=int()):
                value = self.pick([-5, 0, 1, 5, 9, 1000])
            case kinds.Integer():
                value = self.pick(INTEGERS)
            case kinds.Float():
                value = self.pick(FLOATS)
            case kinds.Decimal():
                value = str(self.pick(DECIMALS))
            case kinds.Boolean():
                value = self.chance(0.5)
                return value, str(value).lower()
            case kinds.Date():
                value = self.pick(DAYS).isoformat()
            case kinds.DateTime():
                return self._moment()
            case kinds.Enumeration(values=values):
                stored = self.pick(values)
                return ENUM_NAMES[stored], stored
            case kinds.Json():
                value = self.pick(VALUES + PARTS_OF_VALUES)
                return value, json.dumps(value)
            case _:
                value = self.pick([*OPERANDS, "same", "s0", "s1"])
        return value, str(value)

    def _moment(self) -> tuple[str, str]:
        if self.chance(0.2):
            day = self.pick(MOMENTS).date().isoformat()
            return f"{day}T00:00:00Z", day
        moment = self.pick(MOMENTS).isoformat()
        return moment, moment


def _wrapped(where: dict[str, Any], wrappers: list[tuple[str, str | None]]) -> dict[str, Any]:
    """The condition inside the references that lead to it."""
    for name, quantifier in reversed(wrappers):
        where = {name: where if quantifier is None else {quantifier: where}}
    return where
