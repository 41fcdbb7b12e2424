"""The settings of subscriptions and live queries; `Settings` has them all."""

from typing import Annotated

from pydantic import Field
from pydantic_settings import BaseSettings

Count = Annotated[int, Field(ge=1, le=1_000_000)]


class LiveSettings(BaseSettings):
    """How many may listen at a process, and how slow they may be."""

    live_clients: Count = Field(
        2_000,
        alias="MASTHEAD_LIVE_CLIENTS",
        description="Most open event streams and WebSockets of an API process.",
    )
    live_clients_each: Count = Field(
        100, alias="MASTHEAD_LIVE_CLIENTS_EACH", description="Most of them that one address may have."
    )
    live_operations: Count = Field(
        50, alias="MASTHEAD_LIVE_OPERATIONS", description="Most operations of one WebSocket at a time."
    )
    live_waiting: Count = Field(
        1_000,
        alias="MASTHEAD_LIVE_WAITING",
        description="Most messages of a subscription that wait for a slow client, before it is dropped.",
    )
    live_send_seconds: Annotated[float, Field(gt=0, le=600)] = Field(
        10.0,
        alias="MASTHEAD_LIVE_SEND_SECONDS",
        description="Longest that a live client may take to accept a message, in seconds. A slower one is "
        "dropped.",
    )
    live_check_seconds: Annotated[float, Field(gt=0, le=600)] = Field(
        20.0,
        alias="MASTHEAD_LIVE_CHECK_SECONDS",
        description="Seconds between two looks whether the tokens and sessions of live clients are still "
        "good.",
    )
