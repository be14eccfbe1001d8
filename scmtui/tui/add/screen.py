"""What is being added: read in the background, reviewed, saved, left out, undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input

from scmtui.add import lesser
from scmtui.evidence import settled
from scmtui.language import N_, _, ngettext, say
from scmtui.model import ScmError
from scmtui.tui.add.intake import Draft, Incoming, Intake, State
from scmtui.tui.add.rows import AddBar, Detail, IntakeList, Row, progress
from scmtui.tui.add.subject import Arriving, keep, keep_instead, turned
from scmtui.tui.bars import KeyBar
from scmtui.tui.commanded import CommandedScreen
from scmtui.tui.dialogs import TextField
from scmtui.wording import kind, occasion

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType


class AddScreen(CommandedScreen[str | None]):
    """The files that are being added; gives back the id of a document to open."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "keep", N_("Save this document"), id="add.save", tooltip=N_("save")),
        Binding("a", "keep_all", N_("Save all documents"), id="add.save-all", tooltip=N_("all")),
        Binding(
            "w",
            "replace",
            N_("Save it in the place of the copy that is there"),
            id="add.replace",
            show=False,
        ),
        Binding(
            "d", "drop", N_("Stop reading, or leave out"), id="add.drop", tooltip=N_("leave out")
        ),
        Binding("ctrl+x", "cancel_all", N_("Stop all readings"), id="add.cancel", show=False),
        Binding("o", "more", N_("Add more files"), id="add.more", tooltip=N_("more files")),
        Binding("u", "undo", N_("Undo"), id="library.undo", tooltip=N_("undo")),
        Binding("ctrl+r", "redo", N_("Redo"), id="library.redo", show=False),
        Binding("escape,q", "close", N_("Close"), id="add.close"),
    ]

    bar = getters.query_one(AddBar)
    rows = getters.query_one(IntakeList)
    detail = getters.query_one(Detail)

    def __init__(self, intake: Intake) -> None:
        super().__init__()
        self._intake = intake
        self._leads = len(intake.files) == 1
        """Whether the review opens by itself: when there is but one file, and only once."""
        self._unlocking = 0
        """The file that is read with the password that was given last."""

    def compose(self) -> ComposeResult:
        """The bar, the rows, and what is to be said of the one under the cursor."""
        yield AddBar()
        yield IntakeList()
        with Vertical(id="detail"):
            yield Detail()
        yield KeyBar()

    def on_mount(self) -> None:
        """Follow the intake."""
        self.watch(self._intake, "files", self._follow)
        self.watch(self.rows, "cursor", self._describe, init=False)
        self.rows.focus()

    def _follow(self) -> None:
        files = self._intake.files
        self.rows.files = files
        drafts = [draft for file in files for draft in file.drafts]
        busy = sum(file.busy for file in files)
        counts = [
            (ngettext("{count} file", "{count} files", len(files)), len(files)),
            (_("{count} to decide"), sum(draft.open for draft in drafts)),
            (_("{count} added"), sum(bool(draft.kept) and not draft.there for draft in drafts)),
        ]
        self.bar.said = " · ".join(text.format(count=n) for text, n in counts if n)
        self.bar.busy = _("reading {count}").format(count=busy) if busy else ""
        self._describe()
        self._ask_again()
        if self._leads and files and not files[0].busy and self.is_current:
            self._leads = False
            if any(draft.open for draft in files[0].drafts) or files[0].state is State.LOCKED:
                self.call_after_refresh(self.rows.action_choose)

    def _ask_again(self) -> None:
        """Ask once more for a password that was another one."""
        file = self._intake.file(self._unlocking)
        if self._unlocking and not file.busy:
            self._unlocking = 0
            if file.state is State.LOCKED and self.is_current:
                self.app.say(_("That password does not open it."))
                self._ask(file)

    def _describe(self) -> None:
        row = self.rows.under
        self.detail.lines = tuple(self._about(row)) if row else ()

    def _about(self, row: Row) -> list[tuple[str, str]]:
        draft = row.draft
        if not draft:
            told = row.file.problem or progress(row.file)
            hint = _("Enter: give the password.") if row.file.state is State.LOCKED else ""
            warned = "warning" if row.file.problem else ""
            return [(row.file.name, "title"), (told, warned), (hint, "strong")]
        facts = settled(draft.document).facts
        count = len(draft.document.paragraphs)
        said = ngettext("{count} paragraph", "{count} paragraphs", count).format(count=count)
        lines = [(facts.title, "title"), (" · ".join([*occasion(facts), said]), "quiet")]
        return [*lines, (self._next(draft), "strong")]

    def _next(self, draft: Draft) -> str:
        """What the reader can do with a document."""
        if draft.there:
            return _("It is there already as {id}; nothing was changed. Enter opens it.").format(
                id=draft.kept
            )
        if draft.kept:
            return _("It was added as {id}. Enter opens it, u takes it out again.").format(
                id=draft.kept
            )
        if draft.dropped:
            return _("It is left out. d takes it back in.")
        copies = self._intake.standing(draft).copies
        if copies and lesser(settled(draft.document), copies[0]):
            told = _("{id} is official and this text is not. s keeps both, w w replaces that one.")
            return told.format(id=copies[0].id)
        if copies:
            told = _("{ids} ({kind}) is another copy of it. s keeps both, w replaces that one.")
            return told.format(ids=copies[0].id, kind=kind(copies[0]))
        return _("Enter reviews it, s saves it, d leaves it out.")

    # What the keys do

    @on(IntakeList.Chosen)
    def go_on(self, event: IntakeList.Chosen) -> None:
        """Give a password, open what was kept, review what was read."""
        row = event.row
        draft = row.draft
        if row.file.state is State.LOCKED:
            self._ask(row.file)
        elif draft and draft.kept:
            self.dismiss(draft.kept)
        elif draft:
            self.review(row.file.number, row.at)
        elif row.file.drafts:
            self.rows.cursor += 1

    def review(self, number: int, index: int) -> None:
        """Show what was found in a document, beside its text."""
        from scmtui.tui.add.review import ReviewScreen

        subject = Arriving(self._intake, number, index)
        self.app.push_screen(ReviewScreen(subject, self._intake.cells), self._reviewed)

    def _reviewed(self, opened: str | None) -> None:
        if opened:
            self.dismiss(opened)

    def _ask(self, file: Incoming) -> None:
        """Ask for a password, below the rows."""
        for field in self.query(PasswordField):
            field.remove()
        self.query_one("#detail").mount(PasswordField(file))

    @on(Input.Submitted)
    def unlock(self, event: Input.Submitted) -> None:
        """Read the file with the password that was typed."""
        field = event.input
        if isinstance(field, PasswordField):
            self._put_away(field)
            if event.value:
                self._unlocking = field.number
                self._intake.unlock(field.number, event.value)

    def _put_away(self, field: PasswordField) -> None:
        field.remove()
        self.rows.focus()

    def action_keep(self) -> None:
        """Save the document under the cursor, beside other copies that are there."""
        self._save(keep)

    def action_replace(self) -> None:
        """Save the document under the cursor in the place of the copy that is there."""
        self._save(keep_instead)

    def _save(self, save: Callable[[Intake, int, int], str]) -> None:
        row = self.rows.under
        if not row or not row.draft:
            self.app.say(_("There is no document in this row."))
        elif row.draft.kept:
            self.app.say(self._next(row.draft))
        else:
            self.app.say(save(self._intake, row.file.number, row.at))

    def action_keep_all(self) -> None:
        """Save every document that is new; one key after the other is answered meanwhile."""
        waiting = [
            (file.number, index)
            for file in self._intake.files
            for index, draft in enumerate(file.drafts)
            if draft.open and not self._intake.standing(draft).copies
        ]
        self._keep_next(waiting, 0)

    def _keep_next(self, waiting: list[tuple[int, int]], done: int) -> None:
        if not waiting:
            self.app.say(self._all_told(done))
            return
        (number, index), *rest = waiting
        try:
            added = self._intake.keep(number, index)
        except ScmError as error:
            self.app.say(say(error))
        else:
            self.call_after_refresh(self._keep_next, rest, done + added.new)

    def _all_told(self, done: int) -> str:
        said = ngettext("{count} document was added.", "{count} documents were added.", done)
        said = said.format(count=done)
        left = sum(draft.open for file in self._intake.files for draft in file.drafts)
        if not left:
            return said
        more = ngettext(
            "{count} is a copy of one that is there: s keeps both, w replaces that one.",
            "{count} are copies of ones that are there: s keeps both, w replaces that one.",
            left,
        )
        return f"{said} {more.format(count=left)}"

    def action_drop(self) -> None:
        """Stop reading a file, leave a document out or take it back in, put a file away."""
        row = self.rows.under
        if not row:
            return
        if row.file.busy:
            self._intake.cancel(row.file.number)
        elif row.draft and not row.draft.kept:
            self._intake.drop(row.file.number, row.at)
        else:
            self._intake.drop(row.file.number, None)

    def action_cancel_all(self) -> None:
        """Stop every reading."""
        count = self._intake.cancel_all()
        said = ngettext("{count} reading was stopped.", "{count} readings were stopped.", count)
        self.app.say(said.format(count=count))

    def action_more(self) -> None:
        """Choose more files."""
        self._intake.post_message(self._intake.Wanted())

    def action_undo(self) -> None:
        """Take back the last change of the library."""
        self.app.say(turned(self._intake, back=True))

    def action_redo(self) -> None:
        """Make the change again that was last undone."""
        self.app.say(turned(self._intake, back=False))

    def go_to(self, typed: str) -> None:
        """Open what was typed after the colon."""
        self.dismiss(typed)

    def action_close(self) -> None:
        """From the password to the rows, then back to the text; readings go on."""
        if fields := self.query(PasswordField):
            self._put_away(fields.first())
            return
        busy = sum(file.busy for file in self._intake.files)
        left = sum(draft.open for file in self._intake.files for draft in file.drafts)
        if busy or left:
            self.app.say(_("What is not saved yet waits behind o until you leave the program."))
        self.dismiss(None)


class PasswordField(TextField):
    """A field for the password of a file: what is typed is not shown."""

    def __init__(self, file: Incoming) -> None:
        asked = _("Password for “{file}”").format(file=file.name)
        super().__init__(placeholder=asked, password=True, compact=True)
        self.number = file.number

    def on_mount(self) -> None:
        """Take the keys."""
        self.focus()
