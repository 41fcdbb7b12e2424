"""What the pages ask of who types a password, and what they do not."""

from html.parser import HTMLParser

import httpx
import pytest
from tests.contract.http.people.clients import browser, sign_in
from tests.store.people.people_rows import join

from masthead.people import Client, People
from masthead.rest.people.routes import ROUTES
from masthead.roles.api.application import Application

Attributes = dict[str, str | None]

NEW, CURRENT = "new-password", "current-password"
ASKED = {
    "sign-in": ["email", "password"],
    "owner": ["token", "email", "name", "password"],
    "invitation": ["token", "email", "name", "password"],
    "password": ["token", "email", "password"],
    "account": ["do", "email", "current", "password"],
}
"""What each form with a password has, in order; a hint or a question of one's mother would be another."""


class Forms(HTMLParser):
    """The forms of a page, each with its fields; and the names of all attributes and elements."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[list[Attributes]] = []
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Notes what is there."""
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attributes}
        if tag == "form":
            self.forms.append([])
        if tag in ("input", "select", "textarea"):
            self.forms[-1].append(dict(attributes))

    @property
    def secret(self) -> list[Attributes]:
        """The fields of the one form that asks for a password."""
        (found,) = [form for form in self.forms if any(is_password(each) for each in form)]
        return found


def is_password(field: Attributes) -> bool:
    """Whether a password is typed into it, by its name or its purpose: not by what it looks like."""
    return field.get("name") in ("password", "current") or field.get("autocomplete") in (NEW, CURRENT)


@pytest.fixture
async def pages(application: Application, people: People) -> dict[str, Forms]:
    """Every page that asks for a password."""
    found: dict[str, httpx.Response] = {}
    async with browser(application) as client:
        links = {"owner": await people.links.for_owner()}
        found["owner"] = await client.get("/-/link", params={"token": str(links["owner"])})
        ada = await join(people)
        _, links["invitation"] = await people.joining.invite("bob@example.org", "Bob", [], Client())
        links["password"] = await people.joining.link(ada, Client())
        for name in ("invitation", "password"):
            found[name] = await client.get("/-/link", params={"token": str(links[name])})
        found["sign-in"] = await client.get("/-/sign-in")
        await sign_in(client)
        found["account"] = await client.get("/-/account")
    assert {each.status_code for each in found.values()} == {200}
    return {name: Forms(page.text) for name, page in found.items()}


def test_a_password_is_hidden_while_it_is_typed(pages: dict[str, Forms]) -> None:
    """Every field for one is of the type `password`, and comes empty."""
    fields = [each for page in pages.values() for each in page.secret if is_password(each)]
    assert len(fields) == 6
    assert [(each["type"], each["value"]) for each in fields] == [("password", "")] * 6


def test_password_managers_and_pasting_are_let(pages: dict[str, Forms]) -> None:
    """The fields say which password they want and beside which address; nothing runs that could refuse it."""
    for name, page in pages.items():
        fields = {each["name"]: each for each in page.secret}
        assert fields["email"]["autocomplete"] == "username"
        assert fields["password"]["autocomplete"] == (CURRENT if name == "sign-in" else NEW)
        assert not {"readonly", "maxlength", "pattern", "disabled"} & fields["password"].keys()
        assert "script" not in page.elements
        assert [each for each in page.attributes if each.startswith("on")] == []
    assert {each["name"]: each for each in pages["account"].secret}["current"]["autocomplete"] == CURRENT


def test_nobody_is_asked_for_a_hint_or_a_secret_question(pages: dict[str, Forms]) -> None:
    """Forms and bodies with a password have what is listed here, and nothing that reminds of it."""
    assert {name: [each["name"] for each in page.secret] for name, page in pages.items()} == ASKED
    taken = {route.name: set(route.takes.model_fields) for route in ROUTES if route.takes is not None}
    assert {name: fields for name, fields in taken.items() if "password" in fields} == {
        "signIn": {"email", "password"},
        "useLink": {"link", "email", "name", "password"},
        "changePassword": {"current", "password"},
    }


def test_only_these_doors_let_somebody_in() -> None:
    """Who is nobody can sign in with a password or a link. `test_people_page` finds every door documented."""
    assert [route.name for route in ROUTES if route.gives == "entrance"] == ["signIn", "useLink"]
    assert {route.name for route in ROUTES if route.who == "anyone"} == {"signIn", "useLink", "signOut"}
