"""`include=authors,cover,authors.posts`: which references are shown as entries instead of as stubs."""

from collections.abc import Iterator

from masthead.rest.limits import Limits
from masthead.rest.problem import exceed, refuse
from masthead.rest.resource import Attribute, Resource, Resources

INCLUDE = "include"


class Tree(dict[str, "Tree"]):
    """Names of references, each with what is included of the entries that it leads to."""


def read_include(resources: Resources, resource: Resource, text: str, limits: Limits) -> Tree:
    """The tree of what is included. Raises InputError."""
    tree = Tree()
    for path in text.split(","):
        names = path.split(".")
        if len(names) > limits.include_depth:
            sent = f"`{path[:80]}` leads through {len(names)} references"
            raise exceed("include_depth", limits.include_depth, sent, "Ask for less at once.", INCLUDE)
        _check(resources, resource, names)
        inner = tree
        for name in names:
            inner = inner.setdefault(name, Tree())
    count = sum(1 for _ in _nodes(tree))
    if count > limits.includes:
        sent = f"`{INCLUDE}` names {count} references"
        raise exceed("includes", limits.includes, sent, "Ask for less at once.", INCLUDE)
    return tree


def relation_of(resource: Resource, name: str) -> Attribute | None:
    """What leads from an entry of `resource` to other entries under this name."""
    found = resource.attributes.get(name) or resource.reverse.get(name)
    return found if found is not None and found.target is not None else None


def _check(resources: Resources, resource: Resource, names: list[str]) -> None:
    """Step by step along the references."""
    for name in names:
        found = relation_of(resource, name)
        if found is None or found.target is None:
            known = ", ".join(each.name for each in resource.related()) or "none"
            raise refuse(
                "include-unknown",
                f"{resource.type.name} has no reference `{name[:80]}`.",
                f"It has: {known}.",
                INCLUDE,
            )
        resource = resources.of_type(found.target)


def _nodes(tree: Tree) -> Iterator[str]:
    for name, inner in tree.items():
        yield name
        yield from _nodes(inner)
