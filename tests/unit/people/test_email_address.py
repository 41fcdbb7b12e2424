"""E-mail addresses as names of accounts."""

import pytest

from masthead.kernel import InputError
from masthead.people.email_address import address_key, lenient_key


@pytest.mark.parametrize(
    "email",
    [
        "ada@example.org",
        " Ada@Example.ORG\n",
        "\uff41da@example.org",
        "ada+tag@localhost",
        "ädä@exämple.org",
        "a'b@c",
    ],
)
def test_an_address_has_one_key(email: str) -> None:
    """However it is written."""
    assert address_key(email) == address_key(email.upper()) == address_key(f"  {email} ")


@pytest.mark.parametrize(
    "email",
    [
        "",
        "@",
        "ada",
        "ada@",
        "@example.org",
        "a@b@c",
        "a b@c",
        "a\0@c",
        "a\n@c",
        "<a@c>",
        "a,b@c",
        "a" * 250 + "@c.org",
    ],
)
def test_what_is_none_is_refused(email: str) -> None:
    """With what one looks like; when signing in it is simply nobody's."""
    with pytest.raises(InputError, match=r"ada@example\.org"):
        address_key(email)
    assert lenient_key(email) == ""
