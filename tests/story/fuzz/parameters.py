"""GraphQL over HTTP: documents with variables and extensions, in bodies and addresses; and no JSON."""

import json
import random
from typing import Any
from urllib.parse import quote, urlencode

from tests.story.fuzz.documents import SIZES, documents
from tests.story.fuzz.exchange import Request, http
from tests.story.fuzz.oddities import damaged, text, value

KEYS = ["id", "title", "eq", "in", "not", "and", "or", "date", "tags", "some", "isNull", "contains", "\0", ""]
JSON = "Content-Type: application/json\r\n"
MEDIA_TYPES = [
    JSON,
    "",
    "Content-Type: text/plain\r\n",
    "Content-Type: application/json; charset=utf-16\r\n",
    "Content-Type: application/graphql\r\n",
    "Content-Type: multipart/form-data; boundary=x\r\n",
    "Content-Type: \xff\r\n",
    "Content-Type: application/json\r\nContent-Encoding: gzip\r\n",
    JSON + JSON,
    JSON + "Accept: application/graphql-response+json;q=0, */*;q=x\r\n",
    JSON + "Accept: text/html\r\n",
    JSON + "Accept-Encoding: gzip;q=9, br, zstd, \xff\r\n",
    JSON + "If-None-Match: *\r\n",
    JSON + "Origin: null\r\nAccess-Control-Request-Method: POST\r\n",
]


def parameters(chance: random.Random) -> Request:
    """One request to /graphql."""
    asked = _asked(chance)
    match chance.randrange(10):
        case 0:
            return Request("graphql get", http("GET", "/graphql?" + _query_string(chance, asked)))
        case 1:
            return _post("graphql bytes", chance, damaged(chance, _spelled(chance, asked)))
        case 2:
            return _post("graphql json", chance, _no_object(chance))
        case 3:
            method = chance.choice(
                ["HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "post", "X", "CONNECT"]
            )
            return Request("graphql method", http(method, "/graphql", JSON, _spelled(chance, asked)))
        case 4:
            headers = chance.choice(MEDIA_TYPES)
            return Request("graphql type", http("POST", "/graphql", headers, _spelled(chance, asked)))
        case _:
            return _post("graphql post", chance, _spelled(chance, asked))


def _post(family: str, chance: random.Random, body: bytes) -> Request:
    return Request(family, http("POST", "/graphql", JSON, body))


def _asked(chance: random.Random) -> dict[str, Any]:
    asked: dict[str, Any] = {"query": documents(chance)}
    if chance.random() < 0.7:
        asked["variables"] = {
            name: value(chance, KEYS) for name in chance.sample(["n", "a", "o", "w", "i", "s", "x"], 4)
        }
    if chance.random() < 0.2:
        asked["operationName"] = chance.choice(["A", "B", "", None, 1, text(chance)])
    if chance.random() < 0.2:
        asked["extensions"] = _extensions(chance)
    if chance.random() < 0.1:
        asked[chance.choice(["query", "variables", "operationName", "documentId", "extensions"])] = value(
            chance, KEYS
        )
    return asked


def _extensions(chance: random.Random) -> object:
    """Persisted queries, mostly: every document that is kept must make room for another."""
    digest = chance.choice(["0" * 64, f"{chance.getrandbits(256):064x}", text(chance), 1, None])
    persisted = {"version": chance.choice([1, 1, 1, 2, "1", None]), "sha256Hash": digest}
    return chance.choice([{"persistedQuery": persisted}, {"persistedQuery": 1}, value(chance, KEYS)])


def _spelled(chance: random.Random, asked: object) -> bytes:
    """As JSON; NaN and infinities as Python writes them, lone surrogates escaped or as bytes of their own."""
    is_ascii = chance.random() < 0.5
    return json.dumps(asked, ensure_ascii=is_ascii).encode("utf-8", "surrogatepass")


def _query_string(chance: random.Random, asked: dict[str, Any]) -> str:
    spelled = {key: each if isinstance(each, str) else json.dumps(each) for key, each in asked.items()}
    query = urlencode(spelled, errors="surrogatepass")
    return quote(damaged(chance, query.encode()), safe="%&=+") if chance.random() < 0.2 else query


def _no_object(chance: random.Random) -> bytes:
    """JSON that is none, that is deep or wide, and batches."""
    size = chance.choice(SIZES)
    one = _spelled(chance, _asked(chance))
    return chance.choice([
        b"",
        b"null",
        b"[]",
        b"\xef\xbb\xbf" + one,
        b"[" * size,
        b"[" * size + b"]" * size,
        b'{"a":' * size + b"1" + b"}" * size,
        b'{"query":"{ __typename }","variables":{"a":' + b"[" * size + b"]" * size + b"}}",
        b'{"query":"{ __typename }","variables":{"a":[' + b"0," * size + b"0]}}",
        b'{"query":"{ __typename }","variables":{' + _keys(size) + b"}}",
        b'{"query":"{ __typename }","query":"{ x }","variables":{"n":' + b"9" * size + b"}}",
        b'{"query":"{ __typename }","variables":{"n":1e' + b"9" * size + b"}}",
        b'{"query":"\\ud800\\u0000","operationName":"\\udfff"}',
        b'{"query":"query A($n: Int) { posts(first: $n) { totalCount } }","variables":{"n":NaN}}',
        b"[" + b",".join([one] * min(size, 60)) + b"]",
        one[: len(one) // 2],
        one.decode("utf-8", "replace").encode("utf-16"),
        b'"' + b"a" * (size * 60) + b'"',
    ])  # fmt: skip


def _keys(count: int) -> bytes:
    return b",".join(b'"k%d":0' % each for each in range(count))
