"""Log lines: few writes, none lost, in order."""

import asyncio
import io

from masthead.kernel.log_lines import MOST, LogLines


class Counting(io.StringIO):
    """A stream that counts its writes, and tells of the next one."""

    def __init__(self) -> None:
        super().__init__()
        self.writes = 0
        self.written = asyncio.Event()

    def write(self, text: str) -> int:
        """As the stream does."""
        self.writes += 1
        self.written.set()
        return super().write(text)


def test_without_a_loop_a_line_is_written_at_once() -> None:
    """A command that ends has said everything."""
    stream = Counting()
    LogLines(stream).info("a")
    assert stream.getvalue() == "a\n"


async def test_what_one_turn_logs_is_one_write() -> None:
    """Soon after, in order."""
    stream = Counting()
    lines = LogLines(stream)
    for each in "abc":
        lines.info(each)
    assert stream.getvalue() == ""
    await stream.written.wait()
    stream.written.clear()
    assert (stream.getvalue(), stream.writes) == ("a\nb\nc\n", 1)
    lines.info("d")
    await stream.written.wait()
    assert stream.getvalue() == "a\nb\nc\nd\n"


async def test_a_warning_waits_for_nothing() -> None:
    """With what was said before it."""
    stream = Counting()
    lines = LogLines(stream)
    lines.info("a")
    lines.warning("b")
    assert stream.getvalue() == "a\nb\n"


async def test_many_lines_do_not_wait() -> None:
    """Memory is bounded."""
    stream = Counting()
    lines = LogLines(stream)
    for number in range(MOST):
        lines.info(str(number))
    assert stream.writes == 1


async def test_the_end_of_a_process_writes_what_waits() -> None:
    """And writes nothing twice."""
    stream = Counting()
    lines = LogLines(stream)
    lines.info("a")
    lines.flush()
    lines.flush()
    assert stream.getvalue() == "a\n"
