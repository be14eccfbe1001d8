"""The documents that the reader added: facts, text and the bytes they came from."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import fields, replace
from datetime import date, datetime
from hashlib import sha256
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

from scmtui import corpus
from scmtui.language import N_
from scmtui.library.changes import Change
from scmtui.model import (
    Address,
    AddressError,
    Facts,
    Kind,
    LibraryError,
    NotFoundError,
    Provenance,
)
from scmtui.shelf import Entry

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Container, Sequence

    from scmtui.library.changes import Changes, Row
    from scmtui.library.file import LibraryFile
    from scmtui.model import Document

_DAMAGE = (ValueError, LookupError, TypeError, AttributeError, AddressError)
"""What reading an entry raises that is not as it was written."""

_OF_FACTS = ("meeting", "kind", "language", "title", "held", "published", "place", "official",
             "paragraphs")  # fmt: skip
_OF_PROVENANCE = tuple(field.name for field in fields(Provenance))
_COLUMNS = (*_OF_FACTS, *_OF_PROVENANCE)

_ENTRIES = f"""SELECT number, id, digest, {", ".join(_COLUMNS)}
    FROM documents WHERE id IS NOT NULL ORDER BY number"""  # noqa: S608 - names from this file
_ADD = f"""INSERT INTO documents (id, asked, digest, {", ".join(_COLUMNS)})
    VALUES (?, ?, ?{", ?" * len(_COLUMNS)})"""  # noqa: S608 - names from this file
_SAME = "SELECT id FROM documents WHERE id IS NOT NULL AND asked = ? AND sha256 = ?"
_TEXT = "SELECT json FROM texts JOIN documents USING (number) WHERE id = ?"
_ORIGINAL = "SELECT bytes FROM originals JOIN documents USING (sha256) WHERE id = ?"

_SWEEP = (
    """DELETE FROM documents
        WHERE id IS NULL AND (number = ? OR removed < datetime('now', '-1 day'))""",
    "DELETE FROM texts WHERE number NOT IN (SELECT number FROM documents)",
    "DELETE FROM originals WHERE sha256 NOT IN (SELECT sha256 FROM documents)",
)


class Addition(NamedTuple):
    """What became of a document that was to be added."""

    facts: Facts
    """Its facts in the library, with the id that it got there, or that the same one has."""
    new: bool
    """False when the same document from the same file was there already: nothing was changed."""


class Documents:
    """The documents in a library file."""

    def __init__(self, file: LibraryFile, changes: Changes) -> None:
        self._file = file
        self._changes = changes
        self._version: object = None
        self._entries: tuple[Entry, ...] = ()

    def entries(self) -> tuple[Entry, ...]:
        """The documents in the order of adding; the same tuple until there are others."""
        version = (*self._file.read("SELECT version FROM shelf"), self._file.openings)
        if version != self._version:
            self._version = version
            rows = self._file.read(_ENTRIES)
            self._entries = tuple(filter(None, map(self._entry, rows)))
        return self._entries

    def document(self, id: str) -> Document:  # noqa: A002 - its name
        """The document with this id, as it was added."""
        entry = next((entry for entry in self.entries() if entry.facts.id == id), None)
        rows = self._file.read(_TEXT, id)
        if not entry or not rows:
            raise _none(id)
        try:
            return replace(corpus.loads(rows[0][0]), facts=entry.facts)
        except _DAMAGE as error:
            raise _damaged(id) from error

    def original(self, id: str) -> bytes:  # noqa: A002 - its name
        """The bytes of the file that a document came from."""
        for (found,) in self._file.read(_ORIGINAL, id):
            return bytes(found)
        raise _none(id)

    def add(self, document: Document, original: bytes) -> Addition:
        """Keep a document and the bytes it came from, as a whole or not at all."""
        Address.parse(document.id)
        known = document.facts
        provenance = replace(
            known.provenance,
            sha256=sha256(original).hexdigest(),
            added=known.provenance.added or datetime.now().astimezone().date(),
        )
        known = replace(known, provenance=provenance, paragraphs=len(document.paragraphs))
        text = corpus.dumps(replace(document, facts=known))
        for bundled in corpus.facts():
            if bundled.id == known.id and bundled.provenance.sha256 == provenance.sha256:
                return Addition(bundled, new=False)
        kept = self._file.write(_adding(known, text, original))
        if isinstance(kept, Change):
            self._changes.record(kept)
            return Addition(replace(known, id=kept.key), new=True)
        facts = next(entry.facts for entry in self.entries() if entry.facts.id == kept)
        return Addition(facts, new=False)

    def remove(self, id: str) -> None:  # noqa: A002 - its name
        """Take the document with this id away."""
        if not any(entry.facts.id == id for entry in self.entries()):
            raise _none(id)
        self._changes.make("documents", id, None)

    def sweep(self) -> None:
        """Forget for good what this session removed, and what one did that was cut short."""
        numbers = sorted(self._changes.rows("documents"))
        if numbers:
            with suppress(LibraryError):  # a later session does it
                self._file.write(lambda library: _sweep(library, numbers))

    def _entry(self, row: tuple[Any, ...]) -> Entry | None:
        number, id_, digest, *values = row
        try:
            return Entry(_facts(id_, dict(zip(_COLUMNS, values, strict=True))), number, digest)
        except _DAMAGE:
            self._file.tell(_damaged(id_))
            return None


def _adding(
    known: Facts, text: str, original: bytes
) -> Callable[[sqlite3.Connection], Change | str]:
    """Write a document; what was changed, or the id under which the same one is there."""
    asked, sha = known.id, known.provenance.sha256

    def write(library: sqlite3.Connection) -> Change | str:
        for (same,) in library.execute(_SAME, (asked, sha)):
            return str(same)
        taken = {id_ for (id_,) in library.execute("SELECT id FROM documents")}
        id_ = _free(asked, taken | {facts.id for facts in corpus.facts()})
        digest = sha256(text.encode()).hexdigest()
        row = library.execute(_ADD, (id_, asked, digest, *_values(known)))
        number = row.lastrowid or 0
        library.execute("INSERT INTO texts VALUES (?, ?)", (number, text))
        library.execute("INSERT OR IGNORE INTO originals VALUES (?, ?)", (sha, original))
        return Change("documents", id_, None, (number,))

    return write


def _free(asked: str, taken: Container[str]) -> str:
    """The id that was asked for, or with the next number at its end."""
    if asked not in taken:
        return asked
    stem = asked if asked.startswith("x-") else re.sub(r"-\d+$", "", asked)
    return next(id_ for number in count(2) if (id_ := f"{stem}-{number}") not in taken)


def _sweep(library: sqlite3.Connection, numbers: Sequence[Row]) -> None:
    first, *others = _SWEEP
    library.executemany(first, numbers)
    for statement in others:
        library.execute(statement)


def _values(known: Facts) -> list[object]:
    provenance = known.provenance
    found = [getattr(known, name) for name in _OF_FACTS]
    found += [getattr(provenance, name) for name in _OF_PROVENANCE]
    return [
        value.isoformat()
        if isinstance(value, date)
        else value.value
        if isinstance(value, Kind)
        else value
        for value in found
    ]


def _facts(id_: str, values: dict[str, Any]) -> Facts:
    for day in ("held", "published", "added"):
        values[day] = values[day] and date.fromisoformat(values[day])
    provenance = Provenance(**{name: values.pop(name) for name in _OF_PROVENANCE})
    values |= {"kind": Kind(values["kind"]), "official": bool(values["official"])}
    Address.parse(id_)
    return Facts(id=id_, provenance=provenance, **values)


def _none(id_: str) -> NotFoundError:
    if any(facts.id == id_ for facts in corpus.facts()):
        return NotFoundError("The document “{id}” comes with scmtui; it was not added.", id=id_)
    return NotFoundError("There is no document “{id}” in the library.", id=id_)


def _damaged(id_: str) -> LibraryError:
    return LibraryError(
        "The document “{id}” in the library is damaged.",
        kept=N_("The file that it came from is kept."),
        todo=N_("Add that file again."),
        id=id_,
    )
