"""What the reader asks a command for, and what the command answers."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from scmtui import frame
from scmtui.cli import terminal
from scmtui.cli.page import Page
from scmtui.disk import private_folder, reason
from scmtui.model import LibraryError, UsageError
from scmtui.settings import paths
from scmtui.shelf import Shelf
from scmtui.text import RULES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from scmtui.library import Library
    from scmtui.model import ScmError
    from scmtui.settings import Settings

NOTHING_FOUND = 1


@dataclass(frozen=True)
class Request:
    """What the reader asked a command for."""

    words: tuple[str, ...]
    options: Mapping[str, str]
    """By their names, without dashes; one that takes no value has an empty one."""
    settings: Settings

    @property
    def rules(self) -> AbstractSet[str]:
        """The tidying rules that are on."""
        return RULES - set(self.settings.tidy_off)

    @cached_property
    def library(self) -> Library | None:
        """What the reader made and added, if there is anything."""
        folder = paths().data
        with suppress(OSError):  # one that may not be looked at is told by the library
            if not folder.is_dir():
                return None
        from scmtui.library import Library

        return Library(folder)

    @property
    def kept(self) -> Library:
        """The same to write into, which makes it when it is not there."""
        if self.library is None:
            _make(paths().data)
            del self.__dict__["library"]
        library = self.library
        assert library
        return library

    @cached_property
    def shelf(self) -> Shelf:
        """The documents at hand."""
        return Shelf(self.settings.tidy_off, self.library)

    @property
    def problems(self) -> tuple[ScmError, ...]:
        """What the reader should know of the library, when the command is done with it."""
        return (self.library.problem,) if self.library and self.library.problem else ()

    def check(self) -> None:
        """Raise LibraryError when what was not found may stand in a library that is unreadable."""
        if self.library:
            self.library.check()

    def close(self) -> None:
        """Leave the library; the last screen may show what is not in it any more."""
        if self.library:
            if self.library.wrote:
                frame.keep(paths().cache, None)
            self.library.close()

    def page(self, cells: int | None = None) -> Page:
        """A page of so many cells, or for the terminal, or the pipe, that the answer goes to."""
        coloured = terminal.coloured()
        if cells:
            return Page(cells, cells, coloured=coloured)
        return Page(terminal.columns(), self.settings.width, coloured=coloured)

    def number(self, option: str, least: int, most: int) -> int | None:
        """The number that an option was given, None without it. Raises UsageError."""
        written = self.options.get(option)
        if written is None:
            return None
        if not re.fullmatch(r"\d{1,9}", written, re.ASCII) or not least <= int(written) <= most:
            raise UsageError(
                "“{option}” takes a number from {least} to {most}, not “{written}”.",
                option=f"--{option}",
                least=least,
                most=most,
                written=written,
            )
        return int(written)


def _make(folder: Path) -> None:
    """Make the folder of the library. Raises LibraryError."""
    try:
        private_folder(folder)
    except OSError as error:
        raise LibraryError(
            "The folder “{folder}” cannot be made: {reason}.",
            kept="Nothing was changed.",
            folder=folder,
            reason=reason(error),
        ) from error


class Answer(NamedTuple):
    """What a command prints, and what it says beside that."""

    text: str
    notes: tuple[str, ...] = ()
    status: int = 0
    data: bytes = b""
    """What is printed in the place of a text."""
