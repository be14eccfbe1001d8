"""The bar of the phrase screen: the phrase, the views, what became of it, and the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.style import Style
from textual.reactive import reactive

from scmtui.language import _
from scmtui.phrases.rules import ORDER, RULES
from scmtui.tui.phrases.words import rule_name
from scmtui.tui.shown import Drawn, line, shown

if TYPE_CHECKING:
    from textual.strip import Strip

VIEWS = ("history", "lines", "series")
ALL_VIEWS_FROM = 56
"""Cells from which on all views have room beside the phrase."""
REVERSE = Style(reverse=True)


def view_in_words(view: str) -> str:
    """What a way to look at a phrase is called."""
    return {"history": _("History"), "lines": _("Concordance"), "series": _("Series")}[view]


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
