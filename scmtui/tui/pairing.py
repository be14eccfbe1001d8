"""Pairs that the reader makes or breaks in a comparison, and the way back from them."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import Binding

from scmtui.language import N_, _, say
from scmtui.model import Address, ScmError
from scmtui.tui.collecting import CollectingScreen
from scmtui.tui.undone import in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.binding import BindingType

    from scmtui.compare import Row
    from scmtui.library import Change
    from scmtui.model import Document

Left = tuple[dict[str, str | int], Address | None]
"""How a comparison was left, and the address to read on at, if any."""


class Ends(NamedTuple):
    """A paragraph of either side that may be put together with another; None where is none."""

    left: Address | None
    right: Address | None


class PairingScreen(CollectingScreen[Left]):
    """A comparison whose pairs the reader can put right."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "break", N_("Break this pair"), id="pair.break", show=False),
        Binding("r", "join", N_("Put two paragraphs together"), id="pair.join", show=False),
        Binding("u", "undo", N_("Undo"), id="library.undo", show=False),
        Binding("ctrl+r", "redo", N_("Redo"), id="library.redo", show=False),
    ]

    _chosen: Ends | None = None

    @property
    def both(self) -> tuple[Document, Document]:
        """The base and the document beside it."""
        raise NotImplementedError

    def row_here(self) -> Row | None:
        """The row that the reader is at; None where several are folded, or none is shown."""
        raise NotImplementedError

    def paired_ends(self) -> Ends:
        """What can be put together with something, of what the reader is at."""
        raise NotImplementedError

    def align_at(self, address: Address | None) -> None:
        """Align anew, by what the reader has said of the pairs, and come back to an address."""
        raise NotImplementedError

    def action_break(self) -> None:
        """Say that the paragraphs of this row do not belong together."""
        row = self.row_here()
        if row and row.left and row.right:
            self._pin(list(product(row.left, row.right)), together=False)
        else:
            self.app.say(_("Only one side stands here; there is no pair to break."))

    def action_join(self) -> None:
        """Choose this paragraph, and with the next press the one that belongs to it."""
        here, chosen = self.paired_ends(), self._chosen
        address = here.left or here.right
        if address is None:
            return
        if chosen is None:
            self._chosen = here
            said = _("{address} is chosen. Go to what belongs to it and press r again.")
            self.app.say(said.format(address=address))
            return
        self._chosen = None
        if chosen.left and here.right:
            self._pin([(chosen.left, here.right)], together=True)
        elif chosen.right and here.left:
            self._pin([(here.left, chosen.right)], together=True)
        else:
            self.app.say(_("The other side has nothing here; choose again."))

    def _pin(self, pairs: Sequence[tuple[Address, Address]], *, together: bool) -> None:
        try:
            self.places.pin(self.both, pairs, together=together)
        except ScmError as error:
            self.app.say(say(error))
            return
        said = (
            _("{left} and {right} belong together.")
            if together
            else _("{left} and {right} are parted.")
        )
        lefts, rights = (dict.fromkeys(map(str, side)) for side in zip(*pairs, strict=True))
        told = said.format(left=", ".join(lefts), right=", ".join(rights))
        self.app.say(f"{told} {_('u takes it back.')}")
        self.align_at(pairs[0][0])

    def action_undo(self) -> None:
        """Take back the last change of the library."""
        self._turn(self.places.library.undo, _("There is nothing to undo."), _("Undone: {change}."))

    def action_redo(self) -> None:
        """Make the change again that was last undone."""
        self._turn(self.places.library.redo, _("There is nothing to redo."), _("Redone: {change}."))

    def _turn(self, turn: Callable[[], Change | None], nothing: str, done: str) -> None:
        try:
            change = turn()
        except ScmError as error:
            self.app.say(say(error))
            return
        self.app.say(done.format(change=in_words(change)) if change else nothing)
        self.collected()
        self.align_at(self.bring_text().address)
