"""The query parameters of a request: names that the model allows, values by their kinds."""

from collections.abc import Iterator
from typing import Any

from masthead.model import ContentType, kinds
from masthead.query import FLAGS, LISTED, operators_of
from masthead.query.selection import Operator
from masthead.rest.address import KEY
from masthead.rest.fields import FIELDS, PARTS
from masthead.rest.filter_name import FILTER
from masthead.rest.include import INCLUDE
from masthead.rest.limits import Limits
from masthead.rest.lower import ARCHIVED
from masthead.rest.openapi.json_schema import Schema, comma_separated, ref, scalar_schema
from masthead.rest.operand import default_operator, spelled
from masthead.rest.paging import AFTER, BEFORE, DEFAULT_SIZE, OFFSET, SIZE, TOTAL
from masthead.rest.resource import Attribute, Resource, Resources
from masthead.rest.shape import SEARCH
from masthead.rest.sorting import SORT, sortable

Parameter = dict[str, Any]


def key_parameter(resource: Resource) -> Parameter:
    """The end of an entry's address."""
    unique = [field.api_name for field in resource.type.fields if isinstance(field.kind, kinds.Slug)]
    by = " or ".join(["id", *unique])
    return {
        "name": KEY,
        "in": "path",
        "required": True,
        "description": f"Its {by}. A value that reads as an id is looked for as one first.",
        "schema": {"type": "string", "minLength": 1} if unique else scalar_schema(None),
    }


def shared_parameters(resources: Resources, limits: Limits) -> Iterator[tuple[str, Parameter]]:
    """The parameters that several operations have, by their names among the components."""
    for resource in resources:
        yield f"{resource.type.name}Fields", _fields(resource)
    cursor = {"type": "string", "minLength": 1}
    size = {"type": "integer", "minimum": 0, "maximum": limits.page_size, "default": DEFAULT_SIZE}
    yield "PageSize", _query(SIZE, "How many entries.", size)
    yield "PageAfter", _query(AFTER, "Begin behind this cursor, which is `page.next` of an answer.", cursor)
    yield (
        "PageBefore",
        _query(BEFORE, "End before this cursor, which is `page.previous` of an answer.", cursor),
    )
    offset = {"type": "integer", "minimum": 0, "maximum": limits.offset, "default": 0}
    yield "PageOffset", _query(OFFSET, "Leave out so many entries at the page's beginning.", offset)
    total = {"type": "boolean", "default": False}
    yield "PageTotal", _query(TOTAL, "Count the entries of all pages, which reads them all.", total)
    stage = {"type": "string", "enum": ["draft"]}
    archived = {"type": "boolean", "default": False}
    about = "With stage=draft: what is archived, instead of what is not. Its texts are null, its blocks none."
    yield "Archived", _query(ARCHIVED, about, archived)
    yield "Stage", _query("stage", "Drafts instead of what is public, for who is signed in.", stage)


def entry_parameters(resources: Resources, resource: Resource, limits: Limits) -> list[Parameter]:
    """What every answer takes: which fields, and what is included."""
    included = [_include(resource, limits.includes)] if any(resource.related()) else []
    reached = _reachable(resources, resource)
    fields = [_shared(f"{each.type.name}Fields") for each in resources if each.name in reached]
    return [*included, *fields, _shared("Stage")]


def _reachable(resources: Resources, resource: Resource) -> set[str]:
    """The types whose entries an answer can show."""
    found, waiting = {resource.name}, [resource]
    while waiting:
        for each in waiting.pop().related():
            target = resources.of_type(each.target or "")
            if target.name not in found:
                found.add(target.name)
                waiting.append(target)
    return found


def list_parameters(resources: Resources, resource: Resource, limits: Limits) -> list[Parameter]:
    """What a list takes besides."""
    pages = [_shared(f"Page{each}") for each in ("Size", "After", "Before", "Offset", "Total")]
    search = [_search()] if resource.type.is_searchable else []
    return [
        _sort(resource, limits.sort_keys),
        _filter(resource),
        *search,
        *pages,
        _shared("Archived"),
        *entry_parameters(resources, resource, limits),
    ]


def filter_schemas(resources: Resources) -> Iterator[tuple[str, Schema]]:
    """The filters of each type that is listed, each under the whole name of its parameter."""
    for resource in resources:
        if not resource.type.is_singleton:
            yield (
                _filter_name(resource.type),
                {
                    "type": "object",
                    "properties": dict(_filters(resource)),
                    "propertyNames": {"pattern": rf"^{FILTER}\["},
                    "additionalProperties": {"type": "string"},
                },
            )


def _shared(name: str) -> Parameter:
    return {"$ref": f"#/components/parameters/{name}"}


def _query(name: str, description: str, schema: Schema, **more: Any) -> Parameter:
    return {"name": name, "in": "query", "description": description, "schema": schema, **more}


def _list(name: str, description: str, items: Schema, example: list[str], most: int = 0) -> Parameter:
    style = {"style": "form", "explode": False, "example": example}
    bound = {"maxItems": most} if most else {}
    return _query(name, description, comma_separated(items) | bound, **style)


def _fields(resource: Resource) -> Parameter:
    names = [
        spelling
        for each in resource.showable.values()
        for spelling in [each.name, *(f"{each.name}.{part}" for part in PARTS if _is_markdown(each))]
    ]
    about = f"The fields that are shown of each {resource.type.name}."
    return _list(f"{FIELDS}[{resource.name}]", about, {"type": "string", "enum": names}, names[:2])


def _include(resource: Resource, most: int) -> Parameter:
    names = [each.name for each in resource.related()]
    nested = {"type": "string", "pattern": rf"^({'|'.join(names)})\."}
    about = "References that are shown as entries; further ones behind dots."
    return _list(INCLUDE, about, {"anyOf": [{"type": "string", "enum": names}, nested]}, names[:1], most)


def _sort(resource: Resource, most: int) -> Parameter:
    keys = [f"{sign}{name}" for name in sortable(resource) for sign in ("", "-")]
    items: Schema = {"type": "string", "enum": keys}
    to_one = [each.name for each in resource.attributes.values() if isinstance(each.kind, kinds.Reference)]
    if to_one:
        items = {"anyOf": [items, {"type": "string", "pattern": rf"^-?({'|'.join(to_one)})\."}]}
    own = resource.type.order_field
    default = f"{'-' if resource.type.is_descending else ''}{own.api_name}" if own else "id"
    return _list(SORT, f"The order; `-` is largest first. By default {default}.", items, [default], most)


def _search() -> Parameter:
    return _query(
        SEARCH, "Entries with these words; best first, unless `sort` says otherwise.", {"type": "string"}
    )


def _filter(resource: Resource) -> Parameter:
    """One object whose properties are parameters of their own: `form` and `explode` mean just that."""
    schema = ref(_filter_name(resource.type))
    about = "Conditions, all of which hold. Further ones go through references and groups: see the reference."
    return _query(FILTER, about, schema, style="form", explode=True, example={})


def _filter_name(content_type: ContentType) -> str:
    return f"{content_type.name}Filter"


def _filters(resource: Resource) -> Iterator[tuple[str, Schema]]:
    for each in [*resource.attributes.values(), *resource.reverse.values()]:
        if each.is_alias:
            continue
        if each.target is not None:
            flag = "isEmpty" if each.is_list else "isNull"
            yield f"{FILTER}[{each.name}][{flag}]", {"type": "boolean"}
            yield f"{FILTER}[{each.name}.id]", scalar_schema(None)
            continue
        operators = operators_of(each.kind)
        default = default_operator(operators)
        if default is not None:
            yield f"{FILTER}[{each.name}]", _operand(each, default)
        for operator in operators:
            yield f"{FILTER}[{each.name}][{spelled(operator)}]", _operand(each, operator)


def _operand(attribute: Attribute, operator: Operator) -> Schema:
    if operator in FLAGS:
        return {"type": "boolean"}
    kind = attribute.kind.item if isinstance(attribute.kind, kinds.Scalars) else attribute.kind
    if operator in LISTED:
        return {"type": "string", "description": "Values with commas between them."}
    match kind:
        case kinds.Markdown() | kinds.Json():
            return {"type": "string"}
        case kinds.Reference() | kinds.References() | kinds.Scalars() | kinds.Blocks():
            raise AssertionError(f"{kind} is not compared")
        case kinds.Integer():
            return {"type": "integer", "format": "int64"}
        case _:
            return scalar_schema(kind)


def _is_markdown(attribute: Attribute) -> bool:
    return isinstance(attribute.kind, kinds.Markdown)
