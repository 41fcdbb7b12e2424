"""A request becomes what it wants, in the planner's words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from masthead.model import kinds
from masthead.query import cost_of
from masthead.query import selection as select
from masthead.rest.address import KEY, Address
from masthead.rest.fields import Wanted, read_fields, sparse_fields
from masthead.rest.filter_name import FILTER
from masthead.rest.filtering import FilterReader
from masthead.rest.include import INCLUDE, Tree, read_include
from masthead.rest.limits import Limits
from masthead.rest.operand import Read, read_flag
from masthead.rest.paging import AFTER, BEFORE, OFFSET, SIZE, TOTAL, read_paging
from masthead.rest.problem import exceed, refuse
from masthead.rest.query_string import Parameters
from masthead.rest.representation import PAGE, Representation
from masthead.rest.resource import Resource, Resources
from masthead.rest.shape import SEARCH
from masthead.rest.sorting import SORT, read_sort

OF_ENTRIES = (INCLUDE,)
ARCHIVED = "archived"
OF_LISTS = (*OF_ENTRIES, SORT, SEARCH, SIZE, AFTER, BEFORE, OFFSET, TOTAL)


@dataclass(frozen=True, slots=True)
class Wish:
    """The first of `alternatives` that is there is the answer. `readers` make values of the parameters
    whose text is not one."""

    alternatives: tuple[select.Value, ...]
    readers: tuple[tuple[str, Read], ...] = ()


def lower(
    resources: Resources,
    address: Address,
    parameters: Parameters,
    limits: Limits,
    besides: select.Members = (),
    *,
    has_archived: bool = False,
) -> Wish:
    """What the request wants; `besides` every entry that it is about has these members. `has_archived`: a
    list can be one of what is archived. Raises InputError, which names the parameter at fault."""
    resource = address.resource
    fields = sparse_fields(parameters, resource)
    # Where there is no such list, one may still say that none is wanted: explorers send every default.
    is_known = has_archived or not _is_archived(parameters)
    of_lists = (*OF_LISTS, *((ARCHIVED,) if is_known else ()))
    _check_names(parameters, fields, of_lists if address.is_list else OF_ENTRIES, is_list=address.is_list)
    wanted = {name: _wanted(resources, name, sent, parameters) for name, sent in fields.items()}
    included = Tree()
    if INCLUDE in parameters:
        included = read_include(resources, resource, parameters[INCLUDE], limits)
    representation = Representation(resources, wanted)
    members = (*representation.members(resource, included, is_light=address.is_list), *besides)
    _check_effect(fields, representation.shown)
    if address.is_list:
        wish = _list(resources, resource, members, parameters, limits)
    else:
        wish = Wish(_alternatives(address, members))
    cost = max(cost_of((select.Member("data", each),), limits.page_size) for each in wish.alternatives)
    if cost > limits.cost:
        sent = f"The request costs about {cost:,} (rows times what each of them shows)"
        raise exceed("cost", limits.cost, sent, "Ask for a smaller page, or for fewer fields.")
    return wish


def _check_names(
    parameters: Parameters, fields: Mapping[str, str], there: Sequence[str], *, is_list: bool
) -> None:
    known = {*fields.values(), *there}
    for name in parameters:
        if name not in known and not (is_list and name.startswith(f"{FILTER}[")):
            listed = "fields[…], " + ", ".join(there)
            more = f", {FILTER}[…]" if is_list else ""
            kind = "a list" if is_list else "one entry"
            raise refuse(
                "parameter-unknown",
                f"There is no parameter `{name[:120]}` for {kind}.",
                f"There are: {listed}{more}.",
                name,
            )


def _wanted(resources: Resources, name: str, sent: str, parameters: Parameters) -> Wanted:
    resource = resources.get(name)
    if resource is None:
        known = ", ".join(each.name for each in resources)
        raise refuse("parameter-unknown", f"There is no type `{name[:80]}`.", f"There are: {known}.", sent)
    return read_fields(resource, parameters[sent], sent)


def _check_effect(fields: Mapping[str, str], shown: set[str]) -> None:
    for name, sent in fields.items():
        if name not in shown:
            raise refuse(
                "parameter-without-effect",
                f"The answer shows no fields of {name}: they are not included.",
                f"Name a reference that leads to them in `{INCLUDE}`, or leave `{sent}` out.",
                sent,
            )


def _alternatives(address: Address, members: select.Members) -> tuple[select.Value, ...]:
    """An id is looked for before a slug: one may look like the other."""
    content_type, value = address.resource.type, select.Variable(KEY)
    if content_type.is_singleton:
        return (select.Only(content_type.name, members),)
    unique = [field.name for field in content_type.fields if isinstance(field.kind, kinds.Slug)]
    by = [*(["id"] if address.may_be_id or not unique else []), *unique]
    return tuple(select.Lookup(content_type.name, field, value, members) for field in by)


def _list(
    resources: Resources, resource: Resource, members: select.Members, parameters: Parameters, limits: Limits
) -> Wish:
    given = [(name, value) for name, value in parameters.items() if name.startswith(f"{FILTER}[")]
    found = FilterReader(resources, resource, limits).read(given)
    page = read_paging(parameters, limits)
    search = None
    if SEARCH in parameters:
        _check_search(resource)
        search = select.Variable(SEARCH)
    shown = [select.Member("data", select.Nodes(members))]
    if page.has_total:
        shown.append(select.Member("total", select.TotalCount()))
    name = resource.type.name
    connection = select.Connection(
        select.Archived(name) if _is_archived(parameters) else select.Everything(name),
        size=page.size,
        is_from_end=page.is_from_end,
        offset=page.offset,
        after=page.after,
        before=page.before,
        where=found.condition,
        search=search,
        order=read_sort(resources, resource, parameters[SORT], limits) if SORT in parameters else (),
        members=(*shown, PAGE),
    )
    return Wish((connection,), tuple(found.readers.items()))


def _is_archived(parameters: Parameters) -> bool:
    return ARCHIVED in parameters and read_flag(parameters[ARCHIVED], ARCHIVED)


def _check_search(resource: Resource) -> None:
    if not resource.type.is_searchable:
        raise refuse(
            "search-unknown",
            f"{resource.type.plural} have no text that full-text search covers.",
            "Use a filter with `contains`.",
            SEARCH,
        )
