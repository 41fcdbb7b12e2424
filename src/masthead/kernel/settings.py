"""What a process is told by its environment: one variable a setting, a documented default, checked at start.

Settings of a publication (its title, its checks) are in masthead.toml, not here.
"""

import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from masthead.kernel.cache_settings import CacheSettings
from masthead.kernel.errors import InputError
from masthead.kernel.event_settings import EventSettings
from masthead.kernel.graphql_settings import GraphqlSettings
from masthead.kernel.history_settings import HistorySettings
from masthead.kernel.job_settings import JobSettings
from masthead.kernel.live_settings import LiveSettings
from masthead.kernel.people_settings import PeopleSettings
from masthead.kernel.preview_settings import PreviewSettings
from masthead.kernel.rest_settings import RestSettings
from masthead.kernel.sink_settings import SinkSettings
from masthead.kernel.transport_settings import TransportSettings
from masthead.kernel.webhook_settings import WebhookSettings

LogFormat = Literal["auto", "console", "json"]
LogLevel = Literal["debug", "info", "warning", "error"]
Port = Annotated[int, Field(ge=0, le=65535)]
_ORIGIN = re.compile(r"https?://[^/\s,*]+")


class _ProcessSettings(BaseSettings):
    """What a process needs to run: addresses, places, sizes."""

    host: str = Field("127.0.0.1", alias="HOST", description="Address that the public port listens on.")
    port: Port = Field(8000, alias="PORT", description="The public port; 0 takes any free one.")
    database_url: SecretStr | None = Field(
        None,
        alias="DATABASE_URL",
        description="A PostgreSQL 15 to 18, as postgresql://user:password@host:5432/name. "
        "Not set: the embedded server.",
    )
    data: Path | None = Field(
        None,
        alias="MASTHEAD_DATA",
        description="Folder of the embedded server and of assets. Not set: .masthead in the publication.",
    )
    publication: Path | None = Field(
        None,
        alias="MASTHEAD_PUBLICATION",
        description="Folder of the publication, whose content.py has the functions of computed fields. "
        "`masthead up` sets it; `masthead serve api` needs it where there are such fields.",
    )
    log_format: LogFormat = Field(
        "auto",
        alias="MASTHEAD_LOG_FORMAT",
        description="auto (console on a terminal, json otherwise), console or json.",
    )
    log_level: LogLevel = Field(
        "info",
        alias="MASTHEAD_LOG_LEVEL",
        description="debug, info, warning or error. A request is one line at info.",
    )
    pool_size: Annotated[int, Field(ge=1, le=500)] = Field(
        16, alias="MASTHEAD_POOL_SIZE", description="Connections that read, for each API process."
    )
    statement_timeout: Annotated[float, Field(gt=0, le=3600)] = Field(
        10.0, alias="MASTHEAD_STATEMENT_TIMEOUT", description="Longest that one read may take, in seconds."
    )
    slow_operation: Annotated[float, Field(ge=0, le=3600)] = Field(
        0.5,
        alias="MASTHEAD_SLOW_OPERATION",
        description="An operation whose SQL takes longer than this many seconds is logged with its "
        "statement; 0 logs none.",
    )
    request_kb: Annotated[int, Field(ge=1, le=1_048_576)] = Field(
        1024, alias="MASTHEAD_REQUEST_KB", description="Largest request body, in KiB."
    )
    workers: Annotated[int, Field(ge=1, le=64)] = Field(
        1, alias="MASTHEAD_WORKERS", description="API processes that share the public port."
    )
    site_url: str | None = Field(
        None,
        alias="MASTHEAD_SITE_URL",
        description="Where the API role finds the site role, as http://127.0.0.1:3000. "
        "`masthead up` sets it. Not set: no pages, only the APIs.",
    )
    site_timeout: Annotated[float, Field(gt=0, le=600)] = Field(
        15.0,
        alias="MASTHEAD_SITE_TIMEOUT",
        description="Longest that rendering one page may take, in seconds.",
    )
    site_directory: Path | None = Field(
        None,
        alias="MASTHEAD_SITE_DIR",
        description="Folder of the built site (with server.js in it). Not set: the one that is installed.",
    )
    site_port: Port = Field(
        3000, alias="MASTHEAD_SITE_PORT", description="Loopback port of `masthead serve site`."
    )
    site_memory_mb: Annotated[int, Field(ge=64, le=65536)] = Field(
        512, alias="MASTHEAD_SITE_MEMORY_MB", description="Heap of the site's Node process, in MiB."
    )
    api_url: str = Field(
        "http://127.0.0.1:8000",
        alias="MASTHEAD_API_URL",
        description="Where the site role finds the API role. `masthead up` sets it.",
    )
    live_reload: bool = Field(
        False,
        alias="MASTHEAD_LIVE_RELOAD",
        description="Whether /-/changes is served, which open pages reload by. `masthead up` sets it.",
    )


class Settings(
    CacheSettings,
    TransportSettings,
    PreviewSettings,
    PeopleSettings,
    RestSettings,
    GraphqlSettings,
    JobSettings,
    LiveSettings,
    EventSettings,
    SinkSettings,
    WebhookSettings,
    HistorySettings,
    _ProcessSettings,
):
    """Every setting. An environment variable that is empty counts as not set."""

    model_config = SettingsConfigDict(
        frozen=True, extra="ignore", env_ignore_empty=True, populate_by_name=True, hide_input_in_errors=True
    )

    @property
    def asset_folder(self) -> Path | None:
        """Where the bytes of assets lie, by digest; None without a data folder."""
        return None if self.data is None else self.data / "assets"

    @field_validator("database_url")
    @classmethod
    def _is_postgresql(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not value.get_secret_value().startswith(("postgresql://", "postgres://")):
            raise ValueError("it does not begin with postgresql://")
        return value

    @field_validator("cors_origins")
    @classmethod
    def _are_origins(cls, value: str) -> str:
        for origin in filter(None, map(str.strip, value.split(","))):
            if origin != "*" and not _ORIGIN.fullmatch(origin):
                raise ValueError(f"{origin} is no origin (scheme, host and port: no path)")
        return value

    @field_validator("graphql_cache_control", "rest_cache_control")
    @classmethod
    def _is_header(cls, value: str) -> str:
        if not value.isascii() or not value.isprintable():
            raise ValueError("it does not fit in a header")
        return value

    @field_validator("site_url", "api_url")
    @classmethod
    def _is_http(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("http://", "https://")):
            raise ValueError("it does not begin with http://")
        return None if value is None else value.rstrip("/")


def read_settings(**given: object) -> Settings:
    """The settings of this process: `given` (from the command line, by field name) before the environment.

    Raises InputError, which names the variable, its value and the remedy, for the first wrong one.
    """
    stated = {name: value for name, value in given.items() if value is not None}
    try:
        return Settings(**stated)  # type: ignore[arg-type]  # Pydantic checks them
    except ValidationError as error:
        raise _wrong_setting(error.errors()[0]) from None


def _wrong_setting(problem: ErrorDetails) -> InputError:
    variable = str(problem["loc"][0])
    name, field = next(
        (name, field) for name, field in Settings.model_fields.items() if variable in (name, field.alias)
    )
    reason = problem["msg"].removeprefix("Value error, ")
    shown = "" if name == "database_url" else f' "{problem["input"]}"'
    return InputError(
        "setting-invalid",
        f"The setting {field.alias}{shown} is wrong: {reason[0].lower()}{reason[1:]}.",
        f"{field.description} Default: {default_text(name)}.",
    )


def default_text(name: str) -> str:
    """The default of the field `name`, as it would be written in the environment."""
    default = Settings.model_fields[name].default
    match default:
        case None | "":
            return "not set"
        case bool():
            return str(default).lower()
        case float() if default.is_integer():
            return str(int(default))
        case _:
            return str(default)
