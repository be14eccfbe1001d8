"""A file is read in a process of its own: started, listened to, and ended when it must be.

Whatever the process does, a reading ends with documents or in a sentence that says why not.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import scmtui
from scmtui import disk, language, stored, text
from scmtui.language import N_
from scmtui.model import PasswordError, ReadError
from scmtui.readers import limits
from scmtui.readers.contents import ANEW, unread

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet
    from typing import Self

    from scmtui.model import Document
    from scmtui.readers.extracted import Task

_PROGRAM = "import sys; sys.path[:] = {path!r}; from scmtui.readers import child; child.main()"
_KEPT = ("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""What of the environment the process is given: no setting of a library reaches it."""

_LONGEST = 200_000_000
"""Bytes of an answer that are listened to."""

_BATCH = 50_000
"""Characters that are looked at in one go."""

_SOON = 0.05
"""Seconds that a wish to stop may wait."""


def documents(
    data: bytes, task: Task, rules: AbstractSet[str], stop: threading.Event | None = None
) -> tuple[Document, ...]:
    """The documents in the bytes of a file, at least one, tidied by the rules that are on.

    Raises ReadError when there is none, when the process was ended, and when `stop` was set.
    """
    request = {
        "file": task.file,
        "size": len(data),
        "password": task.password,
        "rules": sorted(rules),
        "language": language.current(),
        "catalogues": str(language.catalogues()),
    }
    sent = json.dumps(request).encode("ascii") + b"\n" + data
    clock = _Clock(task.file)
    with _started(task.file) as child, _Talk(child, sent, task.file) as talk:
        try:
            for line in talk.lines():
                said = _hear(line, task.file) if line else _Said()
                if said.documents:
                    return said.documents
                if line:
                    clock.goes_on(said.total)
                    task.told(said.done, said.total)
                clock.check()
                if stop and stop.is_set():
                    raise _cancelled(task.file)
            raise _ended(child.wait(), task.file)
        finally:
            child.kill()


class _Said(NamedTuple):
    """What one line of an answer says: how far the reading is, or what came of it."""

    done: int = 0
    total: int = 0
    documents: tuple[Document, ...] = ()


def _started(file: str) -> subprocess.Popen[bytes]:
    """A process that waits for a request, with nothing of this one but its own two pipes."""
    path = [str(Path(scmtui.__file__).parents[1]), *filter(os.path.isabs, sys.path)]
    command = [sys.executable, "-I", "-S", "-B", "-X", "utf8", "-c", _PROGRAM.format(path=path)]
    try:
        return subprocess.Popen(
            command,
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env={name: os.environ[name] for name in _KEPT if name in os.environ},
            start_new_session=True,  # what is typed at the terminal is not for it
        )
    except OSError as error:
        reason = disk.reason(error)
        what = N_("No process could be started to read “{file}”: {reason}.")
        raise unread(
            what, file, N_("Close other programs and try again."), reason=reason
        ) from error


class _Clock:
    """How long a reading has taken, and for how long it has not gone on."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._began = self._last = time.monotonic()
        self._allowed = limits.seconds(0)

    def goes_on(self, pages: int) -> None:
        """A step of a file with so many pages was made."""
        self._last = time.monotonic()
        self._allowed = limits.seconds(pages)

    def check(self) -> None:
        """Raises ReadError when the time is up."""
        now = time.monotonic()
        if now - self._last > limits.STILL:
            raise _stood_still(self._file)
        if now - self._began > self._allowed:
            raise _took_long(self._file)


class _Talk:
    """What is said to the process and what it says, without waiting for either."""

    def __init__(self, child: subprocess.Popen[bytes], sent: bytes, file: str) -> None:
        assert child.stdin
        assert child.stdout
        self._file = file
        self._child, self._left = child, memoryview(sent)
        self._said: list[bytes] = []
        self._length = 0
        self._ready = selectors.DefaultSelector()
        for pipe, event in (
            (child.stdin, selectors.EVENT_WRITE),
            (child.stdout, selectors.EVENT_READ),
        ):
            os.set_blocking(pipe.fileno(), False)
            self._ready.register(pipe, event)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._ready.close()

    def lines(self) -> Iterator[bytes | None]:
        """What the process says until it ends, line by line; None when it says nothing for long."""
        while True:
            ready = [key.fileobj for key, _ in self._ready.select(_SOON)]
            if self._child.stdin in ready:
                self._send()
            chunk = self._child.stdout.read(1 << 16) if self._child.stdout in ready else None
            if chunk is None:
                yield None
            elif chunk:
                yield from self._take(chunk)
            else:
                return

    def _send(self) -> None:
        assert self._child.stdin
        try:
            self._left = self._left[os.write(self._child.stdin.fileno(), self._left[: 1 << 16]) :]
        except BrokenPipeError:
            self._left = self._left[:0]  # it has ended: how, is found out from what it said
        if not self._left:
            # The pipe stays open: that it is closed tells the process that this one has ended.
            self._ready.unregister(self._child.stdin)

    def _take(self, chunk: bytes) -> Iterator[bytes]:
        self._length += len(chunk)
        if self._length > _LONGEST:
            raise _nonsense(self._file)
        *ends, rest = chunk.split(b"\n")
        for end in ends:
            yield b"".join((*self._said, end))
            self._said.clear()
        self._said.append(rest)


def _hear(line: bytes, file: str) -> _Said:
    """What a line of an answer says. Raises the ReadError that it is, or that it is nonsense."""
    try:
        said = json.loads(line)
        if "documents" in said:
            found = tuple(map(stored.loads, said["documents"]))
            if found and _is_clean(map(json.loads, said["documents"])):
                return _Said(documents=found)
        elif "error" in said:
            error = _error(**said["error"])
        else:
            return _Said(int(said["done"]), int(said["total"]))
    except stored.DAMAGE as damage:
        raise _nonsense(file) from damage
    raise error if "error" in said else _nonsense(file)


def _is_clean(records: Iterable[object]) -> bool:
    """Whether nothing in the records could act on a terminal, whatever wrote them."""
    return all(text.clean(it).text == it for it in _batches(_strings(records)))


def _batches(strings: Iterable[str]) -> Iterator[str]:
    """The strings, many at a time but not all: what looks at them lets nobody else run."""
    batch: list[str] = []
    size = 0
    for it in strings:
        batch.append(it)
        size += len(it)
        if size > _BATCH:
            yield "\n".join(batch)
            batch, size = [], 0
    yield "\n".join(batch)


def _strings(record: object) -> Iterator[str]:
    if isinstance(record, str):
        yield record
    elif isinstance(record, Iterable):
        for it in record.values() if isinstance(record, dict) else record:
            yield from _strings(it)


def _error(kind: str, sentences: list[str], values: dict[str, str]) -> ReadError:
    """The error that the process met, to be translated here."""
    what, kept, todo = (*sentences, "", "")[:3]
    error = PasswordError if kind == PasswordError.__name__ else ReadError
    made = error(what, kept=kept, todo=todo, **values)
    if text.clean(str(made)).text != str(made):
        raise ValueError(what)
    return made


def _ended(status: int, file: str) -> ReadError:
    """The error for a process that ended without an answer, by its exit status."""
    if status == limits.OUT_OF_MEMORY:
        size = str(limits.MEMORY // 1_000_000)
        return unread(
            N_("“{file}” needs more than the {size} MB of memory that a file is given."),
            file,
            ANEW,
            size=size,
        )
    if status == -signal.SIGALRM:
        return _stood_still(file)
    if status == -signal.SIGXCPU:
        return _took_long(file)
    if status in {-signal.SIGKILL, -signal.SIGTERM, -signal.SIGHUP}:
        return unread(
            N_("Reading “{file}” was ended by the system or by somebody else."),
            file,
            N_("Close other programs and try again."),
        )
    return unread(N_("Reading “{file}” broke off: the file is damaged or made to."), file, ANEW)


def _stood_still(file: str) -> ReadError:
    still = str(limits.STILL)
    what = N_("Reading “{file}” was ended: nothing came of it for {seconds} seconds.")
    return unread(what, file, ANEW, seconds=still)


def _took_long(file: str) -> ReadError:
    return unread(
        N_("Reading “{file}” was ended: it took longer than a file of its size may."),
        file,
        N_("Divide it into smaller files."),
    )


def _nonsense(file: str) -> ReadError:
    return unread(N_("What came of reading “{file}” is not a document."), file, ANEW)


def _cancelled(file: str) -> ReadError:
    return unread(N_("Reading “{file}” was cancelled."), file)
