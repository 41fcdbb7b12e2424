"""The settings of webhooks; `Settings` has them all."""

from typing import Annotated

from pydantic import Field
from pydantic_settings import BaseSettings


class WebhookSettings(BaseSettings):
    """How events are sent to endpoints."""

    webhook_private: bool = Field(
        False,
        alias="MASTHEAD_WEBHOOK_PRIVATE",
        description="Whether webhooks may go to private, loopback and other addresses that are not public.",
    )
    webhook_timeout: Annotated[float, Field(gt=0, le=120)] = Field(
        15.0,
        alias="MASTHEAD_WEBHOOK_TIMEOUT",
        description="Seconds that one attempt may take, from the name's resolution to the answer.",
    )
    webhook_days: Annotated[int, Field(ge=1, le=3650)] = Field(
        30,
        alias="MASTHEAD_WEBHOOK_DAYS",
        description="Days that deliveries are kept which have arrived or are dead.",
    )
