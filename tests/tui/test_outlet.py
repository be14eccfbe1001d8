"""The terminal is written to without waiting for it, while it is there and when it is gone."""

from __future__ import annotations

import asyncio
import os
import pty
import time
from typing import TYPE_CHECKING

import pytest

from scmtui.tui.terminal.outlet import Outlet, open_again

if TYPE_CHECKING:
    from collections.abc import Iterator


class Pipe:
    """An outlet into a pipe that holds 64 KiB, and what became of it."""

    def __init__(self) -> None:
        self.reading, writing = os.pipe()
        os.set_blocking(writing, False)
        os.set_blocking(self.reading, False)
        self.caught_up = self.lost = 0
        self.outlet = Outlet(writing, self._catch_up, self._lose)

    def _catch_up(self) -> None:
        self.caught_up += 1

    def _lose(self) -> None:
        self.lost += 1

    def read(self) -> bytes:
        """All that can be read now."""
        read = b""
        while True:
            try:
                piece = os.read(self.reading, 65536)
            except BlockingIOError:
                return read
            if not piece:
                return read
            read += piece


@pytest.fixture
async def pipe() -> Pipe:
    return Pipe()


async def test_what_the_terminal_takes_is_there_at_once(pipe: Pipe) -> None:
    pipe.outlet.write("전작권\ud800")
    assert pipe.read().decode() == "전작권?"
    assert not pipe.outlet.behind
    pipe.outlet.close()


async def test_a_slow_line_gets_everything_in_order(pipe: Pipe) -> None:
    texts = [f"{n:06}" * 5000 for n in range(10)]
    for text in texts:
        pipe.outlet.write(text)
    assert pipe.outlet.behind
    read = b""
    while pipe.outlet.behind or not read.endswith(b"000009"):
        read += pipe.read()
        await asyncio.sleep(0.001)
    assert read.decode() == "".join(texts)
    assert pipe.caught_up == 1
    pipe.outlet.close()


async def test_a_terminal_that_is_gone_takes_everything(pipe: Pipe) -> None:
    os.close(pipe.reading)
    for _ in range(100):
        pipe.outlet.write("전작권" * 1000)
    assert pipe.lost == 1
    assert not pipe.outlet.behind
    pipe.outlet.close()


async def test_gone_while_something_waits(pipe: Pipe) -> None:
    pipe.outlet.write("x" * 100_000)
    os.close(pipe.reading)
    await asyncio.sleep(5 * Outlet.AGAIN)
    assert pipe.lost == 1
    assert pipe.caught_up == 0
    pipe.outlet.close()


async def test_closing_sends_what_waits(pipe: Pipe) -> None:
    pipe.outlet.write("x" * 100_000)
    late = asyncio.get_running_loop().run_in_executor(None, _read_slowly, pipe.reading)
    await asyncio.sleep(0)
    pipe.outlet.close()
    assert await late == 100_000
    await asyncio.sleep(2 * Outlet.AGAIN)


def _read_slowly(descriptor: int) -> int:
    count = 0
    os.set_blocking(descriptor, True)
    while piece := os.read(descriptor, 1000):
        count += len(piece)
        time.sleep(0.0002)
    return count


async def test_closing_does_not_wait_for_ever(pipe: Pipe, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Outlet, "CLOSING", 0.1)
    pipe.outlet.write("x" * 1_000_000)
    start = time.monotonic()
    pipe.outlet.close()
    assert 0.05 < time.monotonic() - start < 5


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    pair = pty.openpty()
    yield pair
    for descriptor in pair:
        os.close(descriptor)


def test_the_terminal_itself_is_left_as_it_was(terminal: tuple[int, int]) -> None:
    """Others share its descriptor: they must not find that it does not block any more."""
    ours, theirs = terminal
    again = open_again(theirs)
    assert not os.get_blocking(again)
    assert os.get_blocking(theirs)
    os.write(again, b"SCM")
    assert os.read(ours, 10) == b"SCM"
    os.close(again)


def test_what_is_no_terminal_is_written_to_all_the_same() -> None:
    reading, writing = os.pipe()
    again = open_again(writing)
    os.write(again, b"SCM")
    assert os.read(reading, 10) == b"SCM"
    for descriptor in (reading, writing, again):
        os.close(descriptor)
