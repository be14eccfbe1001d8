"""Adding, correcting and removing documents from a screen that shows one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from scmtui.files import exists, files_in, looks_like_path, paths_in
from scmtui.language import N_, _, ngettext, say
from scmtui.model import Address, Document, ScmError
from scmtui.positions import find_again, position
from scmtui.text import safe
from scmtui.tui.comparing import ComparingScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.binding import BindingType
    from textual.events import Paste

    from scmtui.library import Change
    from scmtui.tui.add.intake import Intake

FOLDER = "folder"
"""The key, in what a session leaves, of the folder in which files were last chosen."""


class AddingScreen(ComparingScreen):
    """A screen from which documents are added, corrected and removed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "add", N_("Add documents"), id="document.add", tooltip=N_("add")),
        Binding(
            "i", "facts", N_("About this document, to correct it"), id="document.facts", show=False
        ),
        Binding(
            "g x",
            "remove",
            N_("Take this document out of the library"),
            id="document.remove",
            show=False,
        ),
    ]

    cells: int
    """Cells of a line of text at most."""
    folder: Path | None = None
    """The folder in which files were last chosen."""

    _warned = False
    """Whether the reader knows that something is not saved."""

    def show_document(self, document: Document, address: Address) -> None:
        """Show another text of the open document."""
        raise NotImplementedError

    @property
    def intake(self) -> Intake:
        """What is being added; it is there from the first time on."""
        from scmtui.tui.add.intake import Intake

        found = self.query(Intake)
        if found:
            return found.first()
        made = Intake(self.places.library, self.shelf, self.cells)
        self.mount(made)
        return made

    # Adding

    def action_add(self) -> None:
        """Go on with what is being added, or choose files."""
        self._warned = False
        intake = self.intake
        intake.tidy()
        if intake.files:
            self._show_intake()
        else:
            self.choose_files()

    def on_intake_wanted(self) -> None:
        """Choose more files."""
        self.choose_files()

    def on_intake_kept(self) -> None:
        """Show the documents as they are now, the open one among them."""
        self.documents = self.shelf.facts()
        if self.document:
            self._refresh(self.document.id)

    def choose_files(self) -> None:
        """Choose files to add."""
        from scmtui.tui.add.files import FilesScreen

        chooser = FilesScreen(self.folder or first_folder())

        def chosen(paths: tuple[Path, ...] | None) -> None:
            self.folder = _writable(chooser.folder)
            if paths:
                self.take(paths)

        self.app.push_screen(chooser, chosen)

    def take(self, paths: Iterable[Path]) -> None:
        """Read files in the background, and show how far that has come."""
        found = list(_files(paths))
        if not found:
            self.app.say(_("There is no file in this folder that looks as if it could be read."))
            return
        self.intake.take(found)
        self._show_intake()

    def _show_intake(self) -> None:
        from scmtui.tui.add.screen import AddScreen

        if not any(isinstance(screen, AddScreen) for screen in self.app.screen_stack):
            self.app.push_screen(AddScreen(self.intake), self._typed)

    def on_paste(self, event: Paste) -> None:
        """Add files that are dropped on the terminal; it pastes their paths."""
        if looks_like_path(event.text):
            paths = paths_in(event.text, self.folder or first_folder())
            if paths and all(map(exists, paths)):
                event.stop()
                self.take(paths)

    async def action_leave(self) -> None:
        """Quit; what was read and is not saved is told of once."""
        from scmtui.tui.add.intake import Intake

        left = sum(draft.open for it in self.query(Intake) for f in it.files for draft in f.drafts)
        if not left or self._warned:
            await self.app.action_quit()
            return
        self._warned = True
        told = ngettext(
            "{count} document that was read is not saved. o shows it, q again leaves without it.",
            "{count} documents that were read are not saved. o shows them, q again leaves without.",
            left,
        )
        self.app.say(told.format(count=left))

    # Correcting and removing

    def action_facts(self) -> None:
        """Show what is known of the open document, to be corrected."""
        if self.document:
            from scmtui.tui.add.review import ReviewScreen
            from scmtui.tui.add.subject import Present

            self.shelf.document(self.document.id)  # another session may have removed it
            subject = Present(self.places.library, self.shelf, self.document.id)

            async def reviewed(opened: str | None) -> None:
                self._refresh(subject.kept)
                await self._typed(opened)

            self.app.push_screen(ReviewScreen(subject, self.cells), reviewed)

    def _refresh(self, id_: str) -> None:
        """Show the open document as it is in the library now, under the id that it has there."""
        self.documents = self.shelf.facts()
        here = self.here
        try:
            document = self.shelf.document(id_)
        except ScmError:  # it has gone with what was undone
            self._open_beside(id_)
            return
        if document != self.document:
            self.show_document(document, self._again(here, document))
            self.show_marks()

    def _again(self, here: Address | None, document: Document) -> Address:
        """Where in another text of the open document the words under the cursor are."""
        if here is None or self.document is None:
            return Address(document.id)
        found = find_again(position(self.document, here), document)
        return found or replace(here, document=document.id)

    def follow_library(self) -> bool:
        """Show the open document as another session left it, or what is nearest to it."""
        before, known = self.document, self.documents
        self.documents = self.shelf.facts()
        self.outdated |= self.documents is not known and self.app.screen is not self
        if before and self.documents is not known:
            self._refresh(before.id)
        if self.document is before:
            self.show_marks()
            return False
        self.found = None  # it was found in the text before
        assert before
        told = _("Another session took {id} out of the library.")
        if self.document and self.document.id == before.id:
            told = _("Another session changed {id}; it is shown as it is now.")
        self.app.say(told.format(id=before.id))
        return True

    def _open_beside(self, id_: str) -> None:
        """Open the document that is nearest to one that is not there any more."""
        number = self.document.facts.meeting if self.document else None
        there = sorted(self.documents, key=lambda it: abs((it.meeting or 0) - (number or 0)))
        if there and self.document and self.document.id == id_:
            self.open(Address(there[0].id), back=True)

    def action_remove(self) -> None:
        """Take the open document out of the library."""
        if self.document:
            self.remove_document(self.document.id)

    def remove_document(self, id_: str) -> None:
        """Take a document out of the library, and say how to put it back."""
        try:
            self.places.library.remove(id_)
        except ScmError as error:
            self.app.say(say(error))
            return
        self.documents = self.shelf.facts()
        self._open_beside(id_)
        told = _("{id} was taken out of the library. u puts it back.")
        self.app.say(told.format(id=id_))

    def _turn(self, turn: Callable[[], Change | None], nothing: str, done: str) -> None:
        """After undoing, show the documents as they are now, and the open one."""
        super()._turn(turn, nothing, done)
        self.documents = self.shelf.facts()
        if self.document:
            self._refresh(self.document.id)

    async def _typed(self, typed: str | None) -> None:
        """Add and remove are typed with a path, or an id; the rest is an address."""
        command, _blank, rest = (typed or "").strip().partition(" ")
        if command in {"add", "open"}:
            await self._add(rest)
        elif command == "remove":
            self.remove_document(rest.strip()) if rest.strip() else self.action_remove()
        else:
            await super()._typed(typed)

    async def _add(self, typed: str) -> None:
        paths = paths_in(typed, self.folder or first_folder())
        missing = [path for path in paths if not exists(path)]
        if missing:
            told = _("There is no file “{file}”.")
            self.app.say(told.format(file=safe(str(missing[0]))))
        elif paths:
            self.take(paths)
        else:
            self.action_add()


def first_folder() -> Path:
    """The folder in which files are looked for first: where the program was started, else home."""
    try:
        here = Path.cwd()
    except OSError:  # it has been removed meanwhile
        return Path.home()
    return Path.home() if here == Path(here.anchor) else here


def _writable(folder: Path) -> Path | None:
    """The folder, if its name is one that can be kept: the library holds text, not bytes."""
    return folder if str(folder).isprintable() else None


def known_folder(kept: object) -> Path | None:
    """The folder that an earlier session left, if it is one still."""
    folder = Path(str(kept)) if kept else None
    try:
        return folder if folder and folder.is_dir() else None
    except (OSError, ValueError):
        return None


def _files(paths: Iterable[Path]) -> Iterable[Path]:
    """The files among paths, and those in the folders among them."""
    for path in paths:
        if path.is_dir():
            try:
                yield from files_in(path)
            except OSError:
                continue
        else:
            yield path
