"""A form as a browser sends it."""

from urllib.parse import parse_qsl

from masthead.kernel import InputError
from masthead.rest.people.door import Request

_KIND = b"application/x-www-form-urlencoded"


class Form:
    """The fields of a form; one that is missing is empty."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self._pairs = pairs

    def __getitem__(self, name: str) -> str:
        return next((value for found, value in self._pairs if found == name), "")

    def all(self, name: str) -> list[str]:
        """Every value of a field that may have several."""
        return [value for found, value in self._pairs if found == name]


async def read_form(request: Request) -> Form:
    """The fields of the body. Raises InputError."""
    kind = request.arrival.headers.get(b"content-type", b"").partition(b";")[0].strip().lower()
    if kind != _KIND:
        raise InputError("media-type", "This is no form.", f"Send {_KIND.decode()}.")
    try:
        return Form(parse_qsl((await request.body()).decode(), keep_blank_values=True, max_num_fields=300))
    except ValueError as error:
        raise InputError("body-invalid", "The form cannot be read.", "Send it as UTF-8.") from error
