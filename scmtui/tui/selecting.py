"""Selecting on the keyboard: the layer that has the keys while a selection stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from textual import getters, on
from textual.binding import Binding

from scmtui.language import N_, _, ngettext
from scmtui.tui.bars import KeyBar, two_ends
from scmtui.tui.commanded import CommandedScreen
from scmtui.tui.keys import KeyedApp
from scmtui.tui.paged import PagedPane
from scmtui.tui.selection import PART, SENTENCE, WORD, Selection
from scmtui.tui.shown import Drawn

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.binding import BindingType
    from textual.strip import Strip

    from scmtui.tui.selection import Selected

Result = TypeVar("Result")
Pane = PagedPane[Any, Any]


class SelectionBar(Drawn, can_focus=True):
    """Says how much is selected, and has the keys as long as something is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "unit", N_("By part, sentence, word"), id="select.unit", tooltip=N_("unit")),
        Binding(
            "l,right",
            "extend(1)",
            N_("Extend to the next"),
            id="select.forward",
            key_display="←↓↑→",
            tooltip=N_("extend"),
        ),
        Binding("h,left", "extend(-1)", N_("Extend back"), id="select.back", show=False),
        Binding("j,down", "line(1)", N_("Extend a line down"), id="select.down", show=False),
        Binding("k,up", "line(-1)", N_("Extend a line up"), id="select.up", show=False),
        Binding(
            "w",
            "move(1)",
            N_("Select the next instead"),
            id="select.next",
            key_display="w b",
            tooltip=N_("move"),
        ),
        Binding(
            "b", "move(-1)", N_("Select the previous instead"), id="select.previous", show=False
        ),
        Binding("space", "begin", N_("Begin the selection here"), id="select.begin", show=False),
        Binding("o", "turn", N_("Move the other end"), id="select.turn", show=False),
        Binding(
            "percent_sign", "side", N_("Select from the other side"), id="select.side", show=False
        ),
        Binding(
            "escape,q", "close", N_("Leave the selection"), id="select.close", tooltip=N_("leave")
        ),
    ]

    also: ClassVar[Mapping[str, str]] = {"copy.both": N_("copy it"), "tray.add": N_("collect")}
    app = getters.app(KeyedApp)

    def __init__(self, pane: Pane) -> None:
        super().__init__(id="selection")
        self.pane = pane
        self.selection = Selection.of(pane.passages(), pane.passage_here())

    def on_mount(self) -> None:
        """Take the keys and show what is selected."""
        self._select(self.selection)
        self.focus()

    def on_blur(self) -> None:
        """Leave the selection when the reader goes to another pane."""
        self.call_after_refresh(self._left)

    def _left(self) -> None:
        if self.is_attached and self.screen.focused not in {self, None}:
            self.close()

    def _select(self, selection: Selection) -> None:
        self.selection = selection
        self.pane.show_selected(selection)
        self.refresh()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 - there is one line
        """The unit, how much is selected, and where it begins."""
        selection = self.selection
        characters, letters, count = selection.counts
        unit = {PART: _("parts"), SENTENCE: _("sentences"), WORD: _("words")}[selection.unit]
        words = ngettext("{count} word", "{count} words", count).format(count=count)
        said = ngettext("{count} character", "{count} characters", characters)
        without = _("{count} without blanks").format(count=letters)
        plain, quiet = self.plain, self.look("quiet")
        pieces = [
            (f" {_('Selecting')} ", self.look("title")),
            (f"{unit} ", self.look("strong")),
            (f"· {words} · {said.format(count=characters)} ({without})", plain),
        ]
        where = f" {selection.selected[0].address} "
        return two_ends(pieces, (where, quiet), self.size.width, plain)

    # What the keys do

    @property
    def _times(self) -> int:
        return self.app.count or 1

    def action_unit(self) -> None:
        """Select by the next smaller unit, or by parts again."""
        self._select(self.selection.by_next_unit())

    def action_extend(self, step: int) -> None:
        """Take in the next unit, or give the last one back."""
        self._select(self.selection.extended(step * self._times))

    def action_line(self, step: int) -> None:
        """Take in a line more or less of words, or a sentence or part."""
        selection = self.selection
        for _turn in range(self._times):
            selection = selection.extended_by_line(step, self.pane.lines_of)
        self._select(selection)

    def action_move(self, step: int) -> None:
        """Select the next or previous unit instead."""
        self._select(self.selection.moved(step * self._times))

    def action_begin(self) -> None:
        """Select only the unit that was reached, to extend it from there."""
        self._select(self.selection.begun_here())

    def action_turn(self) -> None:
        """Let the keys move the other end."""
        self._select(self.selection.turned())

    def action_side(self) -> None:
        """Select from the other one of two texts."""
        if self.pane.turn_side():
            self._select(Selection.of(self.pane.passages(), self.pane.passage_here()))
        else:
            self.app.say(_("There is no other side here."))

    def action_close(self) -> None:
        """Leave the selection and read on where it was."""
        self.pane.focus()
        self.close()

    def close(self) -> None:
        """Nothing is selected any more."""
        self.pane.show_selected(None)
        self.remove()


class SelectingScreen(CommandedScreen[Result], Generic[Result]):
    """A screen on whose texts the reader can select."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "select", N_("Select"), id="select.open", show=False),
    ]

    def bring_text(self) -> Pane:
        """The pane with the text that the keys act on, brought to the fore."""
        raise NotImplementedError

    @property
    def selected(self) -> tuple[Selected, ...]:
        """What is selected, part by part; nothing when nothing is."""
        bars = self.query(SelectionBar)
        return bars.first().selection.selected if bars else ()

    async def action_select(self) -> None:
        """Select the part under the cursor, to begin with."""
        pane = self.bring_text()
        if not pane.passages():
            self.app.say(_(pane.unselectable))
        elif not self.query(SelectionBar):
            bar = SelectionBar(pane)
            await self.mount(bar, before=self.query_one(KeyBar))
            self.call_after_refresh(bar.focus)  # a pane that was hidden took the focus meanwhile

    @on(PagedPane.Filled)
    def leave_selection(self) -> None:
        """What was selected is not shown any more."""
        for bar in self.query(SelectionBar):
            if bar.pane.passages() != bar.selection.passages:
                bar.action_close()
