"""How the program keeps files: for the reader's eyes only, and with a care for the kind of disk."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MOUNTS = Path("/proc/self/mountinfo")

_SHARED_BETWEEN_MACHINES = re.compile(
    r"9p|a?fs|acfs|afpfs|beegfs|ceph|cifs|coda|davfs2?|drvfs|fuse\..*|gfs2?|glusterfs|gpfs|lustre"
    r"|ncpfs?|nfs\d*|ocfs2|orangefs|panfs|prl_fs|pvfs2|smb\w*|vboxsf|virtiofs|vmhgfs"
)


def private_folder(folder: Path) -> None:
    """Make `folder`, and what is missing above it, for its owner alone under any umask.

    A folder that is there keeps the permissions that the reader gave it.
    """
    if folder.is_dir():
        return
    private_folder(folder.parent)
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:  # another session was quicker
        return
    folder.chmod(0o700)


def private_file(file: Path) -> None:
    """Make an empty file for its owner alone under any umask; FileExistsError if it is there."""
    descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600)
    try:
        os.fchmod(descriptor, 0o600)
    finally:
        os.close(descriptor)


def on_network(path: Path) -> bool | None:
    """Whether `path` lies on a disk that machines share; None where the system does not say.

    Processes of one machine cannot be sure to share memory through a file on such a disk.
    """
    try:
        mounts = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return None
    kind = _kind(mounts, os.path.realpath(path))
    return bool(_SHARED_BETWEEN_MACHINES.fullmatch(kind)) if kind else None


def _kind(mounts: str, path: str) -> str:
    """The file system under `path` by the table in proc(5), "" if it is not in there."""
    longest, kind = -1, ""
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        point = before.split(" ")[4]
        if "\\" in point:
            point = re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), point)
        inside = path == point or path.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= longest:  # of two at one point, the later lies on top
            longest, kind = len(point), after.split(" ")[0]
    return kind


def free_name(path: Path) -> Path:
    """`path`, or the first of its numbered neighbours (`name-2.db`) that is not there."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_stem(f"{path.stem}-{number}")
    return free


def newest(folder: Path, pattern: str) -> list[Path]:
    """The files in `folder` that fit `pattern`, the one written last first."""
    return sorted(folder.glob(pattern), key=lambda file: file.stat().st_mtime_ns, reverse=True)


@contextmanager
def draft(target: Path) -> Iterator[Path]:
    """A private file to fill, which then becomes `target`, whole at once.

    FileExistsError if `target` is there by then: another file is never replaced. What is not
    finished leaves nothing.
    """
    path = target.with_name(f".{target.name}.{os.getpid()}")
    path.unlink(missing_ok=True)
    private_file(path)
    try:
        yield path
        try:
            os.link(path, target)
        except FileExistsError:
            raise
        except OSError as error:  # a disk that knows no links
            if target.exists():
                raise FileExistsError(target) from error
            path.rename(target)
    finally:
        path.unlink(missing_ok=True)


def put_copy(source: Path, target: Path) -> None:
    """Make `target` a private copy of `source`; FileExistsError if it is there."""
    with draft(target) as path, path.open("wb") as copy:
        copy.write(source.read_bytes())
        copy.flush()
        os.fsync(copy.fileno())
