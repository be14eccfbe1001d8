"""Writing to the terminal."""

from __future__ import annotations

import asyncio
import os
import select
import time
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Callable


class Outlet:
    """The way to the terminal, which waits for no terminal and outlives it.

    What a slow line does not take is kept and offered again; `caught_up` is called when it is
    all gone. A terminal that is gone takes everything quietly; `lost` is called once.
    """

    AGAIN: ClassVar[float] = 0.005
    """Seconds until a terminal that took no more is tried again."""
    CLOSING: ClassVar[float] = 1.0
    """Seconds that a terminal which takes nothing may hold up the end."""

    def __init__(
        self, descriptor: int, caught_up: Callable[[], None], lost: Callable[[], None]
    ) -> None:
        self._descriptor = descriptor
        self._caught_up = caught_up
        self._lost = lost
        self._loop = asyncio.get_running_loop()
        self._waiting = b""
        self._open = True

    @property
    def behind(self) -> bool:
        """Whether the terminal has yet to take something."""
        return bool(self._waiting)

    def write(self, text: str) -> None:
        """Send text after all that was sent before, now or as soon as the terminal takes it."""
        if not self._open:
            return
        was_behind = self.behind
        self._waiting += text.encode(errors="replace")
        if not was_behind:
            self._offer()
            self._come_back()

    def close(self) -> None:
        """Send what is still waiting, if the terminal takes it, and end."""
        deadline = time.monotonic() + self.CLOSING
        while self.behind and (left := deadline - time.monotonic()) > 0:
            select.select([], [self._descriptor], [], left)
            self._offer()
        self._open, self._waiting = False, b""
        os.close(self._descriptor)

    def _offer(self) -> None:
        try:
            self._waiting = self._waiting[os.write(self._descriptor, self._waiting) :]
        except BlockingIOError:
            pass
        except OSError:
            self._open, self._waiting = False, b""
            self._lost()

    def _come_back(self) -> None:
        if self.behind:
            self._loop.call_later(self.AGAIN, self._offer_again)

    def _offer_again(self) -> None:
        if not self.behind:  # it has been closed meanwhile
            return
        self._offer()
        self._come_back()
        if self._open and not self.behind:
            self._caught_up()


def open_again(terminal: int) -> int:
    """A descriptor of the same terminal that never blocks, and that no other program shares."""
    try:
        return os.open(os.ttyname(terminal), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
    except OSError:  # another user's, or out of sight in a container
        return os.dup(terminal)
