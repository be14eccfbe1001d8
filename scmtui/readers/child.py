"""The process in which a file is read: it is given bytes and answers with documents or an error.

It is started by `process`, under limits, because a file may be made to take all memory or never
end. A request is a line of JSON and the bytes of the file; an answer is a line of JSON, and lines
before it tell of progress. It knows neither screens nor the library.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scmtui import language, stored, text
from scmtui.model import ReadError
from scmtui.readers import limits
from scmtui.readers.contents import documents
from scmtui.readers.extracted import Task

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True)
class Request:
    """A file to read: its name, what was given for it, and how many bytes of it follow."""

    file: str
    size: int
    password: str = field(default="", repr=False)
    rules: tuple[str, ...] = tuple(sorted(text.RULES))
    language: str = "en"
    catalogues: str = ""
    """The folder of the translations."""


def answer(request: Request, data: bytes, say: Callable[[Mapping[str, Any]], None]) -> None:
    """Read the bytes as the request wants it; say how far it is, and in the end what it found."""

    def told(done: int, total: int) -> None:
        limits.wind(total)
        say({"done": done, "total": total})

    language.use(request.language, Path(request.catalogues))
    try:
        found = documents(data, Task(request.file, request.password, told), set(request.rules))
    except ReadError as error:
        values = {name: str(value) for name, value in error.values.items()}
        kind = type(error).__name__
        say({"error": {"kind": kind, "sentences": error.sentences, "values": values}})
    else:
        say({"documents": [stored.dumps(it) for it in found]})


def main() -> None:
    """Read one file from standard input, and answer where standard output was."""
    answers = os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    limits.impose()
    limits.wind(0)
    limits.close_doors()
    try:
        with open(0, "rb", buffering=0, closefd=False) as pipe:
            request, data = _asked(pipe.read)
        limits.watch(0)
        with open(answers, "wb", buffering=0) as told:  # noqa: PTH123 - it is open already
            answer(request, data, lambda said: _write(told.write, said))
    except MemoryError:
        os._exit(limits.OUT_OF_MEMORY)
    os._exit(0)


def _asked(read: Callable[[int], bytes | None]) -> tuple[Request, bytes]:
    received = bytearray()
    while b"\n" not in received:
        received += read(1 << 16) or sys.exit(1)
    line, _, rest = bytes(received).partition(b"\n")
    request = Request(**json.loads(line))
    data = bytearray(rest)
    while len(data) < request.size:
        data += read(1 << 20) or sys.exit(1)
    return request, bytes(data)


def _write(write: Callable[[bytes], int], said: Mapping[str, Any]) -> None:
    left = json.dumps(said).encode("ascii") + b"\n"
    while left:
        left = left[write(left) :]
