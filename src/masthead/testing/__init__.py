"""For the tests of those who build on Masthead."""

from masthead.testing.statements import assert_statements

__all__ = ["assert_statements"]
