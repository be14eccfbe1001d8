"""The background: it goes on after trouble, stops when told to, and looks the index over."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from scmtui.library import filling
from scmtui.library.filling import CHECKED, Filling, fill
from scmtui.library.index import IndexFile
from scmtui.shelf import Shelf
from scmtui.themes import taxonomy

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scmtui.model import Document

    Make = Callable[..., Document]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "search.db"


@pytest.fixture
def shelf(varied: Make, books: Callable[..., object]) -> Shelf:
    return Shelf(added=books(*(varied(15, id_) for id_ in ("44", "45", "x-a"))))  # type: ignore[arg-type]


def filled(path: Path, shelf: Shelf) -> list[tuple[int, int, int]]:
    with closing(IndexFile(path)) as file:
        return list(map(tuple, fill(file, shelf, taxonomy)))  # type: ignore[arg-type]


def sql(path: Path, statement: str, *values: float) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        return connection.execute(statement, values).fetchall()


def passages(path: Path) -> int:
    ((count,),) = sql(path, "SELECT count(*) FROM passages")
    assert isinstance(count, int)
    return count


def test_the_texts_come_first_then_the_themes(path: Path, shelf: Shelf) -> None:
    assert filled(path, shelf) == [(0, 74, 0), (74, 74, 0), (74, 74, 0), (74, 74, 74)]
    assert filled(path, shelf) == [(74, 74, 0), (74, 74, 74)]


def test_the_background_ends_when_all_is_done(path: Path, shelf: Shelf) -> None:
    thread = Filling(shelf, path, taxonomy)
    thread.start()
    assert not thread.may_go_on
    thread.join(20)
    assert thread.may_go_on
    assert thread.problem is None
    assert passages(path) == 74


def test_it_stops_at_once_and_leaves_what_was_written(
    path: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filling, "PATIENCE", 20)
    thread = Filling(shelf, path, taxonomy)
    thread._stop_now.set()
    thread.start()
    thread.stop()
    assert not thread.is_alive()
    assert thread.problem is None
    with closing(IndexFile(path)) as file:
        assert file.check()
    assert passages(path) == 0


def test_it_waits_for_another_session_that_writes(
    path: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scmtui.library.sqlite.WAIT", 0.01)
    monkeypatch.setattr(filling, "WAIT", 0.05)
    with closing(IndexFile(path)) as other:
        other.connection().execute("BEGIN IMMEDIATE")
        thread = Filling(shelf, path, taxonomy)
        thread.start()
        time.sleep(0.2)
        assert thread.is_alive()
        assert thread.problem is None
        other.connection().execute("ROLLBACK")
    thread.join(20)
    assert passages(path) == 74


def test_it_begins_again_when_the_index_is_damaged(
    path: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filling, "WAIT", 0.01)
    damaged = [True]

    def once(file: IndexFile, *others: object) -> object:
        if damaged and damaged.pop():
            file.connection().execute("DROP TABLE passages")
            file.connection().execute("PRAGMA user_version = 999")
            file.close()
        return fill(file, *others)  # type: ignore[arg-type]

    filled(path, shelf)
    monkeypatch.setattr(filling, "fill", once)
    thread = Filling(shelf, path, taxonomy)
    thread.start()
    thread.join(20)
    assert thread.problem is None
    assert passages(path) == 74


def test_trouble_is_told_and_nothing_more_is_tried(path: Path, shelf: Shelf) -> None:
    path.parent.write_text("no folder")
    thread = Filling(shelf, path, taxonomy)
    thread.start()
    thread.join(20)
    assert "cannot be used" in str(thread.problem)
    assert not thread.may_go_on


@pytest.mark.parametrize("age", [60.0, CHECKED + 60, -60.0])
def test_an_old_index_is_looked_over(path: Path, shelf: Shelf, age: float) -> None:
    filled(path, shelf)
    sql(path, "UPDATE about SET value = ? WHERE name = 'checked'", time.time() - age)
    sql(path, "DELETE FROM words_data WHERE id > 10")
    done = filled(path, shelf)[0][0]
    assert done == (74 if 0 < age < CHECKED else 0)
    if not done:
        with closing(IndexFile(path)) as file:
            assert file.check()


def test_it_waits_while_another_thread_goes_first(path: Path, shelf: Shelf) -> None:
    thread = Filling(shelf, path, taxonomy)
    with thread.held():
        thread.start()
        thread.join(0.3)
        assert thread.is_alive()
        assert passages(path) == 0
    thread.join(20)
    assert not thread.is_alive()
    assert passages(path) == 74
