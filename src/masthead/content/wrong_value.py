"""A front matter value that does not fit its field."""


class WrongValueError(Exception):
    """The text continues "<key> …"; `path` leads from the key to what is wrong, inside a list of blocks."""

    def __init__(self, reason: str, path: str = "") -> None:
        super().__init__(reason)
        self.path = path
