"""`/-/sign-in` and `/-/link`: the two ways in."""

from html import escape

from masthead.kernel import MastheadError
from masthead.people import Filled, Link
from masthead.rest.people.pages.layout import Layout, field, problem_note


def sign_in_page(layout: Layout, email: str = "", error: MastheadError | None = None) -> bytes:
    """The form; with what was wrong after an attempt that failed."""
    fields = field("email", "E-mail address", "email", value=email, more='autocomplete="username" autofocus')
    fields += field("password", "Password", "password", more='autocomplete="current-password"')
    forgotten = '<p class="soft">Forgotten your password? An owner can give you a link for another.</p>'
    form = f'<form method="post" action="/-/sign-in">{fields}<button>Sign in</button></form>'
    return layout.page("Sign in", problem_note(error) + form + forgotten)


def link_page(
    layout: Layout, token: str, link: Link, given: Filled | None = None, error: MastheadError | None = None
) -> bytes:
    """What a one-time link asks for: a password, and who one is where that is not known yet."""
    title, text = {
        "owner": ("Become the owner", "You are the first. Owners administer this publication."),
        "invitation": ("Welcome", f"You are invited as {link.email}."),
        "password": ("Choose another password", f"For {link.email}. You are then signed out elsewhere."),
    }[link.purpose]
    fields, email = "", (given and given.email) or ""
    if link.purpose == "owner":
        fields += field(
            "email", "E-mail address", "email", value=email, more='autocomplete="username" autofocus'
        )
    else:
        fields += (
            f'<input type="hidden" name="email" value="{escape(link.email or "")}" autocomplete="username">'
        )
    if link.purpose != "password":
        known = (given and given.name) or ("" if link.name == link.email else link.name) or ""
        fields += field("name", "Name", value=known, hint="As others see it.", more='autocomplete="name"')
    hint = "At least 12 characters. Words that have nothing to do with each other are easy to keep."
    fields += field(
        "password", "Password", "password", hint=hint, more='autocomplete="new-password" minlength="12"'
    )
    hidden = f'<input type="hidden" name="token" value="{escape(token)}">'
    form = f'<form method="post" action="/-/link">{hidden}{fields}<button>Continue</button></form>'
    return layout.page(title, f"<p>{escape(text)}</p>{problem_note(error)}{form}")


def dead_link_page(layout: Layout, error: MastheadError) -> bytes:
    """A link that opens nothing."""
    return layout.page(
        "This link opens nothing", problem_note(error) + '<p><a href="/-/sign-in">Sign in</a></p>'
    )


def refused_page(layout: Layout, error: MastheadError) -> bytes:
    """Anything else that is refused."""
    return layout.page("That is not possible", problem_note(error) + '<p><a href="/-/account">Go on</a></p>')
