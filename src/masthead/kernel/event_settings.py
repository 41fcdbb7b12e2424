"""The setting of events; `Settings` has them all."""

from typing import Annotated

from pydantic import Field
from pydantic_settings import BaseSettings


class EventSettings(BaseSettings):
    """How long events are kept."""

    event_days: Annotated[int, Field(ge=1, le=36_500)] = Field(
        30,
        alias="MASTHEAD_EVENT_DAYS",
        description="Days that events are kept, to be read again. Whoever reads them may be behind so long.",
    )
