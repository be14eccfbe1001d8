"""What happens to a library that is damaged, or that cannot be written."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scmtui import disk
from scmtui.library import Library, Place, Session, sqlite
from scmtui.model import Address, LibraryError
from scmtui.positions import Position

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NOBODY = 65534


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
    assert f"comes back with: scmtui load '{kept}'" in str(library.problem)
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
    monkeypatch.setattr(sqlite, "SMALL", 0)  # as in a library too large to look over at once
    filled.write_bytes(filled.read_bytes()[:4096] + b"\xff" * (filled.stat().st_size - 4096))
    for letter in "bc":
        library.set_mark(letter, stand())
    assert set(library.marks()) == {"b", "c"}
    assert "is damaged" in str(library.problem)


def test_a_session_that_holds_a_fileset_aside_goes_on_in_the_new_one(
    filled: Path, open_library: Callable[[], Library]
) -> None:
    old = open_library()
    old.set_mark("b", stand())
    other = open_library()
    other._file._open()
    other._file.set_aside(sqlite.DAMAGED)
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
    second._file.set_aside(sqlite.DAMAGED)
    assert set(second.marks()) == {"b"}
    assert len(list(filled.parent.glob("library-damaged-*.db"))) == 1


def test_one_unreadable_entry_does_not_hide_the_others(filled: Path, library: Library) -> None:
    sql(
        filled,
        "INSERT INTO marks VALUES ('b', 'nowhere', '', '', '', '', 0)",
        "INSERT INTO marks VALUES ('c', '52:2.1', CAST(x'ff41' AS TEXT), '', '', '', 0)",
    )
    assert library.marks() == {
        "a": stand(),
        "c": Position(Address.parse("52:2.1"), "\ufffdA"),
    }


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
        with pytest.raises(LibraryError, match="cannot be used: permission is denied"):
            library.set_mark("b", stand())

    as_nobody(use)


def test_a_library_that_may_not_be_read_is_as_good_as_none(protected: Path) -> None:
    protected.chmod(0o000)

    def use() -> None:
        library = Library(protected.parent)
        assert library.last_session() is None
        assert "cannot be used: permission is denied" in str(library.problem)
        with pytest.raises(LibraryError, match="permission is denied"):
            library.check()

    as_nobody(use)


@pytest.mark.parametrize("refused", [os.R_OK | os.W_OK, os.W_OK])
def test_the_same_holds_within_this_process(
    filled: Path, library: Library, monkeypatch: pytest.MonkeyPatch, refused: int
) -> None:
    monkeypatch.setattr(os, "access", lambda _, mode: not mode & refused)
    assert set(library.marks()) == {"a"}
    with pytest.raises(LibraryError, match="is write-protected"):
        library.set_mark("b", stand())


def test_a_damaged_file_that_cannot_beset_aside_is_left_alone(
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
