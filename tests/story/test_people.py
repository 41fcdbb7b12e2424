"""People, over a real server and real HTTP: from the first link to the audit log, and the command line."""

import re
import subprocess
import sys
from pathlib import Path

import httpx
from tests.story.conftest import StartUp, Up

PASSWORD = "vessel quartz lantern"
OWNER_LINK = re.compile(r"^  Owner    (\S+)$", re.MULTILINE)


def owner_secret(output: str) -> str:
    """What the link that `masthead up` printed ends with."""
    (link,) = OWNER_LINK.findall(output)
    return str(link).partition("?token=")[2]


def become_owner(client: httpx.Client, secret: str) -> httpx.Response:
    """Use the link, as the page behind it does."""
    body = {"link": secret, "email": "ada@example.org", "name": "Ada", "password": PASSWORD}
    return client.post("/api/session/link", json=body, headers={"origin": str(client.base_url).rstrip("/")})


def user(folder: Path, *arguments: str, given: str = "") -> str:
    """What `masthead user …` prints."""
    command = [sys.executable, "-m", "masthead.cli", "user", *arguments, "--dir", str(folder)]
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_first_start_makes_an_owner_once(start_up: StartUp, publication: Path) -> None:
    """The printed link works once; the next start prints another until there is an owner, then none."""
    first = start_up(publication).wait_until_ready()
    printed = first.printed
    first.stop()
    second = start_up(publication).wait_until_ready()
    assert owner_secret(second.printed) != owner_secret(printed)
    with second.client() as client:
        assert become_owner(client, owner_secret(printed)).status_code == 404
        reply = become_owner(client, owner_secret(second.printed))
        assert reply.status_code == 200
        assert reply.json()["account"]["roles"] == ["owner"]
        # Over plain HTTP on this machine browsers take neither the prefix nor Secure.
        assert reply.headers["set-cookie"].startswith("masthead=")
        assert "Secure" not in reply.headers["set-cookie"]
        assert client.get("/api/session").json()["account"]["email"] == "ada@example.org"
        assert become_owner(client, owner_secret(second.printed)).status_code == 404
        _no_secret_is_logged(second, client, owner_secret(second.printed))
    second.stop()
    third = start_up(publication).wait_until_ready()
    assert not OWNER_LINK.findall(third.printed)


def _no_secret_is_logged(up: Up, client: httpx.Client, link: str) -> None:
    """The log names the account and nothing that opens it."""
    origin = {"origin": up.address}
    token = client.post("/api/tokens", json={"name": "CI", "scopes": ["read"]}, headers=origin).json()["text"]
    secret, account = client.cookies["masthead"], client.get("/api/session").json()["account"]["id"]
    with up.client() as program:
        program.headers["authorization"] = f"Bearer {token}"
        program.get("/api/account")
        program.get(f"/-/link?token={link}")
    up.wait_for_line(path="/api/account", account=account)
    up.wait_for_line(path="/-/link")
    log = up.log.read_text()
    for each in (token, secret, link, PASSWORD, "ada@example.org"):
        assert each not in log


def test_people_from_the_command_line(start_up: StartUp, publication: Path) -> None:
    """Each verb works beside a running server, which obeys at once."""
    up = start_up(publication).wait_until_ready()
    assert user(publication, "add", "ada@example.org", "--role", "owner", given=f"{PASSWORD}\n")
    invitation = user(publication, "invite", "bob@example.org", "--name", "Bob", "--role", "author").strip()
    assert invitation.startswith(f"{up.address}/-/link?token=")
    token = user(publication, "token", "ada@example.org", "--name", "CI", "--scope", "administer").strip()
    assert re.fullmatch(r"mh_[0-9A-Za-z]{49}", token)
    with up.client() as program:
        program.headers["authorization"] = f"Bearer {token}"
        assert program.get("/api/audit").json()["lines"][0]["source"] == "cli"
        use = {"link": invitation.partition("=")[2], "password": PASSWORD}
        with up.client() as bob:
            assert bob.post("/api/session/link", json=use).status_code == 200
            assert user(publication, "roles", "bob@example.org", "editor") == "bob@example.org: editor.\n"
            assert bob.get("/api/session").status_code == 401
        assert user(publication, "list").splitlines() == [
            "ada@example.org\towner\t\tactive",
            "bob@example.org\teditor\t\tactive",
        ]
        user(publication, "add", "eve@example.org", "--role", "owner", given=f"{PASSWORD}\n")
        user(publication, "suspend", "ada@example.org")
        assert program.get("/api/account").status_code == 401
        user(publication, "restore", "ada@example.org")
        assert program.get("/api/account").status_code == 200
    assert "/-/link?token=" in user(publication, "reset", "ada@example.org")
