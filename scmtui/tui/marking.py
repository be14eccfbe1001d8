"""Marks, the way back, and undoing: from any screen that shows a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.reactive import var

from scmtui.language import N_, _, say
from scmtui.model import ScmError
from scmtui.tui.finding import SearchingScreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.binding import BindingType

    from scmtui.library import Change
    from scmtui.model import Address
    from scmtui.tui.places import Places


def _binding(keys: str, action: str, what: str, id_: str) -> Binding:
    return Binding(keys, action, what, id=id_, show=False)


class MarkingScreen(SearchingScreen):
    """A screen on which places can be marked and come back to."""

    BINDINGS: ClassVar[list[BindingType]] = [
        _binding("m *", "mark", N_("Set a mark"), "mark.set"),
        _binding("apostrophe *", "to_mark", N_("Go to a mark"), "mark.go"),
        _binding(
            "apostrophe apostrophe", "back(True)", N_("The place before, and back"), "mark.before"
        ),
        _binding("ctrl+o", "back", N_("Back along the way"), "mark.back"),
        _binding("u", "undo", N_("Undo"), "library.undo"),
        _binding("ctrl+r", "redo", N_("Redo"), "library.redo"),
    ]

    places: Places
    address: var[Address | None] = var(None, init=False)
    """Where the reader stands, as far as it has been shown."""

    @property
    def here(self) -> Address | None:
        """Where the reader stands now, with every key that was pressed before this one."""
        return self.address

    def show_marks(self) -> None:
        """Show the marks as they are now."""
        raise NotImplementedError

    def action_mark(self, letter: str) -> None:
        """Set a mark on the part under the cursor."""
        here = self.here
        if not self.document or not here:
            return
        if not letter.isalnum():
            self.app.say(_("A mark is a letter or a digit."))
            return
        try:
            self.places.mark(letter, self.document, here)
        except ScmError as error:
            self.app.say(say(error))
        else:
            self.show_marks()
            said = _("Mark {letter} is set at {address}.")
            self.app.say(said.format(letter=letter, address=here))

    def action_to_mark(self, letter: str) -> None:
        """Go to a mark."""
        try:
            self.open(self.places.at_mark(letter))
        except ScmError as error:
            self.app.say(say(error))

    def action_back(self, there_and_back: bool = False) -> None:
        """Go back to the place before the last jump, and with `there_and_back` here again next."""
        here, address = self.here, self.places.back()
        if address is None:
            self.app.say(_("There is no place before this one."))
            return
        self.open(address, back=True)
        if there_and_back and here:
            self.places.leave(here)

    def action_undo(self) -> None:
        """Take back the last change of the library."""
        self._turn(self.places.library.undo, _("There is nothing to undo."), _("Undone: {change}."))

    def action_redo(self) -> None:
        """Make the change again that was last undone."""
        self._turn(self.places.library.redo, _("There is nothing to redo."), _("Redone: {change}."))

    def _turn(self, turn: Callable[[], Change | None], nothing: str, done: str) -> None:
        from scmtui.tui.undone import in_words

        try:
            change = turn()
        except ScmError as error:
            self.app.say(say(error))
            return
        self.show_marks()
        self.app.say(done.format(change=in_words(change)) if change else nothing)
