"""What happens when the program itself is at fault: a short report, and a log without any text."""

from __future__ import annotations

import os
import traceback
from typing import TYPE_CHECKING

from rich.text import Text

from scmtui import __version__
from scmtui.language import _
from scmtui.settings import paths

if TYPE_CHECKING:
    from pathlib import Path


class Crash(Exception):  # noqa: N818 - it is what happened, not an error of the reader's
    """An unexpected error with the sentence that the reader sees of it."""

    def __init__(self, cause: Exception, sentence: str) -> None:
        super().__init__(sentence)
        self.__cause__ = cause
        self.sentence = sentence

    def __rich__(self) -> Text:
        return Text(self.sentence)


def report(error: Exception) -> str:
    """Write what happened into the log, and return the sentence for the reader.

    The log names the lines of the program that failed. It holds no document text and no notes:
    neither local variables nor the error's own words, which may quote them.
    """
    lines = [f"scmtui {__version__}"]
    fault: BaseException | None = error
    while fault is not None:
        lines.append(type(fault).__name__)
        frames = traceback.extract_tb(fault.__traceback__)
        lines += [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        fault = fault.__cause__ or getattr(fault, "error", None)
    try:
        log = _write("\n".join(lines) + "\n")
    except OSError:
        return _("scmtui made a mistake and had to end. Your place and marks are kept.")
    said = _("scmtui made a mistake and had to end. Your place and marks are kept. Log: {file}")
    return said.format(file=log)


def _write(text: str) -> Path:
    folder = paths().state
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    log = folder / "crash.log"
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    return log
