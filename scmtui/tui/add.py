"""What is being added: a row for each file with its progress, one below for each document."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import getters, on
from textual.binding import Binding
from textual.containers import Vertical
from textual.reactive import reactive, var
from textual.widgets import Input

from scmtui.language import N_, _, ngettext, say
from scmtui.model import ScmError
from scmtui.text import cut, width
from scmtui.tui.add_intake import Draft, Incoming, Intake, State
from scmtui.tui.add_subject import Arriving, keep, turned
from scmtui.tui.bars import KeyBar, two_ends
from scmtui.tui.commanded import CommandedScreen
from scmtui.tui.dialogs import TextField
from scmtui.tui.rows import RowList
from scmtui.tui.shown import Drawn, line
from scmtui.wording import kind, occasion
from scmtui.wrap import wrap

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.strip import Strip

    from scmtui.tui.rows import Piece

BAR = 10
"""Cells of the bar that shows how far a reading has come."""
LINES = 6
"""Lines below the list, for what is to be said of the row under the cursor."""

GLYPHS = {
    State.WAITING: "·",
    State.READING: "»",
    State.LOCKED: "?",
    State.FAILED: "!",
    State.STOPPED: "–",
    State.READ: " ",
}


class Row(NamedTuple):
    """A file, or a document that was read from it."""

    file: Incoming
    place: int | None = None

    @property
    def draft(self) -> Draft | None:
        """The document of the row; of a file that holds one, that one."""
        if self.place is not None:
            return self.file.drafts[self.place]
        return self.file.drafts[0] if len(self.file.drafts) == 1 else None

    @property
    def at(self) -> int:
        """Which of the documents of its file the row is about."""
        return self.place or 0


class AddBar(Drawn):
    """How many files there are, and what has become of them."""

    said: reactive[str] = reactive("")
    busy: reactive[str] = reactive("")

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 - there is one line
        """The one line of the bar."""
        pieces = [(f" {_('Add')} ", self.look("title")), (self.said, self.look("quiet"))]
        end = (f" {self.busy} " if self.busy else "", self.look("strong"))
        return two_ends(pieces, end, self.size.width, self.plain)


class IntakeList(RowList):
    """The files that are being added, and their documents."""

    files: var[tuple[Incoming, ...]] = var((), init=False)

    def __init__(self) -> None:
        super().__init__(id="intake-list")
        self._rows: list[Row] = []

    @property
    def count(self) -> int:
        """Rows now listed."""
        return len(self._rows)

    @property
    def under(self) -> Row | None:
        """The row under the cursor."""
        return self._rows[self.cursor] if self._rows else None

    def watch_files(self) -> None:
        """Show the files as they are now; the cursor stays on its row."""
        before = self.under
        self._rows = [row for file in self.files for row in _rows(file)]
        if before:
            keys = [(row.file.number, row.place) for row in self._rows]
            here = (before.file.number, before.place)
            nearest = here if here in keys else (before.file.number, None)
            if nearest in keys:
                self.set_reactive(RowList.cursor, keys.index(nearest))
        self.rows_changed()

    def pieces(self, index: int) -> list[Piece]:
        """The name and how far it has come, or the document and what becomes of it."""
        row = self._rows[index]
        draft = row.draft
        if row.place is not None and draft:
            left = f"   {draft.document.id}  {draft.document.facts.title}"
            return self._columns(glyph_of(draft), left, in_words(draft, row.file), draft)
        if draft:
            left = f" {row.file.name}"
            return self._columns(glyph_of(draft), left, in_words(draft, row.file), draft)
        file = row.file
        if file.problem and file.name in file.problem:
            glyph = (GLYPHS[file.state], self.look("mark"))
            return [glyph, (f" {file.problem}", self.look("warning"))]
        return self._columns(GLYPHS[file.state], f" {file.name}", progress(file), None)

    def _columns(self, glyph: str, left: str, right: str, draft: Draft | None) -> list[Piece]:
        room = self.size.width - 3
        end = cut(right, max(room // 2, room - width(left) - 2))
        left = cut(left, room - width(end) - 2)
        gap = " " * max(1, room - width(left) - width(end))
        quiet = draft is not None and not draft.open
        return [
            (glyph, self.look("mark")),
            (left, self.look("quiet") if quiet else self.plain),
            (gap, self.plain),
            (end, self.look("warning" if glyph in "!?" else "quiet")),
        ]

    def choose(self, index: int) -> None:
        """Do what comes next with a row."""
        screen = self.screen
        assert isinstance(screen, AddScreen)
        screen.go_on(self._rows[index])


def _rows(file: Incoming) -> list[Row]:
    several = len(file.drafts) > 1
    return [Row(file), *(Row(file, n) for n in range(len(file.drafts)) if several)]


def glyph_of(draft: Draft) -> str:
    """One character for what becomes of a document."""
    if draft.kept:
        return "=" if draft.there else "✓"
    if draft.dropped:
        return "–"
    return "•" if draft.document.doubts else "○"


def progress(file: Incoming) -> str:
    """How far the reading of a file has come, in words."""
    if file.state is State.READ:
        count = len(file.drafts)
        return ngettext("{count} document", "{count} documents", count).format(count=count)
    if file.state is State.READING and file.total:
        full = BAR * min(file.done, file.total) // file.total
        told = _("{done} of {total}").format(done=file.done, total=file.total)
        return f"{'█' * full}{'░' * (BAR - full)} {told}"
    if file.state is State.READING and file.done:
        return _("{done} done").format(done=file.done)
    words = {
        State.WAITING: _("waiting"),
        State.READING: _("reading"),
        State.LOCKED: _("needs a password"),
        State.STOPPED: _("stopped"),
    }
    return words.get(file.state) or file.problem


def in_words(draft: Draft, file: Incoming) -> str:
    """What becomes of a document, in a few words."""
    del file
    if draft.there:
        return _("is there already: {id}").format(id=draft.kept)
    if draft.kept:
        return _("added: {id}").format(id=draft.kept)
    if draft.dropped:
        return _("left out")
    doubts = len(draft.document.doubts)
    said = ngettext("{count} doubt", "{count} doubts", doubts).format(count=doubts)
    return said if doubts else _("read, no doubts")


class Detail(Drawn):
    """What is to be said of the row under the cursor, in whole sentences."""

    lines: reactive[tuple[tuple[str, str], ...]] = reactive(())
    """Each line with the name of its look."""

    def render_line(self, y: int) -> Strip:
        """One line, broken from what is said."""
        rows = [
            (text[a:b], look)
            for text, look in self.lines
            for a, b in (wrap(text, max(8, self.size.width - 2)) if text else [(0, 0)])
        ]
        text, look = rows[y] if y < len(rows) else ("", "")
        return line([(f" {text}", self.look(look))], self.size.width, self.plain)


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
        if self._leads and files and not files[0].busy and self.is_current:
            self._leads = False
            if any(draft.open for draft in files[0].drafts) or files[0].state is State.LOCKED:
                self.call_after_refresh(self.rows.action_choose)

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
        facts = draft.document.facts
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
        if copies:
            told = _("{ids} ({kind}) is another copy of it. s keeps both, w replaces that one.")
            return told.format(ids=copies[0].id, kind=kind(copies[0]))
        return _("Enter reviews it, s saves it, d leaves it out.")

    # What the keys do

    def go_on(self, row: Row) -> None:
        """Give a password, open what was kept, review what was read."""
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
        from scmtui.tui.add_review import ReviewScreen

        self.app.push_screen(ReviewScreen(Arriving(self._intake, number, index)), self._reviewed)

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
                self._intake.unlock(field.number, event.value)

    def _put_away(self, field: PasswordField) -> None:
        field.remove()
        self.rows.focus()

    def action_keep(self) -> None:
        """Save the document under the cursor, beside other copies that are there."""
        self._keep()

    def action_replace(self) -> None:
        """Save the document under the cursor in the place of the copy that is there."""
        row = self.rows.under
        copies = self._intake.standing(row.draft).copies if row and row.draft else ()
        if copies:
            self._keep(copies[0].id)
        else:
            self.app.say(_("There is no other copy of it in the library."))

    def _keep(self, instead_of: str = "") -> None:
        row = self.rows.under
        if not row or not row.draft:
            self.app.say(_("There is no document in this row."))
        elif row.draft.kept:
            self.app.say(self._next(row.draft))
        else:
            self.app.say(keep(self._intake, row.file.number, row.at, instead_of))

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
            self._intake.keep(number, index)
        except ScmError as error:
            self.app.say(say(error))
        else:
            self.call_after_refresh(self._keep_next, rest, done + 1)

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
        super().__init__(placeholder=asked, password=True, compact=True, id="password")
        self.number = file.number

    def on_mount(self) -> None:
        """Take the keys."""
        self.focus()
