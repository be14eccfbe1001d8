"""A phrase through all documents: its history, its concordance, and the series it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.style import Style
from textual import getters, on, work
from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message
from textual.reactive import reactive, var

from scmtui.language import N_, _, say
from scmtui.model import Address, AddressError, ScmError
from scmtui.phrases.rules import ORDER, RULES
from scmtui.search import Hit
from scmtui.tui.bars import KeyBar
from scmtui.tui.commanded import CommandedScreen
from scmtui.tui.phrases_history import HistoryList
from scmtui.tui.phrases_lines import LineList
from scmtui.tui.phrases_passage import PassageList, PassageView
from scmtui.tui.phrases_series import FreshList, SeriesGrid, measure_in_words
from scmtui.tui.phrases_words import courses, language_in_words, rule_name
from scmtui.tui.search import Found
from scmtui.tui.shown import Drawn, line, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.strip import Strip

    from scmtui.model import Facts
    from scmtui.phrases.concordance import Line
    from scmtui.phrases.fresh import Changes
    from scmtui.phrases.series import Measure, Series
    from scmtui.themes import Taxonomy
    from scmtui.tui.phrasebook import Followed, Phrasebook

VIEWS = ("history", "lines", "series")
SORTS = {
    "meeting": ("meeting",),
    "left": ("left", "right"),
    "right": ("right", "left"),
    "theme": ("theme", "meeting"),
}
"""By what lines can be sorted, with what decides between equals; else their order in the text."""
LEAST_ROWS = 4
"""Lines that a list has at least, so that the passage does not jump about with one row more."""
ALL_VIEWS_FROM = 56
"""Cells from which on all views have room beside the phrase."""
REVERSE = Style(reverse=True)


def view_in_words(view: str) -> str:
    """What a way to look at a phrase is called."""
    return {"history": _("History"), "lines": _("Concordance"), "series": _("Series")}[view]


def sort_in_words(sort: str) -> str:
    """By what the lines of the concordance are sorted."""
    return {
        "meeting": _("sorted by meeting"),
        "left": _("sorted by the words before"),
        "right": _("sorted by the words after"),
        "theme": _("sorted by theme"),
    }[sort]


class PhraseBar(Drawn):
    """The phrase with the ways to look at it; what became of it; which rules are on."""

    phrase: reactive[str] = reactive("")
    view: reactive[str] = reactive("history")
    told: reactive[str] = reactive("")
    problem: reactive[bool] = reactive(False)
    rules: reactive[frozenset[str]] = reactive(RULES)

    def render_line(self, y: int) -> Strip:
        """The phrase, what is told of it, or the rules."""
        cells, plain, quiet = self.size.width, self.plain, self.look("quiet")
        if y == 1:
            style = self.look("warning") if self.problem else plain
            return line([(f" {self.told}", style)], cells, plain)
        if y == 2:
            return self._rules(cells)
        views = [
            (f" {view_in_words(it)} ", self.look("title") + REVERSE if it == self.view else quiet)
            for it in (VIEWS if cells >= ALL_VIEWS_FROM else (self.view,))
        ]
        wide = sum(cell_len(shown(text)) for text, _style in views)
        left = line([(f" “{self.phrase}”", self.look("title"))], max(0, cells - wide), plain)
        return left.join([left, line(views, min(wide, cells), plain)])

    def _rules(self, cells: int) -> Strip:
        """The rules with a tick or a cross; where there is no room, only those that are off."""
        quiet = self.look("quiet")
        key = [(" r ", self.look("strong")), (f"{_('rules')} ", quiet)]
        pieces = list(key)
        for rule in ORDER:
            on = rule in self.rules
            pieces.append((f" {'✓' if on else '×'}", self.look("mark" if on else "warning")))
            pieces.append((rule_name(rule), quiet if on else self.look("gone")))
        if sum(cell_len(shown(text)) for text, _style in pieces) > cells:
            off = [rule_name(rule) for rule in ORDER if rule not in self.rules]
            said = _("off: {rules}").format(rules=", ".join(off)) if off else _("all on")
            pieces = [*key, (f" {said}", self.look("warning" if off else "quiet"))]
        return line(pieces, cells, self.plain)


def _rule(key: str, rule: str, what: str) -> Binding:
    return Binding(f"r {key}", f"rule({rule!r})", what, id=f"phrase.rule-{rule}", show=False)


class PhraseScreen(CommandedScreen[Found | None]):
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

    @dataclass
    class Counted(Message):
        """A grid is counted."""

        asked: tuple[str, str, str]
        series: Series
        taxonomy: Taxonomy

    @dataclass
    class Weighed(Message):
        """It is known what is new and gone in a document."""

        changes: Changes

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
        Binding("ctrl+e", "scroll(1)", N_("Scroll the passage down"), id="phrase.down", show=False),
        Binding("ctrl+y", "scroll(-1)", N_("Scroll the passage up"), id="phrase.up", show=False),
        Binding("escape,q", "close", N_("Close"), id="phrase.close", tooltip=N_("close")),
    ]

    bar = getters.query_one(PhraseBar)
    history = getters.query_one(HistoryList)
    lines = getters.query_one(LineList)
    grid = getters.query_one(SeriesGrid)
    fresh = getters.query_one(FreshList)
    passage = getters.query_one(PassageView)

    view: var[str] = var("history", init=False)
    rules: var[frozenset[str]] = var(RULES, init=False)
    followed: var[Followed | None] = var(None, init=False)
    sort: var[str] = var("meeting", init=False)
    measure: var[str] = var("paragraphs", init=False)
    theme: var[str] = var("", init=False)
    """The theme whose terms are counted; empty for all themes."""
    language: var[str] = var("", init=False)
    """The language of the documents that are counted; empty until it is chosen."""
    changed: var[str] = var("", init=False)
    """The document of which is shown what is new and gone in it; empty for the grid."""

    def __init__(
        self, phrase: str, book: Phrasebook, origin: str = "", phrases: Sequence[str] = ()
    ) -> None:
        super().__init__()
        self._phrases = phrases
        self.phrase = phrase
        self._book = book
        self._origin = origin
        self._facts: tuple[Facts, ...] = book.facts()

    def compose(self) -> ComposeResult:
        """The bar, the lists, of which one is shown, and the passage."""
        yield PhraseBar()
        with Vertical(id="lists"):
            yield HistoryList(id="history").data_bind(PhraseScreen.followed)
            yield LineList(id="lines")
            yield SeriesGrid(self._book.text_at, id="series")
            yield FreshList(self._book.text_at, id="fresh")
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
        self._line_up()

    @on(Failed)
    def tell_problem(self, event: PhraseScreen.Failed) -> None:
        """Say why a phrase cannot be followed."""
        if event.phrase == self.phrase:
            self.followed = None
            self.bar.told, self.bar.problem = say(event.error), True

    def action_rule(self, rule: str) -> None:
        """Switch a rule off, or on again."""
        self.rules = self.rules ^ {rule}

    async def action_ask(self) -> None:
        """Ask for another phrase."""
        from scmtui.tui.phrases_picker import PhrasePicker

        await self.app.push_screen(PhrasePicker(self._phrases), self._asked)

    def _asked(self, phrase: str | None) -> None:
        if phrase:
            self.begin(phrase)

    # The views

    @property
    def shown_list(self) -> PassageList:
        """The list that is shown."""
        if self.view == "series":
            return self.fresh if self.changed else self.grid
        return self.history if self.view == "history" else self.lines

    def watch_view(self) -> None:
        self.bar.view = self.view
        for each in self.query(PassageList):
            each.display = each is self.shown_list
        self.shown_list.focus()
        self._tell()
        if self.view == "series" and not self.language:
            self.language = self._language()

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
        self.app.say(sort_in_words(self.sort))

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
            self.lines.show(event.lines, event.followed)

    # The series

    def action_measure(self) -> None:
        """Count paragraphs, or the share of the words that stand in them."""
        if self.theme:
            self.app.say(_("Terms are counted by how often they stand there."))
        else:
            self.measure = "share" if self.measure == "paragraphs" else "paragraphs"
            self.app.say(measure_in_words(self._measure))

    @property
    def _measure(self) -> Measure:
        return "share" if self.measure == "share" else "paragraphs"

    def watch_measure(self) -> None:
        self._count()

    def watch_theme(self) -> None:
        self._count()

    def action_terms(self) -> None:
        """Count the terms of the theme under the cursor, or all themes again."""
        row = self.grid.row
        self.theme = "" if self.theme or row is None else row.id

    def _language(self) -> str:
        """That of the document from which the reader came, or of the phrase."""
        of_origin = [facts.language for facts in self._facts if facts.id == self._origin]
        return (
            of_origin[0] if of_origin else self.followed.history.language if self.followed else "ko"
        )

    def watch_language(self) -> None:
        self._count()

    def action_language(self) -> None:
        """Count the documents in the other language, if there are any."""
        others = {facts.language for facts in self._facts} - {self.language}
        if others:
            self.language = others.pop()
            self.app.say(language_in_words(self.language))
        else:
            self.app.say(_("There are no documents in another language."))

    @work(thread=True, exclusive=True, group="series")
    def _count(self) -> None:
        """Count beside the keys."""
        asked = (self.language, self.theme, self.measure)
        try:
            themed = self._book.themed(self._facts, self.language)
        except ScmError as error:
            self.app.call_from_thread(self.app.say, say(error))
            return
        series = themed.terms(asked[1]) if asked[1] else themed.themes(self._measure)
        self.post_message(self.Counted(asked, series, themed.taxonomy))

    @on(Counted)
    def show_series(self, event: PhraseScreen.Counted) -> None:
        """Show the grid, if it is still asked for."""
        if event.asked != (self.language, self.theme, self.measure):
            return
        self.grid.show(event.series, event.taxonomy, self.theme)

    def action_changes(self) -> None:
        """Show what is new and gone in the document under the cursor."""
        if self.grid.facts:
            self.app.say(_("Searching…"))
            self._weigh(self.grid.facts.id)

    @work(thread=True, exclusive=True, group="series")
    def _weigh(self, document: str) -> None:
        """Work out beside the keys what is new and gone."""
        changes = self._book.changes(document, self._facts)
        if changes:
            self.post_message(self.Weighed(changes))

    @on(Weighed)
    def show_changes(self, event: PhraseScreen.Weighed) -> None:
        """Show what is new and gone in a document."""
        self.app.say("")
        self.fresh.changes = event.changes
        self.changed = event.changes.facts.id
        self.watch_view()

    # The way out

    @on(PassageList.Chosen)
    def take(self, event: PassageList.Chosen) -> None:
        """Open a passage in the text, the others to be walked with n and p."""
        self.dismiss(Found(self.phrase, event.hits, event.index))

    def action_close(self) -> None:
        """From what changed to the grid, from terms to themes, then back to the text."""
        if self.view == "series" and self.changed:
            self.changed = ""
            self.watch_view()
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
