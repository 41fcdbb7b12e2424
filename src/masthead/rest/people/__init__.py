"""People over HTTP: what a request proves of its sender, and the doors of signing in, accounts, tokens."""

from masthead.rest.people.client import ClientAddress, read_networks
from masthead.rest.people.cookies import clear_cookie
from masthead.rest.people.endpoint import PeopleEndpoint, is_of_people
from masthead.rest.people.link_address import link_address
from masthead.rest.people.pages import PagesEndpoint, is_page_of_people
from masthead.rest.people.refusals import refuse_request
from masthead.rest.people.same_origin import SAFE, Origins
from masthead.rest.people.site import Arrival, Site

__all__ = [
    "SAFE",
    "Arrival",
    "ClientAddress",
    "Origins",
    "PagesEndpoint",
    "PeopleEndpoint",
    "Site",
    "clear_cookie",
    "is_of_people",
    "is_page_of_people",
    "link_address",
    "read_networks",
    "refuse_request",
]
