"""How many times as many requests a second Masthead should answer as a peer does."""

from collections.abc import Iterator, Mapping
from typing import Any

AIMS: Mapping[str, Mapping[str, float]] = {
    "postgraphile": {"Q1": 2.4, "Q2": 2.8, "Q3": 3.2, "Q4": 1.5},
    "strawberry": {"Q2": 60, "Q3": 45},
    "directus": {"Q2": 22, "Q3": 28},
    "payload": {"Q2": 22, "Q3": 28},
    "strapi": {"Q2": 100, "Q3": 130},
}


def lines(rows: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """A line for each aim against a row that is there; none without Masthead's own row."""
    for peer, wanted in AIMS.items():
        if "masthead" not in rows or peer not in rows:
            continue
        for operation, aim in wanted.items():
            times = rows["masthead"][operation]["rate"] / rows[peer][operation]["rate"]
            met = "met" if times >= aim else "missed"
            yield f"{peer:14} {operation}  {times:>6.1f} times, aim {aim:g}: {met}"
