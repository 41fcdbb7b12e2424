"""`sort=-date,cover.filename`: what a list is sorted by, `-` for largest first, dots through references."""

from masthead.model import kinds
from masthead.query import ORDERABLE
from masthead.query import selection as select
from masthead.rest.limits import Limits
from masthead.rest.problem import exceed, refuse
from masthead.rest.resource import Attribute, Resource, Resources

SORT = "sort"


def read_sort(resources: Resources, resource: Resource, text: str, limits: Limits) -> tuple[select.Sort, ...]:
    """The order. Raises InputError."""
    spelled = text.split(",")
    if len(spelled) > limits.sort_keys:
        sent = f"`{SORT}` names {len(spelled)} keys"
        raise exceed("sort_keys", limits.sort_keys, sent, "Name fewer.", SORT)
    if len({each.removeprefix("-") for each in spelled}) < len(spelled):
        raise refuse("sort-unknown", f"`{SORT}` names a key twice.", "Name each once.", SORT)
    return tuple(_key(resources, resource, each, limits) for each in spelled)


def sortable(resource: Resource) -> list[str]:
    """The names that entries of this type can be sorted by."""
    return [each.name for each in resource.attributes.values() if _is_sortable(each)]


def _key(resources: Resources, resource: Resource, spelled: str, limits: Limits) -> select.Sort:
    *through, last = spelled.removeprefix("-").split(".")
    if len(through) > limits.include_depth:
        sent = f"`{spelled[:80]}` leads through {len(through)} references"
        raise exceed("include_depth", limits.include_depth, sent, "Sort by something nearer.", SORT)
    fields = []
    for name in through:
        attribute = resource.attributes.get(name)
        if attribute is None or not isinstance(attribute.kind, kinds.Reference):
            raise _unknown(resource, name, spelled)
        fields.append(attribute.field)
        resource = resources.of_type(attribute.kind.target)
    attribute = resource.attributes.get(last)
    if attribute is None or not _is_sortable(attribute):
        raise _unknown(resource, last, spelled)
    return select.Sort(attribute.field, spelled.startswith("-"), through=tuple(fields))


def _is_sortable(attribute: Attribute) -> bool:
    if attribute.name in ("path", "url"):
        return False
    return attribute.name == "id" or isinstance(attribute.kind, ORDERABLE)


def _unknown(resource: Resource, name: str, spelled: str) -> Exception:
    to_one = [each.name for each in resource.attributes.values() if isinstance(each.kind, kinds.Reference)]
    through = f", and by what {' or '.join(to_one)} leads to" if to_one else ""
    return refuse(
        "sort-unknown",
        f"`{spelled[:80]}` is no key: {resource.type.name} cannot be sorted by `{name[:80]}`.",
        f"It can be sorted by {', '.join(sortable(resource))}{through}.",
        SORT,
    )
