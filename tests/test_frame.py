"""The frame that a session leaves for the next one: when it fits, and when it is not trusted."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from scmtui import frame, language
from scmtui.frame import Frame
from scmtui.settings import Paths, Settings, paths

LEFT = Frame((3, 2), [["\0", [], "", "", 1, True]], ["\x01\x01\x01"] * 2, (1, 2), "\x1b[1;1H한 ")


@pytest.fixture(autouse=True)
def _window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "3")
    monkeypatch.setenv("LINES", "2")


@pytest.fixture
def where() -> Paths:
    """The folders of a reader who has something that stands for a library."""
    paths().data.mkdir(parents=True)
    paths().config.mkdir(parents=True)
    (paths().data / "library.db").write_bytes(b"one")
    return paths()


def test_comes_back_as_it_was_left(tmp_path: Path) -> None:
    frame.keep(tmp_path / "cache", LEFT, "this")
    assert frame.kept(tmp_path / "cache", "this") == LEFT
    assert (tmp_path / "cache" / frame.NAME).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "cache").iterdir()] == [frame.NAME]


def test_not_shown_for_anything_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    frame.keep(tmp_path, LEFT, "this")
    assert frame.kept(tmp_path, "that") is None
    monkeypatch.setenv("COLUMNS", "4")
    assert frame.kept(tmp_path, "this") is None


def test_a_session_without_one_takes_the_old_one_away(tmp_path: Path) -> None:
    frame.keep(tmp_path, LEFT, "this")
    frame.keep(tmp_path, None, "this")
    assert not (tmp_path / frame.NAME).exists()


def test_a_folder_that_cannot_be_made_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    frame.keep(tmp_path / "cache", LEFT, "this")
    assert frame.kept(tmp_path / "cache", "this") is None
    assert frame.show(tmp_path / "cache", "this") is None


@pytest.mark.parametrize(
    "written",
    [
        "",
        "[]",
        '{"on": "this"}',
        '["this", [1, 2, 3]]',
        '["this", [3, [], [], [0, 0], ""]]',
        json.dumps(["this", LEFT._replace(drawing="\x1b]52;c;aGk=\x07")]),
        json.dumps(["this", LEFT._replace(drawing="\x1b[?1049l")]),
        json.dumps(["this", LEFT._replace(drawing="\x9b2J")]),
        json.dumps(["this", LEFT._replace(drawing="\ud800")]),
        "[" * 100_000,
        json.dumps(["this", LEFT])[:-3],
        " " * frame.LARGEST + json.dumps(["this", LEFT]),
    ],
)
def test_what_is_no_frame_is_not_shown(tmp_path: Path, written: str) -> None:
    (tmp_path / frame.NAME).write_text(written, "utf-8")
    assert frame.kept(tmp_path, "this") is None


def test_depends_on_settings_language_terminal_and_library(
    where: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = [frame.depends(Settings(), where)]
    assert frame.depends(Settings(), where) == seen[0]
    seen.append(frame.depends(Settings(width=70), where))
    monkeypatch.setenv("NO_COLOR", "1")
    seen.append(frame.depends(Settings(), where))
    language.use("ko", Path(__file__).parents[1] / "assets" / "locale")
    seen.append(frame.depends(Settings(), where))
    seen.append(frame.depends(Settings(), where, "52"))
    (where.config / "themes.toml").write_text("")
    seen.append(frame.depends(Settings(), where))
    (where.data / "library.db").write_bytes(b"other")
    seen.append(frame.depends(Settings(), where))
    (where.data / "library.db-wal").write_bytes(b"not yet in it")
    seen.append(frame.depends(Settings(), where))
    assert len(set(seen)) == len(seen)
    (where.data / "library.db-shm").write_bytes(b"says nothing")
    assert frame.depends(Settings(), where) == seen[-1]


def test_nothing_that_has_no_end_is_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / frame.NAME)
    assert frame.kept(tmp_path, "this") is None
    (tmp_path / frame.NAME).unlink()
    (tmp_path / frame.NAME).symlink_to("/dev/zero")
    assert frame.kept(tmp_path, "this") is None


def test_no_terminal_shows_none(tmp_path: Path) -> None:
    frame.keep(tmp_path, LEFT, "this")
    assert frame.show(tmp_path, "this") is None
