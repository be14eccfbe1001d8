"""What the reader made and added: places, marks, pins, documents; how a change is undone.

Several sessions may write at once. Nothing is ever overwritten unread: a library that cannot be
used is kept under another name, and `Library.problem` says so.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from scmtui.library import backups
from scmtui.library.anchors import Stray, strays
from scmtui.library.backups import Backup, listed
from scmtui.library.changes import Change, Changes
from scmtui.library.contents import InDatabase
from scmtui.library.documents import KEPT_DAYS, Addition, Documents, Removed, Replacement, Same
from scmtui.library.dumping import Dumped, dump
from scmtui.library.file import LibraryFile
from scmtui.library.loading import Loaded, Loading, opened
from scmtui.library.notes import Link, Links, Note, Notes, Tag, Tags, now
from scmtui.library.schema import MIGRATIONS
from scmtui.library.sqlite import counts
from scmtui.library.tables import TABLES, as_position, as_row
from scmtui.library.trays import Item, Tray, Trays
from scmtui.positions import Position, find_again

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from scmtui.compare.rows import Pin
    from scmtui.library.upkeep import Finding
    from scmtui.model import Address, Document, Facts, LibraryError
    from scmtui.shelf import Entry

__all__ = [
    "About",
    "Addition",
    "Backup",
    "Change",
    "Dumped",
    "Item",
    "Library",
    "Link",
    "Loaded",
    "Note",
    "Place",
    "Removed",
    "Replacement",
    "Same",
    "Session",
    "Stray",
    "Tag",
    "Tray",
]

_PLACES = "SELECT document, address, quote, before, after, row FROM places"
_MARKS = "SELECT letter, address, quote, before, after FROM marks"
_PINS = """SELECT address, quote, before, after,
    other, other_quote, other_before, other_after, together FROM pins ORDER BY made"""


class Place(NamedTuple):
    """Where the reader was in a document: the part under the eyes, and where it stood."""

    position: Position
    row: int = 0
    """Rows from the top of the pane down to the first line of the part; above the top if < 0."""


class Session(NamedTuple):
    """What a session leaves for the next one: its place, and how the screen was set up."""

    place: Place
    view: Mapping[str, str | int] = MappingProxyType({})
    """The state of the screen by name (theme, panes); the library only keeps it."""


class About(NamedTuple):
    """Where the library is, how large, and what is in it."""

    path: Path
    size: int
    """Bytes of the file and of what is still to go into it."""
    counts: Mapping[str, int]
    """How many entries each table has."""
    originals: Mapping[str, int]
    """The bytes of the file that each document came from."""
    backups: tuple[Backup, ...]


class Library:
    """The reader's places, marks and documents, kept in `folder`.

    Reading never fails: what cannot be read is not there, and `problem` says why. Writing, and
    asking for the text of a document, raises LibraryError.
    """

    KEPT_DAYS = KEPT_DAYS
    """Days for which a document that was removed, or replaced, can be put back."""
    BEFORE = "'"
    """The letter of the mark that every jump sets: the place before it."""

    def __init__(self, folder: Path) -> None:
        self._file = LibraryFile(folder, MIGRATIONS)
        self._changes = Changes(self._file)
        self._documents = Documents(self._file, self._changes)
        self.notes = Notes(self._file, self._changes)
        self.tags = Tags(self._file, self._changes)
        self.links = Links(self._file, self._changes)
        self.trays = Trays(self._file, self._changes)

    @property
    def problem(self) -> LibraryError | None:
        """What the reader should know about the library, once it has been used."""
        return self._file.problem

    @property
    def writable(self) -> bool:
        """Whether what is written now would be kept."""
        return self._file.writable()

    # Where the reader was, marks and pins

    def last_session(self) -> Session | None:
        """What the last session left, if there was one."""
        view = dict(self._file.read("SELECT name, value FROM session"))
        place = self.place(str(view.pop("", "")))
        return Session(place, view) if place else None

    def place(self, document: str) -> Place | None:
        """Where the reader was in the document with this id."""
        rows = self._file.read(f"{_PLACES} WHERE document = ?", document)
        return _places(rows).get(document)

    def places(self) -> dict[str, Place]:
        """Where the reader was in each document that has been read, by id, latest first."""
        return _places(self._file.read(f"{_PLACES} ORDER BY kept DESC"))

    def keep(self, session: Session) -> None:
        """Leave `session` for the next one; a library that is read-only stays as it is."""

        def write(connection: sqlite3.Connection) -> None:
            position, row = session.place
            document = position.address.document
            TABLES["places"].put(connection, document, (*as_row(position), row, now(), 0))
            connection.execute("DELETE FROM session")
            view = {"": document, **session.view}
            connection.executemany("INSERT INTO session VALUES (?, ?)", view.items())

        self._write_in_passing(write)

    def marks(self) -> dict[str, Position]:
        """Every mark by its letter."""
        rows = self._file.read(_MARKS)
        found = {letter: as_position(quoted) for letter, *quoted in rows}
        return {letter: position for letter, position in sorted(found.items()) if position}

    def set_mark(self, letter: str, position: Position) -> None:
        """Put the mark `letter` at `position`; BEFORE is set in passing and cannot be undone."""
        row = (*as_row(position), now(), 0)
        if letter == self.BEFORE:
            table = TABLES["marks"]
            self._write_in_passing(lambda library: table.put(library, letter, row))
        else:
            self._changes.make("marks", letter, row)

    def remove_mark(self, letter: str) -> None:
        """Take the mark `letter` away, if it is there."""
        self._changes.make("marks", letter, None)

    def pins(self) -> list[tuple[Position, Position, bool]]:
        """Pairs of paragraphs that the reader has put together (True) or parted (False)."""
        found = [
            (as_position(row[:4]), as_position(row[4:8]), bool(row[8]))
            for row in self._file.read(_PINS)
        ]
        return [(one, other, together) for one, other, together in found if one and other]

    def pins_between(self, left: Document, right: Document) -> Iterator[Pin]:
        """What the reader said of paragraphs of two documents, as far as they are found again."""
        from scmtui.compare.rows import Pin

        both = {document.id: document for document in (left, right)}
        for one, other, together in self.pins():
            if {one.address.document, other.address.document} == both.keys():
                ends = [find_again(it, both[it.address.document]) for it in (one, other)]
                if ends[0] and ends[1]:
                    yield Pin(ends[0], ends[1], together)

    def set_pin(self, one: Position, other: Position, *, together: bool) -> None:
        """Put two paragraphs together, or part them, whenever their documents are compared."""
        row = (*as_row(one), *as_row(other), int(together), now(), 0)
        self._changes.make("pins", f"{one.address} {other.address}", row)

    # Documents

    def entries(self) -> tuple[Entry, ...]:
        """The documents that were added, in that order; the same tuple until there are others."""
        return self._documents.entries()

    def facts(self) -> tuple[Facts, ...]:
        """What is known of the documents that were added; no text is read."""
        return tuple(entry.facts for entry in self.entries())

    def document(self, id: str) -> Document:  # noqa: A002 - its name
        """The document that was added under this id. Raises NotFoundError when there is none."""
        return self._documents.document(id)

    def apart(self) -> Library:
        """The same library, for another thread."""
        return Library(self._file.folder)

    def original(self, id: str) -> bytes:  # noqa: A002 - its name
        """The bytes of the file that a document came from. Raises NotFoundError."""
        return self._documents.original(id)

    def add(self, document: Document, original: bytes) -> Addition:
        """Keep a document and the bytes it came from; the same one again changes nothing.

        It gets the id that its facts give, or the next free one: `52`, `52-2`, `52-3`.
        """
        return self._documents.add(document, original)

    def replace(
        self,
        id: str,  # noqa: A002 - its name
        document: Document,
        original: bytes | None = None,
    ) -> Replacement:
        """Put a better copy, or the same one as the reader corrected it, in a document's place.

        It keeps the id unless its facts give another one; a document that comes with the program
        can be replaced, too. Without `original` the file is still the same. Everything that was
        attached to the text is found again by its words, or needs a look. `undo` takes all of it
        back. Raises NotFoundError.
        """
        return self._documents.replace(id, document, original)

    def same(self, document: Document, original: bytes) -> Same:
        """The documents at hand, bundled or added, that this one may be; nothing is added."""
        return self._documents.same(document, original)

    def remove(self, id: str) -> None:  # noqa: A002 - its name
        """Take a document away; `undo` puts it back, and `put_back` does for some days.

        What was noted about it stays. Raises NotFoundError when it was not added.
        """
        self._documents.remove(id)

    def removed(self) -> tuple[Removed, ...]:
        """The documents that were removed or replaced and can be put back, the last one first."""
        return self._documents.removed()

    def put_back(self, id: str) -> Facts:  # noqa: A002 - its name
        """Put back what was last removed, or replaced, under this id, also in another session.

        What took its place meanwhile can be put back in the same way. Raises NotFoundError, and
        LibraryError when quite another document has the id now.
        """
        return self._documents.put_back(id)

    # What the reader wrote beside the texts

    def tagged(self, tag: str) -> frozenset[Address]:
        """The places with this tag; a document or paragraph stands for all that is in it."""
        return self.tags.tagged(tag)

    def noted(self, words: str = "") -> frozenset[Address]:
        """The places whose notes hold all of these words; without words, all that have a note."""
        return self.notes.with_words(words)

    def strays(self) -> tuple[Stray, ...]:
        """Whatever needs a look: the words, or the document, that it is attached to are gone."""
        there = self._documents.ids()
        found: tuple[Stray, ...] = self._file.ask(lambda library: strays(library, there), ())
        return found

    # What all of it has in common

    def about(self) -> About:
        """Where the library is, how large, and what is in it."""
        return About(
            self._file.path,
            sum(it.stat().st_size for it in self._file.files() if it.suffix != ".db-shm"),
            self._file.ask(counts, {}),
            self._documents.sizes(),
            self.backups(),
        )

    def backups(self) -> tuple[Backup, ...]:
        """The backups that there are, the newest first."""
        return listed(self._file.folder / backups.FOLDER)

    def back_up(self, target: Path | None = None) -> Path:
        """Leave a copy at `target`, usually among the backups, and say where.

        It has been opened again and counted. Raises LibraryError.
        """
        return self._file.back_up(target)

    def restore(self, backup: Path) -> Path | None:
        """Make everything as it is in a backup, or nothing; where the present library is kept.

        Nothing before can be undone then. Raises LibraryError.
        """
        kept = self._file.restore(backup)
        self._changes.forget()
        return kept

    def dump(self, folder: Path) -> Dumped:
        """Write everything into a new folder, as plain files that make a library again.

        The folder is there as a whole or not at all. Raises LibraryError.
        """
        return self._file.dump(lambda library: dump(InDatabase(library), folder))

    def load(self, source: Path) -> Loaded:
        """Take in what a folder, or another library that may be damaged, holds; as one change.

        Nothing that is there is changed. Raises LibraryError.
        """
        with opened(source) as contents:
            loaded = self._file.write(
                lambda library: Loading(library, self._documents, contents).load()
            )
        if loaded.change:
            self._changes.record(loaded.change)
        return loaded

    def examine(self, cache: Path) -> Iterator[Finding]:
        """Look everything over and mend what can be mended; the search's index is in `cache`.

        Raises LibraryError when what is to be mended cannot be written.
        """
        from scmtui.library.doctor import Doctor

        return Doctor(self, self._file, self._documents).findings(cache)

    def undo(self) -> Change | None:
        """Take back the last change of this session, and say which; None if there is none."""
        return self._changes.undo()

    def redo(self) -> Change | None:
        """Make the change again that was last undone, and say which; None if there is none."""
        return self._changes.redo()

    def changed_elsewhere(self) -> bool:
        """Whether another session has written since this was last asked."""
        return self._file.changed_elsewhere()

    def close(self) -> None:
        """Leave the file tidy; the first session of a day that wrote leaves a backup."""
        if self._file.wrote:
            self._documents.sweep()
        self._file.close()

    def _write_in_passing(self, write: Callable[[sqlite3.Connection], object]) -> None:
        """Write what the reader did not ask for: never an error in a library that is read-only.

        Nobody waits until the disk has it. A power cut may take the last place, no more.
        """
        if self.writable:
            self._file.write(write, durable=False)


def _places(rows: list[tuple[Any, ...]]) -> dict[str, Place]:
    return {
        document: Place(position, row)
        for document, *quoted, row in rows
        if (position := as_position(quoted))
    }
