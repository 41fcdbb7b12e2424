"""The pages for people: forms without a script, as a browser uses them."""

import re
from collections.abc import AsyncIterator
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest
from tests.store.people.people_rows import PASSWORD, join

from masthead.people import People
from masthead.roles.api.application import Application
from masthead.store import Database

SITE = "https://masthead.test"
TOKENS = Path(__file__).parents[4] / "web" / "packages" / "ui" / "src" / "styles" / "tokens.css"
STYLE = Path(__file__).parents[4] / "src" / "masthead" / "rest" / "people" / "pages" / "style.css"
EVIL = '"><script>alert(1)</script>'


@pytest.fixture
async def people(database: Database) -> AsyncIterator[People]:
    """The same people as the application's, without HTTP."""
    found = People(database, ("Post",))
    yield found
    found.close()


@pytest.fixture
async def browser(application: Application) -> AsyncIterator[httpx.AsyncClient]:
    """A browser: it says its origin and keeps cookies."""
    transport = httpx.ASGITransport(application.asgi, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=SITE, headers={"origin": SITE}) as opened:
        yield opened


async def sign_in(browser: httpx.AsyncClient, password: str = PASSWORD) -> httpx.Response:
    """Send the form."""
    return await browser.post("/-/sign-in", data={"email": "ada@example.org", "password": password})


async def act(browser: httpx.AsyncClient, do: str, **fields: str | list[str]) -> httpx.Response:
    """Send a form of the account's page."""
    return await browser.post("/-/account", data={"do": do, **fields})


async def test_signing_in_and_out(browser: httpx.AsyncClient, people: People) -> None:
    """The form leads to the account, and the account's button back."""
    await join(people)
    assert (await browser.get("/-/account")).headers["location"] == "/-/sign-in"
    assert (await browser.get("/-/sign-in")).status_code == 200
    entered = await sign_in(browser)
    assert (entered.status_code, entered.headers["location"]) == (303, "/-/account")
    assert (await browser.get("/-/sign-in")).headers["location"] == "/-/account"
    page = await browser.get("/-/account")
    assert "<h1>Ada</h1>" in page.text
    assert re.search(r'name="do" value="sign-out">\s*<button[^>]*>Sign out</button>', page.text)
    out = await act(browser, "sign-out")
    assert (out.headers["location"], out.headers["clear-site-data"]) == ("/-/sign-in", '"storage"')
    assert (await browser.get("/-/account")).status_code == 303


async def test_a_wrong_password_says_so_above_the_form(browser: httpx.AsyncClient, people: People) -> None:
    """With the address still in it and the password not."""
    await join(people)
    page = await sign_in(browser, "not the password")
    assert page.status_code == 401
    assert 'role="alert">E-mail address or password are wrong.' in page.text
    assert 'value="ada@example.org"' in page.text
    assert "not the password" not in page.text


async def test_a_form_of_another_site_does_nothing(browser: httpx.AsyncClient, people: People) -> None:
    """Signing in neither; nor one that does not say where it is from."""
    await join(people)
    for headers in ({"origin": "https://evil.example"}, {"origin": "null"}):
        reply = await browser.post(
            "/-/sign-in", data={"email": "ada@example.org", "password": PASSWORD}, headers=headers
        )
        assert reply.status_code == 403
        assert "set-cookie" not in reply.headers
    del browser.headers["origin"]
    assert (await sign_in(browser)).status_code == 403


async def test_no_script_runs_on_these_pages(browser: httpx.AsyncClient, people: People) -> None:
    """Nothing is allowed but the page's own style, the site's fonts and forms to this site."""
    page = await browser.get("/-/sign-in")
    policy = page.headers["content-security-policy"]
    assert re.fullmatch(
        r"default-src 'none'; style-src 'sha256-[\w+/]+='; font-src 'self'; form-action 'self'; "
        r"object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
        policy,
    )
    assert page.headers["cache-control"] == "no-store"
    assert "<script" not in page.text


async def test_what_people_write_is_text(browser: httpx.AsyncClient, people: People) -> None:
    """Names, agents, addresses, tokens: never markup."""
    await join(people)
    reply = await browser.post("/-/sign-in", data={"email": EVIL, "password": "x"})
    assert "<script" not in reply.text
    assert EVIL not in (await browser.get("/-/link", params={"token": EVIL})).text
    browser.headers["user-agent"] = EVIL
    await sign_in(browser)
    await act(browser, "create-token", name=EVIL, scope=["read"], days="1")
    page = await browser.get("/-/account")
    assert "<script" not in page.text
    assert page.text.count("&lt;script&gt;") == 2


async def test_a_token_is_shown_once(browser: httpx.AsyncClient, people: People) -> None:
    """On the page that answers the form; then its name only."""
    await join(people)
    await sign_in(browser)
    made = await act(browser, "create-token", name="CI", scope=["read", "publish"], days="30")
    assert made.status_code == 201
    (text,) = re.findall(r"mh_[0-9A-Za-z]{49}", made.text)
    page = await browser.get("/-/account")
    assert text not in page.text
    assert "publish, read" in page.text
    (token,) = await people.tokens.of((await people.accounts.named("ada@example.org")).id)
    assert (await act(browser, "revoke-token", id=str(token.id))).status_code == 303
    assert "publish, read" not in (await browser.get("/-/account")).text


async def test_mistakes_are_told_on_the_page(browser: httpx.AsyncClient, people: People) -> None:
    """Each with the status of the API."""
    await join(people)
    await sign_in(browser)
    tries = {
        "no days": (await act(browser, "create-token", name="CI", scope=["read"], days="x"), 400),
        "no scope": (await act(browser, "create-token", name="CI", days="3"), 400),
        "no password": (await act(browser, "change-password", current="x", password="short"), 400),
        "wrong": (await act(browser, "change-password", current="x", password="quite another one"), 403),
        "no session": (await act(browser, "end-session", id="x"), 404),
        "nothing": (await act(browser, "fly"), 404),
        "json": (await browser.post("/-/account", json={}), 415),
        "put": (await browser.put("/-/account"), 405),
    }
    assert {name: reply.status_code for name, (reply, _) in tries.items()} == {
        name: status for name, (_, status) in tries.items()
    }
    assert all('role="alert"' in reply.text for reply, _ in tries.values())


async def test_a_password_is_changed(browser: httpx.AsyncClient, people: People) -> None:
    """This browser stays signed in."""
    await join(people)
    await sign_in(browser)
    reply = await act(browser, "change-password", current=PASSWORD, password="quite another one")
    assert reply.headers["location"] == "/-/account"
    assert (await browser.get("/-/account")).status_code == 200
    out = await act(browser, "sign-out-everywhere")
    assert (out.headers["location"], out.headers["clear-site-data"]) == ("/-/sign-in", '"storage"')
    assert (await sign_in(browser, "quite another one")).status_code == 303


async def test_the_owner_comes_in_by_the_first_link(browser: httpx.AsyncClient, people: People) -> None:
    """Looking does not use it up, nor does a mistake; using does."""
    secret = await people.links.for_owner()
    assert secret is not None
    for _ in range(2):
        page = await browser.get("/-/link", params={"token": secret})
        assert "Become the owner" in page.text
    form = {"token": secret, "name": "Ada", "email": "ada@example.org", "password": "short"}
    mistaken = await browser.post("/-/link", data=form)
    assert mistaken.status_code == 400
    assert "The password has 5 characters." in mistaken.text
    assert 'value="ada@example.org"' in mistaken.text
    assert 'value="Ada"' in mistaken.text
    assert 'value="short"' not in mistaken.text
    done = await browser.post("/-/link", data={**form, "password": PASSWORD})
    assert (done.status_code, done.headers["location"]) == (303, "/-/account")
    assert "ada@example.org · owner" in (await browser.get("/-/account")).text
    for reply in (
        await browser.get("/-/link", params={"token": secret}),
        await browser.post("/-/link", data={**form, "password": PASSWORD}),
    ):
        assert reply.status_code == 404
        assert "This link opens nothing" in reply.text


class _Labels(HTMLParser):
    """Which fields are there, and which have a label."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: set[str] = set()
        self.labels: set[str] = set()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if tag == "label" and given.get("for"):
            self.labels.add(str(given["for"]))
        if tag == "input" and given.get("type") not in ("hidden", "checkbox"):
            self.fields.add(str(given.get("id")))


async def test_every_field_has_its_label(browser: httpx.AsyncClient, people: People) -> None:
    """And every id is there once."""
    await join(people)
    pages = [await browser.get("/-/sign-in")]
    await sign_in(browser)
    pages.append(await browser.get("/-/account"))
    for page in pages:
        found = _Labels()
        found.feed(page.text)
        assert found.fields == found.labels
        ids = re.findall(r' id="([^"]+)"', page.text)
        assert len(ids) == len(set(ids))


def test_the_colours_are_the_sites() -> None:
    """What these pages repeat of the tokens is what the tokens say."""
    tokens = dict(re.findall(r"--([\w-]+): (light-dark\([^;]+\));", TOKENS.read_text("utf-8")))
    own = dict(re.findall(r"--([\w-]+): (light-dark\([^;]+\));", STYLE.read_text("utf-8")))
    assert own == {name: tokens[name] for name in own}
    assert len(own) == 5
