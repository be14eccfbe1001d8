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
from textual.reactive import reactive
from textual.widgets import Input

from scmtui import disk
from scmtui.files import Entry, below, entries, exists, looks_like_path, paths_in
from scmtui.language import N_, _, ngettext
from scmtui.text import cut, safe, width
from scmtui.tui.add.file_list import FileList
from scmtui.tui.bars import KeyBar, two_ends
from scmtui.tui.commanded import CommandedScreen
from scmtui.tui.dialogs import TextField
from scmtui.tui.shown import Drawn

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import Paste
    from textual.strip import Strip


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
        Binding("escape,q", "outward", N_("Close"), id="files.close"),
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
            reason = disk.reason(error) if isinstance(error, OSError) else str(error)
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
            self.files.choose_found()
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
        missing = [path for path in paths if not exists(path)]
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
        # At once, so that what is typed after the key is not taken for commands.
        self.set_focus(self.files if self.field.has_focus else self.field)

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
