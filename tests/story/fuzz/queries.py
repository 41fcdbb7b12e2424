"""REST: good query strings with their parts changed; and addresses of everything else, spelled oddly."""

import random
import re
from urllib.parse import quote

from tests.story.fuzz.exchange import Request, http
from tests.story.fuzz.oddities import damaged, text

GOOD = [
    "/api/posts?filter[title][containsInsensitive]=post&filter[date][gte]=2025-01-01",
    "/api/posts?fields[posts]=title,path,date&include=authors&fields[authors]=name&sort=-date&page[size]=10",
    "/api/posts?filter[or][a][slug]=post-01&filter[or][b][date][gte]=2025-01-01&filter[or][b][title]=7",
    "/api/posts?filter[tags.none.slug]=python&filter[authors.posts.tags.slug]=python",
    "/api/posts?filter[not][title][startsWith]=Draft&filter[cover][isNull]=true&filter[tags][isEmpty]=false",
    "/api/posts?page[size]=5&page[total]=true&page[offset]=3&sort=cover.filename,-title",
    "/api/posts?page[after]=WyJhIl0&page[before]=WyJhIl0&search=hello",
    "/api/authors?include=posts,posts.tags&fields[authors]=name&fields[posts]=title",
    "/api/posts/post-01?include=authors,cover&fields[posts]=title,body.html",
    "/api/posts?filter[slug][in]=post-01,release/v4.2.4&filter[id][notIn]=0",
    "/api/tags/x?include=posts",
    "/api/site",
    "/api/openapi.json",
]
PART = re.compile(r"[A-Za-z]+|\d+|[^A-Za-z\d]")
PARTS = sorted({part for each in GOOD for part in PART.findall(each)})
ADDRESSES = [
    "/",
    "/posts/post-01",
    "/posts/",
    "/feed.xml",
    "/assets/x",
    "/assets/../../etc/passwd",
    "/healthz",
    "/readyz",
    "/metrics",
    "/graphql/",
    "/api/docs",
    "/api//posts",
    "/_next/static/../x",
    "/posts/post-01.html",
]
HEADERS = [
    "",
    "",
    "",
    "Accept: text/html;q=x, */*;q=-1\r\n",
    "Accept-Encoding: \xff, gzip;q=2\r\n",
    'If-None-Match: W/"\xff", *\r\n',
    "Range: bytes=9999999999999999999-0,-1\r\n",
    "If-Modified-Since: never\r\n",
    "X-Request-Id: \xff\r\nX-Forwarded-For: \xff\r\n",
    "Expect: 100-continue\r\n",
    "Origin: \xff\r\n",
]
METHODS = ["GET"] * 50 + ["HEAD", "HEAD", "OPTIONS", "POST", "DELETE", "TRACE", "GETT", "get", "PROPFIND"]


def queries(chance: random.Random) -> Request:
    """One request to /api, or to an address that is none of an API's."""
    if chance.random() < 0.25:
        family, address = (
            "address",
            chance.choice(ADDRESSES) + chance.choice(["", "", "/", "?"]) + _encoded(chance),
        )
    else:
        family, address = "rest", _changed(chance)
    target = address.encode("utf-8", "surrogatepass")
    if chance.random() < 0.2:
        target = damaged(chance, target)
    # A space or a control would end the target: that is for the framings.
    target = re.sub(rb"[\x00-\x20\x7f]", b"%00", target) or b"/"
    return Request(family, http(chance.choice(METHODS), target, chance.choice(HEADERS)))


def _changed(chance: random.Random) -> str:
    path, _, query = chance.choice(GOOD).partition("?")
    parts = PART.findall(query or path)
    for _ in range(chance.choice([0, 1, 1, 2, 3])):
        place = chance.randrange(len(parts))
        parts[place : place + 1] = chance.choice([
            [chance.choice(PARTS)],
            [chance.choice(PARTS), parts[place]],
            [_encoded(chance)],
            [parts[place]] * chance.choice([2, 2, 300]),
            [],
        ])  # fmt: skip
        parts = parts or ["="]
    changed = "".join(parts)
    return f"{path}?{changed}" if query else changed if changed.startswith("/") else f"/api/{changed}"


def _encoded(chance: random.Random) -> str:
    given = text(chance).encode("utf-8", "surrogatepass")[:4000]
    spelled = quote(given, safe="")
    return chance.choice(
        [spelled, spelled, quote(spelled, safe=""), spelled[:-1], "%", "%zz", "%ff%fe", "%c0%80"]
    )
