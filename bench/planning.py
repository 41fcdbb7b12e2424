"""How long a document takes that was never seen before: parsed, validated, lowered, planned.

`python -m bench.planning` plans each of the bench's operations 400 times, each time with another comment in
it, so that no cache knows it; prints CPU milliseconds and writes bench/results/planning.json. No database.
"""

import gc
import json
import time
from pathlib import Path
from typing import Any

from bench.engines.asked import OPERATIONS, Operation
from bench.engines.data import MODEL
from masthead.graphql import Engine

DOCUMENTS = 400
KNOWN = 20_000
RESULTS = Path(__file__).parent / "results" / "planning.json"


def main() -> None:
    """Measure, print, write."""
    rows = {operation.name: _measure(operation) for operation in OPERATIONS}
    print(f"\n{'':6}{'new p50 ms':>12}{'new p99 ms':>12}{'known µs':>12}")
    for name, row in rows.items():
        print(f"{name:6}{row['p50_ms']:>12}{row['p99_ms']:>12}{row['known_us']:>12}")
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(rows, indent=2) + "\n")


def _measure(operation: Operation) -> dict[str, Any]:
    engine = Engine(MODEL, None)  # type: ignore[arg-type]  # plans only
    variables = {"slug": "post-1"} if operation.has_slug else {}
    engine.plan(operation.document, variables)
    gc.collect()
    gc.freeze()  # as the API process does when it has started
    times = []
    for number in range(DOCUMENTS):
        document = f"# {number}\n{operation.document}"
        start = time.process_time()
        engine.plan(document, variables)
        times.append((time.process_time() - start) * 1000)
    times.sort()
    start = time.process_time()
    for _ in range(KNOWN):
        engine.plan(operation.document, variables)
    known = (time.process_time() - start) / KNOWN * 1e6
    return {
        "p50_ms": round(times[DOCUMENTS // 2], 2),
        "p99_ms": round(times[DOCUMENTS * 99 // 100], 2),
        "known_us": round(known, 2),
    }


if __name__ == "__main__":
    main()
