"""The doctor finds what is wrong, mends what can be mended, and leaves the rest alone."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from scmtui import corpus, disk
from scmtui.library import Library, sqlite
from scmtui.library.index import IndexFile
from scmtui.model import Address, Document
from scmtui.positions import Position, position

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Make = Callable[..., Document]


def sql(file: Path, *statements: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        rows = []
        for statement in statements:
            rows = connection.execute(statement).fetchall()
        return rows


@pytest.fixture
def full(library: Library, make_document: Make) -> Library:
    """A library with documents, notes and a backup of all that."""
    document = make_document(3, "44")
    library.add(document, b"the file")
    library.add(make_document(2, "45"), b"other file")
    library.notes.add(position(document, Address("44", 2)), "메모")
    tray = library.trays.add("보고").number
    library.trays.put(tray, "passage", position(document, Address("44", 1)))
    library.back_up()
    return library


def examine(library: Library, tmp_path: Path) -> dict[str, list[str]]:
    """What is not well, by the check."""
    found: dict[str, list[str]] = {}
    for finding in library.examine(tmp_path / "cache"):
        if finding.state != "ok":
            found.setdefault(f"{finding.check} {finding.state}", []).append(finding.told)
    return found


def test_a_library_that_is_well_is_left_as_it_is(
    full: Library, tmp_path: Path, folder: Path
) -> None:
    full._file.read("PRAGMA wal_checkpoint(TRUNCATE)")
    before = (folder / "library.db").read_bytes()
    assert examine(full, tmp_path) == {}
    checks = [it.check for it in full.examine(tmp_path / "cache")]
    assert checks == ["permissions", "disk", "pages", "texts", "originals", "positions", "backups"]
    assert (folder / "library.db").read_bytes() == before


def test_without_a_library_nothing_is_made(library: Library, tmp_path: Path, folder: Path) -> None:
    assert examine(library, tmp_path) == {}
    assert not folder.exists()


def test_what_others_could_read_is_closed_to_them(
    full: Library, tmp_path: Path, folder: Path
) -> None:
    (backup,) = (folder / "backups").iterdir()
    for path, mode in ((folder, 0o755), (folder / "library.db", 0o644), (backup, 0o660)):
        path.chmod(mode)
    assert examine(full, tmp_path) == {
        "permissions mended": [
            "3 files or folders had other permissions; now you alone can read them."
        ]
    }
    assert [path.stat().st_mode & 0o777 for path in (folder, folder / "library.db", backup)] == [
        0o700, 0o600, 0o600,
    ]  # fmt: skip


def test_a_file_that_nobody_may_open_is_opened_to_its_owner(
    full: Library, tmp_path: Path, folder: Path
) -> None:
    full.close()
    (folder / "library.db").chmod(0o000)
    with closing(Library(folder)) as library:
        assert list(examine(library, tmp_path)) == ["permissions mended"]
    assert (folder / "library.db").stat().st_mode & 0o777 == 0o600


def test_what_killed_sessions_left_is_thrown_away_and_what_lives_stays(
    full: Library, tmp_path: Path, folder: Path
) -> None:
    dead = [folder / ".library.db.999999999", folder / "backups" / ".x.db.999999999-journal"]
    alive = [
        folder / f".library.db.{os.getpid()}",
        folder / ".profile",
        folder / f".x.{os.getppid()}",
    ]
    for path in (*dead, *alive):
        path.touch()
    assert list(examine(full, tmp_path)) == ["leftovers mended"]
    assert not any(path.exists() for path in dead)
    assert all(path.exists() for path in alive)


def test_texts_and_files_are_taken_from_a_backup(
    full: Library, tmp_path: Path, folder: Path
) -> None:
    text, original = full.document("44"), full.original("44")
    sql(
        folder / "library.db",
        "UPDATE texts SET json = '{' WHERE number = 1",
        "UPDATE originals SET bytes = x'00' WHERE length(bytes) = 8",
        "DELETE FROM originals WHERE length(bytes) = 10",
    )
    found = examine(full, tmp_path)
    assert list(found) == ["texts mended", "originals mended"]
    assert len(found["originals mended"]) == 2
    assert full.document("44") == text
    assert full.original("44") == original
    assert examine(full, tmp_path) == {}


def test_what_no_backup_has_is_told(full: Library, tmp_path: Path, folder: Path) -> None:
    for backup in (folder / "backups").iterdir():
        backup.unlink()
    sql(
        folder / "library.db",
        "UPDATE texts SET json = '{' WHERE number = 1",
        "UPDATE texts SET json = replace(json, '시험', '실험') WHERE number = 2",
        "UPDATE originals SET bytes = x'00' WHERE length(bytes) = 8",
    )
    found = examine(full, tmp_path)
    assert found["texts wrong"] == ["The text of “44” is damaged. Add its file again: 44.txt"]
    assert found["texts look"] == ["The text of “45” is not quite the one that was kept."]
    assert "“44” came from is not kept whole: 44.txt" in found["originals wrong"][0]
    assert found["backups look"] == ["There is no backup yet: scmtui backup"]


def test_what_belongs_to_nothing_is_cleared_and_what_the_reader_made_is_kept(
    full: Library, tmp_path: Path, folder: Path
) -> None:
    sql(
        folder / "library.db",
        "INSERT INTO texts VALUES (99, '{}')",
        "INSERT INTO originals VALUES ('0', x'00')",
        "DELETE FROM trays",
    )
    found = examine(full, tmp_path)
    assert found["orphans mended"][0].startswith("2 entries")
    (tray,) = full.trays.all()
    assert (tray.size, f"“{tray.name}”" in found["orphans mended"][1]) == (1, True)
    assert examine(full, tmp_path) == {}


def test_what_stands_elsewhere_now_goes_there_and_what_is_gone_needs_a_look(
    full: Library, tmp_path: Path
) -> None:
    document = corpus.document("52")
    shifted = replace(position(document, Address("52", 3)).address, paragraph=7)
    words = position(document, Address("52", 3))._replace(address=shifted)
    full.notes.add(words, "다른 곳의 말")
    full.tags.add(Position(Address("52", 1, 1), "이 글에 없는 말이다."), "없음")
    full.links.add(words, Position(Address("99", 1), "없는 문서"), "까닭")
    found = examine(full, tmp_path)
    assert found["positions mended"] == [
        "2 things attached to “52” were found again by their words."
    ]
    assert found["positions look"] == [
        "52:1.1, tag “없음”: the words “이 글에 없는 말이다.” are not there any more.",
        "99:1, link “까닭”: there is no such document here.",
    ]
    assert [str(it.position.address) for it in full.notes.all("52")] == ["52:3"]
    assert list(examine(full, tmp_path)) == ["positions look"]


def test_a_damaged_library_is_made_of_what_can_be_read_and_the_newest_backup(
    full: Library, tmp_path: Path, folder: Path, make_document: Make,
    open_library: Callable[[], Library], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    for number in range(60, 80):
        full.add(make_document(6, str(number)), b"%d" % number * 3000)
    full.notes.add(position(corpus.document("52"), Address("52", 1)), "nach der Sicherung")
    full.close()
    file = folder / "library.db"
    for backup in (folder / "backups").glob("library-*.db"):
        backup.unlink()
    (root,) = sql(file, "SELECT rootpage FROM sqlite_master WHERE name = 'items_in_order'")[0]
    assert isinstance(root, int)
    raw = file.read_bytes()
    file.write_bytes(raw[: (root - 1) * 4096] + bytes(4096) + raw[root * 4096 :])
    monkeypatch.setattr(sqlite, "SMALL", 0)  # as in a library too large to look over at once
    library = open_library()
    found = examine(library, tmp_path)
    assert "the backup “by-hand-" in found["file mended"][0]
    assert "came 2" in found["salvage mended"][0]
    assert {"메모", "nach der Sicherung"} == {it.text for it in library.notes.all()}
    assert len(library.facts()) == 22
    assert list(folder.glob("library-damaged-*.db"))
    assert list(examine(open_library(), tmp_path)) == ["damaged look"]


def test_an_index_of_the_file_that_does_not_fit_is_made_anew(
    full: Library, tmp_path: Path, folder: Path
) -> None:
    file = folder / "library.db"
    full.tags.add(position(corpus.document("52"), Address("52", 1)), "opcon")
    full.close()
    select = (
        "SELECT type, name, tbl_name, rootpage, sql FROM sqlite_master WHERE name = 'tags_by_name'"
    )
    (row,) = sql(file, select)
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("DELETE FROM sqlite_master WHERE name = 'tags_by_name'")
    sql(file, "UPDATE tags SET tag = 'other'")
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", row)
    assert sql(file, "PRAGMA integrity_check") != [("ok",)]
    with closing(Library(folder)) as library:
        assert list(examine(library, tmp_path)) == ["pages mended"]
        assert examine(library, tmp_path) == {}
        assert library.tags.names() == {"other": 1}
    assert sql(file, "PRAGMA integrity_check") == [("ok",)]


def test_a_damaged_backup_is_told_of(full: Library, tmp_path: Path) -> None:
    other = full.back_up()
    other.write_bytes(other.read_bytes()[:-100])
    assert examine(full, tmp_path) == {"backups wrong": [f"The backup “{other.name}” is damaged."]}


def test_a_damaged_index_of_the_search_is_thrown_away(full: Library, tmp_path: Path) -> None:
    path = tmp_path / "cache" / "search.db"
    file = IndexFile(path)
    file.connection()
    file.close()
    assert examine(full, tmp_path) == {}
    path.write_bytes(b"no index " * 1000)
    assert "index mended" in examine(full, tmp_path)


def test_a_library_that_may_only_be_read_is_only_looked_at(
    full: Library, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sql(folder / "library.db", "INSERT INTO texts VALUES (99, '{}')")
    full._file._shut()
    monkeypatch.setattr(os, "access", lambda _, mode: not mode & os.W_OK)
    found = examine(full, tmp_path)
    assert "is write-protected" in found["file look"][0]
    assert sql(folder / "library.db", "SELECT count(*) FROM texts") == [(3,)]


def test_a_network_drive_is_told_of(full: Library, tmp_path: Path) -> None:
    disk.MOUNTS.write_text("1 1 0:1 / / rw - nfs4 server:/ rw\n")
    assert "is on a network drive" in examine(full, tmp_path)["disk look"][0]


def test_a_damaged_library_that_may_only_be_read_stays_as_it_is(
    full: Library, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full.close()
    file = folder / "library.db"
    (root,) = sql(file, "SELECT rootpage FROM sqlite_master WHERE name = 'items_in_order'")[0]
    assert isinstance(root, int)
    raw = file.read_bytes()
    file.write_bytes(harmed := raw[: (root - 1) * 4096] + bytes(4096) + raw[root * 4096 :])
    monkeypatch.setattr(sqlite, "SMALL", 0)
    monkeypatch.setattr(os, "access", lambda _, mode: not mode & os.W_OK)
    with closing(Library(folder)) as library:
        found = examine(library, tmp_path)
    assert found["pages wrong"] == ["The file is damaged."]
    assert file.read_bytes() == harmed


def test_an_index_that_cannot_be_read_is_told_of(
    full: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "cache" / "search.db"
    file = IndexFile(path)
    file.connection()
    file.close()

    def refuse(_: IndexFile) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(IndexFile, "check", refuse)
    assert "cannot be used" in examine(full, tmp_path)["index look"][0]


def test_what_was_set_aside_when_it_was_opened_is_read_as_well(
    full: Library, tmp_path: Path, folder: Path
) -> None:
    full.trays.add("nach der Sicherung")
    full.close()
    for backup in (folder / "backups").glob("library-*.db"):
        backup.unlink()
    file = folder / "library.db"
    file.write_bytes(file.read_bytes()[:-1000])
    with closing(Library(folder)) as library:
        found = examine(library, tmp_path)
        assert "took its place" in found["file mended"][0]
        assert "entries" in found["salvage mended"][0]
        assert {it.name for it in library.trays.all()} == {"보고", "nach der Sicherung"}


def test_nothing_readable_in_what_was_set_aside_is_said_too(
    full: Library, tmp_path: Path, folder: Path
) -> None:
    full.close()
    (folder / "library.db").write_bytes(b"Dear editor, " * 999)
    with closing(Library(folder)) as library:
        found = examine(library, tmp_path)
        assert found["salvage look"] == ["Nothing in the damaged file can be read any more."]
        assert [it.id for it in library.facts()] == ["44", "45"]


@pytest.mark.parametrize("official", [True, False])
def test_an_unofficial_copy_in_the_place_of_the_official_text_is_told_of(
    library: Library, tmp_path: Path, official: bool
) -> None:
    own = corpus.document("52")
    library.notes.add(position(own, Address("52", 2)), "메모")
    library.replace("52", replace(own, facts=replace(own.facts, official=official)), b"copy")
    told = examine(library, tmp_path).get("replaced look", [])
    assert [it.partition(" in ")[0] for it in told] == ["“52” is an unofficial copy"][official:]
    library.put_back("52")
    assert "replaced look" not in examine(library, tmp_path)
    assert library.notes.all()[0].position.address == Address("52", 2)


def test_a_damaged_library_that_was_put_aside_is_not_called_empty(
    open_library: Callable[[], Library], folder: Path, tmp_path: Path
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    aside = folder / "library-damaged-20260101-000000.db"
    aside.write_bytes(b"x" * 50_000)
    assert not (folder / "library.db").exists()
    (told,) = examine(open_library(), tmp_path)["file look"]
    assert told.startswith("There is no library now;")
    assert f"scmtui load '{aside}'" in told
