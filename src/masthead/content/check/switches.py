"""Which rules are off where, as masthead.toml says. A rule that does not exist is refused, with its place."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from masthead.content.check.rules import RULES
from masthead.content.folder import matches
from masthead.content.publication import SETTINGS_FILE, CheckSettings
from masthead.kernel import InputError, Place
from masthead.markdown import parse_document

KNOWN = tuple(rule.id for rule in RULES)


@dataclass(frozen=True, slots=True)
class Switches:
    """Answers whether a rule applies to a file."""

    off: frozenset[str]
    overrides: Mapping[str, frozenset[str]]

    def applies(self, rule: str, path: str) -> bool:
        """Whether `rule` is on for the file at `path`."""
        if rule in self.off:
            return False
        return not any(rule in off and matches(path, glob) for glob, off in self.overrides.items())


def read_switches(settings: CheckSettings, root: Path) -> Switches:
    """The switches of a publication. Raises InputError for a rule that does not exist."""
    _refuse_unknown(settings.off, "check.off", root)
    for glob, off in settings.overrides.items():
        _refuse_unknown(off, f"check.overrides.{glob}.off", root)
    overrides = {glob: frozenset(off) for glob, off in settings.overrides.items()}
    return Switches(frozenset(settings.off), overrides)


def _refuse_unknown(names: tuple[str, ...], key: str, root: Path) -> None:
    for name in names:
        if name not in KNOWN:
            close = get_close_matches(name, KNOWN, n=1)
            remedy = f'Did you mean "{close[0]}"?' if close else f"Rules are: {', '.join(KNOWN)}."
            message = f'There is no rule "{name}" to switch off.'
            raise InputError("rule-unknown", message, remedy, _place(key, root))


def _place(key: str, root: Path) -> Place:
    """Where a setting stands: the file is read as front matter, whose reader knows the places of keys."""
    file = root / SETTINGS_FILE
    document = parse_document(b"+++\n" + file.read_bytes() + b"\n+++\n", str(file))
    place = document.position_of(key)
    return Place(str(file), max(1, (place.line or 2) - 1), place.column, key)
