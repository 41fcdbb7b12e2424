"""The settings of the GraphQL endpoint and of HTTP around it; `Settings` has them all."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field
from pydantic_settings import BaseSettings

Count = Annotated[int, Field(ge=1, le=10_000_000)]
Trust = Literal["also", "only"]


class GraphqlSettings(BaseSettings):
    """What one operation may ask for, which operations are taken, and what replies tell."""

    graphql_document_bytes: Count = Field(
        65_536, alias="MASTHEAD_GRAPHQL_DOCUMENT_BYTES", description="Longest GraphQL document, in bytes."
    )
    graphql_tokens: Count = Field(
        8_000, alias="MASTHEAD_GRAPHQL_TOKENS", description="Most tokens of a GraphQL document."
    )
    graphql_depth: Count = Field(
        20, alias="MASTHEAD_GRAPHQL_DEPTH", description="Most objects inside objects of an operation."
    )
    graphql_aliases: Count = Field(
        50, alias="MASTHEAD_GRAPHQL_ALIASES", description="Most aliases of a GraphQL document."
    )
    graphql_root_fields: Count = Field(
        25, alias="MASTHEAD_GRAPHQL_ROOT_FIELDS", description="Most fields of Query in an operation."
    )
    graphql_directives: Count = Field(
        50, alias="MASTHEAD_GRAPHQL_DIRECTIVES", description="Most directives of a GraphQL document."
    )
    graphql_fields: Count = Field(
        2_000, alias="MASTHEAD_GRAPHQL_FIELDS", description="Most fields of an operation, fragments spread."
    )
    graphql_repeats: Count = Field(
        100,
        alias="MASTHEAD_GRAPHQL_REPEATS",
        description="Most times that an object's selection may name one field, fragments spread.",
    )
    graphql_values: Count = Field(
        10_000, alias="MASTHEAD_GRAPHQL_VALUES", description="Most values in the variables of a request."
    )
    graphql_value_depth: Count = Field(
        40,
        alias="MASTHEAD_GRAPHQL_VALUE_DEPTH",
        description="Most lists and objects inside each other there.",
    )
    graphql_page_size: Count = Field(
        500, alias="MASTHEAD_GRAPHQL_PAGE_SIZE", description="Most entries of one page of a connection."
    )
    graphql_offset: Count = Field(
        10_000, alias="MASTHEAD_GRAPHQL_OFFSET", description="Most entries that `offset` may skip."
    )
    graphql_order_keys: Count = Field(
        20,
        alias="MASTHEAD_GRAPHQL_ORDER_KEYS",
        description="Most fields of one `orderBy`, those that it leads through included.",
    )
    graphql_conditions: Count = Field(
        100,
        alias="MASTHEAD_GRAPHQL_CONDITIONS",
        description="Most conditions of the filters of an operation.",
    )
    graphql_cost: Annotated[int, Field(ge=1, le=1_000_000_000)] = Field(
        500_000,
        alias="MASTHEAD_GRAPHQL_COST",
        description="Highest estimated cost of an operation: rows times what each of them shows.",
    )
    graphql_batch: Annotated[int, Field(ge=0, le=1000)] = Field(
        0,
        alias="MASTHEAD_GRAPHQL_BATCH",
        description="Most operations that a request may hold as a JSON array; 0 takes no arrays.",
    )
    graphql_introspection: bool = Field(
        False,
        alias="MASTHEAD_GRAPHQL_INTROSPECTION",
        description='Whether anyone may ask for the schema, and errors suggest names ("Did you mean …"). '
        "`masthead up` turns it on.",
    )
    graphiql: bool = Field(
        False,
        alias="MASTHEAD_GRAPHIQL",
        description="Whether a browser that opens /graphql gets GraphiQL. `masthead up` turns it on.",
    )
    graphql_persisted_mb: Annotated[int, Field(ge=0, le=4096)] = Field(
        8,
        alias="MASTHEAD_GRAPHQL_PERSISTED_MB",
        description="Memory for documents that clients persist (APQ), in MiB for each API process; "
        "0 takes none.",
    )
    graphql_operations: Path | None = Field(
        None,
        alias="MASTHEAD_GRAPHQL_OPERATIONS",
        description="Trusted operations: a .graphql file, a folder of such, or a JSON manifest.",
    )
    graphql_trusted: Trust = Field(
        "also",
        alias="MASTHEAD_GRAPHQL_TRUSTED",
        description="only: nothing but trusted operations is executed. also: they have names and hashes, "
        "and others are executed too.",
    )
    graphql_cache_control: str = Field(
        "public, max-age=0, must-revalidate",
        alias="MASTHEAD_GRAPHQL_CACHE_CONTROL",
        description="Cache-Control of a GET of a persisted or trusted operation.",
    )
    cors_origins: str = Field(
        "",
        alias="MASTHEAD_CORS_ORIGINS",
        description="Origins whose pages may call the APIs from a browser, with commas between, "
        "as https://example.org; * for all.",
    )
    server_timing: bool = Field(
        False,
        alias="MASTHEAD_SERVER_TIMING",
        description="Whether replies have Server-Timing: statements, SQL time, plan cache, what came from "
        "memory. "
        "`masthead up` turns it on.",
    )
