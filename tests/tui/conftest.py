from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from textual import _wait

from scmtui.library import Library
from scmtui.model import Address
from scmtui.settings import Settings, paths
from scmtui.shelf import Shelf
from scmtui.tui.app import ScmApp
from scmtui.tui.compare import CompareScreen
from scmtui.tui.reading import ReadingScreen

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractAsyncContextManager

    from textual.pilot import Pilot
    from textual.screen import Screen


_wait.SLEEP_GRANULARITY, _wait.SLEEP_IDLE = 1 / 200, 1 / 1000
"""Seconds after which it is looked whether a key is answered, and of work that is still none."""
PATIENCE = 500
"""Hundredths of a second that the slowest machine is given to show what was found."""


def is_complete(screen: Screen[object]) -> bool:
    """Whether what a screen works out beside the keys is on it."""
    if isinstance(screen, ReadingScreen):
        return screen.lens.taxonomy is not None and screen.lens.document is screen.document
    if isinstance(screen, CompareScreen):
        left, right = screen.both
        found = screen.comparison
        return found is not None and (found.base, found.other) == (left, right)
    return True


class Reader:
    """Someone at the keyboard, who can also say what is on the screen."""

    def __init__(self, app: ScmApp, pilot: Pilot[int]) -> None:
        self.app = app
        self._pilot = pilot

    async def press(self, *keys: str) -> None:
        """Press keys and wait until everything they started is done."""
        for key in keys:
            await self._pilot.press(key)
            await self._pilot.pause()
        await self.rest()

    async def type(self, text: str) -> None:
        """Press the key of each character."""
        await self.press(*text)

    async def rest(self) -> None:
        """Wait for workers, and for what they posted to be shown."""
        await self._pilot.pause()
        await self.app.workers.wait_for_complete()
        await self._pilot.pause()
        for _turn in range(PATIENCE):
            if all(map(is_complete, self.app.screen_stack)):
                break
            await self._pilot.pause(0.01)

    async def resize(self, columns: int, lines: int) -> None:
        """Give the terminal another size."""
        await self._pilot.resize_terminal(columns, lines)
        await self.rest()

    @property
    def lines(self) -> list[str]:
        """The lines of the screen as text, without blanks at their ends."""
        compositor = self.app.screen._compositor
        return ["".join(s.text for s in strip).rstrip() for strip in compositor.render_strips()]

    @property
    def screen(self) -> str:
        """The whole screen as text."""
        return "\n".join(self.lines)


@pytest.fixture
def reading() -> Callable[..., AbstractAsyncContextManager[Reader]]:
    """`async with reading("52:3", size=(80, 24)) as reader`: the app, opened by a reader."""

    @asynccontextmanager
    async def open_app(
        address: str = "",
        size: tuple[int, int] = (120, 40),
        settings: Settings = Settings(),  # noqa: B008 - frozen
        shelf: Shelf | None = None,
    ) -> AsyncIterator[Reader]:
        library = Library(paths().data)
        wanted = tuple(map(Address.parse, address.split()))
        app = ScmApp(wanted, settings, shelf or Shelf((), library), library)
        async with app.run_test(size=size) as pilot:
            reader = Reader(app, pilot)
            await reader.rest()
            yield reader
            app.exit()
        library.close()

    return open_app
