"""Backups: made when they are asked for, and gone back to as a whole."""

from __future__ import annotations

import resource
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from scmtui.library import Library, backups, sqlite
from scmtui.model import Address, LibraryError
from scmtui.positions import Position

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scmtui.model import Document


def stand(address: str = "52:1.1") -> Position:
    return Position(Address.parse(address), "양 장관은", "앞", "뒤")


def sql(file: Path, *statements: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        rows = []
        for statement in statements:
            rows = connection.execute(statement).fetchall()
        return rows


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_backup_is_whole_private_and_among_the_others(library: Library, folder: Path) -> None:
    library.set_mark("a", stand())
    made = library.back_up()
    assert made.parent == folder / "backups"
    assert made.stat().st_mode & 0o777 == 0o600
    assert sql(made, "SELECT letter FROM marks") == [("a",)]
    again = library.back_up()
    assert again != made
    assert {it.path for it in library.backups()} == {made, again}


def test_a_backup_may_go_anywhere_but_on_another_file(library: Library, tmp_path: Path) -> None:
    library.set_mark("a", stand())
    assert library.back_up(tmp_path / "mine.db") == tmp_path / "mine.db"
    (tmp_path / "letter").write_text("mine")
    with pytest.raises(LibraryError, match="letter” is there already"):
        library.back_up(tmp_path / "letter")
    assert (tmp_path / "letter").read_text() == "mine"
    with pytest.raises(LibraryError, match="cannot be used: it is not there"):
        library.back_up(tmp_path / "nowhere" / "b.db")
    assert "." not in {name[0] for name in names(tmp_path)}


def test_without_a_library_there_is_nothing_to_back_up(library: Library, folder: Path) -> None:
    with pytest.raises(LibraryError, match="There is no library yet"):
        library.back_up()
    assert not folder.exists()
    assert library.backups() == ()


def test_those_that_the_reader_made_are_never_thrown_away(library: Library) -> None:
    library.set_mark("a", stand())
    made = [library.back_up() for _ in range(9)]
    first = made[0]
    for _ in range(9):
        library.restore(first)
    library.close()
    kinds = [it.path.name.rpartition("-20")[0] for it in library.backups()]
    assert kinds.count("by-hand") == 9
    assert kinds.count("before-restore") == backups.KEPT


def test_everything_is_as_in_the_backup_and_the_present_is_kept(
    open_library: Callable[[], Library], make_document: Callable[..., Document]
) -> None:
    library, there = open_library(), open_library()
    library.add(make_document(2, "44"), b"one")
    backup = library.back_up()
    library.remove("44")
    library.notes.add(stand(), "später")
    assert there.facts() == ()
    kept = library.restore(backup)
    assert kept
    for it in (library, there, open_library()):
        assert [facts.id for facts in it.facts()] == ["44"]
        assert it.original("44") == b"one"
        assert it.notes.all() == ()
    assert library.undo() is None
    assert sql(kept, "SELECT text FROM notes") == [("später",)]
    assert there.notes.add(stand(), "weiter")
    assert [it.text for it in library.notes.all()] == ["weiter"]
    there.restore(kept)
    assert [it.text for it in library.notes.all()] == ["später"]
    assert library.facts() == ()


def test_a_backup_makes_a_library_where_there_is_none(library: Library, tmp_path: Path) -> None:
    library.set_mark("a", stand())
    backup = library.back_up(tmp_path / "mine.db")
    with closing(Library(tmp_path / "new" / "home")) as new:
        assert new.restore(backup) is None
        assert set(new.marks()) == {"a"}
    assert (tmp_path / "new" / "home" / "library.db").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (lambda raw: raw[:-1000], "is damaged"),
        (lambda raw: raw[:4096] + bytes(4096) + raw[8192:], "is damaged"),
        (lambda raw: b"Dear editor, " * 999, "is not a library of this program"),
        (lambda raw: b"", "is not a library of this program"),
    ],
)
def test_a_damaged_backup_changes_nothing(
    library: Library, folder: Path, harm: Callable[[bytes], bytes], told: str
) -> None:
    library.set_mark("a", stand())
    backup = library.back_up()
    backup.write_bytes(harm(backup.read_bytes()))
    with pytest.raises(LibraryError, match=told):
        library.restore(backup)
    assert set(library.marks()) == {"a"}
    assert names(folder / "backups") == [backup.name]


def test_a_session_that_writes_is_waited_for_and_not_overrun(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.set_mark("a", stand())
    backup = library.back_up()
    library.set_mark("b", stand())
    monkeypatch.setattr(backups, "WAIT", 0.1)
    monkeypatch.setattr(sqlite, "WAIT", 0.1)
    library._file._shut()
    with closing(sqlite3.connect(folder / "library.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LibraryError, match="Another session has been writing"):
            library.restore(backup)
        other.execute("ROLLBACK")
    assert set(library.marks()) == {"a", "b"}
    library.restore(backup)
    assert set(library.marks()) == {"a"}


def test_a_damaged_library_is_put_aside_for_a_backup(
    filled: Path, open_library: Callable[[], Library], tmp_path: Path
) -> None:
    first = open_library()
    backup = first.back_up(tmp_path / "mine.db")
    first.close()
    filled.write_bytes(harmed := b"no library " * 1000)
    library = open_library()
    library.restore(backup)
    assert set(library.marks()) == {"a"}
    (kept,) = filled.parent.glob("library-damaged-*.db")
    assert kept.read_bytes() == harmed


def test_a_library_in_use_can_be_taken_over(library: Library, tmp_path: Path) -> None:
    with closing(Library(tmp_path / "there")) as there:
        there.set_mark("z", stand())
        assert (tmp_path / "there" / "library.db-wal").stat().st_size
        library.restore(tmp_path / "there" / "library.db")
        assert set(library.marks()) == {"z"}


def test_what_was_before_a_restoration_is_the_last_to_take_the_place_of_a_damaged_file(
    filled: Path, open_library: Callable[[], Library]
) -> None:
    library = open_library()
    backup = library.back_up()
    library.set_mark("unwanted", stand())
    library.restore(backup)
    library.close()
    filled.write_bytes(b"damaged " * 999)
    assert set(open_library().marks()) == {"a"}
    for path in (filled.parent / "backups").iterdir():
        if not path.name.startswith("before-restore"):
            path.unlink()
    filled.write_bytes(b"damaged " * 999)
    assert set(open_library().marks()) == {"a", "unwanted"}


LIMITED = """
import resource, sys
from pathlib import Path
from scmtui.library import Library
from scmtui.model import Address, LibraryError
from scmtui.positions import Position

library = Library(Path(sys.argv[1]))
library.set_mark("a", Position(Address("52", 1), "kept"))
size = max(path.stat().st_size for path in Path(sys.argv[1]).iterdir() if path.is_file())
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 20_000, size + 20_000))
steps = {
    "note": lambda: library.notes.add(Position(Address("52", 1)), "long " * 40_000),
    "backup": library.back_up,
    "dump": lambda: library.dump(Path(sys.argv[1], "dump")),
    "restore": lambda: library.restore(Path(sys.argv[2])),
}
for name, step in steps.items():
    try:
        step()
        print(name, "done")
    except LibraryError as error:
        print(name, str(error))
print(sorted(library.marks()), len(library.notes.all()))
"""


def test_where_no_more_can_be_written_it_says_so_and_nothing_is_lost(
    folder: Path, tmp_path: Path
) -> None:
    with closing(Library(tmp_path / "large")) as large:
        large.notes.add(stand(), "long " * 90_000)
        backup = large.back_up(tmp_path / "large.db")
    assert backup.stat().st_size < resource.RLIM_INFINITY & (1 << 62)
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(folder), str(backup)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    told = dict(line.split(" ", 1) for line in done.stdout.splitlines())
    assert "cannot be used: the disk reports an error" in told["note"]
    assert "cannot be used: " in told["restore"]
    assert "allowed" in told["restore"]
    assert done.stdout.endswith("['a'] 0\n")
    assert done.stderr == ""
    with closing(Library(folder)) as library:
        assert set(library.marks()) == {"a"}
        assert library.problem is None
    assert not [name for name in names(folder) if name.startswith(".")]
