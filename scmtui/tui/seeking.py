"""Searching from a comparison: in its two documents, in all of them, and from hit to hit."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.reactive import var

from scmtui.language import N_, _
from scmtui.tui.pairing import PairingScreen

if TYPE_CHECKING:
    from textual.binding import BindingType

    from scmtui.model import Address
    from scmtui.search import Hit
    from scmtui.tui.finding import Finder
    from scmtui.tui.search import Found, Scope


class SeekingScreen(PairingScreen):
    """A comparison from which one can search, and walk the hits that stand in it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "slash",
            "find_here",
            N_("Search in these two documents"),
            id="search.here",
            tooltip=N_("search"),
        ),
        Binding("s", "find", N_("Search everywhere"), id="search.everywhere", show=False),
        Binding("n", "hit(1)", N_("Next hit"), id="search.next", show=False),
        Binding("p", "hit(-1)", N_("Previous hit"), id="search.previous", show=False),
    ]

    finder: Finder
    found: var[Found | None] = var(None, init=False)
    """What the last search found, and which hit the reader is at."""

    def show_hit(self, address: Address, at: int = 0) -> bool:
        """Go to a place in a passage of the two documents; says whether it is one of theirs."""
        raise NotImplementedError

    def read_on(self, found: Found) -> None:
        """Read a passage that was chosen in the text."""
        raise NotImplementedError

    async def action_find_here(self) -> None:
        """Search in the two documents."""
        from scmtui.tui.search import Scope

        search = partial(self.finder.within, self.both)
        await self._ask(Scope(search, _("these two documents"), collect=self.collect_all))

    async def action_find(self) -> None:
        """Search in all documents."""
        from scmtui.tui.search import Scope

        finder = self.finder
        scope = Scope(
            finder.everything,
            _("all documents"),
            finder.progress,
            finder.problem,
            self.collect_all,
        )
        await self._ask(scope)
        finder.warm()

    async def _ask(self, scope: Scope) -> None:
        from scmtui.tui.search import SearchScreen

        scope.search("")  # an index that is made now is there with the first letter
        await self.app.push_screen(SearchScreen(scope, self.finder.earlier), self._go)

    def _go(self, found: Found | None) -> None:
        """Go to the row of a hit; one in another document is read."""
        if found:
            self.finder.remember(found.query)
            if self._show(found.hits[found.index]):
                self._at_hit(found)
            else:
                self.read_on(found)

    def action_hit(self, step: int) -> None:
        """Go to the next or previous hit of the last search that stands in the two documents."""
        found = self.found
        if found is None:
            self.app.say(_("Search first: / in these documents, s everywhere."))
            return
        at = found.index + step
        while 0 <= at < len(found.hits) and not self._show(found.hits[at]):
            at += step
        if 0 <= at < len(found.hits):
            self._at_hit(replace(found, index=at))
        else:
            self.app.say(_("That was the last hit in this direction."))

    def _show(self, hit: Hit) -> bool:
        return self.show_hit(hit.address, hit.spans[0][0] if hit.spans else 0)

    def _at_hit(self, found: Found) -> None:
        """Mark the words found, and say which of the hits this is."""
        self.found = found
        said = _("Hit {number} of {total} for “{query}”").format(
            number=found.index + 1, total=len(found.hits), query=found.query
        )
        self.app.say(f"{said} · {found.hits[found.index].address}")
