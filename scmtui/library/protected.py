"""How a library is read where nothing can be written, not even what SQLite keeps beside a file."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from scmtui.library.sqlite import FINAL, READ_ONLY, READ_WRITE, WAIT, connect, in_log


def unwritten(path: Path) -> sqlite3.Connection:
    """A connection to a file in a place that is write-protected."""
    try:
        return connect(path, READ_ONLY)
    except sqlite3.OperationalError:
        return _apart(path) if in_log(path) else connect(path, FINAL)


def alone(path: Path) -> sqlite3.Connection:
    """A copy in memory of the file at `path`, read without a byte beside it: of a full disk."""
    with closing(sqlite3.connect(f"{path.as_uri()}?{READ_WRITE}", uri=True, timeout=WAIT)) as it:
        it.execute("PRAGMA locking_mode = EXCLUSIVE")  # then the index of the log is in memory
        return in_memory(it)


def _apart(path: Path) -> sqlite3.Connection:
    """A copy in memory of a file, and its log, in a folder that nobody may write."""
    with TemporaryDirectory(prefix="scmtui-") as folder:
        copied = Path(folder) / path.name
        for suffix in ("", "-wal"):
            shutil.copyfile(f"{path}{suffix}", f"{copied}{suffix}")
        with closing(connect(copied, READ_WRITE)) as connection:
            return in_memory(connection)


def in_memory(connection: sqlite3.Connection) -> sqlite3.Connection:
    """A copy of a library in memory."""
    memory = sqlite3.connect(":memory:", isolation_level=None)
    memory.text_factory = partial(str, encoding="utf-8", errors="replace")
    memory.execute("PRAGMA trusted_schema = OFF")
    try:
        connection.backup(memory)
    except BaseException:
        memory.close()
        raise
    return memory
