"""The place is kept while one reads: a program that is killed loses a second of it, no more."""

from __future__ import annotations

import os
import signal
import sys
import time
from typing import TYPE_CHECKING

from scmtui.library import Library
from scmtui.settings import paths
from scmtui.shelf import Shelf
from scmtui.tui.compare import CompareScreen
from scmtui.tui.places import Places
from scmtui.tui.reading import SAVE_AFTER
from tests.bench.probe import Program

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from tests.tui.conftest import Reader

    Opener = Callable[..., AbstractAsyncContextManager[Reader]]

PATIENCE = 30.0


def kept() -> tuple[str, str]:
    """The address at which the next start opens, and that in the comparison if one is open."""
    library = Library(paths().data)
    session = library.last_session()
    library.close()
    if session is None:
        return "", ""
    return str(session.place.position.address), str(
        session.view["row"] if session.view["open"] else ""
    )


def wait_until_kept(address: str) -> None:
    ends = time.monotonic() + PATIENCE
    while kept() != (address, ""):
        assert time.monotonic() < ends, kept()
        time.sleep(0.1)


async def test_who_is_killed_reads_on_where_the_reader_was(reading: Opener, tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if "XDG" in name}
    program = Program(
        [sys.executable, "-m", "scmtui", "52:3"],
        environment={**environment, "HOME": str(tmp_path)},
    )
    try:
        program.wait_for("52:3", PATIENCE)
        for paragraph in (9, 14):  # more than once
            program.settle(SAVE_AFTER)
            program.send(f":52:{paragraph}\r".encode())
            program.settle(2 * SAVE_AFTER)
            wait_until_kept(f"52:{paragraph}.1")
        os.kill(program.pid, signal.SIGKILL)
        program.settle(0.5)
    finally:
        program.end()
    async with reading() as reader:
        assert str(reader.app.screen.address) == "52:14.1"  # type: ignore[attr-defined]


async def test_a_place_in_a_comparison_is_kept_too(reading: Opener) -> None:
    async with reading("52 57-article") as reader:
        await reader.press("colon", *"5", "enter")
        for _turn in range(300):
            if kept()[1] == "52:5":
                break
            await reader._pilot.pause(0.02)
        assert kept() == ("52:1.1", "52:5")


def test_a_comparison_that_is_not_there_yet_is_left_as_it_was() -> None:
    library = Library(paths().data)
    places = Places(library, Shelf((), library))
    documents = [places.shelf.document(each) for each in ("52", "57-article")]
    assert CompareScreen(documents, places, {"row": "52:7"}).view()["row"] == "52:7"
    library.close()
