"""What a plan leaves for Python: a computed field whose values are put into the answer."""

from dataclasses import dataclass

from masthead.model import camel_case


@dataclass(frozen=True, slots=True)
class Slot:
    """A computed field of a content type, wherever it stands in an answer. `names` say how the front door
    calls an enumeration's values."""

    type: str
    field: str
    names: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return f"{self.type}.{self.field}"

    @property
    def api_name(self) -> str:
        """Type and field, as the APIs call them."""
        return f"{self.type}.{camel_case(self.field)}"
