"""Commands and history as the APIs spell them: fields in camelCase, big numbers as text; for GraphQL and REST
alike."""

from masthead.content.spelling.differences import Differences, Readable, read_revision
from masthead.content.spelling.given import given_fields
from masthead.content.spelling.told import Told

__all__ = ["Differences", "Readable", "Told", "given_fields", "read_revision"]
