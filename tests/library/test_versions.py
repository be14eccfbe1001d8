"""A library of an earlier version is brought up to date, or read as it is where that cannot be."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scmtui import disk
from scmtui.library import Library, backups
from scmtui.library.schema import MIGRATIONS
from scmtui.model import Address, LibraryError

if TYPE_CHECKING:
    from collections.abc import Callable

STATEMENTS = Path(__file__).parents[1] / "samples" / "library-version-2.sql"


def sql(file: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        return connection.execute(statement).fetchall()


@pytest.fixture
def old(folder: Path) -> Path:
    """The file of a library as the version before this one wrote it."""
    disk.private_folder(folder)
    disk.private_file(folder / "library.db")
    with closing(sqlite3.connect(folder / "library.db")) as connection:
        connection.executescript(STATEMENTS.read_text(encoding="utf-8"))
        connection.execute(f"PRAGMA application_id = {backups.APPLICATION}")
        connection.execute("PRAGMA user_version = 2")
    return folder / "library.db"


def check_contents(library: Library) -> None:
    """Everything that the earlier version wrote is there."""
    assert [facts.id for facts in library.facts()] == ["44", "44-2"]
    document = library.document("44")
    assert document.facts.held == date(2012, 10, 24)
    assert document.facts.provenance.added == date(2026, 1, 5)
    assert [part.text for item in document.paragraphs for part in item.parts] == [
        "제44차 한미안보협의회의가 워싱턴에서 개최되었다.",
        "양측은 북한의 위협에 대한 공조를 재확인하였다.",
    ]
    assert document.source.startswith("1. 제44차")
    assert [(it.kind, it.address) for it in document.doubts] == [("join", Address("44", 1, 1))]
    assert library.original("44-2") == "2. 원본".encode()
    assert library.marks()["a"].address == Address("44", 2, 1)
    ((one, other, together),) = library.pins()
    assert (str(one.address), str(other.address), together) == ("44:1", "52:1", True)
    session = library.last_session()
    assert session
    assert session.view == {"theme": "opcon", "panes": 2}
    assert session.place.row == 3
    assert [*library.notes.all(), *library.tags.all(), *library.trays.all()] == []


def test_the_version_before_is_brought_up_to_date_after_a_backup(
    old: Path, library: Library, folder: Path
) -> None:
    before = old.read_bytes()
    check_contents(library)
    assert library.problem is None
    assert sql(old, "PRAGMA user_version") == [(len(MIGRATIONS),)]
    assert sql(old, "PRAGMA integrity_check") == [("ok",)]
    (backup,) = (folder / "backups").iterdir()
    assert backup.name.endswith("-version-2.db")
    assert sql(backup, "PRAGMA user_version") == [(2,)]
    assert sql(backup, "SELECT id FROM documents ORDER BY number") == [("44",), ("44-2",), (None,)]
    assert len(before) <= backup.stat().st_size + 4096
    library.notes.add(library.marks()["a"], "메모")
    assert [it.facts.title for it in library.removed()] in (
        [],
        ["제44차 한미안보협의회의 공동성명"],
    )
    library.strays()


def test_it_has_the_same_tables_as_a_new_one(old: Path, library: Library, tmp_path: Path) -> None:
    def tables(file: Path) -> dict[str, list[tuple[object, ...]]]:
        names = sql(file, "SELECT name FROM sqlite_master WHERE type = 'table'")
        return {str(name): sql(file, f"PRAGMA table_info({name})") for (name,) in names}

    library.facts()
    with closing(Library(tmp_path / "new")) as new:
        new.trays.add("보고")
        assert tables(old) == tables(tmp_path / "new" / "library.db")


def test_where_it_may_not_be_written_it_is_read_all_the_same(
    old: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda _, mode: not mode & os.W_OK)
    before = old.read_bytes()
    check_contents(library)
    assert "is write-protected" in str(library.problem)
    with pytest.raises(LibraryError, match="is write-protected"):
        library.remove("44")
    assert old.read_bytes() == before


def test_without_room_for_the_backup_it_is_read_and_left_as_it_is(
    old: Path, library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups, "copy", full)
    check_contents(library)
    assert "The disk is full" in str(library.problem)
    assert not library.writable
    with pytest.raises(LibraryError, match="The disk is full"):
        library.remove("44")
    assert sql(old, "PRAGMA user_version") == [(2,)]
    monkeypatch.undo()
    library.close()
    with closing(Library(folder)) as later:
        check_contents(later)
        assert later.writable


def test_a_backup_of_an_earlier_version_can_be_gone_back_to(
    old: Path, library: Library, folder: Path, open_library: Callable[[], Library]
) -> None:
    library.remove("44")
    (backup,) = (folder / "backups").iterdir()
    library.restore(backup)
    check_contents(library)
    check_contents(open_library())
    assert sql(backup, "PRAGMA user_version") == [(2,)]


def test_a_library_file_of_an_earlier_version_can_be_taken_in(old: Path, tmp_path: Path) -> None:
    with closing(Library(tmp_path / "other")) as other:
        loaded = other.load(old)
        assert not loaded.unread
        check_contents(other)
    assert sql(old, "PRAGMA user_version") == [(2,)]


def test_a_newer_backup_is_left_alone(library: Library, folder: Path) -> None:
    library.trays.add("보고")
    backup = library.back_up()
    sql(backup, "PRAGMA user_version = 99")
    with pytest.raises(LibraryError, match="was written by a newer version"):
        library.restore(backup)
    assert [it.name for it in library.trays.all()] == ["보고"]
