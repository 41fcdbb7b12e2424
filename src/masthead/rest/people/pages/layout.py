"""What all pages share: the document around them, their style, and the policy that allows nothing else."""

import base64
import hashlib
import re
from collections.abc import Iterable
from html import escape
from importlib.resources import files

from masthead.kernel import MastheadError

_FACES = {
    "display-core": ("Masthead Display", "normal", "600"),
    "text-core": ("Masthead Text", "normal", "400"),
    "sans-core": ("Masthead Sans", "normal", "100 900"),
}
_FONT = re.compile(r"/_fonts/([a-z-]+)\.[0-9a-f]+\.woff2")


class Layout:
    """Makes documents. `static` are the addresses of files that are served: fonts among them are used."""

    def __init__(self, static: Iterable[str] = ()) -> None:
        self._style = "".join(_faces(static)) + _read_style()
        digest = base64.b64encode(hashlib.sha256(self._style.encode()).digest()).decode()
        self.policy = (
            f"default-src 'none'; style-src 'sha256-{digest}'; font-src 'self'; form-action 'self'; "
            "object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
        ).encode()

    def page(self, title: str, body: str, *, is_narrow: bool = True) -> bytes:
        """A whole document. `body` is HTML, `title` is text."""
        kind = ' class="is-narrow"' if is_narrow else ""
        return (
            '<!doctype html><html lang="en"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            '<meta name="robots" content="noindex"><meta name="color-scheme" content="light dark">'
            f"<title>{escape(title)}</title><style>{self._style}</style></head>"
            f"<body{kind}><header>Masthead</header><main><h1>{escape(title)}</h1>{body}</main></body></html>"
        ).encode()


def problem_note(error: MastheadError | None) -> str:
    """What was wrong, above a form."""
    if error is None:
        return ""
    return f'<p class="problem" role="alert">{escape(error.message)} {escape(error.remedy)}</p>'


def field(
    name: str, label: str, kind: str = "text", *, value: str = "", hint: str = "", more: str = ""
) -> str:
    """A labelled field that must be filled in. `more` are attributes, as HTML."""
    told = f'<small class="hint" id="{name}-hint">{escape(hint)}</small>' if hint else ""
    described = f' aria-describedby="{name}-hint"' if hint else ""
    return (
        f'<label for="{name}">{escape(label)}</label><input id="{name}" name="{name}" type="{kind}" '
        f'value="{escape(value)}" required{described} {more}>{told}'
    )


def _read_style() -> str:
    text = (files("masthead.rest.people.pages") / "style.css").read_text("utf-8")
    return re.sub(r"/\*.*?\*/\s*", "", text, flags=re.DOTALL)


def _faces(static: Iterable[str]) -> Iterable[str]:
    for address in sorted(static):
        found = _FONT.fullmatch(address)
        if found is not None and (face := _FACES.get(found[1])) is not None:
            family, style, weight = face
            yield (
                f'@font-face{{font-family:"{family}";font-style:{style};font-weight:{weight};'
                f'font-display:swap;src:url("{address}") format("woff2")}}'
            )
