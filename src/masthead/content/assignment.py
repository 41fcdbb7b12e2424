"""Which file is which entry: by its path, by its content when it was moved, by its slug."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from masthead.content.known import Known, new_entry
from masthead.content.known_files import Entry, KnownFile
from masthead.content.reading import Reading
from masthead.model import ContentModel


@dataclass(frozen=True, slots=True)
class Assignment:
    """Entries by path; what each moved file was before; the known files that are gone."""

    entries: Mapping[str, Entry]
    moved: Mapping[str, KnownFile]
    vanished: tuple[str, ...]


def assign(
    present: Mapping[str, str],
    readings: Mapping[str, Reading],
    known: Known,
    model: ContentModel,
    now: datetime,
) -> Assignment:
    """Give every file its entry. `present` holds the digest of every file of the folder by path, and an
    empty one for those that could not be read.

    A file at a new path is a file that vanished if it has its bytes, or else its type and slug; or it
    takes over an entry that existed only because others named it; or it is new.
    """
    gone = {
        path: each
        for path, each in known.files.items()
        if path not in present and (each.entry.archived_at is None or each.entry.is_edited)
    }
    entries = {path: known.files[path].entry for path in present if path in known.files}
    moved: dict[str, KnownFile] = {}
    fresh = [path for path in sorted(readings) if path not in known.files]
    for key_of_new, key_of_old in ((_bytes_of_new, _bytes_of_old), (_slug_of_new, _slug_of_old)):
        waiting: dict[object, list[str]] = {}
        for path in sorted(gone, reverse=True):
            waiting.setdefault(key_of_old(gone[path]), []).append(path)
        for path in [path for path in fresh if path not in moved]:
            if origins := waiting.get(key_of_new(readings[path])):
                moved[path] = gone.pop(origins.pop())
                entries[path] = moved[path].entry
    taken = {entry.id for entry in entries.values()}
    for path in [path for path in fresh if path not in moved]:
        facts = readings[path].facts
        derived = known.names.get((facts.type_name, facts.slug or ""))
        if derived is not None and derived.entry.id not in taken:
            entries[path] = derived.entry
            taken.add(derived.entry.id)
        else:
            entries[path] = new_entry(model[facts.type_name], now)
    vanished = sorted(path for path, each in gone.items() if each.entry.archived_at is None)
    return Assignment(entries, moved, tuple(vanished))


def _bytes_of_new(reading: Reading) -> tuple[str, str]:
    return reading.file.digest, reading.facts.type_name


def _bytes_of_old(known: KnownFile) -> tuple[str, str]:
    return known.digest, known.facts.type_name


def _slug_of_new(reading: Reading) -> tuple[str, str | None]:
    return reading.facts.type_name, reading.facts.slug


def _slug_of_old(known: KnownFile) -> tuple[str, str | None]:
    return known.facts.type_name, known.facts.slug
