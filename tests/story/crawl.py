"""A reader of a running publication: follows links, loads images, and knows what the folder holds.

`Folder` is the oracle: it says whether a link could be followed in the source, from the files alone,
without asking the importer.
"""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import httpx
import yaml
from selectolax.lexbor import LexborHTMLParser

MARKDOWN = {".md", ".mdx", ".markdown"}


@dataclass(frozen=True)
class Folder:
    """What a folder of Markdown offers as addresses: files, their stems, declared paths and aliases."""

    root: Path
    addresses: frozenset[str]

    @classmethod
    def read(cls, root: Path) -> "Folder":
        """Read every file's name and front matter."""
        found: set[str] = set()
        for file in root.rglob("*"):
            if file.is_file():
                found.add(_bare(file.relative_to(root).as_posix()))
            if file.suffix in MARKDOWN:
                found.update(_bare(each) for each in _declared(file.read_text("utf-8", "replace")))
        return cls(root, frozenset(found))

    def had(self, path: str) -> bool:
        """Whether the source could resolve `path` (of a URL), also behind one mount segment."""
        bare = _bare(unquote(path))
        behind_mount = bare.partition("/")[2]
        return bare in self.addresses or (behind_mount != "" and behind_mount in self.addresses)


@dataclass
class Findings:
    """What a crawl saw: pages read, links and images followed, and those that led nowhere."""

    pages: int = 0
    followed: int = 0
    broken: list[tuple[str, str, int]] = field(default_factory=list)


async def crawl(client: httpx.AsyncClient, pages: list[str]) -> Findings:
    """Read `pages` and follow every internal link and image on them, each once."""
    findings, seen = Findings(), dict[str, int]()
    for page in pages:
        answer = await client.get(page, follow_redirects=True)
        assert answer.status_code == 200, f"{page} answers {answer.status_code}"
        findings.pages += 1
        for target in internal_targets(answer.text, str(answer.url)):
            if target not in seen:
                seen[target] = (await client.get(target, follow_redirects=True)).status_code
                findings.followed += 1
            if seen[target] >= 400:
                findings.broken.append((page, target, seen[target]))
    return findings


def internal_targets(html: str, address: str) -> list[str]:
    """The same-origin URLs of links and images, without fragments, in document order."""
    tree = LexborHTMLParser(html)
    urls = [node.attributes.get("href") for node in tree.css("a[href]")]
    urls += [node.attributes.get("src") for node in tree.css("img[src]")]
    here = urlsplit(address)
    absolute = (urldefrag(urljoin(address, url)).url for url in urls if url and not url.startswith("data:"))
    same = (url for url in absolute if urlsplit(url)[:2] == here[:2])
    return list(dict.fromkeys(same))


def _declared(text: str) -> list[str]:
    """`path`, `slug`, `permalink` and the aliases of a file's front matter."""
    values = _front_matter(text)
    found: list[str] = []
    for key in ("path", "slug", "permalink", "aliases", "redirect_from"):
        value = values.get(key)
        found += value if isinstance(value, list) else [value] if value else []
    return [str(each) for each in found]


def _front_matter(text: str) -> dict[str, object]:
    match = re.match(r"(---|\+\+\+)\n(.*?)\n\1", text, re.DOTALL)
    if match is None:
        return {}
    parsed = tomllib.loads(match[2]) if match[1] == "+++" else yaml.safe_load(match[2])
    return parsed if isinstance(parsed, dict) else {}


def _bare(path: str) -> str:
    """A path without what sites add or drop: slashes at its ends, extension, `index`."""
    bare = re.sub(r"\.(md|mdx|markdown|html)$", "", path.strip("/"))
    return re.sub(r"(^|/)_?index$", "", bare).strip("/")
