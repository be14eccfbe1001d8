"""How the library is kept: private, on any disk, through versions, with backups."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from scmtui import disk
from scmtui.library import Library, Place, Session, backups
from scmtui.library import file as file_module
from scmtui.library.schema import MIGRATIONS
from scmtui.model import Address, LibraryError
from scmtui.positions import Position

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LOCAL = "1 1 0:1 / / rw - ext4 disk rw\n"
NETWORK = "1 1 0:1 / / rw - nfs4 server:/ rw\n"


def stand(address: str = "52:1.1", quote: str = "양 장관은") -> Position:
    return Position(Address.parse(address), quote, "앞", "뒤")


def sql(file: Path, *statements: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        rows = []
        for statement in statements:
            rows = connection.execute(statement).fetchall()
        return rows


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_file_is_private_from_the_first_byte_under_any_umask(
    open_library: Callable[[], Library], folder: Path
) -> None:
    before = os.umask(0)
    try:
        library = open_library()
        library.set_mark("a", stand())
        modes = {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}
        library.close()
    finally:
        os.umask(before)
    assert modes == {"library.db": 0o600, "library.db-wal": 0o600, "library.db-shm": 0o600}
    assert folder.stat().st_mode & 0o777 == 0o700
    (backup,) = (folder / "backups").iterdir()
    assert (folder / "backups").stat().st_mode & 0o777 == 0o700
    assert backup.stat().st_mode & 0o777 == 0o600


def test_the_file_says_whose_it_is_and_trusts_no_schema(library: Library, folder: Path) -> None:
    library.set_mark("a", stand())
    file = folder / "library.db"
    assert sql(file, "PRAGMA application_id") == [(backups.APPLICATION,)]
    assert sql(file, "PRAGMA user_version") == [(len(MIGRATIONS),)]
    assert library._file.read("PRAGMA trusted_schema") == [(0,)]
    assert library._file.read("PRAGMA synchronous") == [(2,)]
    library.keep(Session(Place(stand())))
    assert library._file.read("PRAGMA synchronous") == [(1,)]


def test_on_a_disk_of_this_machine_readers_need_not_wait_for_writers(
    library: Library, folder: Path
) -> None:
    library.set_mark("a", stand())
    assert sql(folder / "library.db", "PRAGMA journal_mode") == [("wal",)]
    assert library.problem is None


def test_on_a_network_drive_no_memory_is_shared_and_the_reader_is_told_once(
    open_library: Callable[[], Library], folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "mounts").write_text(NETWORK)
    library = open_library()
    library.set_mark("a", stand())
    library.close()
    assert sql(folder / "library.db", "PRAGMA journal_mode") == [("delete",)]
    assert "is on a network drive" in str(library.problem)
    again = open_library()
    assert set(again.marks()) == {"a"}
    assert again.problem is None


def test_a_library_that_moves_to_another_kind_of_disk_follows_it(
    filled: Path, open_library: Callable[[], Library], tmp_path: Path
) -> None:
    for mounts, mode in ((NETWORK, "delete"), (LOCAL, "wal")):
        (tmp_path / "mounts").write_text(mounts)
        library = open_library()
        assert set(library.marks()) == {"a"}
        library.close()
        assert sql(filled, "PRAGMA journal_mode") == [(mode,)]


def test_where_the_kind_of_disk_is_not_known_the_safe_way_is_taken_in_silence(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "mounts").unlink()
    library.set_mark("a", stand())
    assert sql(folder / "library.db", "PRAGMA journal_mode") == [("delete",)]
    assert library.problem is None


def test_a_file_made_by_a_session_that_died_at_once_is_taken_up(
    library: Library, folder: Path
) -> None:
    disk.private_folder(folder)
    disk.private_file(folder / "library.db")
    assert library.marks() == {}
    library.set_mark("a", stand())
    assert library.problem is None


def test_a_file_deleted_under_a_session_is_begun_again(
    filled: Path, library: Library, open_library: Callable[[], Library]
) -> None:
    assert set(library.marks()) == {"a"}
    filled.unlink()
    library.set_mark("b", stand())
    assert set(open_library().marks()) == {"b"}


NEXT = (*MIGRATIONS, ("ALTER TABLE marks ADD COLUMN colour TEXT NOT NULL DEFAULT ''",))


def newer(folder: Path) -> file_module.LibraryFile:
    return file_module.LibraryFile(folder, NEXT)


def test_an_older_library_is_brought_up_to_date_after_a_backup(filled: Path, folder: Path) -> None:
    file = newer(folder)
    assert file.read("SELECT letter, colour FROM marks") == [("a", "")]
    file.close()
    (backup,) = (folder / "backups").iterdir()
    assert backup.name.endswith(f"-version-{len(MIGRATIONS)}.db")
    assert sql(backup, "PRAGMA user_version") == [(len(MIGRATIONS),)]
    assert sql(backup, "SELECT letter FROM marks") == [("a",)]


def test_a_step_that_fails_leaves_the_old_version(filled: Path, folder: Path) -> None:
    broken = file_module.LibraryFile(
        folder, (*MIGRATIONS, ("CREATE TABLE new (x)", "CREATE TABLE marks (x)"))
    )
    assert broken.read("SELECT * FROM marks") == []
    assert "already exists" in str(broken.problem)
    broken.close()
    assert sql(filled, "PRAGMA user_version") == [(len(MIGRATIONS),)]
    assert sql(filled, "SELECT name FROM sqlite_master WHERE name = 'new'") == []


def test_two_sessions_that_update_at_once_do_it_once(filled: Path, folder: Path) -> None:
    late = newer(folder)
    with closing(sqlite3.connect(filled, isolation_level=None)) as connection:
        early = newer(folder)
        early.read("SELECT 1")
        late._migrate(connection, len(MIGRATIONS))
        early.close()
    assert late.read("SELECT letter, colour FROM marks") == [("a", "")]
    late.close()


def test_a_library_of_a_newer_program_is_read_and_left_alone(
    filled: Path, library: Library, folder: Path
) -> None:
    newer_file = newer(folder)
    newer_file.read("SELECT 1")
    newer_file.close()
    before = filled.read_bytes()
    assert library.marks() == {"a": stand()}
    assert "was written by a newer version" in str(library.problem)
    assert not library.writable
    library.keep(Session(Place(stand())))
    library.set_mark(Library.BEFORE, stand())
    with pytest.raises(LibraryError, match="was written by a newer version"):
        library.set_mark("b", stand())
    library.close()
    assert filled.read_bytes() == before
    assert len(names(folder / "backups")) == 1  # that of the newer program


def test_a_newer_library_without_a_table_reads_as_empty(filled: Path, library: Library) -> None:
    sql(filled, "DROP TABLE marks", "PRAGMA user_version = 99")
    assert library.marks() == {}
    assert library.last_session()
    assert "was written by a newer version" in str(library.problem)


def test_the_first_session_of_a_day_that_wrote_leaves_a_backup(
    filled: Path, open_library: Callable[[], Library], folder: Path
) -> None:
    reader = open_library()
    assert reader.marks()
    reader.close()
    assert names(folder / "backups") == []
    for letter in "bc":
        session = open_library()
        session.set_mark(letter, stand())
        session.close()
    (backup,) = (folder / "backups").iterdir()
    assert backup.name == f"library-{time.strftime('%Y-%m-%d')}.db"
    assert sql(backup, "SELECT letter FROM marks") == [("a",), ("b",)]


def test_the_seven_newest_backups_are_kept(
    filled: Path, open_library: Callable[[], Library], folder: Path
) -> None:
    for day in range(1, 10):
        old = folder / "backups" / f"library-2025-01-0{day}.db"
        old.touch()
        os.utime(old, (day, day))
    library = open_library()
    library.set_mark("b", stand())
    library.close()
    today = f"library-{time.strftime('%Y-%m-%d')}.db"
    assert names(folder / "backups") == [*(f"library-2025-01-0{n}.db" for n in range(4, 10)), today]


def test_a_backup_that_is_not_whole_is_not_kept(
    filled: Path, library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.set_mark("b", stand())
    counts = iter(({"marks": 2}, {"marks": 1}))
    monkeypatch.setattr(backups, "counts", lambda _: next(counts))
    library.close()
    assert names(folder / "backups") == []
