"""The review of a document: what was found beside its text, to be corrected and saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.binding import Binding
from textual.containers import Container, Vertical
from textual.reactive import reactive
from textual.widgets import Input

from scmtui.add import amended
from scmtui.evidence import settled
from scmtui.language import N_, _, ngettext, say
from scmtui.model import NotFoundError, ScmError
from scmtui.text import cut, width
from scmtui.tui.add.facts import About, FactField, FactList
from scmtui.tui.add.text import ReviewPane
from scmtui.tui.bars import KeyBar, two_ends
from scmtui.tui.commanded import CommandedScreen
from scmtui.tui.shown import Drawn
from scmtui.wording import kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.strip import Strip

    from scmtui.model import Document
    from scmtui.tui.add.subject import Subject


class ReviewBar(Drawn):
    """The title, what the document is, and how much of it is doubtful."""

    title: reactive[str] = reactive("")
    states: reactive[tuple[str, ...]] = reactive(())
    """What is said at the end of the bar, the longest first; what has room is shown."""

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 - there is one line
        """The one line of the bar."""
        cells = self.size.width
        fitting = (it for it in self.states if width(it) + width(self.title) + 4 <= cells)
        shortest = self.states[-1] if self.states else ""
        end = f" {next(fitting, shortest)} "
        title = cut(self.title, max(0, cells - width(end) - 1))
        pieces = [(f" {title}", self.look("title"))]
        return two_ends(pieces, (end, self.look("quiet")), cells, self.plain)


class ReviewScreen(CommandedScreen[str | None]):
    """A document's facts beside its text; gives back the id of a document to open."""

    HORIZONTAL_BREAKPOINTS = [(0, "-one"), (80, "-two"), (120, "-three")]  # noqa: RUF012 - theirs
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-high")]  # noqa: RUF012 - the framework's
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "keep", N_("Save this document"), id="review.save", tooltip=N_("save")),
        Binding(
            "w",
            "replace",
            N_("Save it in the place of the copy that is there"),
            id="review.replace",
            show=False,
        ),
        Binding("d", "drop", N_("Leave this document out"), id="review.drop", show=False),
        Binding(
            "tab,shift+tab",
            "turn",
            N_("Between the facts and the text"),
            id="review.turn",
            tooltip=N_("pane"),
        ),
        Binding(
            "right_square_bracket d", "beside(1)", N_("Next document"), id="review.next", show=False
        ),
        Binding(
            "left_square_bracket d",
            "beside(-1)",
            N_("Previous document"),
            id="review.previous",
            show=False,
        ),
        Binding("u", "undo", N_("Undo"), id="library.undo", tooltip=N_("undo")),
        Binding("ctrl+r", "redo", N_("Redo"), id="library.redo", show=False),
        Binding("escape,q,i", "close", N_("Close"), id="facts.close"),
    ]

    bar = getters.query_one(ReviewBar)
    facts = getters.query_one(FactList)
    about = getters.query_one(About)
    text = getters.query_one(ReviewPane)

    def __init__(self, subject: Subject, cells: int) -> None:
        super().__init__()
        self._subject = subject
        self._cells = cells

    def compose(self) -> ComposeResult:
        """The bar, the facts with what says so, the text, the keys."""
        yield ReviewBar()
        with Container(id="sides"):
            with Vertical(id="known"):
                yield FactList()
                yield About()
            yield ReviewPane(cells=self._cells)
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the document."""
        self.watch(self.facts, "cursor", self._describe, init=False)
        self.facts.focus()
        self._show()

    def _show(self) -> None:
        try:
            document = self._subject.document
        except NotFoundError as error:
            self._leave(error)
            return
        facts = document.facts
        self.bar.title = facts.title
        doubts = len(document.doubts)
        said = ngettext("{count} doubt", "{count} doubts", doubts).format(count=doubts)
        told = [said] if doubts else []
        known = kind(settled(document).facts)  # nobody's word is not yet the reader's
        states = ([facts.id, known, *told], [facts.id, *told], [facts.id])
        self.bar.states = tuple(" · ".join(pieces) for pieces in states)
        self.facts.show(document, self._subject.why(document))
        self.text.show_anew(document)
        self._describe()

    def _leave(self, error: ScmError) -> None:
        """Close: another session has taken the document out of the library."""
        self.dismiss(None)
        self.app.say(say(error))

    def _describe(self) -> None:
        self.about.row = self.facts.under

    # Correcting

    @on(FactList.Wanted)
    def ask(self, event: FactList.Wanted) -> None:
        """Open the field of a fact."""
        for field in self.query(FactField):
            field.remove()
        self.query_one("#known").mount(FactField(event.stated), before=self.about)

    @on(Input.Submitted)
    def correct(self, event: Input.Submitted) -> None:
        """Take what was typed, or say why it cannot be."""
        field = event.input
        if not isinstance(field, FactField):
            return
        if self._amend(field.fact, event.value):
            self._put_away(field)

    @on(FactList.TakenBack)
    def take_back(self, event: FactList.TakenBack) -> None:
        """Let a fact be as it was found."""
        if event.stated.found:
            self._amend(event.stated.fact, event.stated.found.value)

    def _amend(self, fact: str, typed: str) -> bool:
        try:
            before = self._subject.document
            document = amended(before, {fact: typed})
        except NotFoundError as error:
            self._leave(error)
            return False
        except ScmError as error:
            self.app.say(say(error))
            return False
        if document != before:
            self._change(document)
        return True

    @on(ReviewPane.Corrected)
    def rejoin(self, event: ReviewPane.Corrected) -> None:
        """Take what was put together or set apart."""
        self._change(event.document, event.said)

    def _change(self, document: Document, told: str = "") -> None:
        said = self._subject.change(document)
        self._show()
        left = len(document.doubts) if told else 0
        more = ngettext("{count} doubt is left.", "{count} doubts are left.", left)
        pieces = (told, said, more.format(count=left) if left else "")
        self.app.say(" ".join(filter(None, pieces)))

    @on(FactList.Pointed)
    def point(self, event: FactList.Pointed) -> None:
        """Show a doubt in the text."""
        self.text.point_to(event.doubt)
        self._bring("text")

    # What the keys do

    def action_turn(self) -> None:
        """From the facts to the text, or back."""
        self._bring("facts" if self.text.has_focus else "text")

    def _bring(self, pane: str) -> None:
        self.set_class(pane == "text", "-at-text")
        self.call_after_refresh((self.text if pane == "text" else self.facts).focus)

    def on_descendant_focus(self) -> None:
        """A click may have focused the other pane."""
        self.set_class(self.text.has_focus, "-at-text")

    def action_keep(self) -> None:
        """Save the document, beside other copies that are there."""
        self._save(self._subject.keep)

    def action_replace(self) -> None:
        """Save the document in the place of the copy that is there."""
        self._save(self._subject.replace)

    def _save(self, save: Callable[[], str]) -> None:
        if not self._subject.arriving:
            self.app.say(_("It is in the library; every correction is kept at once."))
            return
        said = save()
        if self._subject.kept:
            self.dismiss(None)
        self.app.say(said)

    def action_drop(self) -> None:
        """Leave the document out."""
        if not self._subject.arriving:
            self.app.say(
                _("To take it out of the library: :remove {id}").format(id=self._subject.kept)
            )
            return
        self._subject.drop()
        self.dismiss(None)

    def action_beside(self, step: int) -> None:
        """Review the next or the previous document."""
        if other := self._subject.beside(step):
            self._subject = other
            self._show()
        else:
            self.app.say(_("There is no further document in this direction."))

    def action_undo(self) -> None:
        """Take back the last correction, or the last change of the library."""
        self._turn(back=True)

    def action_redo(self) -> None:
        """Make it again."""
        self._turn(back=False)

    def _turn(self, *, back: bool) -> None:
        said = self._subject.turn(back=back)
        self._show()
        self.app.say(said)

    def go_to(self, typed: str) -> None:
        """Open what was typed after the colon."""
        self.dismiss(typed)

    def _put_away(self, field: FactField) -> None:
        field.remove()
        self.facts.focus()

    def action_close(self) -> None:
        """From the field to the facts, from the text to the facts, then out."""
        if fields := self.query(FactField):
            self._put_away(fields.first())
        elif self.text.has_focus:
            self._bring("facts")
        else:
            self.dismiss(None)
