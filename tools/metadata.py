"""Build hook: the wheel's requirements are requirements/runtime.in, so that they are listed once."""

from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface


class RuntimeRequirements(MetadataHookInterface):
    """Reads `dependencies` from the file that the lock is compiled from."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Set `dependencies`; one requirement a line, `#` begins a comment."""
        lines = (Path(self.root) / "requirements" / "runtime.in").read_text("utf-8").splitlines()
        metadata["dependencies"] = [line for line in lines if line and not line.startswith("#")]
