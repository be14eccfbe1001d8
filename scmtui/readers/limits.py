"""What a process that reads a stranger's file may use, set by that process itself.

A system that lacks one of the limits does without it; the program that started the process has a
clock of its own.
"""

from __future__ import annotations

import os
import re
import resource
import select
import signal
import sys
import threading
import time
from contextlib import suppress
from math import ceil

MEMORY = 768_000_000
"""Bytes that the process may take, its libraries included."""

STILL = 15
"""Seconds without progress after which the process ends."""

SECONDS, SECONDS_A_PAGE = 60, 1
"""Seconds that a file may take: at first, and for each of its pages."""

MOST_PAGES = 2000
"""Pages, or other steps, that a file may have; a text takes less of them."""

MOST_FILES = 64
"""Files that may be open."""

OUT_OF_MEMORY = 71
"""The exit status of a process that ran out of memory."""

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_NEVER = {"socket", "subprocess", "shutil", "urllib", "http", "ftplib", "smtplib"}
_NEVER_OF_OS = re.compile(
    r"os\.(?:system|exec|fork|forkpty|posix_spawn|spawn|remove|rename|rmdir|mkdir|link|symlink"
    r"|truncate|chmod|chown|chflags|kill|killpg|setxattr|removexattr|utime)"
)


def impose() -> None:
    """Limit memory, open files and cores, and write to no file, for the rest of this process."""
    for name, most in (
        ("RLIMIT_AS", MEMORY),
        ("RLIMIT_DATA", MEMORY),
        ("RLIMIT_NOFILE", MOST_FILES),
        ("RLIMIT_CORE", 0),
        ("RLIMIT_FSIZE", 0),
    ):
        _limit(name, most)
    for ends in (signal.SIGALRM, signal.SIGPIPE, signal.SIGXCPU):
        signal.signal(ends, signal.SIG_DFL)


def _limit(name: str, most: int) -> None:
    """Set a limit where the system has it, as far as a stricter one allows."""
    if (kind := getattr(resource, name, None)) is None:
        return
    hard = resource.getrlimit(kind)[1]
    soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with suppress(OSError, ValueError):
        resource.setrlimit(kind, (soft, hard))


def seconds(pages: int) -> int:
    """Seconds that a file of so many pages may take."""
    return SECONDS + SECONDS_A_PAGE * min(pages, MOST_PAGES)


def close_doors() -> None:
    """Let nothing in this process open a connection, start a program or change a file."""
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open":
        path, _, flags = arguments
        opened = isinstance(path, int)  # what is open already may be used
        refused = not opened and isinstance(flags, int) and bool(flags & _WRITES)
    else:
        refused = bool(_NEVER_OF_OS.fullmatch(event)) or event.partition(".")[0] in _NEVER
    if refused:
        raise PermissionError(f"{event} is nothing that reading a file needs")


def wind(pages: int) -> None:
    """Begin a step of a file with so many pages, 0 if not known, and the time it may take.

    The system keeps the time, so that no library can hold it up.
    """
    signal.alarm(STILL)
    _limit("RLIMIT_CPU", min(ceil(time.process_time()) + STILL + 1, seconds(pages)))


def watch(lifeline: int) -> None:
    """End this process when the other end of the pipe is closed, or memory beyond limit is used.

    What limits memory is not there on every system, and the program that asked may be gone.
    """
    threading.Thread(target=_watch, args=(lifeline,), daemon=True).start()


def _watch(lifeline: int) -> None:
    while not select.select([lifeline], [], [], 0.25)[0]:
        if _used() > MEMORY:
            os._exit(OUT_OF_MEMORY)
    os._exit(0)


def _used() -> int:
    """Bytes of memory that this process has used at most."""
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used if sys.platform == "darwin" else used * 1024
