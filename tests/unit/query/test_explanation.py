"""EXPLAIN's nodes in the words of the operation."""

from typing import Any

from masthead.query import explain

PLACES = {"r$1": "posts", "t$2": "posts.nodes", "t$3": "posts.nodes.cover"}


def node(kind: str, total: float, loops: int = 1, rows: int = 1, **more: Any) -> dict[str, Any]:
    """A node of EXPLAIN (ANALYZE, FORMAT JSON)."""
    return {
        "Node Type": kind,
        "Parent Relationship": "Outer",
        "Actual Total Time": total,
        "Actual Loops": loops,
        "Actual Rows": rows,
        "Plan Rows": 7,
        **more,
    }


SCAN = node(
    "Index Scan", 1.0, rows=2, **{"Relation Name": "post", "Alias": "r$1", "Index Name": "post_order"}
)
COVER = node(
    "Seq Scan", 0.25, loops=2, **{"Relation Name": "asset", "Alias": "t$3", "Parent Relationship": "SubPlan"}
)
PAGE = node(
    "Subquery Scan", 2.5, rows=2, Alias="t$2", Plans=[node("Limit", 1.5, rows=2, Plans=[SCAN]), COVER]
)
ROOT = {"Plan": node("Aggregate", 3.0, Plans=[PAGE]), "Planning Time": 0.5, "Execution Time": 3.25}


def test_each_part_has_its_own_time_and_rows() -> None:
    """A node counts for its own part, without what the nodes below it took; a limit for what it limits."""
    parts = {
        part.path: (part.rows, part.milliseconds, list(part.reads)) for part in explain(ROOT, PLACES).parts
    }
    assert parts == {
        "posts": (2, 1.5, ["live.post by post_order"]),
        "posts.nodes": (0, 1.0, []),
        "posts.nodes.cover": (2, 0.5, ["live.asset, whole"]),
    }


def test_the_parts_come_to_the_whole() -> None:
    """Nothing is counted twice and nothing is lost."""
    assert sum(part.milliseconds or 0 for part in explain(ROOT, PLACES).parts) == 3.0


def test_a_plan_that_was_not_executed_has_no_times() -> None:
    """Rows are those that PostgreSQL expects."""
    plan = {"Node Type": "Seq Scan", "Relation Name": "post", "Alias": "r$1", "Plan Rows": 7}
    explanation = explain({"Plan": plan}, PLACES)
    (part,) = explanation.parts
    assert (part.rows, part.milliseconds, explanation.execution) == (7, None, None)
