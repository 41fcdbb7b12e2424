"""The settings of bridges to other systems; `Settings` has them all."""

from typing import Annotated

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings

Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]+$", max_length=64)]


class SinkSettings(BaseSettings):
    """Where events are handed over to, beside webhooks."""

    nats_url: SecretStr | None = Field(
        None,
        alias="MASTHEAD_NATS_URL",
        description="A NATS server with JetStream that gets every event, as nats://user:password@host:4222. "
        "Needs `masthead[nats]`. Not set: none does.",
    )
    nats_stream: Name = Field(
        "masthead",
        alias="MASTHEAD_NATS_STREAM",
        description="The stream that keeps the events; it is made where there is none.",
    )
    nats_subject: Name = Field(
        "masthead",
        alias="MASTHEAD_NATS_SUBJECT",
        description="What subjects begin with: `masthead.content.entry.published.v1`.",
    )
