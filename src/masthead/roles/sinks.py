"""The bridges to other systems that the settings ask for, in whichever role hands events over."""

from masthead.events.sinks import NatsSink, run_sink
from masthead.kernel.settings import Settings
from masthead.model import ContentModel
from masthead.roles.source import source_of
from masthead.store import Database


async def keep_sinks(database: Database, model: ContentModel, settings: Settings) -> None:
    """Hand every event over, until cancelled; where no setting asks for it, at once done. Raises InputError
    where a library is not installed."""
    if settings.nats_url is None:
        return
    sink = NatsSink(settings.nats_url.get_secret_value(), settings.nats_stream, settings.nats_subject)
    try:
        await run_sink(database, sink, source_of(database, model))
    finally:
        await sink.close()
