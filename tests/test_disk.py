"""Files for the reader's eyes only, whole or not at all, and the kinds of disk."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scmtui import disk

if TYPE_CHECKING:
    from collections.abc import Iterator

MOUNTS = """\
22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard
30 27 0:40 / /home rw shared:1 - nfs4 server:/home rw,vers=4.2
31 30 0:41 / /home/kim/local\\040disk rw,relatime - btrfs /dev/vdb rw
32 27 0:42 / /mnt/c rw,noatime - 9p C:\\134 rw
33 27 0:43 / /media/usb rw - fuseblk /dev/sdb1 rw
34 27 0:44 / /media/cloud rw - fuse.rclone remote: rw
35 27 0:45 / /work rw - cifs //server/work rw
36 27 0:46 / /work rw - xfs /dev/vdc rw
"""


@pytest.fixture
def any_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077, 0o277, 0o777])
def test_folders_and_files_are_for_their_owner_alone_under_any_umask(
    tmp_path: Path, any_umask: None, umask: int
) -> None:
    os.umask(umask)
    folder = tmp_path / "new" / "scmtui"
    disk.private_folder(folder)
    disk.private_file(folder / "library.db")
    assert mode(tmp_path / "new") == mode(folder) == 0o700
    assert mode(folder / "library.db") == 0o600
    with pytest.raises(FileExistsError):
        disk.private_file(folder / "library.db")


def test_a_folder_that_is_there_keeps_its_permissions(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared").chmod(0o755)
    disk.private_folder(tmp_path / "shared")
    assert mode(tmp_path / "shared") == 0o755


def test_a_folder_that_another_session_makes_first_is_no_trouble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "is_dir", lambda path: path == tmp_path)
    (tmp_path / "scmtui").mkdir()
    disk.private_folder(tmp_path / "scmtui")


def test_a_file_where_the_folder_should_be_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "scmtui").touch()
    with pytest.raises(OSError, match="scmtui"):
        disk.private_file(tmp_path / "scmtui" / "library.db")


@pytest.mark.parametrize(
    ("path", "shared"),
    [
        ("/root/data", False),
        ("/home/kim/data", True),
        ("/home/kim/local disk/data", False),
        ("/homework/data", False),
        ("/home", True),
        ("/mnt/c/Users/kim", True),
        ("/media/usb/data", False),
        ("/media/cloud/data", True),
        ("/work/data", False),
    ],
)
def test_the_longest_mount_point_tells_whether_machines_share_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, shared: bool
) -> None:
    table = tmp_path / "mountinfo"
    table.write_text(MOUNTS, encoding="utf-8")
    monkeypatch.setattr(disk, "MOUNTS", table)
    monkeypatch.setattr(os.path, "realpath", str)
    assert disk.on_network(Path(path)) is shared


def test_a_link_is_followed_to_its_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "near").symlink_to(tmp_path / "far")
    table = tmp_path / "mountinfo"
    table.write_text(f"1 1 0:1 / / rw - ext4 a rw\n2 1 0:2 / {tmp_path}/far rw - nfs b rw\n")
    monkeypatch.setattr(disk, "MOUNTS", table)
    assert disk.on_network(tmp_path / "near" / "library.db") is True
    assert disk.on_network(tmp_path / "library.db") is False


def test_where_the_system_does_not_say_nothing_is_claimed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "MOUNTS", tmp_path / "none")
    assert disk.on_network(tmp_path) is None
    (tmp_path / "empty").touch()
    monkeypatch.setattr(disk, "MOUNTS", tmp_path / "empty")
    assert disk.on_network(tmp_path) is None


def test_a_free_name_is_the_first_that_nobody_has(tmp_path: Path) -> None:
    wanted = tmp_path / "kept.db"
    assert disk.free_name(wanted) == wanted
    wanted.touch()
    (tmp_path / "kept-2.db").touch()
    assert disk.free_name(wanted) == tmp_path / "kept-3.db"


def test_the_newest_file_comes_first(tmp_path: Path) -> None:
    for name, age in (("a.db", 30), ("b.db", 10), ("c.db", 20), ("d.txt", 0)):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (1_000_000 - age, 1_000_000 - age))
    assert [file.name for file in disk.newest(tmp_path, "*.db")] == ["b.db", "c.db", "a.db"]
    assert disk.newest(tmp_path / "none", "*.db") == []


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.fixture(params=["links", "no links"])
def any_disk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that knows hard links, and one that does not."""

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    if request.param == "no links":
        monkeypatch.setattr(os, "link", refuse)


def test_a_draft_takes_its_place_when_it_is_finished(tmp_path: Path, any_disk: None) -> None:
    with disk.draft(tmp_path / "target") as path:
        path.write_bytes(b"whole")
        assert mode(path) == 0o600
        assert "target" not in files(tmp_path)
    assert files(tmp_path) == {"target": b"whole"}
    assert mode(tmp_path / "target") == 0o600


def test_a_draft_never_takes_the_place_of_another_file(tmp_path: Path, any_disk: None) -> None:
    def write_late() -> None:
        with disk.draft(tmp_path / "target") as path:
            path.write_bytes(b"late")
            (tmp_path / "target").write_bytes(b"early")

    with pytest.raises(FileExistsError):
        write_late()
    assert files(tmp_path) == {"target": b"early"}


def test_a_draft_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def write_half() -> None:
        with disk.draft(tmp_path / "target") as path:
            path.write_bytes(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_half()
    assert files(tmp_path) == {}


def test_a_draft_left_by_a_killed_session_is_no_trouble(tmp_path: Path) -> None:
    with disk.draft(tmp_path / "target") as path:
        name = path.name
    (tmp_path / name).write_bytes(b"left")
    (tmp_path / "target").unlink()
    with disk.draft(tmp_path / "target") as path:
        assert path.read_bytes() == b""
    assert files(tmp_path) == {"target": b""}


@pytest.mark.parametrize("kind", ["ext4", "nfs4"])
def test_what_killed_sessions_left_is_told_from_what_is_being_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(disk, "MOUNTS", tmp_path / "mounts")
    (tmp_path / "mounts").write_text(f"1 1 0:1 / / rw - {kind} disk rw\n")
    (folder := tmp_path / "folder").mkdir()
    living, dead, older = (
        folder / f".a.db.{name}" for name in (os.getpid(), 10**9, "999999999-wal")
    )
    for path in (living, dead, older, folder / ".profile", folder / "a.db.999999999"):
        path.touch()
    os.utime(older, (1, 1))
    if kind == "ext4":
        assert set(disk.drafts(folder)) == {dead, older}
    else:
        assert disk.drafts(folder) == [older]


def test_a_process_of_somebody_else_is_alive(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(process: int, signal: int) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "kill", refuse)
    assert disk._alive(1)


def test_a_copy_is_whole_and_private(tmp_path: Path) -> None:
    (tmp_path / "source").write_bytes(b"whole" * 10_000)
    disk.put_copy(tmp_path / "source", tmp_path / "target")
    assert files(tmp_path)["target"] == b"whole" * 10_000
    assert mode(tmp_path / "target") == 0o600
