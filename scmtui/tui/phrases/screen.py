"""A phrase through all documents: its history, its concordance, and the series it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message
from textual.reactive import var

from scmtui.language import N_, _, say
from scmtui.model import Address, AddressError, ScmError
from scmtui.phrases.rules import RULES
from scmtui.phrases.series import Line as SeriesLine
from scmtui.phrases.series import phrase_line
from scmtui.search import Hit
from scmtui.tui.bars import KeyBar
from scmtui.tui.phrases.bar import VIEWS, PhraseBar
from scmtui.tui.phrases.counting import CountingScreen
from scmtui.tui.phrases.document import FreshList, OrderList
from scmtui.tui.phrases.history import HistoryList
from scmtui.tui.phrases.lines import LineList
from scmtui.tui.phrases.passage import PassageList, PassageView
from scmtui.tui.phrases.series import SeriesGrid
from scmtui.tui.phrases.words import courses
from scmtui.tui.search import Found

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from scmtui.model import Facts
    from scmtui.phrases.concordance import Line
    from scmtui.themes import Taxonomy
    from scmtui.tui.phrases.book import Followed, Phrasebook

SORTS = {
    "meeting": ("meeting",),
    "left": ("left", "right"),
    "right": ("right", "left"),
    "theme": ("theme", "meeting"),
}
"""By what lines can be sorted, with what decides between equals; else their order in the text."""
LEAST_ROWS = 4
"""Lines that a list has at least, so that the passage does not jump about with one row more."""


def sort_in_words(sort: str) -> str:
    """By what the lines of the concordance are sorted."""
    return {
        "meeting": _("sorted by meeting"),
        "left": _("sorted by the words before"),
        "right": _("sorted by the words after"),
        "theme": _("sorted by theme"),
    }[sort]


def _rule(key: str, rule: str, what: str) -> Binding:
    return Binding(f"r {key}", f"rule({rule!r})", what, id=f"phrase.rule-{rule}", show=False)


class PhraseScreen(CountingScreen):
    """A phrase, the documents that have it, and the passage under the cursor."""

    @dataclass
    class Arrived(Message):
        """A phrase has been followed through all documents."""

        followed: Followed

    @dataclass
    class Failed(Message):
        """A phrase cannot be followed."""

        phrase: str
        error: ScmError

    @dataclass
    class LinedUp(Message):
        """The lines of the concordance are sorted."""

        followed: Followed
        sort: str
        lines: tuple[Line, ...]
        taxonomy: Taxonomy | None

    HORIZONTAL_BREAKPOINTS = [(0, "-one"), (80, "-two"), (120, "-three")]  # noqa: RUF012 - theirs
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-high")]  # noqa: RUF012 - the framework's
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,w", "view(1)", N_("Next view"), id="phrase.view", tooltip=N_("view")),
        Binding("shift+tab", "view(-1)", N_("Previous view"), id="phrase.view-back", show=False),
        Binding(
            "asterisk,slash",
            "ask",
            N_("Follow another phrase"),
            id="phrase.ask",
            tooltip=N_("phrase"),
        ),
        _rule("b", "blanks", N_("Rule on or off: blanks")),
        _rule("d", "dots", N_("Rule on or off: middle dots and hyphens")),
        _rule("q", "quotes", N_("Rule on or off: quotation marks")),
        _rule("c", "case", N_("Rule on or off: capitals")),
        _rule("h", "hanja", N_("Rule on or off: Hanja")),
        _rule("p", "particles", N_("Rule on or off: particles")),
        _rule("w", "compounds", N_("Rule on or off: compounds")),
        _rule("n", "aliases", N_("Rule on or off: other names")),
        Binding("a", "collect", N_("Put into the tray"), id="phrase.add", tooltip=N_("collect")),
        Binding(
            "g a",
            "collect_all",
            N_("Collect the whole answer"),
            id="phrase.add-all",
            tooltip=N_("collect all"),
        ),
        Binding(
            "d",
            "changes_elsewhere",
            N_("Where new and gone phrases are shown"),
            id="phrase.changes",
            show=False,
        ),
        Binding("ctrl+e", "scroll(1)", N_("Scroll the passage down"), id="phrase.down", show=False),
        Binding("ctrl+y", "scroll(-1)", N_("Scroll the passage up"), id="phrase.up", show=False),
        Binding("escape,q", "close", N_("Close"), id="phrase.close", tooltip=N_("close")),
    ]

    bar = getters.query_one(PhraseBar)
    history = getters.query_one(HistoryList)
    lines = getters.query_one(LineList)
    passage = getters.query_one(PassageView)

    collect: Callable[[Sequence[Address], str, Sequence[str]], str]
    """Puts passages into the tray, under a heading and lines; says what it did."""

    view: var[str] = var("history", init=False)
    rules: var[frozenset[str]] = var(RULES, init=False)
    followed: var[Followed | None] = var(None, init=False)
    sort: var[str] = var("meeting", init=False)

    def __init__(
        self, phrase: str, book: Phrasebook, origin: str = "", phrases: Sequence[str] = ()
    ) -> None:
        super().__init__(book, origin)
        self._phrases = phrases
        self.phrase = phrase

    def compose(self) -> ComposeResult:
        """The bar, the lists, of which one is shown, and the passage."""
        yield PhraseBar()
        with Vertical(id="lists"):
            yield HistoryList(id="history").data_bind(PhraseScreen.followed)
            yield LineList(id="lines")
            yield SeriesGrid(self._book.text_at, id="series")
            yield FreshList(self._book.text_at, id="fresh")
            yield OrderList(self._book.text_at, id="order")
        yield PassageView()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the history first."""
        self.history.origin = self.grid.origin = self._origin
        self.watch_view()
        self.begin(self.phrase)

    # The phrase and its rules

    def begin(self, phrase: str) -> None:
        """Follow a phrase."""
        self.phrase = self.bar.phrase = phrase
        self._ask()

    def watch_rules(self) -> None:
        self.bar.rules = self.rules
        self._ask()

    def _ask(self) -> None:
        self.bar.told, self.bar.problem = _("Searching…"), False
        self._follow(self.phrase, self.rules)

    @work(thread=True, exclusive=True, group="follow")
    def _follow(self, phrase: str, rules: frozenset[str]) -> None:
        """Follow the phrase beside the keys."""
        try:
            self.post_message(self.Arrived(self._book.follow(phrase, rules, self._facts)))
        except ScmError as error:
            self.post_message(self.Failed(phrase, error))

    @on(Arrived)
    def show_followed(self, event: PhraseScreen.Arrived) -> None:
        """Show what was found, if it is still asked for."""
        found = event.followed
        if (found.asked, found.history.rules) != (self.phrase, self.rules):
            return
        self.followed = found
        self.bar.told = courses(found.history.summaries)
        if found.history.asked:
            read = _("read as “{phrase}”").format(phrase=found.history.phrase)
            self.bar.told = f"{read} · {self.bar.told}"
        self._line_up()
        self.show_grid()

    @on(Failed)
    def tell_problem(self, event: PhraseScreen.Failed) -> None:
        """Say why a phrase cannot be followed."""
        if event.phrase == self.phrase:
            self.followed, self.lines.lines = None, ()
            self.show_grid()
            self.bar.told, self.bar.problem = say(event.error), True

    def action_rule(self, rule: str) -> None:
        """Switch a rule off, or on again."""
        self.rules = self.rules ^ {rule}

    async def action_ask(self) -> None:
        """Ask for another phrase."""
        from scmtui.tui.phrases.picker import PhrasePicker

        await self.app.push_screen(PhrasePicker(self._phrases), self._asked)

    def _asked(self, phrase: str | None) -> None:
        if phrase:
            self.begin(phrase)

    def action_collect(self) -> None:
        """Put the passage under the cursor into the tray."""
        if found := self.shown_list.passages():
            hits, index = found
            self.app.say(self.collect([hits[index].address], "", ()))

    def action_collect_all(self) -> None:
        """Collect the whole answer: its sentences, and every passage that has the phrase."""
        if self.followed:
            from scmtui.phrases import report

            history = self.followed.history
            addresses = [it.address for row in history.rows for it in row.places]
            heading = f"“{history.phrase}”"
            self.app.say(self.collect(addresses, heading, report(history)))

    def action_changes_elsewhere(self) -> None:
        """Say where it is shown what is new or gone in a document."""
        if self.view == "series":
            self.app.say(_("What is new or gone is shown from the grid: esc, then d."))
        else:
            self.app.say(
                _("What is new or gone in a document is shown in the series: Tab, then d.")
            )

    # The views

    @property
    def shown_list(self) -> PassageList:
        """The list that is shown."""
        if self.view == "series":
            return {"": self.grid, "changes": self.fresh, "order": self.order}[self.detail]
        return self.history if self.view == "history" else self.lines

    def watch_view(self) -> None:
        self.bar.view = self.view
        for each in self.query(PassageList):
            each.display = each is self.shown_list
        self.shown_list.focus()
        self._tell()
        if self.view == "series" and not self.language:
            self.language = self._language()

    def _language(self) -> str:
        """That of the document from which the reader came, or of the phrase."""
        of_origin = [facts.language for facts in self._facts if facts.id == self._origin]
        return (
            of_origin[0] if of_origin else self.followed.history.language if self.followed else "ko"
        )

    def action_view(self, step: int) -> None:
        """Look at it in the next way."""
        self.view = VIEWS[(VIEWS.index(self.view) + step) % len(VIEWS)]

    @on(PassageList.Pointed)
    def follow_cursor(self, event: PassageList.Pointed) -> None:
        """Show the passage under the cursor."""
        if event.rows is self.shown_list:
            self._tell()

    def _tell(self) -> None:
        """Show what the cursor is on; the list takes no more room than its rows, up to a share."""
        rows = self.shown_list
        self.passage.blocks = rows.blocks()
        self.query_one("#lists").styles.height = max(LEAST_ROWS, rows.count + bool(rows.title) + 1)

    def action_scroll(self, lines: int) -> None:
        """Scroll the passage."""
        self.passage.scroll_by(lines * (self.app.count or 1))

    # The concordance

    def watch_sort(self) -> None:
        self._line_up()

    def action_sort(self) -> None:
        """Sort the lines in the next way."""
        ways = list(SORTS)
        self.sort = ways[(ways.index(self.sort) + 1) % len(ways)]

    def _line_up(self) -> None:
        if self.followed:
            self._sort_lines(self.followed, self.sort)

    @work(thread=True, exclusive=True, group="lines")
    def _sort_lines(self, followed: Followed, sort: str) -> None:
        """Sort the lines beside the keys."""
        try:
            lines = self._book.lines(followed, SORTS[sort], self._facts)
            by_theme = self._book.themed(self._facts).taxonomy if sort == "theme" else None
        except ScmError as error:
            self.post_message(self.Failed(followed.asked, error))
        else:
            self.post_message(self.LinedUp(followed, sort, lines, by_theme))

    @on(LinedUp)
    def show_lines(self, event: PhraseScreen.LinedUp) -> None:
        """Show the lines, if they are still asked for."""
        if event.followed is self.followed and event.sort == self.sort:
            self.lines.taxonomy = event.taxonomy
            self.lines.show(event.lines, event.followed, sort_in_words(event.sort))

    def first_rows(self, columns: tuple[Facts, ...]) -> tuple[SeriesLine, ...]:
        """The phrase itself, above the themes and above the terms of one."""
        return (phrase_line(self.followed.history, columns),) if self.followed else ()

    # The way out

    @on(PassageList.Chosen)
    def take(self, event: PassageList.Chosen) -> None:
        """Open a passage in the text, the others to be walked with n and p."""
        self.dismiss(Found(self.phrase, event.hits, event.index))

    def action_close(self) -> None:
        """From what changed to the grid, from terms to themes, then back to the text."""
        if self.view == "series" and self.detail:
            self.detail = ""
        elif self.view == "series" and self.theme:
            self.theme = ""
        else:
            self.dismiss(None)

    def go_to(self, typed: str) -> None:
        """Open an address that was typed after the colon, or follow any other phrase."""
        try:
            address = Address.parse(typed)
        except AddressError:
            self.begin(typed.strip())
            return
        if self._book.has(address.document):
            text, facts = self._book.text_at(address)
            self.dismiss(Found(self.phrase, (Hit(address, 1.0, None, (), text, facts),), 0))
        else:
            self.app.say(_("There is no document “{id}”.").format(id=address.document))
