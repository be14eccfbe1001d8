"""A library beside which nothing can be written is read, and says why no more can be done."""

from __future__ import annotations

import os
import re
import resource
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scmtui.library import Library, file, protected, sqlite
from scmtui.model import LibraryError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Forked = Callable[[Callable[[], None]], None]

NOBODY = 65534


@pytest.fixture
def forked() -> Forked:
    """`forked(action)`: do it in a process of its own, which may give up what it may do."""

    def run(action: Callable[[], None]) -> None:
        child = os.fork()
        if not child:
            status = 1
            try:
                action()
                status = 0
            finally:
                os._exit(status)
        assert os.waitpid(child, 0)[1] == 0

    return run


def killed_while_writing(path: Path) -> None:
    """Leave what a session wrote last in the log of the library, as kill -9 leaves it."""
    child = os.fork()
    if not child:
        library = Library(path.parent)
        library.set_mark("k", library.marks()["a"])
        os._exit(0)
    os.waitpid(child, 0)
    assert path.with_name(f"{path.name}-wal").stat().st_size


@pytest.fixture
def small_disk(filled: Path, tmp_path: Path) -> Iterator[Path]:
    """The library on a disk of its own of two megabytes, where one may be made."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    made = [mount or "", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
    if not mount or subprocess.run(made, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be made here")
    try:
        folder = shutil.copytree(filled.parent, disk / "scmtui")
        yield folder / filled.name
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def fill_up(folder: Path) -> Path:
    rubbish = folder / "rubbish"
    with suppress(OSError), rubbish.open("wb", buffering=0) as taken:
        while True:
            taken.write(b"x" * 512)
    return rubbish


@pytest.mark.parametrize("killed", [False, True])
def test_a_library_on_a_full_disk_is_read_and_written_once_there_is_room(
    small_disk: Path, *, killed: bool
) -> None:
    if killed:
        killed_while_writing(small_disk)
    small_disk.with_name(f"{small_disk.name}-shm").unlink(missing_ok=True)  # as after a start
    rubbish = fill_up(small_disk.parent)
    with closing(Library(small_disk.parent)) as library:
        assert set(library.marks()) == ({"a", "k"} if killed else {"a"})
        told = r"The disk is full: \d[,\d]* bytes are free in “.*”. The library is open for reading"
        assert re.match(told, str(library.problem))
        assert not library.writable
        library.check()
        with pytest.raises(LibraryError, match="The disk is full"):
            library.set_mark("b", library.marks()["a"])
        rubbish.unlink()
        library.set_mark("b", library.marks()["a"])
        assert "b" in library.marks()
    with closing(Library(small_disk.parent)) as library:
        assert "b" in library.marks()
        assert library.problem is None


def test_a_limit_on_files_is_no_full_disk(filled: Path, forked: Forked) -> None:
    def use() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        library = Library(filled.parent)
        assert set(library.marks()) == {"a"}
        assert "your share of its disk is used up" in str(library.problem)
        with pytest.raises(LibraryError, match="is open for reading only"):
            library.set_mark("b", library.marks()["a"])

    forked(use)
    with closing(Library(filled.parent)) as library:
        assert set(library.marks()) == {"a"}


def test_a_full_disk_within_this_process(
    filled: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, *modes: str) -> sqlite3.Connection:
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE
        raise error

    monkeypatch.setattr(file, "connect", refuse)
    monkeypatch.setattr(sqlite, "free_bytes", lambda _: 17)
    assert set(library.marks()) == {"a"}
    with pytest.raises(LibraryError, match="17 bytes are free"):
        library.notes.add(library.marks()["a"], "메모")
    monkeypatch.setattr(file, "connect", sqlite.connect)
    assert not library.writable  # nothing has changed on the disk
    monkeypatch.setattr(sqlite, "free_bytes", lambda _: 10**9)
    library.notes.add(library.marks()["a"], "메모")
    assert library.writable


def test_what_only_the_log_has_is_read_in_a_folder_that_is_protected(
    filled: Path, forked: Forked
) -> None:
    killed_while_writing(filled)
    above = Path(tempfile.mkdtemp())  # tmp_path is closed to other users
    folder = above / "scmtui"
    shutil.copytree(filled.parent, folder, ignore=shutil.ignore_patterns("*-shm"))
    for path in (above, folder, folder / "backups"):
        path.chmod(0o555)
    for path in folder.glob("library.db*"):
        path.chmod(0o444)

    def use() -> None:
        if os.geteuid() == 0:
            os.setuid(NOBODY)
        library = Library(folder)
        assert set(library.marks()) == {"a", "k"}
        assert "is write-protected" in str(library.problem)
        assert "no note, mark or anything else can be kept" in str(library.problem)

    forked(use)
    folder.chmod(0o755)
    shutil.rmtree(above)


def folder_there(path: Path) -> None:
    path.mkdir()


def pipe_there(path: Path) -> None:
    os.mkfifo(path)


def rubbish_there(path: Path) -> None:
    path.write_bytes(b"nothing like a library " * 1000)


@pytest.mark.parametrize(
    ("put", "told"),
    [
        (folder_there, "cannot be used: it is a folder. Nothing was changed. Move it away"),
        (pipe_there, "cannot be used: it is a device or a pipe. Nothing was changed. Move it"),
        (rubbish_there, "is not a library of this program. It was kept as"),
    ],
)
def test_what_is_no_library_is_told_and_left_as_it_is(
    folder: Path, library: Library, tmp_path: Path, put: Callable[[Path], None], told: str
) -> None:
    folder.mkdir(parents=True)
    put(folder / "library.db")
    assert library.marks() == {}
    assert library.strays() == ()
    with pytest.raises(LibraryError, match=told):
        library.check()
    if put is not rubbish_there:
        before = (folder / "library.db").stat().st_ino
        for action in (library.back_up, lambda: library.dump(tmp_path / "dump")):
            with pytest.raises(LibraryError, match=told):
                action()
        assert (folder / "library.db").stat().st_ino == before
        found = list(library.examine(tmp_path / "cache"))
        assert [it.state for it in found if told[:20] in it.told] == ["wrong"]
        assert not {"texts", "originals", "positions"} & {it.check for it in found}
        assert not any("scmtui doctor" in it.told for it in found)


def test_a_backup_is_not_blamed_for_what_is_in_its_way(filled: Path, tmp_path: Path) -> None:
    with closing(Library(filled.parent)) as library:
        backup = library.back_up(tmp_path / "backup.db")
    for path in filled.parent.glob("library.db*"):
        path.unlink()
    filled.mkdir()
    with closing(Library(filled.parent)) as library:
        with pytest.raises(LibraryError, match="it is a folder") as error:
            library.restore(backup)
        assert error.value.values["file"] == filled
        filled.rmdir()
        library.restore(backup)
        assert set(library.marks()) == {"a"}


def test_the_doctor_says_what_he_did_not_look_at(
    filled: Path, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda _, mode: not mode & os.W_OK)
    found = {f"{it.check} {it.state}": it.told for it in library.examine(tmp_path / "cache")}
    assert "is write-protected" in found["file look"]
    assert "were not looked over" in found["texts look"]
    assert found["positions ok"]


@pytest.mark.parametrize("killed", [False, True])
def test_a_protected_folder_within_this_process(
    filled: Path, library: Library, monkeypatch: pytest.MonkeyPatch, *, killed: bool
) -> None:
    def refuse(path: Path, *modes: str) -> sqlite3.Connection:
        if modes == (sqlite.READ_ONLY,):
            raise sqlite3.OperationalError("unable to open database file")
        return sqlite.connect(path, *modes)

    if killed:
        killed_while_writing(filled)
    monkeypatch.setattr(protected, "connect", refuse)
    monkeypatch.setattr(os, "access", lambda _, mode: not mode & os.W_OK)
    assert set(library.marks()) == ({"a", "k"} if killed else {"a"})
    assert not library.writable


def test_a_copy_that_cannot_be_made_is_told(
    filled: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed_while_writing(filled)

    def broken(path: Path) -> sqlite3.Connection:
        shutil.copyfile(path, path.with_name("cut.db"))
        os.truncate(path.with_name("cut.db"), 5000)
        with closing(sqlite3.connect(path.with_name("cut.db"))) as connection:
            return protected.in_memory(connection)

    monkeypatch.setattr(file, "unwritten", broken)
    monkeypatch.setattr(os, "access", lambda _, mode: not mode & os.W_OK)
    assert library.marks() == {}
    assert "is damaged" in str(library.problem)
