"""What was acknowledged and what was read, with one clock: the judge of coherence."""

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from time import monotonic
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Read:
    """A read of an entry's version (None: it is not public), from `process`, that began and ended at some
    moments; `kind` is that of the reader."""

    process: int
    kind: str
    entry: UUID
    begun: float
    ended: float
    version: int | None


@dataclass
class Record:
    """Versions of an entry are numbers that rise; one author writes them. Some of them take it away, and one
    may delete it: after that there is none."""

    reads: list[Read] = field(default_factory=list)
    hits: Counter[str] = field(default_factory=Counter)
    acknowledged: dict[UUID, list[tuple[float, int]]] = field(default_factory=dict)
    withdrawn: dict[UUID, list[tuple[float, int]]] = field(default_factory=dict)
    deleted: set[UUID] = field(default_factory=set)

    def withdraw(self, entry: UUID, version: int) -> None:
        """Its author is about to take it away, now."""
        self.withdrawn.setdefault(entry, []).append((monotonic(), version))

    def acknowledge(self, entry: UUID, version: int, *, is_deleted: bool = False) -> None:
        """Its author knows that it is so, now."""
        self.acknowledged.setdefault(entry, []).append((monotonic(), version))
        if is_deleted:
            self.deleted.add(entry)

    @property
    def publications(self) -> int:
        """How often an author was told that it is done."""
        return sum(map(len, self.acknowledged.values()))

    def violations(self, kind: str = "") -> list[str]:
        """Reads that began after an acknowledgement and gave something older: of one kind of reader, or of
        all."""
        reads = (read for read in self.reads if kind in ("", read.kind))
        return [wrong for read in reads if (wrong := self._judge(read)) is not None]

    def ghosts(self) -> list[str]:
        """Those among them that gave an entry whose deletion had been acknowledged."""
        reads = (read for read in self.reads if read.entry in self.deleted and read.version is not None)
        late = (read for read in reads if read.begun > self.acknowledged[read.entry][-1][0])
        return [wrong for read in late if (wrong := self._judge(read)) is not None]

    def _judge(self, read: Read) -> str | None:
        known = self.acknowledged.get(read.entry, [])
        before = bisect_left(known, read.begun, key=lambda each: each[0])
        moment, version = known[before - 1] if before else (read.begun, 0)
        if self._newest(read) >= version:
            return None
        gave = "nothing" if read.version is None else read.version
        late = read.begun - moment
        return (
            f"process {read.process} gave {gave} ({read.kind}), {late:.3f} s after {version} was acknowledged"
        )

    def _newest(self, read: Read) -> int:
        """The newest version that the read can have seen; below all where there is none."""
        if read.version is not None:
            return read.version
        away = self.withdrawn.get(read.entry, [])
        return max((version for begun, version in away if begun <= read.ended), default=-1)
