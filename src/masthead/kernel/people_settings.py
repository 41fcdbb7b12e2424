"""The settings of signing in; `Settings` has them all."""

import re
from ipaddress import ip_network
from typing import Annotated

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings

_ORIGIN = re.compile(r"https?://[^/\s,*]+")
Minutes = Annotated[int, Field(ge=1, le=525_600)]
Hours = Annotated[int, Field(ge=1, le=8_760)]


class PeopleSettings(BaseSettings):
    """Where people sign in from, how long that lasts, and how many may do it at once."""

    origins: str = Field(
        "",
        alias="MASTHEAD_ORIGINS",
        description="The site's own origins as browsers know them, with commas between, as "
        "https://example.org; links begin with the first. Not set: what the Host header says.",
    )
    trusted_proxies: str = Field(
        "",
        alias="MASTHEAD_TRUSTED_PROXIES",
        description="Networks of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed, with "
        "commas between, as 10.0.0.0/8. Not set: nobody's.",
    )
    session_idle: Minutes = Field(
        1_440, alias="MASTHEAD_SESSION_IDLE", description="Minutes after which an unused session ends."
    )
    session_hours: Hours = Field(
        720, alias="MASTHEAD_SESSION_HOURS", description="Hours after which every session ends."
    )
    sign_in_threads: Annotated[int, Field(ge=1, le=64)] = Field(
        1,
        alias="MASTHEAD_SIGN_IN_THREADS",
        description="Passwords hashed at the same time, for each API process: 19 MiB and about 50 ms of a "
        "processor each.",
    )
    sign_in_queue: Annotated[int, Field(ge=0, le=10_000)] = Field(
        100,
        alias="MASTHEAD_SIGN_IN_QUEUE",
        description="Passwords that may wait to be hashed, for each API process; more are answered 503.",
    )

    @field_validator("origins")
    @classmethod
    def _are_own_origins(cls, value: str) -> str:
        for origin in filter(None, map(str.strip, value.split(","))):
            if not _ORIGIN.fullmatch(origin):
                raise ValueError(f"{origin} is no origin (scheme, host and port: no path)")
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _are_networks(cls, value: str) -> str:
        for network in filter(None, map(str.strip, value.split(","))):
            ip_network(network)  # its ValueError says what is wrong
        return value
