"""Masthead: a content platform for engineering teams."""
