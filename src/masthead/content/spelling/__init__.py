"""Commands as the APIs spell them: fields in camelCase, big numbers as text; for GraphQL and REST alike."""

from masthead.content.spelling.given import given_fields
from masthead.content.spelling.told import Told

__all__ = ["Told", "given_fields"]
