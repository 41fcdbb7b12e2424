"""The settings of what is kept in memory, here and in a CDN; `Settings` has them all."""

from typing import Annotated, Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings

Seconds = Annotated[int, Field(ge=0, le=31_536_000)]


class CacheSettings(BaseSettings):
    """How much is kept, and who else may keep it."""

    page_cache_mb: Annotated[int, Field(ge=0, le=65536)] = Field(
        64,
        alias="MASTHEAD_PAGE_CACHE_MB",
        description="Memory for rendered pages, in MiB for each API process; 0 renders every request.",
    )
    answer_cache_mb: Annotated[int, Field(ge=0, le=65536)] = Field(
        32,
        alias="MASTHEAD_ANSWER_CACHE_MB",
        description="Memory for answers of GraphQL and REST, in MiB for each API process; 0 keeps none.",
    )
    site_secret: SecretStr | None = Field(
        None,
        alias="MASTHEAD_SITE_SECRET",
        description="A word that API processes and the site share, so that a page that one process has asked "
        "for may be made of another one's answers and still be dropped by what it depends on. `masthead up` "
        "sets it. Not set: each API process has its own.",
    )
    cdn_seconds: Seconds = Field(
        0,
        alias="MASTHEAD_CDN_SECONDS",
        description="How long a CDN may keep pages and answers to GET, which then have Surrogate-Key and "
        "CDN-Cache-Control. Set it together with MASTHEAD_CDN_PURGE_URL. 0: it may not.",
    )
    cdn_stale_seconds: Seconds = Field(
        0,
        alias="MASTHEAD_CDN_STALE_SECONDS",
        description="How long a CDN may show what is out of date while it asks for the new "
        "(stale-while-revalidate). 0: not at all.",
    )
    cdn_kind: Literal["fastly", "cloudflare"] = Field(
        "fastly",
        alias="MASTHEAD_CDN_KIND",
        description="What the CDN speaks: fastly (Surrogate-Key, and many caches of one's own) or cloudflare "
        "(Cache-Tag).",
    )
    cdn_purge_url: SecretStr | None = Field(
        None,
        alias="MASTHEAD_CDN_PURGE_URL",
        description="Where the worker tells the CDN what to drop after a change, as "
        "https://api.fastly.com/service/ID/purge or "
        "https://api.cloudflare.com/client/v4/zones/ID/purge_cache. Not set: it tells nobody.",
    )
    cdn_purge_token: SecretStr | None = Field(
        None, alias="MASTHEAD_CDN_PURGE_TOKEN", description="The token that it says so with."
    )
