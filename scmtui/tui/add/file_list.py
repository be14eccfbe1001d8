"""A folder as a list: folders and files with a mark, size and day; a name narrows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding
from textual.message import Message
from textual.reactive import var

from scmtui.files import Entry, size_in_words
from scmtui.language import N_, _
from scmtui.text import clean, cut, fold, pad, width
from scmtui.tui.rows import RowList
from scmtui.tui.shown import highlighted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from textual.binding import BindingType

    from scmtui.tui.rows import Piece

    Spans = tuple[tuple[int, int], ...]

DATE, SIZE = 12, 9
"""Cells for the day of the last change, and for the size."""
WIDE = 50
"""Cells from which on there is room for both."""
AT_ONCE = 1000
"""Names among which one is found before the next key; of more, in a thread."""


def named(name: str, cells: int) -> str:
    """A file's name in so many cells: its beginning and its end, which says what it is."""
    if width(name) <= cells:
        return pad(name, cells)
    stem, dot, suffix = name.rpartition(".")
    end = f"{stem[-4:]}{dot}{suffix}"
    if not dot or width(end) * 2 > cells:
        return pad(name, cells)
    return pad(cut(stem, cells - width(end)) + end, cells)


class FileList(RowList):
    """Folders and files: a mark, the name, the size, the day."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "mark", N_("Mark this file"), id="files.mark", tooltip=N_("mark")),
        Binding(
            "a",
            "mark_all",
            N_("Mark all that are listed, or none"),
            id="files.mark-all",
            tooltip=N_("all"),
        ),
        Binding(
            "h,left,backspace", "above", N_("The folder above"), id="files.above", tooltip=N_("up")
        ),
        Binding("l,right", "into", N_("Into this folder"), id="files.into", show=False),
        Binding("r", "read", N_("Read what is marked"), id="files.read", tooltip=N_("read")),
        Binding(
            "f",
            "everything",
            N_("All files, or only those that can be read"),
            id="files.all",
            tooltip=N_("all files"),
        ),
        Binding(
            "full_stop", "hidden", N_("Hidden files too, or not"), id="files.hidden", show=False
        ),
    ]

    entries: var[tuple[Entry, ...]] = var((), init=False)
    """What the folder holds."""
    below: var[tuple[Entry, ...]] = var((), init=False)
    """The files in the folders below, once they are known: a name is looked for there too."""
    wanted: var[str] = var("", init=False)
    """What is typed of a name."""
    everything: var[bool] = var(False, init=False)
    """Whether files are listed that do not look as if they could be read."""
    hidden: var[bool] = var(False, init=False)
    marked: var[tuple[Path, ...]] = var((), init=False)
    """The files chosen so far, in any folder, in the order of choosing."""

    @dataclass
    class Walked(Message):
        """The reader wants to see another folder; `come_from` is the one under the cursor then."""

        folder: Path
        come_from: Path | None = None

    @dataclass
    class Chosen(Message):
        """The reader wants these files read."""

        paths: tuple[Path, ...]

    @dataclass
    class Narrowed(Message):
        """The entries that a query finds among many have been found."""

        query: str
        listed: tuple[Entry, ...]
        rows: list[tuple[Entry, Spans]]

    def __init__(self, folder: Path) -> None:
        super().__init__(id="files")
        self.folder = folder
        self._rows: list[tuple[Entry, Spans]] = []

    @property
    def count(self) -> int:
        """Entries now listed."""
        return len(self._rows)

    @property
    def under(self) -> Entry | None:
        """The entry under the cursor."""
        return self._rows[self.cursor][0] if self._rows else None

    def show(self, folder: Path, found: Sequence[Entry], come_from: Path | None) -> None:
        """List a folder, the cursor on the one that the reader came from."""
        self.folder = folder
        self.set_reactive(FileList.entries, tuple(found))
        self.set_reactive(FileList.below, ())
        self._narrow()
        places = [n for n, (entry, _spans) in enumerate(self._rows) if entry.path == come_from]
        self.cursor = places[0] if places else 0

    def watch_wanted(self) -> None:
        self.set_reactive(RowList.cursor, 0)
        self._narrow()

    def watch_below(self) -> None:
        if self.wanted.strip():
            self._narrow()

    def watch_everything(self) -> None:
        self._narrow()

    def watch_hidden(self) -> None:
        self._narrow()

    def watch_marked(self) -> None:
        self.refresh()

    def _narrow(self) -> None:
        listed = tuple(
            entry
            for entry in self.entries
            if (entry.folder or entry.likely or self.everything)
            and (self.hidden or not entry.hidden or self.wanted.startswith("."))
        )
        if self.wanted.strip():
            listed += self.below
        if self.wanted.strip() and len(listed) > AT_ONCE:
            self._find(self.wanted, listed)
        else:
            self._show(_found(self.wanted, listed))

    @work(thread=True, exclusive=True, group="narrow")
    def _find(self, query: str, listed: tuple[Entry, ...]) -> None:
        self.post_message(self.Narrowed(query, listed, _found(query, listed)))

    @on(Narrowed)
    def show_narrowed(self, event: Narrowed) -> None:
        """Show what was found among many, if it is still what is asked for."""
        if event.query == self.wanted:
            self._show(event.rows)

    def _show(self, rows: list[tuple[Entry, Spans]]) -> None:
        self._rows = rows
        self.rows_changed()
        none = _("No name here fits what is typed.")
        if not rows and self.wanted.strip():
            self.app.say(none)
        elif self.app.message == none:  # said of the folder that was listed before
            self.app.say("")

    def pieces(self, index: int) -> list[Piece]:
        """The mark, the name with the letters found, the size, the day."""
        entry, spans = self._rows[index]
        quiet, dated = self.look("quiet"), self.size.width >= WIDE
        room = self.size.width - 3 - (SIZE + DATE if dated else 0) - 1
        name = named(f"{entry.name}/" if entry.folder else entry.name, max(8, room))
        base = self.look("title") if entry.folder else self.plain
        if not entry.folder and not entry.likely:
            base = quiet
        same = name.startswith(entry.name) or "…" not in name
        shown = highlighted(
            name, (0, len(name)), base, (spans if same else (), self.look("strong"))
        )
        size = "" if entry.folder else size_in_words(entry.size)
        day = f"{entry.changed:%Y-%m-%d}" if entry.changed else ""
        mark = "✓ " if entry.path in self.marked else "  "
        after = [(f"{size:>{SIZE}}", quiet), (f"{day:>{DATE}}", quiet)] if dated else []
        return [(mark, self.look("mark")), *shown, *after]

    def choose(self, index: int) -> None:
        """Walk into a folder, or read the marked files, or this one."""
        entry = self._rows[index][0]
        if entry.folder:
            self.post_message(self.Walked(entry.path))
        else:
            self.post_message(self.Chosen(self.marked or (entry.path,)))

    def choose_found(self) -> None:
        """Act on the entry that was found by its name; a file is read with the marked ones."""
        entry = self.under
        if entry and not entry.folder and self.marked and entry.path not in self.marked:
            self.post_message(self.Chosen((*self.marked, entry.path)))
        else:
            self.action_choose()

    def action_mark(self) -> None:
        """Mark the file under the cursor, or take its mark away, and go on to the next."""
        entry = self.under
        if entry is None or entry.folder:
            self.app.say(_("Only files can be marked; Enter walks into a folder."))
            return
        self._turn([entry.path], on=entry.path not in self.marked)
        self.cursor += 1

    def action_mark_all(self) -> None:
        """Mark all files listed, or none of them when they all are."""
        paths = [entry.path for entry, _spans in self._rows if not entry.folder]
        self._turn(paths, on=not set(paths) <= set(self.marked))

    def _turn(self, paths: Sequence[Path], *, on: bool) -> None:
        rest = tuple(path for path in self.marked if path not in set(paths))
        self.marked = (*rest, *paths) if on else rest

    def action_above(self) -> None:
        """Walk to the folder above."""
        self.post_message(self.Walked(self.folder.parent, self.folder))

    def action_into(self) -> None:
        """Walk into the folder under the cursor."""
        entry = self.under
        if entry and entry.folder:
            self.post_message(self.Walked(entry.path))

    def action_read(self) -> None:
        """Read the marked files, or the one under the cursor."""
        entry = self.under
        if self.marked:
            self.post_message(self.Chosen(self.marked))
        elif entry and not entry.folder:
            self.post_message(self.Chosen((entry.path,)))
        else:
            self.app.say(_("Mark files first: space on each, a for all of them."))

    def action_everything(self) -> None:
        """List every file, or only those that look as if they could be read."""
        self.everything = not self.everything

    def action_hidden(self) -> None:
        """List hidden files too, or not."""
        self.hidden = not self.hidden


def _found(query: str, listed: Sequence[Entry]) -> list[tuple[Entry, Spans]]:
    """The entries whose names a query finds, the best first.

    Those that have it as it is typed stand before the others, the beginning of a name first.
    """
    sought = fold(clean(query).text.strip())
    if not sought:
        return [(entry, ()) for entry in listed]
    from scmtui.search.pick import pick

    places = ((fold(entry.name).find(sought), n) for n, entry in enumerate(listed))
    typed = {n: at for at, n in sorted(places, key=lambda it: (it[0] > 0, it[1])) if at >= 0}
    found = [(listed[n], ((at, at + len(sought)),)) for n, at in typed.items()]
    others = pick(query, [entry.name for entry in listed])
    return found + [(listed[place], spans) for place, spans in others if place not in typed]
