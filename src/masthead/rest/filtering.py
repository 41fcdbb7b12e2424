"""The filter parameters of a list become one condition: all of them hold."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from masthead.model import kinds
from masthead.query import FLAGS, operators_of
from masthead.query import selection as select
from masthead.query.selection import Operator
from masthead.rest.filter_name import Combination, FilterName, read_filter_name
from masthead.rest.limits import Limits
from masthead.rest.operand import Read, default_operator, read_flag, reader_of, spelled
from masthead.rest.problem import exceed, refuse
from masthead.rest.resource import Attribute, Resource, Resources

QUANTIFIERS = ("some", "every", "none")
THERE = select.AllOf(())
"""What any entry fulfils: a condition on whether there is one."""


@dataclass(slots=True)
class Filter:
    """`condition` is None without filters; `readers` make the values of the parameters that need it."""

    condition: select.Condition | None
    readers: dict[str, Read]


@dataclass(slots=True)
class _Group:
    """What holds together: conditions, and groups by combination and label."""

    parts: list[select.Condition] = field(default_factory=list)
    groups: dict[Combination, dict[str, "_Group"]] = field(default_factory=dict)

    def inner(self, combination: Combination, label: str) -> "_Group":
        return self.groups.setdefault(combination, {}).setdefault(label, _Group())

    def condition(self) -> select.Condition:
        parts = list(self.parts)
        for combination, labelled in self.groups.items():
            inner = tuple(each.condition() for each in labelled.values())
            parts.append(select.AnyOf(inner) if combination == "or" else select.AllOf(inner))
        return parts[0] if len(parts) == 1 else select.AllOf(tuple(parts))


class FilterReader:
    """Reads the filters of one list."""

    def __init__(self, resources: Resources, resource: Resource, limits: Limits) -> None:
        self._resources = resources
        self._resource = resource
        self._limits = limits
        self._readers: dict[str, Read] = {}

    def read(self, parameters: Iterable[tuple[str, str]]) -> Filter:
        """The condition that `parameters`, names and values, describe. Raises InputError."""
        given, root = list(parameters), _Group()
        if len(given) > self._limits.conditions:
            sent = f"The request has {len(given)} filters"
            raise exceed("conditions", self._limits.conditions, sent, "Use `in` for several values.")
        for name, value in given:
            parsed = read_filter_name(name)
            depth = len(parsed.groups) + len(parsed.path)
            if depth > self._limits.filter_depth:
                sent = f"`{name[:120]}` nests {depth} groups and names"
                raise exceed("filter_depth", self._limits.filter_depth, sent, "Nest less.", name)
            group = root
            for combination, label in parsed.groups:
                group = group.inner(combination, label)
            condition = self._walk(self._resource, parsed.path, parsed, name, value)
            group.parts.append(select.Not(condition) if parsed.is_negated else condition)
        return Filter(root.condition() if given else None, self._readers)

    def _walk(
        self, resource: Resource, path: tuple[str, ...], parsed: FilterName, name: str, value: str
    ) -> select.Condition:
        """Along the references of `path`, down to the comparison."""
        head, *rest = path
        attribute = resource.comparable(head)
        if attribute is None:
            raise _unknown(resource, head, name)
        if attribute.target is None:
            if rest:
                raise _not_a_reference(resource, attribute, name)
            return self._compare(resource, attribute, parsed.operator, name, value)
        quantifier = rest.pop(0) if attribute.is_list and len(rest) > 1 and rest[0] in QUANTIFIERS else "some"
        if not rest:
            return self._presence(attribute, parsed.operator, name, value)
        target = self._resources.of_type(attribute.target)
        return _through(attribute, quantifier, self._walk(target, tuple(rest), parsed, name, value))

    def _compare(
        self, resource: Resource, attribute: Attribute, sent: str | None, name: str, value: str
    ) -> select.Condition:
        operators = operators_of(attribute.kind)
        by_name = {spelled(each): each for each in operators}
        operator = default_operator(operators) if sent is None else by_name.get(sent)
        if operator is None:
            raise _no_operator(f"{resource.type.name}.{attribute.name}", sent, by_name, name)
        return self._comparison(attribute, operator, name, value)

    def _comparison(
        self, attribute: Attribute, operator: Operator, name: str, value: str
    ) -> select.Condition:
        if operator in FLAGS:
            return select.Compare(attribute.field, operator, select.Given(read_flag(value, name)))
        reader = reader_of(attribute.kind, operator, name, self._limits)
        if reader is not None:
            self._readers[name] = reader
        return select.Compare(attribute.field, operator, select.Variable(name))

    def _presence(self, attribute: Attribute, sent: str | None, name: str, value: str) -> select.Condition:
        """Whether a reference leads anywhere."""
        flag = "isEmpty" if attribute.is_list else "isNull"
        if sent != flag:
            raise refuse(
                "operator-unknown",
                f"`{attribute.name}` leads to entries; its own operator is {flag}.",
                f"Compare a field of theirs: filter[{attribute.name}.id].",
                name,
            )
        is_missing = read_flag(value, name)
        if attribute.is_list:
            return select.Related(_relation(attribute), "none" if is_missing else "some", THERE)
        there = select.Leads(attribute.field, THERE)
        return select.Not(there) if is_missing else there


def _through(attribute: Attribute, quantifier: str, condition: select.Condition) -> select.Condition:
    match quantifier:
        case _ if isinstance(attribute.kind, kinds.Reference):
            return select.Leads(attribute.field, condition)
        case "some" | "every" | "none":
            return select.Related(_relation(attribute), quantifier, condition)
        case _:
            raise AssertionError(f"{quantifier} is no quantifier")


def _relation(attribute: Attribute) -> str | select.Referrers:
    return attribute.referrers or attribute.field


def _unknown(resource: Resource, head: str, parameter: str) -> Exception:
    known = ", ".join([*(each for each in resource.attributes if each != "url"), *resource.reverse])
    return refuse(
        "field-unknown", f"{resource.type.name} has no field `{head[:80]}`.", f"It has: {known}.", parameter
    )


def _not_a_reference(resource: Resource, attribute: Attribute, parameter: str) -> Exception:
    return refuse(
        "field-unknown",
        f"{resource.type.name}.{attribute.name} leads to no entries, so nothing comes after it.",
        f"Name it alone: filter[{attribute.name}].",
        parameter,
    )


def _no_operator(field_name: str, sent: str | None, known: Iterable[str], parameter: str) -> Exception:
    message = f"{field_name} has no operator `{sent[:40]}`." if sent else f"{field_name} needs an operator."
    return refuse("operator-unknown", message, f"It takes: {', '.join(known)}.", parameter)
