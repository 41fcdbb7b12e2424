"""Tags of sanitised HTML, as text: reading their attributes and writing them again.

The sanitiser writes every attribute as name="value" and escapes & < > " and the no-break space.
"""

import re

_ATTRIBUTE = re.compile(r'([a-z][a-z0-9-]*)="([^"]*)"')
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&nbsp;": "\xa0", "&amp;": "&"}
_ENTITY = re.compile("|".join(_ENTITIES))


class Attributes(dict[str, str]):
    """A tag's attributes, unescaped, in their order."""

    def tag(self, name: str) -> str:
        """The opening tag."""
        return "".join((f"<{name}", *(f' {key}="{quoted(value)}"' for key, value in self.items()), ">"))


def attributes_of(text: str) -> Attributes:
    """The attributes in the inside of a tag."""
    return Attributes((name, plain(value)) for name, value in _ATTRIBUTE.findall(text))


def plain(text: str) -> str:
    """Text without the five entities that the sanitiser writes."""
    return _ENTITY.sub(lambda entity: _ENTITIES[entity[0]], text) if "&" in text else text


def tag_text(text: str) -> str:
    """Text as it stands between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quoted(value: str) -> str:
    """Text as it stands in an attribute's value."""
    return tag_text(value).replace('"', "&quot;")
