"""Choose files: folders walked with keys, names found as they are typed, paths taken as they are.

What a folder holds is asked in a thread: a disk may be far away, and the keys do not wait for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.binding import Binding
from textual.message import Message
from textual.reactive import reactive, var
from textual.widgets import Input

from scmtui.files import Entry, below, entries, looks_like_path, paths_in, size_in_words
from scmtui.language import N_, _, ngettext
from scmtui.text import cut, pad, safe, width
from scmtui.tui.bars import KeyBar, two_ends
from scmtui.tui.commanded import CommandedScreen
from scmtui.tui.dialogs import TextField
from scmtui.tui.rows import RowList
from scmtui.tui.shown import Drawn, highlighted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import Paste
    from textual.strip import Strip

    from scmtui.tui.rows import Piece

    Spans = tuple[tuple[int, int], ...]

DATE, SIZE = 12, 9
"""Cells for the day of the last change, and for the size."""
WIDE = 50
"""Cells from which on there is room for both."""
AT_ONCE = 1000
"""Names among which one is found before the next key; of more, in a thread."""


def shown_path(path: Path, cells: int) -> str:
    """A path in so many cells: the home folder as ~, and the end of it when it is longer."""
    home = Path.home()
    short = f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)
    text = "~" if path == home else safe(short)
    while width(text) > cells and text:
        rest = text.removeprefix("…/").partition("/")[2]
        if not rest:
            return cut(text, cells)
        text = f"…/{rest}"
    return text


def named(name: str, cells: int) -> str:
    """A file's name in so many cells: its beginning and its end, which says what it is."""
    if width(name) <= cells:
        return pad(name, cells)
    stem, dot, suffix = name.rpartition(".")
    end = f"{stem[-4:]}{dot}{suffix}"
    if not dot or width(end) * 2 > cells:
        return pad(name, cells)
    return pad(cut(stem, cells - width(end)) + end, cells)


class FilesBar(Drawn):
    """The folder that is listed, and how many files are marked."""

    folder: reactive[Path | None] = reactive(None)
    said: reactive[str] = reactive("")

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 - there is one line
        """The one line of the bar."""
        cells = self.size.width
        end = f" {self.said} " if self.said else ""
        title = f" {_('Add')}: "
        room = cells - width(end) - width(title)
        folder = shown_path(self.folder, max(4, room)) if self.folder else ""
        pieces = [(title, self.look("quiet")), (folder, self.look("title"))]
        return two_ends(pieces, (end, self.look("strong")), cells, self.plain)


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
        if not rows and self.wanted.strip():
            self.app.say(_("No name here fits what is typed."))

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
    """The entries whose names a query finds, the best first."""
    if not query.strip():
        return [(entry, ()) for entry in listed]
    from scmtui.search.pick import pick

    return [(listed[place], spans) for place, spans in pick(query, [e.name for e in listed])]


class PathField(TextField):
    """A field for a name or a path; several pasted paths go to the screen."""

    def on_paste(self, event: Paste) -> None:
        """Leave paths to the screen, which takes them all; a word is pasted as it is."""
        if "\n" in event.text.strip() or looks_like_path(event.text):
            event.prevent_default()
        else:
            event.stop()


class FilesScreen(CommandedScreen[tuple[Path, ...] | None]):
    """The files of a folder; gives back those that are to be read."""

    @dataclass
    class Listed(Message):
        """A folder has been listed, or could not be."""

        folder: Path
        entries: list[Entry]
        come_from: Path | None
        problem: str = ""

    @dataclass
    class Walked(Message):
        """The folders below a folder have been looked through."""

        folder: Path
        entries: list[Entry]

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "slash,tab",
            "find",
            N_("Find a name, or type a path"),
            id="files.find",
            tooltip=N_("find"),
        ),
        Binding("tilde", "home", N_("The home folder"), id="files.home", show=False),
        Binding("down,ctrl+n", "move(1)", N_("Next row"), id="files.down", show=False),
        Binding("up", "move(-1)", N_("Previous row"), id="files.up", show=False),
        Binding("escape", "outward", N_("Close"), id="files.close"),
    ]

    bar = getters.query_one(FilesBar)
    field = getters.query_one(PathField)
    files = getters.query_one(FileList)

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        """The folder that is listed, or will be as soon as the disk has answered."""
        self._walked: Path | None = None
        """The folder whose own folders are, or are being, looked through."""

    def compose(self) -> ComposeResult:
        """The folder, the field, the files, the keys."""
        yield FilesBar()
        yield PathField(placeholder=_("A name, or a path: ~/…"), compact=True, id="query")
        yield FileList(self.folder)
        yield KeyBar()

    def on_mount(self) -> None:
        """List the folder that was listed last."""
        self.watch(self.files, "marked", self._count)
        self.watch(self.field, "value", self._narrowed, init=False)
        self.files.focus()
        self._list(self.folder, None)

    def _count(self, marked: tuple[Path, ...]) -> None:
        said = ngettext("{count} file marked", "{count} files marked", len(marked))
        self.bar.said = said.format(count=len(marked)) if marked else ""

    @on(FileList.Walked)
    def walk(self, event: FileList.Walked) -> None:
        """Go to another folder."""
        self.field.value = ""
        self._list(event.folder, event.come_from)

    @work(thread=True, exclusive=True, group="folder")
    def _list(self, folder: Path, come_from: Path | None) -> None:
        try:
            found, problem = entries(folder), ""
        except (OSError, ValueError) as error:
            reason = str(getattr(error, "strerror", None) or error)
            told = _("The folder “{folder}” cannot be opened: {reason}.")
            found, problem = [], told.format(folder=safe(str(folder)), reason=reason)
        self.post_message(self.Listed(folder, found, come_from, problem))

    @on(Listed)
    def show_listed(self, event: Listed) -> None:
        """Show a folder; one that cannot be opened leaves the list as it is."""
        if event.problem:
            self.app.say(event.problem)
            return
        self.folder = self.bar.folder = event.folder
        self._walked = None
        self.files.show(event.folder, event.entries, event.come_from)
        if not event.entries:
            self.app.say(_("This folder is empty."))
        elif not self.files.count and not self.files.wanted:
            self.app.say(_("Nothing in this folder looks as if it could be read; f lists it all."))

    @work(thread=True, exclusive=True, group="below")
    def _walk(self, folder: Path) -> None:
        self.post_message(self.Walked(folder, below(folder)))

    @on(Walked)
    def look_below(self, event: Walked) -> None:
        """Look for the name in the folders below, too."""
        if event.folder == self.files.folder:
            self.files.below = tuple(event.entries)

    def _narrowed(self, typed: str) -> None:
        """Narrow the list; a path leads to its folder."""
        if not looks_like_path(typed):
            if typed and self._walked != self.folder:
                self._walked = self.folder
                self._walk(self.folder)
            self.files.wanted = typed
            return
        head, slash, tail = typed.rpartition("/")
        if not slash:
            return
        (folder,) = paths_in(head + "/", self.folder)[:1] or (self.folder,)
        self.files.wanted = tail
        if folder != self.folder:
            self.folder = folder
            self._list(folder, None)

    @on(Input.Submitted)
    def take_typed(self, event: Input.Submitted) -> None:
        """Read the file that was typed, or act on the row under the cursor."""
        if looks_like_path(event.value):
            self.take(event.value)
        else:
            self.files.action_choose()
            self.files.focus()

    def on_paste(self, event: Paste) -> None:
        """Read what was pasted, or dropped on the terminal."""
        event.stop()
        if event.text.strip():
            self.take(event.text)

    def go_to(self, typed: str) -> None:
        """Take what was typed after the colon for a path."""
        self.take(typed)

    def take(self, typed: str) -> None:
        """Read the files whose paths were typed or pasted; a single folder is listed."""
        paths = paths_in(typed, self.folder)
        missing = [path for path in paths if not path.exists()]
        if missing:
            said = _("There is no file “{file}”.")
            self.app.say(said.format(file=safe(str(missing[0]))))
        elif len(paths) == 1 and paths[0].is_dir():
            self.field.value = ""
            self.files.focus()
            self._list(paths[0], None)
        elif paths:
            self.dismiss(tuple(paths))

    @on(FileList.Chosen)
    def give_back(self, event: FileList.Chosen) -> None:
        """Give the files back to be read."""
        self.dismiss(event.paths)

    def action_find(self) -> None:
        """Between the list and the field."""
        (self.files if self.field.has_focus else self.field).focus()

    def action_home(self) -> None:
        """List the home folder."""
        self.field.value = ""
        self._list(Path.home(), None)

    def action_move(self, rows: int) -> None:
        """Move in the list while the field keeps the keys."""
        self.files.cursor += rows

    def action_outward(self) -> None:
        """From the field to the list, from a narrowed list to the whole, then out."""
        if self.field.has_focus:
            self.files.focus()
        elif self.field.value:
            self.field.value = ""
        else:
            self.dismiss(None)
