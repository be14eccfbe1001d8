"""What the driver sends, and how it lets go, without a terminal."""

from __future__ import annotations

import asyncio
import re
import signal
from threading import Thread
from types import SimpleNamespace
from typing import Any
from unittest.mock import AsyncMock

import pytest
from textual.events import Key, Resize
from textual.geometry import Size

from scmtui.frame import ENTER, RESET, Frame
from scmtui.tui.terminal.driver import (
    FURNISHED,
    NO_FRAME_COMES,
    ScreenDriver,
    for_multiplexer,
    terminal_of,
)


@pytest.fixture
async def sent(monkeypatch: pytest.MonkeyPatch) -> tuple[ScreenDriver, list[str]]:
    """A driver that is on no terminal, 12 columns by 3 rows, and what it sends."""
    for name in ("SIGTSTP", "SIGCONT"):
        monkeypatch.setattr(signal, name, signal.SIGUSR2)  # these stay as the test run has them
    app: Any = SimpleNamespace(size=(12, 3), no_color=False, _post_message=AsyncMock())
    driver, pieces = ScreenDriver(app), list[str]()
    monkeypatch.setattr(driver, "_send", pieces.append)
    return driver, pieces


async def test_drawn_again_even_when_no_frame_comes(
    sent: tuple[ScreenDriver, list[str]],
) -> None:
    driver, pieces = sent
    driver.write("\x1b[2;1H전작권\x1b[1;1H")
    driver.write("\x1b[2;1H전작권\x1b[1;1H")
    assert len(pieces) == 1
    driver.process_message(Resize(Size(12, 3), Size(12, 3)))
    await asyncio.sleep(2 * NO_FRAME_COMES)
    assert pieces[1:] == [f"{RESET}\x1b[2;1H전작권\x1b[1;1H"]


async def test_the_alphabet_does_not_grow_for_ever(
    sent: tuple[ScreenDriver, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scmtui.tui.terminal.driver.LARGEST_ALPHABET", 100)
    driver, pieces = sent
    driver.write("\x1b[1;1HSCM")
    for point in range(0xAC00, 0xAC00 + 200):
        driver.write(f"\x1b[2;1H{chr(point)}\x1b[2;1H")
    again = [piece for piece in pieces if RESET in piece]
    assert 2 <= len(again) <= 4
    assert all("SCM" in piece for piece in again)
    assert all(f"{chr(0xAC00 + n)}" in piece for n, piece in enumerate(pieces[1:]))


async def test_a_new_size_keeps_what_was_drawn(
    sent: tuple[ScreenDriver, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    driver, pieces = sent
    driver.write("\x1b[1;1H제52차 SCM\x1b[3;1H끝")
    monkeypatch.setattr(driver._drawn_app, "size", (5, 2))
    driver.write("\x1b[2;1Hab\x1b[1;1H")
    assert pieces[-1] == f"{RESET}\x1b[1;1H제52\x1b[2;1Hab\x1b[1;1H"


async def test_what_is_neither_a_frame_nor_known_is_not_sent(
    sent: tuple[ScreenDriver, list[str]],
) -> None:
    driver, pieces = sent
    driver.write("\x1b]52;c;aGk=\x07")
    driver.write("\x1b[?1003h")
    assert pieces == ["\x1b]52;c;aGk=\x07", "\x1b[?1003h"]
    for strange in (
        "\x1b[2J",
        "\x1bc",
        "\x1b]52;c;\x1b[6n\x07",
        "\x9b2J",
        "text\x1b[?1049l",
        "\x05",
    ):
        driver.write(strange)
    assert "".join(pieces[2:]) == f"{RESET}\x1b[1;1H"


async def test_a_line_that_is_behind_gets_the_last_frame_alone(
    monkeypatch: pytest.MonkeyPatch, sent: tuple[ScreenDriver, list[str]]
) -> None:
    driver, pieces = sent
    outlet = SimpleNamespace(behind=True)
    monkeypatch.setattr(driver, "_outlet", outlet)
    driver.write("\x1b[1;1Hone\x1b[1;1H")
    driver.write("\x1b[1;1Htwo\x1b[1;1H")
    driver.write("\x07")
    assert pieces == ["\x07"]
    outlet.behind = False
    driver._show()
    assert pieces[1:] == [f"{RESET}\x1b[1;1Htwo\x1b[1;1H"]


async def test_another_thread_waits_its_turn(sent: tuple[ScreenDriver, list[str]]) -> None:
    driver, pieces = sent
    other = Thread(target=driver.write, args=["\x1b[?1016h"])
    other.start()
    other.join()
    assert not pieces
    await asyncio.sleep(0)
    assert pieces == ["\x1b[?1016h"]


@pytest.mark.parametrize(
    ("environment", "coloured", "scrolls"),
    [
        ({"TERM": "xterm-256color"}, True, True),
        ({"TERM": "screen-256color", "TMUX": "/tmp/x"}, True, True),
        ({"TERM": "screen.xterm-256color"}, False, True),
        ({"TERM": "linux"}, True, False),
        ({}, True, True),
    ],
)
def test_what_terminals_can_do(environment: dict[str, str], coloured: bool, scrolls: bool) -> None:
    assert terminal_of(environment) == (coloured, scrolls)


def test_the_clipboard_is_wrapped_for_what_stands_between() -> None:
    copy = "\x1b]52;c;" + "QUJD" * 500 + "\x07"
    assert for_multiplexer(copy, {"TERM": "xterm"}) == copy
    in_tmux = for_multiplexer(copy, {"TMUX": "x", "TERM": "screen"})
    assert in_tmux == f"{copy}\x1bPtmux;\x1b{copy}\x1b\\"
    in_screen = for_multiplexer(copy, {"TERM": "screen"})
    assert in_screen.startswith(copy)
    pieces = re.findall(r"\x1bP(.*?)\x1b\\", in_screen.removeprefix(copy), re.DOTALL)
    assert "".join(pieces) == copy
    assert max(map(len, pieces)) <= 700


def left(sent: tuple[ScreenDriver, list[str]]) -> Frame:
    """What a session with 전작권 in its second row leaves on the terminal."""
    driver, pieces = sent
    driver.write("\x1b[2;1H\x1b[1;31m전작권\x1b[0m 전환\x1b[2;3H")
    pieces.clear()
    driver.forget()
    return driver.frame()


def shown(frame: Frame | None) -> Any:  # noqa: ANN401 - it stands for a terminal
    """A frame that is on the terminal, which was set as `set`."""
    return SimpleNamespace(frame=frame, hand_over=lambda: ["set"] if frame else None)


async def test_goes_on_from_the_frame_that_is_shown(sent: tuple[ScreenDriver, list[str]]) -> None:
    driver, pieces = sent
    frame = left(sent)
    assert frame.drawing == "\x1b[2;1H\x1b[1;31m전작권 \x1b[m전환"
    assert driver._take_over(shown(frame)) == ["set"]
    driver.write(ENTER)
    driver.write("\x1b[1;1Hnew\x1b[2;1H            \x1b[2;3H")
    driver.write("\x1b[2;1H\x1b[1;31m전작권\x1b[0m 전환\x1b[2;3H")
    assert not pieces
    await asyncio.sleep(2 * FURNISHED)
    assert pieces == ["\x1b[1;1Hnew\x1b[2;3H"]
    driver.write(ENTER)
    assert pieces[1:] == [ENTER]


async def test_a_key_ends_the_frame_that_is_shown(sent: tuple[ScreenDriver, list[str]]) -> None:
    driver, pieces = sent
    frame = left(sent)
    driver._take_over(shown(frame))
    driver.write("\x1b[1;1Hnew\x1b[2;3H")
    driver.process_message(Key("j", "j"))
    await asyncio.sleep(0)
    assert pieces == ["\x1b[1;1Hnew\x1b[2;3H"]


async def test_all_is_drawn_when_the_window_is_another(
    sent: tuple[ScreenDriver, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    driver, pieces = sent
    frame = left(sent)
    driver._take_over(shown(frame))
    monkeypatch.setattr(driver._drawn_app, "size", (14, 3))
    driver.write("\x1b[1;1Hnew\x1b[2;3H")
    assert pieces[0].startswith(RESET)
    await asyncio.sleep(2 * FURNISHED)
    assert len(pieces) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"rows": ["\U0010ffff" * 12] * 3},
        {"rows": []},
        {"rows": ["short"] * 3},
        {"cells": [["x"]] * 9},
        {"cells": [[]] * 3 + [["x", 3, "", "", 1, True]]},
        {"cells": 7},
    ],
)
async def test_a_frame_that_is_none_is_drawn_over(
    sent: tuple[ScreenDriver, list[str]], change: dict[str, Any]
) -> None:
    driver, pieces = sent
    frame = left(sent)._replace(**change)
    assert driver._take_over(shown(frame)) == ["set"]
    driver.write("\x1b[1;1Hnew\x1b[1;4H")
    assert pieces[0].startswith(RESET)


async def test_screens_that_have_the_terminal_take_it_again(
    sent: tuple[ScreenDriver, list[str]],
) -> None:
    driver, _ = sent
    assert driver._take_over(None) is None
    assert driver._take_over(shown(None)) is None
