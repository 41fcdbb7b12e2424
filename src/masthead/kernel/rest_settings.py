"""The settings of the REST endpoint; `Settings` has them all."""

from typing import Annotated

from pydantic import Field
from pydantic_settings import BaseSettings

Count = Annotated[int, Field(ge=1, le=10_000_000)]


class RestSettings(BaseSettings):
    """What one request may ask for, and how long its answer may be kept."""

    rest_query_bytes: Count = Field(
        8_192, alias="MASTHEAD_REST_QUERY_BYTES", description="Longest query string, in bytes."
    )
    rest_page_size: Count = Field(
        500, alias="MASTHEAD_REST_PAGE_SIZE", description="Most entries of one page of a list."
    )
    rest_offset: Annotated[int, Field(ge=0, le=10_000_000)] = Field(
        10_000,
        alias="MASTHEAD_REST_OFFSET",
        description="Most entries that `page[offset]` skips: all of them are read.",
    )
    rest_include_depth: Count = Field(
        3,
        alias="MASTHEAD_REST_INCLUDE_DEPTH",
        description="Most references one behind the other in `include` and `sort`.",
    )
    rest_includes: Count = Field(
        20, alias="MASTHEAD_REST_INCLUDES", description="Most references that one request includes."
    )
    rest_conditions: Count = Field(
        50, alias="MASTHEAD_REST_CONDITIONS", description="Most filters of one request."
    )
    rest_values: Count = Field(
        500, alias="MASTHEAD_REST_VALUES", description="Most values of one list in a filter, such as `in`."
    )
    rest_cost: Annotated[int, Field(ge=1, le=1_000_000_000)] = Field(
        250_000,
        alias="MASTHEAD_REST_COST",
        description="Highest estimated cost of a request: rows times what each of them shows.",
    )
    rest_cache_control: str = Field(
        "public, max-age=0, must-revalidate",
        alias="MASTHEAD_REST_CACHE_CONTROL",
        description="Cache-Control of a REST answer.",
    )
