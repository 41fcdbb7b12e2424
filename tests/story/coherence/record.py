"""What was acknowledged and what was read, with one clock: the judge of coherence."""

from bisect import bisect_left
from dataclasses import dataclass, field
from time import monotonic
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Read:
    """A read of an entry's version, from `process`, that began and ended at some moments."""

    process: int
    entry: UUID
    begun: float
    ended: float
    version: int


@dataclass
class Record:
    """Versions of an entry are numbers that rise; one author writes them."""

    reads: list[Read] = field(default_factory=list)
    acknowledged: dict[UUID, list[tuple[float, int]]] = field(default_factory=dict)

    def acknowledge(self, entry: UUID, version: int) -> None:
        """Its author knows that it is public, now."""
        self.acknowledged.setdefault(entry, []).append((monotonic(), version))

    def violations(self) -> list[str]:
        """Reads that began after an acknowledgement and gave something older."""
        return [wrong for read in self.reads if (wrong := self._judge(read)) is not None]

    def _judge(self, read: Read) -> str | None:
        known = self.acknowledged.get(read.entry, [])
        before = bisect_left(known, read.begun, key=lambda each: each[0])
        if before == 0 or known[before - 1][1] <= read.version:
            return None
        moment, version = known[before - 1]
        late = read.begun - moment
        return f"process {read.process} gave {read.version}, {late:.3f} s after {version} was acknowledged"
