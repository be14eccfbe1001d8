"""Where the reader is, was, and left marks: what the screens ask of the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scmtui.library import Library, Place, Session
from scmtui.model import Address, Document, LibraryError, NotFoundError
from scmtui.positions import Position, find_again, position

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scmtui.shelf import Shelf

MOST_PLACES = 200
"""Places to come back to that are remembered."""


LAYOUT = "layout"
"""What the layout of the page of a tray is called in what a session leaves for the next one."""


class Places:
    """The reader's places and marks in the library, and the way back through this session."""

    def __init__(self, library: Library, shelf: Shelf) -> None:
        self.library = library
        self.shelf = shelf
        self._way: list[Address] = []
        self.layout = ""
        """The layout of the page of a tray that was chosen last; empty until one is."""

    # Where the reader was

    def last(self) -> tuple[Address, int, Mapping[str, str | int]] | None:
        """The last session's address, its rows below the top edge, and how the screen was."""
        session = self.library.last_session()
        if session is None:
            return None
        self.layout = str(session.view.get(LAYOUT, ""))
        where = self._found(session.place)
        return (*where, session.view) if where else None

    def left(self, document: str) -> tuple[Address, int] | None:
        """The address at which a document was left, and its rows below the top edge."""
        place = self.library.place(document)
        return self._found(place) if place else None

    def keep(
        self, document: Document, address: Address, row: int, view: Mapping[str, str | int]
    ) -> LibraryError | None:
        """Keep where the reader is for the next start; returns why that could not be done."""
        if self.layout:
            view = {**view, LAYOUT: self.layout}
        try:
            self.library.keep(Session(Place(position(document, address), row), view))
        except LibraryError as error:
            return error
        return None

    def _found(self, place: Place) -> tuple[Address, int] | None:
        try:
            found = find_again(place.position, self.shelf.document(place.position.address.document))
        except NotFoundError:
            return None
        return (found, place.row) if found else None

    # The way back

    def leave(self, address: Address) -> None:
        """Remember a place that a jump leaves."""
        if not self._way or self._way[-1] != address:
            self._way.append(address)
            del self._way[:-MOST_PLACES]

    def back(self) -> Address | None:
        """The place before the last jump, which is forgotten."""
        return self._way.pop() if self._way else None

    # Pairs that the reader made or broke

    def pin(
        self,
        documents: tuple[Document, Document],
        pairs: Sequence[tuple[Address, Address]],
        *,
        together: bool,
    ) -> None:
        """Put paragraphs together, or part them, as one change. Raises LibraryError."""
        left, right = documents
        ends = [(position(left, one), position(right, other)) for one, other in pairs]
        self.library.set_pins(ends, together=together)

    # Marks

    def mark(self, letter: str, document: Document, address: Address) -> None:
        """Set a mark. Raises LibraryError when it cannot be kept."""
        self.library.set_mark(letter, position(document, address))

    def at_mark(self, letter: str) -> Address:
        """Where a mark stands. Raises NotFoundError when it is not set, or needs a look."""
        mark: Position | None = self.library.marks().get(letter)
        if mark is None:
            self.library.check()
            raise NotFoundError(
                "There is no mark {letter}.", todo="Set one with m and a letter.", letter=letter
            )
        found = find_again(mark, self.shelf.document(mark.address.document))
        if found is None:
            raise NotFoundError(
                "The words at mark {letter} ({address}) are not in the text any more.",
                kept="The mark is kept where it was and needs a look.",
                letter=letter,
                address=mark.address,
            )
        return found
