"""How the program keeps files: for the reader's eyes only, and with a care for the kind of disk."""

from __future__ import annotations

import errno
import os
import re
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from scmtui.language import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY = 86_400
"""Seconds."""
MOUNTS = Path("/proc/self/mountinfo")

_DRAFT = re.compile(r"\..+\.(\d+)(?:-journal|-wal|-shm)?")

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


def free_bytes(folder: Path) -> int:
    """The bytes that are free for the reader on the disk of `folder`."""
    disk = os.statvfs(folder)
    return disk.f_frsize * disk.f_bavail


_REASONS = {
    errno.EACCES: N_("permission is denied"),
    errno.EPERM: N_("permission is denied"),
    errno.EROFS: N_("the disk is read-only"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EDQUOT: N_("your share of the disk is used up"),
    errno.EFBIG: N_("the file would be larger than is allowed"),
    errno.ENOENT: N_("it is not there"),
    errno.EEXIST: N_("it is there already"),
    errno.ENOTDIR: N_("a part of the path is not a folder"),
    errno.EISDIR: N_("it is a folder"),
    errno.EIO: N_("the disk reports an error"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.EMFILE: N_("too many files are open"),
    errno.EBUSY: N_("it is in use"),
    errno.ELOOP: N_("its links lead in a circle"),
    errno.ESTALE: N_("the connection to its disk was lost"),
}


def reason(error: OSError) -> str:
    """What the system reports, as half a sentence in the reader's language where it is known."""
    known = _REASONS.get(error.errno or 0)
    return _(known) if known else error.strerror or str(error)


def is_there(path: Path, *, folder: bool = False) -> bool:
    """Whether there is a file, or a folder, at a path that may be none or may not be looked at."""
    try:
        return path.is_dir() if folder else path.is_file()
    except (OSError, ValueError):
        return False


def fingerprint(data: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal."""
    from hashlib import sha256  # takes milliseconds that a start need not wait for

    return sha256(data).hexdigest()


def free_name(path: Path) -> Path:
    """`path`, or the first of its numbered neighbours (`name-2.db`) that is not there."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_stem(f"{path.stem}-{number}")
    return free


def newest(folder: Path, pattern: str) -> list[Path]:
    """The files in `folder` that fit `pattern`, the one written last first."""
    found = []
    for file in folder.glob(pattern) if is_there(folder, folder=True) else ():
        with suppress(OSError):  # another session was quicker
            found.append((file.stat().st_mtime_ns, file))
    return [file for _, file in sorted(found, reverse=True)]


def drafts(folder: Path) -> list[Path]:
    """What sessions that were killed left in `folder` of the files that they were writing.

    On a disk that machines share, the writer may live on another one: only what is a day old is
    taken for left there.
    """
    here = on_network(folder) is False
    found = []
    for path in sorted(folder.glob(".*")) if is_there(folder, folder=True) else ():
        if (writer := _DRAFT.fullmatch(path.name)) and not (here and _alive(int(writer[1]))):
            with suppress(FileNotFoundError):
                if here or time.time() - path.stat().st_mtime > DAY:
                    found.append(path)
    return found


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:  # it belongs to somebody else
        return True
    return True


@contextmanager
def scratch(target: Path) -> Iterator[Path]:
    """A private file beside `target` for as long as it is needed, empty at first."""
    path = target.with_name(f".{target.name}.{os.getpid()}")
    _forget(path)  # of one that was killed under this number
    private_file(path)
    try:
        yield path
    finally:
        _forget(path)


def _forget(path: Path) -> None:
    for beside in ("", "-journal", "-wal", "-shm"):
        path.with_name(path.name + beside).unlink(missing_ok=True)


@contextmanager
def draft(target: Path) -> Iterator[Path]:
    """A private file to fill, which then becomes `target`, whole at once.

    FileExistsError if `target` is there by then: another file is never replaced. What is not
    finished leaves nothing.
    """
    with scratch(target) as path:
        yield path
        try:
            os.link(path, target)
        except FileExistsError:
            raise
        except OSError as error:  # a disk that knows no links
            if target.exists():
                raise FileExistsError(target) from error
            path.rename(target)


def put_copy(source: Path, target: Path) -> None:
    """Make `target` a private copy of `source`; FileExistsError if it is there."""
    with draft(target) as path:
        fill(path, source)


def fill(path: Path, source: Path) -> None:
    """Put what is in `source` into the private file at `path`, down to the disk."""
    with source.open("rb") as original, path.open("wb") as copy:
        while piece := original.read(1 << 20):
            copy.write(piece)
        copy.flush()
        os.fsync(copy.fileno())
