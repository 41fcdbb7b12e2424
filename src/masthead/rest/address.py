"""What lies at an address under `/api`: a list, one entry, a singleton."""

import re
from dataclasses import dataclass

from masthead.rest.problem import refuse
from masthead.rest.resource import Resource, Resources

ROOT = "/api"
KEY = "idOrSlug"
"""What an entry's address ends with, as errors and the OpenAPI document call it."""

_ID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@dataclass(frozen=True, slots=True)
class Address:
    """`key` is an entry's id or slug; empty for a list and for a singleton."""

    resource: Resource
    key: str = ""

    @property
    def is_list(self) -> bool:
        """Whether any number of entries is there."""
        return not self.key and not self.resource.type.is_singleton

    @property
    def may_be_id(self) -> bool:
        """Whether the key reads as an id, which it then is before it is a slug."""
        return _ID.fullmatch(self.key) is not None


def read_address(resources: Resources, path: str) -> Address:
    """What lies at `path`, which is decoded and begins with `/api/`. Slugs may have slashes in them.

    Raises InputError with the code address-unknown.
    """
    name, slash, key = path[len(ROOT) + 1 :].partition("/")
    resource = resources.get(name)
    if resource is None or (slash and (resource.type.is_singleton or not key)):
        raise refuse("address-unknown", f"Nothing is at {path[:200]}.", f"GET {ROOT} says what there is.")
    return Address(resource, key)
