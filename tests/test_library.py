"""The library: it gives back what it took, to several sessions, whatever happens to its file."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scmtui import disk
from scmtui.library import MIGRATIONS, Library, Place, Session
from scmtui.library import file as file_module
from scmtui.model import Address, LibraryError
from scmtui.positions import Position

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NOBODY = 65534
LOCAL = "1 1 0:1 / / rw - ext4 disk rw\n"
NETWORK = "1 1 0:1 / / rw - nfs4 server:/ rw\n"


def stand(address: str = "52:1.1", quote: str = "양 장관은") -> Position:
    return Position(Address.parse(address), quote, "앞", "뒤")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a library on a disk of this machine, whatever disk the tests run on."""
    (tmp_path / "mounts").write_text(LOCAL)
    monkeypatch.setattr(disk, "MOUNTS", tmp_path / "mounts")
    return tmp_path / "data" / "scmtui"


@pytest.fixture
def open_library(folder: Path) -> Iterator[Callable[[], Library]]:
    """`open_library()` begins one more session with the same library."""
    opened: list[Library] = []

    def begin() -> Library:
        opened.append(Library(folder))
        return opened[-1]

    yield begin
    for library in opened:
        library.close()


@pytest.fixture
def library(open_library: Callable[[], Library]) -> Library:
    return open_library()


@pytest.fixture
def filled(folder: Path) -> Path:
    """The file of a library with a mark and a place, closed and without a backup."""
    library = Library(folder)
    library.set_mark("a", stand())
    library.keep(Session(Place(stand("57-article:2.1"), 3), {"theme": "opcon", "panes": 2}))
    library.close()
    for backup in (folder / "backups").iterdir():
        backup.unlink()
    return folder / "library.db"


def sql(file: Path, *statements: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        rows = []
        for statement in statements:
            rows = connection.execute(statement).fetchall()
        return rows


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# What it took, it gives back


def test_looking_into_a_library_that_is_not_there_makes_nothing(
    library: Library, folder: Path
) -> None:
    assert library.last_session() is None
    assert library.place("52") is None
    assert not library.places()
    assert not library.marks()
    assert library.undo() is library.redo() is None
    assert not library.changed_elsewhere()
    assert library.writable
    assert library.problem is None
    assert not folder.exists()


def test_the_next_session_finds_what_the_last_one_left(
    open_library: Callable[[], Library],
) -> None:
    session = Session(Place(stand("57-article:2.1"), -3), {"theme": "opcon", "panes": 2})
    first = open_library()
    first.keep(Session(Place(stand("52:3.1")), {"search": "전작권"}))
    first.keep(session)
    first.close()
    second = open_library()
    assert second.last_session() == session
    assert second.place("52") == Place(stand("52:3.1"))
    assert set(second.places()) == {"52", "57-article"}


def test_a_place_is_kept_for_each_document_and_the_last_one_counts(library: Library) -> None:
    library.keep(Session(Place(stand("52:3.1"))))
    library.keep(Session(Place(stand("57-article:1.1"))))
    library.keep(Session(Place(stand("52:9.2"), 4)))
    assert library.places() == {
        "52": Place(stand("52:9.2"), 4),
        "57-article": Place(stand("57-article:1.1")),
    }


def test_marks_are_set_moved_and_removed(open_library: Callable[[], Library]) -> None:
    library = open_library()
    library.set_mark("b", stand("52:2.1"))
    library.set_mark("a", stand("52:1.1"))
    library.set_mark("b", stand("57-article:3.1"))
    library.set_mark(Library.BEFORE, stand("52:7.1"))
    library.remove_mark("a")
    library.remove_mark("z")
    library.close()
    assert open_library().marks() == {"'": stand("52:7.1"), "b": stand("57-article:3.1")}


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
POSITIONS = st.builds(
    Position,
    st.builds(
        Address,
        st.sampled_from(["52", "57-article", "x-이름"]),
        st.integers(0, 99),
        st.integers(1, 9),
    ),
    TEXT,
    TEXT,
    TEXT,
)


@pytest.fixture(scope="module")
def shared_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    library = Library(tmp_path_factory.mktemp("shared"))
    yield library
    library.close()


@given(
    position=POSITIONS,
    row=st.integers(-999, 999),
    view=st.dictionaries(TEXT.filter(bool), TEXT | st.integers(-(2**63), 2**63 - 1), max_size=3),
)
def test_whatever_is_kept_comes_back_as_it_was(
    shared_library: Library, position: Position, row: int, view: dict[str, str | int]
) -> None:
    session = Session(Place(position, row), view)
    shared_library.keep(session)
    shared_library.set_mark("m", position)
    assert shared_library.last_session() == session
    assert shared_library.marks() == {"m": position}


# Undo


def test_changes_are_undone_and_made_again_in_order(library: Library) -> None:
    one, two = stand("52:1.1"), stand("52:2.1")
    library.set_mark("a", one)
    library.set_mark("a", two)
    library.remove_mark("a")
    seen = [library.marks()]
    for _ in range(3):
        change = library.undo()
        assert change
        assert (change.table, change.key) == ("marks", "a")
        seen.append(library.marks())
    assert seen == [{}, {"a": two}, {"a": one}, {}]
    assert library.undo() is None
    for expected in reversed(seen[:-1]):
        assert library.redo()
        assert library.marks() == expected
    assert library.redo() is None


def test_a_new_change_ends_what_could_be_made_again(library: Library) -> None:
    library.set_mark("a", stand())
    library.undo()
    library.set_mark("b", stand())
    assert library.redo() is None
    assert set(library.marks()) == {"b"}


def test_the_place_before_and_what_changes_nothing_are_no_steps(library: Library) -> None:
    library.set_mark("a", stand())
    library.set_mark(Library.BEFORE, stand())
    library.remove_mark("z")
    assert library.undo()
    assert set(library.marks()) == {Library.BEFORE}


def test_undo_does_not_take_back_what_another_session_wrote(
    open_library: Callable[[], Library],
) -> None:
    here, there = open_library(), open_library()
    here.set_mark("b", stand())
    here.set_mark("a", stand("52:1.1"))
    there.set_mark("a", stand("52:9.1"))
    with pytest.raises(LibraryError, match="Another session has changed this since"):
        here.undo()
    assert here.marks()["a"] == stand("52:9.1")
    assert here.undo()
    assert set(here.marks()) == {"a"}


# Several sessions at once


def test_a_session_sees_what_another_one_writes(open_library: Callable[[], Library]) -> None:
    here, there = open_library(), open_library()
    here.set_mark("a", stand("52:1.1"))
    there.set_mark("b", stand("52:2.1"))
    assert set(here.marks()) == set(there.marks()) == {"a", "b"}
    assert not here.changed_elsewhere()
    there.set_mark("c", stand())
    assert here.changed_elsewhere()
    here.set_mark("d", stand())
    assert not here.changed_elsewhere()


WRITER = """
import sys
from pathlib import Path
from scmtui.library import Library, Place, Session
from scmtui.model import Address
from scmtui.positions import Position

folder, first, count = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
library = Library(folder)
print("ready", flush=True)
sys.stdin.readline()
for number in range(first, first + count):
    position = Position(Address("52", number, 1), f"{number}")
    library.set_mark(chr(0xAC00 + number), position)
    library.keep(Session(Place(position, number)))
    print(number, flush=True)
library.close()
"""


@pytest.fixture
def writer(folder: Path) -> Iterator[Callable[[int, int], subprocess.Popen[str]]]:
    """`writer(first, count)`: another process, ready to write marks once its stdin gets a line."""
    started: list[subprocess.Popen[str]] = []

    def start(first: int, count: int) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(folder), str(first), str(count)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_two_sessions_that_write_at_once_lose_nothing(
    writer: Callable[[int, int], subprocess.Popen[str]], open_library: Callable[[], Library]
) -> None:
    both = [writer(first, 300) for first in (0, 1000)]
    for process in both:
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()
    for process in both:
        _, errors = process.communicate(timeout=120)
        assert (process.returncode, errors) == (0, "")
    numbers = {ord(letter) - 0xAC00 for letter in open_library().marks()}
    assert numbers == {*range(300), *range(1000, 1300)}


def test_of_two_sessions_that_begin_a_library_the_second_joins_the_first(
    open_library: Callable[[], Library], monkeypatch: pytest.MonkeyPatch
) -> None:
    early, late = open_library(), open_library()
    link = os.link

    def link_late(source: Path, target: Path) -> None:
        monkeypatch.setattr(os, "link", link)
        early.set_mark("a", stand())
        link(source, target)

    monkeypatch.setattr(os, "link", link_late)
    late.set_mark("b", stand())
    assert set(early.marks()) == set(late.marks()) == {"a", "b"}


@pytest.mark.parametrize("seed", range(4))
def test_what_was_reported_as_written_outlives_a_killed_process(
    writer: Callable[[int, int], subprocess.Popen[str]],
    open_library: Callable[[], Library],
    folder: Path,
    seed: int,
) -> None:
    process = writer(0, 100_000)
    assert process.stdin
    assert process.stdout
    process.stdin.write("\n")
    process.stdin.flush()
    time.sleep(random.Random(seed).uniform(0.05, 0.4))
    process.send_signal(signal.SIGKILL)
    written = [int(line) for line in process.stdout.read().splitlines() if line]
    library = open_library()
    kept = {ord(letter) - 0xAC00 for letter in library.marks()}
    assert kept >= set(written[:-1])  # the last line may have been cut short
    assert library.problem is None
    assert written
    session = library.last_session()
    assert session
    assert session.place.row >= written[-2 if len(written) > 1 else -1]
    assert sql(folder / "library.db", "PRAGMA integrity_check") == [("ok",)]


def test_a_session_waits_its_turn_and_says_when_it_came_to_nothing(
    filled: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_module, "WAIT", 0.1)
    with closing(sqlite3.connect(filled, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LibraryError, match=r"writing into the library for 0\.1 seconds"):
            library.set_mark("b", stand())
        other.execute("ROLLBACK")
    library.set_mark("b", stand())
    assert set(library.marks()) == {"a", "b"}


# How it is kept


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
    assert sql(file, "PRAGMA application_id") == [(file_module.APPLICATION,)]
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


# Versions


NEXT = (*MIGRATIONS, ("ALTER TABLE marks ADD COLUMN colour TEXT NOT NULL DEFAULT ''",))


def newer(folder: Path) -> file_module.LibraryFile:
    return file_module.LibraryFile(folder, NEXT)


def test_an_older_library_is_brought_up_to_date_after_a_backup(filled: Path, folder: Path) -> None:
    file = newer(folder)
    assert file.read("SELECT letter, colour FROM marks") == [("a", "")]
    file.close()
    (backup,) = (folder / "backups").iterdir()
    assert backup.name.endswith("-version-1.db")
    assert sql(backup, "PRAGMA user_version") == [(1,)]
    assert sql(backup, "SELECT letter FROM marks") == [("a",)]


def test_a_step_that_fails_leaves_the_old_version(filled: Path, folder: Path) -> None:
    broken = file_module.LibraryFile(
        folder, (*MIGRATIONS, ("CREATE TABLE new (x)", "CREATE TABLE marks (x)"))
    )
    assert broken.read("SELECT * FROM marks") == []
    assert "already exists" in str(broken.problem)
    broken.close()
    assert sql(filled, "PRAGMA user_version") == [(1,)]
    assert sql(filled, "SELECT name FROM sqlite_master WHERE name = 'new'") == []


def test_two_sessions_that_update_at_once_do_it_once(filled: Path, folder: Path) -> None:
    late = newer(folder)
    with closing(sqlite3.connect(filled, isolation_level=None)) as connection:
        early = newer(folder)
        early.read("SELECT 1")
        late._migrate(connection, 1)
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


# Backups


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
    monkeypatch.setattr(file_module, "_counts", lambda _: next(counts))
    library.close()
    assert names(folder / "backups") == []


# Damage


def cut(raw: bytes) -> bytes:
    return raw[:-1000]


def cut_page(raw: bytes) -> bytes:
    return raw[:-4096]


def no_database(raw: bytes) -> bytes:
    return b"This is a letter to the editor. " * 200


def zeroed(page: int) -> Callable[[bytes], bytes]:
    def zero(raw: bytes) -> bytes:
        return raw[: page * 4096] + bytes(4096) + raw[(page + 1) * 4096 :]

    zero.__name__ = f"zeroed page {page}"
    return zero


@pytest.mark.parametrize(
    "harm", [cut, cut_page, no_database, *map(zeroed, range(4))], ids=lambda harm: harm.__name__
)
def test_a_damaged_file_is_kept_beside_and_the_reader_is_told(
    filled: Path, open_library: Callable[[], Library], harm: Callable[[bytes], bytes]
) -> None:
    filled.write_bytes(harmed := harm(filled.read_bytes()))
    library = open_library()
    assert library.last_session() is None
    assert library.marks() == {}
    (kept,) = filled.parent.glob("library-damaged-*.db")
    assert kept.read_bytes() == harmed
    assert kept.name in str(library.problem)
    assert "a new library was begun" in str(library.problem)
    library.set_mark("b", stand())
    library.close()
    again = open_library()
    assert set(again.marks()) == {"b"}
    assert again.problem is None


def test_the_newest_whole_backup_takes_the_place_of_a_damaged_file(
    filled: Path, open_library: Callable[[], Library], folder: Path
) -> None:
    first = open_library()
    first.set_mark("b", stand())
    first.close()
    (good,) = (folder / "backups").iterdir()
    for name in ("library-2025-01-01.db", "library-2025-01-02.db"):
        (folder / "backups" / name).write_bytes(cut(good.read_bytes()))
    filled.write_bytes(cut(filled.read_bytes()))
    library = open_library()
    assert set(library.marks()) == {"a", "b"}
    assert f"the backup “{good.name}” took its place" in str(library.problem)
    assert filled.stat().st_mode & 0o777 == 0o600
    assert sql(good, "SELECT count(*) FROM marks") == [(2,)]


def test_a_database_of_another_program_is_kept_beside(library: Library, folder: Path) -> None:
    disk.private_folder(folder)
    sql(folder / "library.db", "CREATE TABLE bookmarks (url)", "PRAGMA application_id = 7")
    assert library.marks() == {}
    assert "is not a library of this program" in str(library.problem)
    (kept,) = folder.glob("library-damaged-*.db")
    assert sql(kept, "SELECT name FROM sqlite_master") == [("bookmarks",)]


def test_damage_found_while_writing_loses_nothing_that_is_written(
    filled: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_module, "SMALL", 0)  # as in a library too large to look over at once
    filled.write_bytes(filled.read_bytes()[:4096] + b"\xff" * (filled.stat().st_size - 4096))
    for letter in "bc":
        library.set_mark(letter, stand())
    assert set(library.marks()) == {"b", "c"}
    assert "is damaged" in str(library.problem)


def test_a_session_that_holds_a_file_set_aside_goes_on_in_the_new_one(
    filled: Path, open_library: Callable[[], Library]
) -> None:
    old = open_library()
    old.set_mark("b", stand())
    other = open_library()
    other._file._open()
    other._file._set_aside(file_module.DAMAGED)
    other.set_mark("c", stand())
    old.set_mark("d", stand())
    old.close()
    assert set(other.marks()) == {"c", "d"}
    other.close()
    (kept,) = filled.parent.glob("library-damaged-*.db")
    assert sql(kept, "SELECT letter FROM marks") == [("a",), ("b",)]
    assert set(open_library().marks()) == {"c", "d"}


def test_two_sessions_that_find_the_damage_set_it_aside_once(
    filled: Path, open_library: Callable[[], Library]
) -> None:
    first, second = open_library(), open_library()
    second._file._inode = filled.stat().st_ino
    filled.write_bytes(cut(filled.read_bytes()))
    assert first.marks() == {}
    first.set_mark("b", stand())
    second._file._set_aside(file_module.DAMAGED)
    assert set(second.marks()) == {"b"}
    assert len(list(filled.parent.glob("library-damaged-*.db"))) == 1


def test_one_unreadable_entry_does_not_hide_the_others(filled: Path, library: Library) -> None:
    sql(
        filled,
        "INSERT INTO marks VALUES ('b', 'nowhere', '', '', '', '')",
        "INSERT INTO marks VALUES ('c', '52:2.1', CAST(x'ff41' AS TEXT), '', '', '')",
    )
    assert library.marks() == {
        "a": stand(),
        "c": Position(Address.parse("52:2.1"), "\ufffdA"),
    }


# Where nothing can be written


def as_nobody(action: Callable[[], None]) -> None:
    """Run `action` in a child process as a user whom permissions bind, which root is not."""
    child = os.fork()
    if not child:
        status = 1
        try:
            if os.geteuid() == 0:
                os.setuid(NOBODY)
            action()
            status = 0
        finally:
            os._exit(status)
    assert os.waitpid(child, 0)[1] == 0


@pytest.fixture
def protected(filled: Path) -> Iterator[Path]:
    """A copy of the library in a folder that everybody may read and nobody may write."""
    above = Path(tempfile.mkdtemp())  # tmp_path is closed to other users
    folder = above / "scmtui"
    shutil.copytree(filled.parent, folder)
    above.chmod(0o755)
    (folder / filled.name).chmod(0o444)
    folder.chmod(0o555)
    yield folder / filled.name
    folder.chmod(0o755)
    shutil.rmtree(above)


def test_a_write_protected_library_is_read_and_says_so(protected: Path) -> None:
    before = protected.read_bytes()

    def use() -> None:
        library = Library(protected.parent)
        assert library.marks() == {"a": stand()}
        session = library.last_session()
        assert session
        assert session.view == {"theme": "opcon", "panes": 2}
        assert not library.writable
        assert "is write-protected" in str(library.problem)
        library.keep(Session(Place(stand())))
        with pytest.raises(LibraryError, match="is write-protected"):
            library.set_mark("b", stand())
        library.close()

    as_nobody(use)
    assert protected.read_bytes() == before
    assert names(protected.parent) == ["backups", "library.db"]


def test_a_damaged_library_in_a_write_protected_folder_is_left_alone(protected: Path) -> None:
    protected.chmod(0o644)
    protected.write_bytes(cut(protected.read_bytes()))
    before = protected.read_bytes()

    def use() -> None:
        library = Library(protected.parent)
        assert library.marks() == {}
        assert "is damaged. Nothing in it was changed" in str(library.problem)
        assert library.marks() == {}
        assert not library.writable
        with pytest.raises(LibraryError, match="is damaged"):
            library.set_mark("b", stand())

    as_nobody(use)
    assert protected.read_bytes() == before
    assert names(protected.parent) == ["backups", "library.db"]


def test_a_home_that_cannot_be_written_says_so_when_something_is_to_be_kept(
    protected: Path,
) -> None:
    def use() -> None:
        library = Library(protected.parent / "deeper" / "scmtui")
        assert library.last_session() is None
        assert library.problem is None
        with pytest.raises(LibraryError, match="cannot be used: Permission denied"):
            library.set_mark("b", stand())

    as_nobody(use)


def test_a_library_that_may_not_be_read_is_as_good_as_none(protected: Path) -> None:
    protected.chmod(0o000)

    def use() -> None:
        library = Library(protected.parent)
        assert library.last_session() is None
        assert "cannot be used: unable to open database file" in str(library.problem)

    as_nobody(use)


@pytest.mark.parametrize("refused", [os.R_OK | os.W_OK, os.W_OK])
def test_the_same_holds_within_this_process(
    filled: Path, library: Library, monkeypatch: pytest.MonkeyPatch, refused: int
) -> None:
    monkeypatch.setattr(os, "access", lambda _, mode: not mode & refused)
    assert set(library.marks()) == {"a"}
    with pytest.raises(LibraryError, match="is write-protected"):
        library.set_mark("b", stand())


def test_a_damaged_file_that_cannot_be_set_aside_is_left_alone(
    filled: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled.write_bytes(harmed := cut(filled.read_bytes()))
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert library.marks() == library.marks() == {}
    with pytest.raises(LibraryError, match=r"is damaged\. Nothing in it was changed"):
        library.set_mark("b", stand())
    assert filled.read_bytes() == harmed
    assert not list(filled.parent.glob("*damaged*"))


def test_a_full_disk_says_how_much_is_free_and_changes_nothing(
    filled: Path, library: Library
) -> None:
    library._file.read("PRAGMA max_page_count = 1")  # SQLite raises it to the pages that are there
    with pytest.raises(LibraryError, match=r"The disk is full: [\d,]+ bytes are free in") as full:
        library.set_mark("b", stand(quote="긴 글" * 2000))
    assert str(filled.parent) in str(full.value)
    assert library.marks()["a"] == stand()
    library._file.read("PRAGMA max_page_count = 100000")
    library.set_mark("z", stand())
    assert "z" in library.marks()


def test_a_full_disk_at_the_first_byte_says_the_same(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(file: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(disk, "private_file", full)
    with pytest.raises(LibraryError, match="The disk is full"):
        library.set_mark("a", stand())
