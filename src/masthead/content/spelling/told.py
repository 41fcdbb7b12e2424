"""What became of a command, as JSON that any client reads: outcomes, faults, conflicts. What a viewer may not
read of an entry is not told in an error either."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from masthead.access import Policies, Viewer
from masthead.content.commands import (
    Changed,
    Clash,
    CommandRefusedError,
    Fault,
    SaveConflictError,
    StaleBaseError,
    check_publisher,
)
from masthead.kernel import MastheadError
from masthead.model import ContentModel, camel_case, kinds

Spell = Callable[[str], str]
"""How a protocol spells a code."""


class Told:
    """Spells for one model. `policies` None: everybody may read everything."""

    def __init__(self, model: ContentModel, policies: Policies | None, code: Spell = str) -> None:
        self._model = model
        self._policies = policies
        self._code = code
        self._fields = {field.name for each in model for field in each.fields}
        self._lists = {
            field.name for each in model for field in each.fields if isinstance(field.kind, kinds.Blocks)
        }
        self._inner = {field.name for block in model.blocks for field in block.fields}

    def changed(self, changed: Changed) -> dict[str, Any]:
        """An entry after a command, but for what it holds."""
        return {
            "id": str(changed.entry),
            "type": changed.type,
            "revision": str(changed.head),
            "number": changed.number,
            "published": None if changed.published is None else str(changed.published),
            "state": changed.state,
            "isMerged": changed.is_merged,
        }

    def details(self, error: MastheadError, viewer: Viewer, type_name: str | None) -> dict[str, Any]:
        """What an error says beside code, message and remedy. `type_name` is that of the entry which a single
        command was about, where it is known."""
        match error:
            case CommandRefusedError(faults=faults, missing=missing):
                return {
                    "faults": [self._fault(each) for each in faults],
                    **({"missing": [str(each) for each in missing]} if missing else {}),
                }
            case SaveConflictError():
                return {"conflict": self._conflict(error, viewer, type_name)}
            case StaleBaseError(entry=entry, head=head):
                return {"conflict": {"entry": str(entry), "head": str(head)}}
            case _:
                return {}

    def check_releases(self, viewer: Viewer) -> None:
        """Raises AccessError for who may publish nothing."""
        if self._policies is not None:
            check_publisher(self._model, self._policies, viewer)

    def path(self, path: str) -> str:
        """A field's path by the API's names: "sections.0.pull_quote" is "sections.0.pullQuote"."""
        parts = path.split(".")
        if len(parts) > 2 and parts[0] in self._lists and parts[2] in self._inner:
            parts[2] = camel_case(parts[2])
        if parts[0] in self._fields:
            parts[0] = camel_case(parts[0])
        return ".".join(parts)

    def _fault(self, fault: Fault) -> dict[str, Any]:
        # A field that is not there is called as the client called it.
        is_theirs = fault.code == "field-unknown" and "." not in fault.path
        path = fault.path if is_theirs else self.path(fault.path).rstrip()
        return {
            "entry": None if fault.entry is None else str(fault.entry),
            "path": path,
            "code": self._code(fault.code),
            "message": fault.message.replace(f'"{fault.path}"', f'"{path}"') if fault.path else fault.message,
            "command": fault.command,
        }

    def _conflict(self, error: SaveConflictError, viewer: Viewer, type_name: str | None) -> dict[str, Any]:
        hidden = self.hidden(viewer, type_name)
        return {
            "entry": str(error.entry),
            "head": str(error.head),
            "clashes": [
                self._clash(each) for each in error.clashes if each.path.partition(".")[0] not in hidden
            ],
            "merged": self._named({k: v for k, v in error.merged.items() if k not in hidden}),
        }

    def _clash(self, clash: Clash) -> dict[str, Any]:
        name, *rest = clash.path.split(".")
        is_block = name in self._lists and len(rest) == 1
        base, theirs, yours = (
            self._block(each) if is_block else self._list(name, each) if not rest else each
            for each in (clash.base, clash.theirs, clash.yours)
        )
        return {
            "path": self.path(clash.path),
            "base": base,
            "theirs": theirs,
            "yours": yours,
            "lines": None if clash.lines is None else asdict(clash.lines),
        }

    def named(self, fields: Mapping[str, Any], viewer: Viewer, type_name: str) -> dict[str, Any]:
        """The fields of a snapshot by the API's names, without those that are hidden from the viewer."""
        hidden = self.hidden(viewer, type_name)
        return self._named({name: value for name, value in fields.items() if name not in hidden})

    def hidden(self, viewer: Viewer, type_name: str | None) -> frozenset[str]:
        """The names of the fields that the viewer may not read in every entry of a type, or of any type."""
        if self._policies is None:
            return frozenset()
        types: Iterable[str] = [type_name] if type_name else [each.name for each in self._model]
        return frozenset().union(
            *(
                self._policies.hidden_fields(
                    viewer, each, frozenset(field.name for field in self._model[each].fields), "draft"
                )
                for each in types
            )
        )

    def _named(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        return {
            camel_case(name) if name in self._fields else name: self._list(name, value)
            for name, value in fields.items()
        }

    def _list(self, name: str, value: Any) -> Any:
        is_blocks = name in self._lists and isinstance(value, Sequence) and not isinstance(value, str)
        return [self._block(each) for each in value] if is_blocks else value

    def _block(self, block: Any) -> Any:
        if not isinstance(block, Mapping):
            return block
        return {camel_case(name) if name in self._inner else name: value for name, value in block.items()}
