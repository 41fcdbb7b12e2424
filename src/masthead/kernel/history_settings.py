"""The settings of history; `Settings` has them all."""

from pydantic import Field
from pydantic_settings import BaseSettings


class HistorySettings(BaseSettings):
    """How long revisions are kept."""

    keep_revisions: str = Field(
        "all",
        alias="MASTHEAD_KEEP_REVISIONS",
        pattern=r"^(all|[1-9]\d{0,8}|([1-9]\d{0,8},)?[1-9]\d{0,4}d)$",
        description="Which revisions of an entry `masthead history prune` and the worker keep: all, a number "
        "of the newest (50), those younger than some days (90d), or what either keeps (50,90d).",
    )
