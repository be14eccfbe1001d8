"""Searching from a screen: here, everywhere, and from hit to hit."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.reactive import var

from scmtui.language import N_, _
from scmtui.tui.commanded import CommandedScreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.binding import BindingType

    from scmtui.model import Address, Document
    from scmtui.search import Index, Results
    from scmtui.search.filters import ThemeLabels
    from scmtui.shelf import Shelf
    from scmtui.tui.search import Found

    Search = Callable[[str], Results]

LIMIT = 200
"""Hits that are listed; the status says how many there are."""
MOST_QUERIES = 50


class Finder:
    """Searches in the open document and in all of them, made ready when they are first needed."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._here: tuple[Document, Index] | None = None
        self._everywhere: Index | None = None
        self._labels: ThemeLabels | None = None
        self.earlier: list[str] = []
        """Queries that led somewhere, the latest last."""

    def prepare(self) -> None:
        """Load what searching needs, so that the first letter need not wait for it."""
        import scmtui.search.filters
        import scmtui.search.pick  # noqa: F401

    def everything(self, query: str) -> Results:
        """Search in all documents."""
        from scmtui.search import index  # loads the libraries that searching needs

        if self._everywhere is None or self._shelf.changed():
            self._everywhere, self._labels = index(self._shelf.documents()), None
        return self._everywhere.search(query, limit=LIMIT, labels=self._themes())

    def within(self, document: Document, query: str) -> Results:
        """Search in one document."""
        from scmtui.search import index

        if self._here is None or self._here[0] is not document:
            self._here = (document, index([document]))
        return self._here[1].search(query, limit=LIMIT, labels=self._themes())

    def _themes(self) -> ThemeLabels:
        from scmtui.search.filters import ThemeLabels
        from scmtui.themes import taxonomy

        if self._labels is None:
            ids = [facts.id for facts in self._shelf.facts()]
            self._labels = ThemeLabels(map(self._shelf.document, ids), taxonomy())
        return self._labels

    def remember(self, query: str) -> None:
        """Keep a query to come back to."""
        self.earlier = [*(one for one in self.earlier if one != query), query][-MOST_QUERIES:]


class SearchingScreen(CommandedScreen[None]):
    """A screen from which one can search, and walk the hits after."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "slash",
            "find_here",
            N_("Search in this document"),
            id="search.here",
            tooltip=N_("search"),
        ),
        Binding("s", "find", N_("Search everywhere"), id="search.everywhere", tooltip=N_("in all")),
        Binding("n", "hit(1)", N_("Next hit"), id="search.next", show=False),
        Binding("p", "hit(-1)", N_("Previous hit"), id="search.previous", show=False),
    ]

    finder: Finder
    document: var[Document | None]
    found: var[Found | None] = var(None, init=False)
    """What the last search found, and which hit the reader is at."""

    def open(self, address: Address, row: int | None = None, *, back: bool = False) -> bool:
        """Show the text at an address; says whether it is there."""
        raise NotImplementedError

    async def action_find_here(self) -> None:
        """Search in the open document."""
        if self.document:
            search = partial(self.finder.within, self.document)
            await self._ask(search, _("this document"))

    async def action_find(self) -> None:
        """Search in all documents."""
        await self._ask(self.finder.everything, _("all documents"))

    async def _ask(self, search: Search, where: str) -> None:
        from scmtui.tui.search import SearchScreen

        search("")  # an index that is made now is there with the first letter
        await self.app.push_screen(SearchScreen(search, where, self.finder.earlier), self._go)

    def _go(self, found: Found | None) -> None:
        if found:
            self.finder.remember(found.query)
            self.found = found
            self.open(found.hits[found.index].address)
            self.read()

    def read(self) -> None:
        """Bring the text to the fore."""
        raise NotImplementedError

    def action_hit(self, step: int) -> None:
        """Go to the next or previous hit of the last search."""
        found = self.found
        if found is None:
            self.app.say(_("Search first: / in this document, s everywhere."))
            return
        at = found.index + step
        if not 0 <= at < len(found.hits):
            self.app.say(_("That was the last hit in this direction."))
            return
        self.found = replace(found, index=at)
        self.open(found.hits[at].address)
        said = _("Hit {number} of {total} for “{query}”")
        self.app.say(said.format(number=at + 1, total=len(found.hits), query=found.query))
