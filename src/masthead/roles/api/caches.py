"""The caches of an API process, opened: what they share, and how they are counted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from masthead.kernel.settings import Settings
from masthead.roles.api.caching import Cdn, Doorkeeper, Fills, Freshness, Keeping, KeptAnswer, Memory
from masthead.roles.api.metrics import Metrics
from masthead.roles.api.pages import shelves
from masthead.roles.api.stored_response import StoredResponse
from masthead.store import Change

SHELF = "answers"


@dataclass(frozen=True, slots=True)
class Caches:
    """Rendered pages, and answers of the APIs."""

    pages: Memory[StoredResponse]
    keeping: Keeping
    fills: Fills

    def change(self, change: Change | None) -> None:
        """For `Coherence`: drop what a change touches."""
        self.pages.change(change)
        self.keeping.memory.change(change)


def open_caches(freshness: Freshness, settings: Settings, metrics: Metrics) -> Caches:
    """Empty ones, as large as the settings say."""
    secret = settings.site_secret
    fills = Fills(None if secret is None else secret.get_secret_value())
    pages: Memory[StoredResponse] = Memory(shelves(settings.page_cache_mb), freshness.knows_all)
    answers: Memory[KeptAnswer] = Memory({SHELF: settings.answer_cache_mb * 2**20}, freshness.knows_all)
    metrics.cache_bytes.set_function(lambda: pages.used)
    metrics.answer_bytes.set_function(lambda: answers.used)
    for name, what, counts, drops in (
        ("page", "Pages", pages.counts, pages.drops),
        ("answer", "Answers of GraphQL and REST that were asked for again,", answers.counts, answers.drops),
    ):
        metrics.add_source(
            f"{name}_cache_requests", f"{what} by what the cache did.", "outcome", _read(counts)
        )
        metrics.add_source(f"{name}_cache_drops", f"{what} dropped, by reason.", "reason", _read(drops))
    return Caches(pages, Keeping(answers, freshness, fills, Doorkeeper(), Cdn(settings)), fills)


def _read(counts: Mapping[str, int]) -> Callable[[], Mapping[str, float]]:
    return lambda: counts
