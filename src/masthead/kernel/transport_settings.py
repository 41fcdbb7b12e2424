"""The setting of HTTPS; `Settings` has them all."""

from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings

StrictTransport = Literal["auto", "subdomains", "host", "off"]


class TransportSettings(BaseSettings):
    """Whether browsers may come over plain HTTP."""

    strict_transport: StrictTransport = Field(
        "auto",
        alias="MASTHEAD_STRICT_TRANSPORT",
        description="Whether browsers are told to use HTTPS alone for a year: subdomains (this host and all "
        "below it), host (this host), off, or auto: subdomains where every origin in MASTHEAD_ORIGINS is "
        "https:// and none is this machine, else off.",
    )
