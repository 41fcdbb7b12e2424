"""What PostgreSQL says of a plan, in the words of the operation: rows, time and indexes by part."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Node = Mapping[str, Any]
"""A node of EXPLAIN (FORMAT JSON), PostgreSQL's manual, section 14.1."""


@dataclass(slots=True)
class Part:
    """One part of the answer. `reads` are its tables and how they are read. `rows` and `milliseconds` are
    measured where the plan was executed, else `rows` are expected and `milliseconds` is None."""

    path: str
    reads: dict[str, None] = field(default_factory=dict)
    rows: float = 0.0
    milliseconds: float | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """The parts in the answer's order, and the statement's whole times in milliseconds: None where it was
    not executed."""

    parts: tuple[Part, ...]
    planning: float | None
    execution: float | None


def explain(root: Mapping[str, Any], places: Mapping[str, str]) -> Explanation:
    """The explanation in an EXPLAIN's JSON; `places` are those of the Plan."""
    parts: dict[str, Part] = {}
    for node, path in _placed(root["Plan"], places, ""):
        part = parts.setdefault(path, Part(path))
        if (read := _read(node)) is not None:
            part.reads[read] = None
            part.rows += _rows(node)
        if "Actual Total Time" in node:
            part.milliseconds = (part.milliseconds or 0.0) + _own_time(node)
    return Explanation(
        tuple(sorted(parts.values(), key=lambda part: part.path)),
        root.get("Planning Time"),
        root.get("Execution Time"),
    )


def _placed(node: Node, places: Mapping[str, str], around: str) -> Iterator[tuple[Node, str]]:
    """Every node with the part that it works for: its own, that of what it gets its rows from, or that of
    the node around it."""
    path = _place(node, places) or around
    yield node, path
    for child in node.get("Plans", ()):
        yield from _placed(child, places, path)


def _place(node: Node, places: Mapping[str, str]) -> str | None:
    if (path := places.get(node.get("Alias", ""))) is not None:
        return path
    feeding = (child for child in node.get("Plans", ()) if child["Parent Relationship"] in _FEEDS)
    return next((path for child in feeding if (path := _place(child, places)) is not None), None)


_FEEDS = ("Outer", "Inner", "Subquery", "Member")


def _read(node: Node) -> str | None:
    if "Relation Name" in node:
        table = f"{node.get('Schema', 'live')}.{node['Relation Name']}"
        return f"{table} by {node['Index Name']}" if "Index Name" in node else f"{table}, {_how(node)}"
    return f"index {node['Index Name']}" if "Index Name" in node else None


def _how(node: Node) -> str:
    return "whole" if node["Node Type"] == "Seq Scan" else str(node["Node Type"]).lower()


def _rows(node: Node) -> float:
    if "Actual Rows" in node:
        return float(node["Actual Rows"] * node["Actual Loops"])
    return float(node["Plan Rows"])


def _own_time(node: Node) -> float:
    inner = sum(_time(child) for child in node.get("Plans", ()))
    return max(0.0, _time(node) - inner)


def _time(node: Node) -> float:
    return float(node["Actual Total Time"] * node["Actual Loops"])
