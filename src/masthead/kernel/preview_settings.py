"""The settings of previews, and of how long a request may take to arrive; `Settings` has them all."""

from typing import Annotated

from pydantic import Field
from pydantic_settings import BaseSettings

Days = Annotated[int, Field(ge=1, le=365)]


class PreviewSettings(BaseSettings):
    """How long links to what is not public work, and how long a body may be on its way."""

    preview_days: Days = Field(
        7,
        alias="MASTHEAD_PREVIEW_DAYS",
        description="Days that a preview link works unless it says otherwise.",
    )
    preview_longest: Days = Field(
        30, alias="MASTHEAD_PREVIEW_LONGEST", description="Days that a preview link may work at most."
    )
    request_seconds: Annotated[float, Field(gt=0, le=3600)] = Field(
        30.0,
        alias="MASTHEAD_REQUEST_SECONDS",
        description="Longest that the body of a request may take to arrive, in seconds; then 408.",
    )
