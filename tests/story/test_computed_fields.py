"""A field that content.py computes and a DataLoader fetches, as `masthead up` serves it over both APIs."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.story.conftest import SMALL_SITE, Up

CONTENT = '''
from pathlib import Path

import masthead as mh

ASKED = Path(__file__).parents[1] / "asked"


class Product(mh.Entry, path="/products/{slug}", order="name"):
    """What is sold."""

    name: str
    slug: mh.Slug = mh.slug("name")
    body: mh.Markdown


async def fetch_stock(names: list[str]) -> list[int | Exception]:
    """The warehouse: it notes each time that it is asked."""
    with ASKED.open("a") as asked:
        print(",".join(sorted(names)), file=asked)
    return [KeyError(name) if name == "Gone" else len(name) for name in names]


stock = mh.DataLoader(fetch_stock)


@Product.field(needs=["name"])
async def in_stock(products: list[Product]) -> list[mh.Int32 | Exception]:
    """How many the warehouse has."""
    return await stock.load_many([each.name for each in products])


@Product.field(needs=["body.text"])
def word_count(products: list[Product]) -> list[mh.Int32]:
    """How many words tell of it."""
    return [len(each.body.text.split()) for each in products]
'''


@pytest.fixture(scope="module")
def up() -> Iterator[Up]:
    """A shop of three products, one of which the warehouse does not know."""
    with tempfile.TemporaryDirectory(prefix="masthead-story-") as place:
        running = Up(_write_shop(Path(place) / "shop"), MASTHEAD_SITE_DIR=str(SMALL_SITE))
        try:
            yield running.wait_until_ready()
        finally:
            running.stop()


@pytest.fixture
def client(up: Up) -> Iterator[httpx.Client]:
    """HTTP against it; what the warehouse was asked before is forgotten."""
    _asked(up).unlink(missing_ok=True)
    with up.client() as opened:
        yield opened


def test_graphql_shows_them(up: Up, client: httpx.Client) -> None:
    """Every value in its place, an error for the one that failed, and one question to the warehouse."""
    query = "{ products { nodes { name inStock wordCount } } again: products { nodes { inStock } } }"
    answer = client.post("/graphql", json={"query": query}).json()
    assert answer["data"]["products"]["nodes"] == [
        {"name": "Gone", "inStock": None, "wordCount": 2},
        {"name": "Lamp", "inStock": 4, "wordCount": 2},
        {"name": "Table", "inStock": 5, "wordCount": 2},
    ]
    assert [each["inStock"] for each in answer["data"]["again"]["nodes"]] == [None, 4, 5]
    failed = [(each["path"], each["extensions"]["code"]) for each in answer["errors"]]
    assert failed == [
        (["products", "nodes", 0, "inStock"], "FIELD_FAILED"),
        (["again", "nodes", 0, "inStock"], "FIELD_FAILED"),
    ]
    assert _asked(up).read_text() == "Gone,Lamp,Table\n"


def test_rest_shows_them_where_they_are_named(up: Up, client: httpx.Client) -> None:
    """Of a list with one question, and of one entry; where a value failed, nobody keeps the answer."""
    answer = client.get("/api/products?fields=name,inStock,wordCount&sort=name")
    assert answer.json()["data"] == [
        {"name": "Gone", "inStock": None, "wordCount": 2},
        {"name": "Lamp", "inStock": 4, "wordCount": 2},
        {"name": "Table", "inStock": 5, "wordCount": 2},
    ]
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert _asked(up).read_text() == "Gone,Lamp,Table\n"
    one = client.get("/api/products/lamp?fields=inStock")
    assert one.json() == {"inStock": 4}
    assert "must-revalidate" in one.headers["cache-control"]


def test_rest_asks_nobody_unless_they_are_named(up: Up, client: httpx.Client) -> None:
    """The warehouse hears of no request that does not show its field."""
    assert "inStock" not in client.get("/api/products/lamp").json()
    assert not _asked(up).exists()


@pytest.mark.parametrize("parameter", ["sort=inStock", "filter[inStock]=4", "include=inStock"])
def test_rest_neither_sorts_nor_filters_by_them(client: httpx.Client, parameter: str) -> None:
    """PostgreSQL does not know the values: 400."""
    assert client.get(f"/api/products?{parameter}").status_code == 400


def test_openapi_tells_of_them(client: httpx.Client) -> None:
    """As nullable properties, and as names that `fields` takes."""
    components = client.get("/api/openapi.json").json()["components"]
    properties = components["schemas"]["Product"]["properties"]
    assert properties["inStock"]["type"] == ["integer", "null"]
    assert properties["inStock"]["description"] == "How many the warehouse has."
    names = components["parameters"]["ProductFields"]["schema"]["items"]["enum"]
    assert {"inStock", "wordCount"} <= set(names)


def _asked(up: Up) -> Path:
    """Beside the publication: a file that changes inside is imported."""
    return up.folder.parent / "asked"


def _write_shop(folder: Path) -> Path:
    (folder / "products").mkdir(parents=True)
    (folder / "content.py").write_text(CONTENT)
    (folder / "masthead.toml").write_text('[site]\ntitle = "Shop"\nbase_url = "https://shop.example"\n')
    for name in ("Lamp", "Table", "Gone"):
        (folder / "products" / f"{name.lower()}.md").write_text(f"---\nname: {name}\n---\n\nTwo words.\n")
    return folder
