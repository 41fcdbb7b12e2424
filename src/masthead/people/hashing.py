"""argon2id in a few threads of its own, so that signing in never holds up reading.

The threads are few, they let other threads go first, and what waits for them is bounded: beyond that a
sign-in is refused at once and may be tried again.
"""

import asyncio
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from masthead.kernel import UnavailableError

MEMORY, TIME, LANES = 19_456, 2, 1
"""KiB, passes, parallelism: OWASP's Password Storage Cheat Sheet for argon2id."""

POLITENESS = 10
"""How far behind the threads stand when there is not processor enough for everybody (nice)."""

RETRY_AFTER = 2
"""Seconds until somebody who came at a bad time may try again."""

_NOBODYS = f"$argon2id$v=19$m={MEMORY},t={TIME},p={LANES}$" + "A" * 22 + "$" + "A" * 43
"""What a password is compared with where there is none: as much work, and no password has it."""

T = TypeVar("T")


class Passwords:
    """Hashes and compares, `threads` at a time, with `queue` more waiting."""

    def __init__(self, threads: int = 1, queue: int = 100) -> None:
        self._hasher = PasswordHasher(TIME, MEMORY, LANES)
        self._executor = ThreadPoolExecutor(threads, "passwords", initializer=_stand_back)
        self._most = threads + queue
        self.waiting = 0
        self.hashed = 0

    async def hash(self, password: str) -> str:
        """The encoded hash of a normalised password. Raises UnavailableError: too many wait."""
        return await self._run(self._hash, password)

    async def matches(self, encoded: str | None, password: str) -> bool:
        """Whether it is the password of this hash. None, where there is no account or no password, costs
        the same work. Raises UnavailableError: too many wait."""
        return await self._run(self._verify, encoded or _NOBODYS, password) and encoded is not None

    def is_outdated(self, encoded: str) -> bool:
        """Whether it was hashed with other parameters than today's."""
        return self._hasher.check_needs_rehash(encoded)

    def close(self) -> None:
        """Let the threads go; what waits is given up."""
        self._executor.shutdown(wait=False, cancel_futures=True)

    def _hash(self, password: str) -> str:
        return self._hasher.hash(_bytes(password))

    def _verify(self, encoded: str, password: str) -> bool:
        with suppress(VerificationError, InvalidHashError):
            return self._hasher.verify(encoded, _bytes(password))
        return False

    async def _run(self, work: Callable[..., T], *arguments: str) -> T:
        if self.waiting >= self._most:
            raise UnavailableError(
                "sign-in-busy",
                "Too many people sign in at this moment.",
                "Try again in a few seconds.",
                context={"retry_after": RETRY_AFTER},
            )
        self.waiting += 1
        try:
            self.hashed += 1
            return await asyncio.wrap_future(self._executor.submit(work, *arguments))
        finally:
            self.waiting -= 1


def _bytes(password: str) -> bytes:
    """Whatever a terminal or a program makes of a password has bytes."""
    return password.encode("utf-8", "surrogatepass")


def _stand_back() -> None:
    if sys.platform == "linux":  # elsewhere niceness is of a process, not of a thread
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), POLITENESS)
