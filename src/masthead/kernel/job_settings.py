"""The settings of jobs; `Settings` has them all."""

from typing import Annotated

from pydantic import Field
from pydantic_settings import BaseSettings


class JobSettings(BaseSettings):
    """How a worker process does jobs."""

    jobs_at_once: Annotated[int, Field(ge=2, le=500)] = Field(
        20, alias="MASTHEAD_JOBS_AT_ONCE", description="Jobs that a worker process runs at the same time."
    )
    jobs_patience: Annotated[float, Field(ge=1, le=3600)] = Field(
        20.0,
        alias="MASTHEAD_JOBS_PATIENCE",
        description="Seconds without a sign of life after which the jobs of a worker are another's.",
    )
