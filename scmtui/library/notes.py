"""What the reader wrote beside the texts: notes, tags, and links from one place to another."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scmtui.library.changes import Change, insert, put
from scmtui.library.tables import TABLES, as_position, as_row, now
from scmtui.model import NotFoundError
from scmtui.text import fold, safe

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from scmtui.library.changes import Changes
    from scmtui.library.file import LibraryFile
    from scmtui.library.tables import Row
    from scmtui.model import Address
    from scmtui.positions import Position

_SAME_TAG = "SELECT number FROM tags WHERE address = ? AND quote = ? AND tag = ?"


LONGEST_TAG = 60
"""Characters of a tag."""


def as_tag(typed: str) -> str:
    """A word as it is kept for a tag: clean, on one line, without a # before it."""
    return " ".join(safe(typed).split()).lstrip("#").strip()[:LONGEST_TAG]


class Note(NamedTuple):
    """A note, in Markdown, on a place in a text."""

    number: int
    position: Position
    text: str
    made: str
    changed: str
    lost: bool
    """Whether it needs a look: the words that it is on were not found again."""


class Tag(NamedTuple):
    """A tag on a place in a text: the id of a theme, or a word of the reader's own."""

    number: int
    position: Position
    tag: str
    made: str
    lost: bool


class Link(NamedTuple):
    """Two places that the reader has tied together, and why."""

    number: int
    one: Position
    other: Position
    text: str
    made: str
    lost: bool


class Notes:
    """The reader's notes."""

    def __init__(self, file: LibraryFile, changes: Changes) -> None:
        self._file = file
        self._changes = changes

    def all(self, document: str = "") -> tuple[Note, ...]:
        """Every note, or those on one document, in the order in which they were begun."""
        return tuple(
            Note(number, position, text, made, changed, bool(lost))
            for number, position, (text, made, changed, lost) in _rows(
                self._file, "notes", document
            )
        )

    def add(self, position: Position, text: str) -> Note:
        """Write a note on a place."""
        row = (*as_row(position), text, now(), now(), 0)
        made = self._changes.do(lambda library: insert(library, "notes", row))
        return Note(int(made.key), position, text, str(row[5]), str(row[6]), lost=False)

    def change(self, number: int, text: str, position: Position | None = None) -> None:
        """Give a note another text, and another place if one is given. Raises NotFoundError."""

        def write(library: sqlite3.Connection) -> Change:
            *at, _text, made, _changed, lost = there(library, "notes", number)
            if position:
                at, lost = list(as_row(position)), 0
            return put(library, "notes", str(number), (*at, text, made, now(), lost))

        self._changes.do(write)

    def remove(self, number: int) -> None:
        """Take a note away, if it is there."""
        self._changes.make("notes", str(number), None)

    def with_words(self, words: str) -> frozenset[Address]:
        """The places whose notes hold all of these words; of none, every place with a note."""
        wanted = fold(words).split()
        noted = self._file.read("SELECT text, address FROM notes WHERE lost = 0")
        return _addresses(
            address for text, address in noted if all(word in fold(text) for word in wanted)
        )


class Tags:
    """The reader's tags."""

    def __init__(self, file: LibraryFile, changes: Changes) -> None:
        self._file = file
        self._changes = changes

    def all(self, document: str = "") -> tuple[Tag, ...]:
        """Every tag, or those in one document, in the order in which they were set."""
        return tuple(
            Tag(number, position, tag, made, bool(lost))
            for number, position, (tag, made, lost) in _rows(self._file, "tags", document)
        )

    def names(self) -> dict[str, int]:
        """The tags that there are, and how often each is set."""
        return dict(self._file.read("SELECT tag, count(*) FROM tags GROUP BY tag ORDER BY tag"))

    def add(self, position: Position, tag: str) -> Tag:
        """Tag a place; one that has this tag keeps it as it is."""
        at = as_row(position)

        def write(library: sqlite3.Connection) -> Change:
            for (number,) in library.execute(_SAME_TAG, (*at[:2], tag)):
                return put(library, "tags", str(number), there(library, "tags", number))
            return insert(library, "tags", (*at, tag, now(), 0))

        change = self._changes.do(write)
        made, lost = (change.after or ())[-2:]
        return Tag(int(change.key), position, tag, str(made), bool(lost))

    def change(self, number: int, position: Position) -> None:
        """Put a tag on another place. Raises NotFoundError."""

        def write(library: sqlite3.Connection) -> Change:
            tag, made, _lost = there(library, "tags", number)[4:]
            return put(library, "tags", str(number), (*as_row(position), tag, made, 0))

        self._changes.do(write)

    def remove(self, number: int) -> None:
        """Take a tag away, if it is there."""
        self._changes.make("tags", str(number), None)

    def tagged(self, tag: str) -> frozenset[Address]:
        """The places with this tag, in capitals or not; those that need a look are left out."""
        query = "SELECT address FROM tags WHERE tag = ? AND lost = 0"
        like = (name for name in self.names() if fold(name) == fold(tag))
        return _addresses(address for name in like for (address,) in self._file.read(query, name))


class Links:
    """The reader's links between places."""

    def __init__(self, file: LibraryFile, changes: Changes) -> None:
        self._file = file
        self._changes = changes

    def all(self, document: str = "") -> tuple[Link, ...]:
        """Every link, or those from or to one document, in the order in which they were made."""
        return tuple(
            Link(number, one, other, str(text), str(made), bool(lost))
            for number, one, (*end, text, made, lost) in _rows(self._file, "links")
            if (other := as_position(end))
            and (not document or document in (one.address.document, other.address.document))
        )

    def add(self, one: Position, other: Position, text: str = "") -> Link:
        """Tie two places together, and say why."""
        row = (*as_row(one), *as_row(other), text, now(), 0)
        made = self._changes.do(lambda library: insert(library, "links", row))
        return Link(int(made.key), one, other, text, str(row[-2]), lost=False)

    def change(self, number: int, text: str) -> None:
        """Say otherwise why two places are tied together. Raises NotFoundError."""

        def write(library: sqlite3.Connection) -> Change:
            *ends, _text, made, lost = there(library, "links", number)
            return put(library, "links", str(number), (*ends, text, made, lost))

        self._changes.do(write)

    def remove(self, number: int) -> None:
        """Take a link away, if it is there."""
        self._changes.make("links", str(number), None)


def there(library: sqlite3.Connection, table: str, number: int) -> Row:
    """The entry with a number. Raises NotFoundError."""
    row = TABLES[table].row(library, str(number))
    if row is None:
        raise NotFoundError("What was to be changed is not in the library any more.")
    return row


def _addresses(written: Iterable[str]) -> frozenset[Address]:
    found = (as_position((address, "", "", "")) for address in set(written))
    return frozenset(position.address for position in found if position)


def _rows(
    file: LibraryFile, table: str, document: str = ""
) -> Iterator[tuple[int, Position, list[str]]]:
    """The entries of a table and where they stand; those that stand nowhere are left out."""
    # What does not stand in the document is left out before it is parsed: there may be thousands.
    of_document = " WHERE address = ? OR substr(address, 1, length(?)) = ?"
    inside = f"{document}:"
    condition, values = (of_document, (document, inside, inside)) if document else ("", ())
    for number, *row in file.read(f"{TABLES[table].every}{condition} ORDER BY number", *values):
        if position := as_position(row[:4]):
            yield number, position, row[4:]
