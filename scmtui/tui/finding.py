"""Searching from a screen: here, everywhere, and from hit to hit."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.reactive import var

from scmtui.language import N_, _, say
from scmtui.settings import paths
from scmtui.tui.collecting import CollectingScreen
from scmtui.wording import kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import BindingType

    from scmtui.library.indexing import Progress
    from scmtui.library.searching import ShelfSearch
    from scmtui.model import Address, Document
    from scmtui.search import Index, Labels, Results
    from scmtui.search.filters import Written
    from scmtui.shelf import Shelf
    from scmtui.tui.search import Found, Scope

LIMIT = 200
"""Hits that are listed; the status says how many there are."""
MOST_QUERIES = 50
BEGIN_AFTER = 1.0
"""Seconds after the start until a large library is looked after."""


class Finder:
    """Searches in the open document and in all of them, made ready when they are first needed."""

    def __init__(self, shelf: Shelf, written: Written | None = None) -> None:
        self._shelf = shelf
        self._written = written
        self._here: tuple[Sequence[Document], Index, Labels] | None = None
        self._everywhere: ShelfSearch | None = None
        self._told = ""
        self.earlier: list[str] = []
        """Queries that led somewhere, the latest last."""

    def prepare(self) -> None:
        """Load what searching needs, so that the first letter need not wait for it."""
        import scmtui.library.searching
        import scmtui.search.filters
        import scmtui.search.pick  # noqa: F401

    def begin(self) -> None:
        """Have a large library indexed in the background."""
        self._shelf_search().prepare()

    def everything(self, query: str) -> Results:
        """Search in all documents."""
        return self._shelf_search().search(query, limit=LIMIT)

    def warm(self) -> None:
        """Make what the first letters would wait for, while the reader looks for the keys."""
        self._shelf_search().warm()

    def progress(self) -> Progress | None:
        """How much of all documents can be searched by now; None when everything can."""
        search = self._shelf_search()
        search.prepare()
        progress = search.progress
        return None if progress.complete else progress

    def problem(self) -> str:
        """What the reader should know of the search in all documents, if that is new."""
        problem = self._shelf_search().problem
        told, self._told = self._told, say(problem) if problem else ""
        return "" if self._told == told else self._told

    def within(self, documents: Sequence[Document], query: str) -> Results:
        """Search in one document, or in some that are open together."""
        from scmtui.search import Labels, ThemeLabels, index
        from scmtui.themes import taxonomy

        if self._here is None or list(map(id, self._here[0])) != list(map(id, documents)):
            labels = Labels(ThemeLabels(documents, taxonomy()), self._written)
            self._here = (documents, index(documents), labels)
        _documents, here, labels = self._here
        return here.search(query, limit=LIMIT, labels=labels)

    def close(self) -> None:
        """Leave the index, and whatever is done to it in the background."""
        if self._everywhere:
            self._everywhere.close()

    def _shelf_search(self) -> ShelfSearch:
        if self._everywhere is None:
            from scmtui.library.searching import ShelfSearch  # with what searching needs

            self._everywhere = ShelfSearch(self._shelf, paths().cache, written=self._written)
        return self._everywhere

    def remember(self, query: str) -> None:
        """Keep a query to come back to."""
        self.earlier = [*(one for one in self.earlier if one != query), query][-MOST_QUERIES:]


class SearchingScreen(CollectingScreen[None]):
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

    def on_mount(self) -> None:
        """See to the index of a large library when the first screen is there."""
        self.set_timer(BEGIN_AFTER, self.finder.begin)

    def on_unmount(self) -> None:
        """Leave the index."""
        self.finder.close()

    async def action_find_here(self) -> None:
        """Search in the open document."""
        from scmtui.tui.search import Scope

        if self.document:
            search = partial(self.finder.within, [self.document])
            await self._ask(Scope(search, _("this document"), collect=self.collect_all))

    async def action_find(self) -> None:
        """Search in all documents."""
        from scmtui.tui.search import Scope

        finder = self.finder
        await self._ask(
            Scope(
                finder.everything,
                _("all documents"),
                finder.progress,
                finder.problem,
                self.collect_all,
            )
        )
        finder.warm()

    async def _ask(self, scope: Scope) -> None:
        from scmtui.tui.search import SearchScreen

        scope.search("")  # an index that is made now is there with the first letter
        await self.app.push_screen(SearchScreen(scope, self.finder.earlier), self._go)

    def _go(self, found: Found | None) -> None:
        if found:
            self.finder.remember(found.query)
            self.found = found
            if self.open(found.hits[found.index].address):
                self._tell_hit(found, moved=False)
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
        before = self.document
        if self.open(found.hits[at].address):
            self._tell_hit(self.found, moved=self.document is not before)

    def _tell_hit(self, found: Found, *, moved: bool) -> None:
        """Say which of the hits this is, and in which document if that is another one."""
        said = _("Hit {number} of {total} for “{query}”").format(
            number=found.index + 1, total=len(found.hits), query=found.query
        )
        facts = found.hits[found.index].facts
        where = f" · {facts.title} ({kind(facts)})" if moved else ""
        self.app.say(said + where)
