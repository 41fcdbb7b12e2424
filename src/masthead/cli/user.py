"""`masthead user`: people of a publication, from the command line of the machine that it runs on."""

import sys
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from masthead.cli.people import Opened, Where, command_line, with_people

if TYPE_CHECKING:
    from masthead.people import Account

user = App(name="user", help="People: who may sign in, with which roles; links and API tokens for them.")


Roles = Annotated[list[str] | None, Parameter(negative=())]


HERE = Where()


@user.command
def invite(email: str, /, *, name: str | None = None, role: Roles = None, where: Where = HERE) -> None:
    """Make an account, and print the link by which its owner sets a password.

    Nobody sends mail yet: hand the link over. It is good for 7 days, once.

    Parameters
    ----------
    email
        Whose account it is.
    name
        As others see it; the e-mail address until the link is used.
    role
        owner, editor, author, or any other that policies speak of; may be given again.
    """

    async def run(opened: Opened) -> None:
        _, secret = await opened.people.joining.invite(email, name or email, role or (), command_line())
        print(opened.link(secret))

    with_people(where, run)


@user.command
def add(email: str, /, *, name: str | None = None, role: Roles = None, where: Where = HERE) -> None:
    """Make an account whose password is the first line of standard input.

    For setting a publication up without a browser. A password never stands on a command line.

    Parameters
    ----------
    email
        Whose account it is.
    name
        As others see it.
    role
        owner, editor, author, or any other that policies speak of; may be given again.
    """
    password = _password()

    async def run(opened: Opened) -> None:
        account = await opened.people.joining.add(email, name or email, role or (), password, command_line())
        print(f"{account.email} may sign in.")

    with_people(where, run)


@user.command(name="list")
def list_(*, where: Where = HERE) -> None:
    """Print all accounts: address, roles, groups, state."""

    async def run(opened: Opened) -> None:
        after: str | None = ""
        while after is not None:
            page, after = await opened.people.accounts.page(after)
            for account in page:
                print(
                    "\t".join(
                        (account.email, ",".join(account.roles), ",".join(account.groups), _state(account))
                    )
                )

    with_people(where, run)


@user.command
def roles(email: str, /, *role: str, where: Where = HERE) -> None:
    """Give an account these roles and no others; without any, it has none.

    It is signed out everywhere.
    """

    async def run(opened: Opened) -> None:
        account = await opened.people.accounts.named(email)
        changed, _ = await opened.people.accounts.change(account.id, command_line(), roles=role)
        print(f"{changed.email}: {', '.join(changed.roles) or 'no roles'}.")

    with_people(where, run)


@user.command
def suspend(email: str, /, *, where: Where = HERE) -> None:
    """Let somebody in no more: sessions end, API tokens do not work."""

    async def run(opened: Opened) -> None:
        account = await opened.people.accounts.named(email)
        await opened.people.accounts.suspend(account.id, command_line())
        print(f"{account.email} is suspended.")

    with_people(where, run)


@user.command
def restore(email: str, /, *, where: Where = HERE) -> None:
    """Let somebody in again who was suspended."""

    async def run(opened: Opened) -> None:
        account = await opened.people.accounts.named(email)
        await opened.people.accounts.restore(account.id, command_line())
        print(f"{account.email} may sign in.")

    with_people(where, run)


@user.command
def reset(email: str, /, *, where: Where = HERE) -> None:
    """Print a link by which somebody sets another password, once, within the hour.

    An account that has none yet gets an invitation. Nobody sends mail yet: hand the link over.
    """

    async def run(opened: Opened) -> None:
        account = await opened.people.accounts.named(email)
        print(opened.link(await opened.people.joining.link(account.id, command_line())))

    with_people(where, run)


@user.command
def token(
    email: str,
    /,
    *,
    name: str,
    scope: Annotated[list[str], Parameter(negative=())],
    days: Annotated[int | None, Parameter(help="How long it is good for; 0: until it is revoked.")] = None,
    where: Where = HERE,
) -> None:
    """Make an API token of an account, and print it: it is not shown again.

    Parameters
    ----------
    email
        Whose token it is: it can do no more than this account.
    name
        What it is for.
    scope
        read, create, change, publish, delete or administer, or one on a content type, as change:Post;
        may be given again.
    """
    from masthead.people import TOKEN_LASTS

    lasts = TOKEN_LASTS if days is None else timedelta(days=days) if days else None

    async def run(opened: Opened) -> None:
        account = await opened.people.accounts.named(email)
        new = await opened.people.tokens.create(account.id, name, scope, lasts, command_line())
        print(new.text)

    with_people(where, run)


def _password() -> str:
    from masthead.kernel import InputError

    line = sys.stdin.readline().rstrip("\r\n")
    if not line:
        raise InputError(
            "password-missing", "There is no password on standard input.", "Send it as the first line."
        )
    return line


def _state(account: "Account") -> str:
    if account.suspended_at is not None:
        return "suspended"
    return "active" if account.has_password else "invited"
