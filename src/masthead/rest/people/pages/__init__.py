"""Pages for people, made here because there is no studio yet: plain HTML, no script."""

from masthead.rest.people.pages.endpoint import PagesEndpoint, is_page_of_people

__all__ = ["PagesEndpoint", "is_page_of_people"]
