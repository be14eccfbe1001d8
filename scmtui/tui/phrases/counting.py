"""The series view of the phrase screen: what is counted there, worked out beside the keys."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual import getters, on, work
from textual.message import Message
from textual.reactive import var

from scmtui.language import _, say
from scmtui.model import ScmError
from scmtui.tui.commanded import CommandedScreen
from scmtui.tui.phrases.document import FreshList, OrderList
from scmtui.tui.phrases.series import SeriesGrid, measure_in_words
from scmtui.tui.phrases.words import language_in_words
from scmtui.tui.search import Found

if TYPE_CHECKING:
    from scmtui.model import Facts
    from scmtui.phrases.fresh import Changes
    from scmtui.phrases.series import Line, Measure, Order, Series
    from scmtui.themes import Taxonomy
    from scmtui.tui.phrases.book import Phrasebook


class CountingScreen(CommandedScreen[Found | None]):
    """A screen with a grid of themes or terms, and what is new or gone in one document."""

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

    @dataclass
    class Ordered(Message):
        """It is known what each paragraph of a document is about."""

        order: Order
        taxonomy: Taxonomy

    grid = getters.query_one(SeriesGrid)
    fresh = getters.query_one(FreshList)
    order = getters.query_one(OrderList)

    measure: var[str] = var("paragraphs", init=False)
    theme: var[str] = var("", init=False)
    """The theme whose terms are counted; empty for all themes."""
    language: var[str] = var("", init=False)
    """The language of the documents that are counted; empty until it is chosen."""
    detail: var[str] = var("", init=False)
    """What is shown of one document: "changes", "order", or nothing but the grid."""

    def __init__(self, book: Phrasebook, origin: str) -> None:
        super().__init__()
        self._book = book
        self._origin = origin
        self._facts: tuple[Facts, ...] = book.facts()
        self._counted: CountingScreen.Counted | None = None

    def watch_view(self) -> None:
        """Show the list that is looked at now."""
        raise NotImplementedError

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
        if row and row.is_phrase and not self.theme:
            self.app.say(_("This row is the phrase itself: go to a theme for its terms."))
            return
        self.theme = "" if self.theme or row is None else row.id

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
    def show_series(self, event: CountingScreen.Counted) -> None:
        """Show the grid, if it is still asked for."""
        if event.asked != (self.language, self.theme, self.measure):
            return
        self._counted = event
        self.show_grid()

    def show_grid(self) -> None:
        """Show what was counted, under the phrase as it is followed now."""
        if event := self._counted:
            series = event.series
            rows = (*self.first_rows(series.columns), *series.rows)
            self.grid.show(replace(series, rows=rows), event.taxonomy, event.asked[1])

    def first_rows(self, columns: tuple[Facts, ...]) -> tuple[Line, ...]:  # noqa: ARG002
        """Rows to be shown above those that are counted."""
        return ()

    # One document

    def action_changes(self) -> None:
        """Show what is new and gone in the document under the cursor."""
        if self.grid.facts:
            self.app.say(_("Searching…"))
            self._weigh(self.grid.facts.id)

    def action_order(self) -> None:
        """Show the paragraphs of the document under the cursor with their themes."""
        if self.grid.facts:
            self._put_in_order(self.grid.facts.id)

    @work(thread=True, exclusive=True, group="series")
    def _weigh(self, document: str) -> None:
        """Work out beside the keys what is new and gone."""
        try:
            changes = self._book.changes(document, self._facts)
        except ScmError as error:
            self.app.call_from_thread(self.app.say, say(error))
        else:
            if changes:
                self.post_message(self.Weighed(changes))

    @work(thread=True, exclusive=True, group="series")
    def _put_in_order(self, document: str) -> None:
        """Find beside the keys what each paragraph is about."""
        try:
            themed = self._book.themed(self._facts, self.language)
        except ScmError as error:
            self.app.call_from_thread(self.app.say, say(error))
            return
        for order in themed.order():
            if order.facts.id == document:
                self.post_message(self.Ordered(order, themed.taxonomy))

    def _is_asked(self, facts: Facts) -> bool:
        """Whether the reader still looks at a document in the grid."""
        return self.grid.display and self.grid.facts is not None and self.grid.facts.id == facts.id

    @on(Weighed)
    def show_changes(self, event: CountingScreen.Weighed) -> None:
        """Show what is new and gone in a document."""
        self.app.say("")
        if self._is_asked(event.changes.facts):
            self.fresh.changes = event.changes
            self.detail = "changes"

    @on(Ordered)
    def show_order(self, event: CountingScreen.Ordered) -> None:
        """Show the themes of a document in order."""
        if self._is_asked(event.order.facts):
            self.order.show(event.order, event.taxonomy)
            self.detail = "order"

    def watch_detail(self) -> None:
        self.watch_view()
