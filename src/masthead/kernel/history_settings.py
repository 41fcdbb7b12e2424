"""The settings of history; `Settings` has them all."""

import re

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings

_POLICY = re.compile(r"all|[1-9]\d{0,8}|([1-9]\d{0,8},)?[1-9]\d{0,4}d")


class HistorySettings(BaseSettings):
    """How long revisions are kept."""

    keep_revisions: str = Field(
        "all",
        alias="MASTHEAD_KEEP_REVISIONS",
        description="Which revisions of an entry `masthead history prune` and the worker keep: all, a number "
        "of the newest (50), those younger than some days (90d), or what either keeps (50,90d).",
    )

    @field_validator("keep_revisions")
    @classmethod
    def _is_policy(cls, value: str) -> str:
        policy = value.replace(" ", "").lower()
        if _POLICY.fullmatch(policy) is None:
            raise ValueError("it says neither a number nor an age")
        return policy
