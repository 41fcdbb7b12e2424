"""One live query: whoever asks the same of the same plan shares it, and its answer."""

from collections.abc import Hashable, Mapping, Sequence
from hashlib import blake2b
from typing import Any

from masthead.graphql.live.mailbox import Mailbox, Payload, Wake
from masthead.graphql.live.patches import patch_of


class LiveQuery:
    """`arguments` are those of the plan, `traced` those of the plan of its trace."""

    __slots__ = ("_digest", "_patches", "answer", "arguments", "key", "listeners", "traced", "values")

    def __init__(
        self, key: Hashable, arguments: Sequence[Any], traced: Sequence[Any], values: Mapping[str, Any]
    ) -> None:
        self.key = key
        self.arguments = arguments
        self.traced = traced
        self.values = values
        self.listeners: set[LiveMailbox] = set()
        self.answer: bytes | None = None
        self._digest: str | None = None
        self._patches: dict[bytes, bytes] = {}

    @property
    def digest(self) -> str:
        """Of the answer: the same bytes have the same one in every process."""
        if self._digest is None:
            self._digest = blake2b(self.answer or b"", digest_size=12).hexdigest()
        return self._digest

    def put(self, answer: bytes) -> None:
        """The answer is this now. Those who listen are told, if it is another."""
        if answer == self.answer:
            return
        self.answer, self._digest = answer, None
        self._patches.clear()
        for each in self.listeners:
            each.notice()

    def fail(self, reason: bytes) -> None:
        """There will be no answer any more, and this is why."""
        for each in [*self.listeners]:
            each.end(Payload(reason, is_refusal=True))

    def patch(self, before: bytes) -> bytes:
        """From what a client has to the answer; made once for all who have the same."""
        known = self._patches.get(before)
        if known is None:
            known = self._patches[before] = patch_of(before, self.answer or b"")
        return known


class LiveMailbox(Mailbox):
    """The answer as it is when it is fetched: a slow client misses what was between, and takes no memory."""

    __slots__ = ("_is_patched", "_known", "_query", "_revision", "_sent")

    def __init__(self, wake: Wake, query: LiveQuery, known: str | None, *, is_patched: bool) -> None:
        """`known` is the digest of an answer that the client has."""
        super().__init__(wake)
        self._query = query
        self._known = known
        self._is_patched = is_patched
        self._sent: bytes | None = None
        self._revision = 0

    def notice(self) -> None:
        """There is another answer."""
        self._wake()

    def drain(self) -> list[Payload]:
        """The answer, if the client has another one; or why there is none."""
        if self.is_over:
            return super().drain()
        answer = self._query.answer
        if answer is None or answer == self._sent:
            return []
        before, self._sent = self._sent, answer
        if self._is_patched:
            self._revision += 1
            return [Payload(self._revised(before, answer))]
        digest, known = self._query.digest, self._known
        self._known = None
        return [] if digest == known else [Payload(answer, digest)]

    def _revised(self, before: bytes | None, answer: bytes) -> bytes:
        if before is not None and _is_plain(before) and _is_plain(answer):
            patch = self._query.patch(before)
            if len(patch) < len(answer):
                return b'{"patch":%b,"revision":%d}' % (patch, self._revision)
        return b'%b,"revision":%d}' % (answer[:-1], self._revision)


def _is_plain(answer: bytes) -> bool:
    """Whether it has no errors: what failed is no part of `data`."""
    return answer.startswith(b'{"data":')
