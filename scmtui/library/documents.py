"""The documents that the reader added: facts, text and the bytes they came from."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from scmtui import corpus, stored
from scmtui.disk import fingerprint
from scmtui.library import entries as rows
from scmtui.library.changes import Change, put
from scmtui.library.entries import COLUMNS
from scmtui.library.shelving import (
    DUE,
    KEPT_DAYS,
    damaged,
    digest_of,
    free,
    loads,
    renamed,
    store,
    sweep,
    taken_ids,
    written,
)
from scmtui.model import Facts, LibraryError, NotFoundError
from scmtui.shelf import Entry

if TYPE_CHECKING:
    import sqlite3

    from scmtui.library.anchors import Followed, Stray
    from scmtui.library.changes import Changes
    from scmtui.library.file import LibraryFile
    from scmtui.model import Document

_FACTS = ", ".join(COLUMNS)
_ENTRIES = f"""SELECT coalesce(rank, number), id, digest, {_FACTS}
    FROM documents WHERE id IS NOT NULL ORDER BY 1"""  # noqa: S608 - names from this package
_REMOVED = f"""SELECT was, removed, {_FACTS} FROM documents
    WHERE id IS NULL AND was IS NOT NULL
    ORDER BY removed DESC, number DESC"""  # noqa: S608 - names from this package
_SAME = "SELECT id FROM documents WHERE id IS NOT NULL AND asked = ? AND sha256 = ?"
_TEXT = "SELECT json FROM texts JOIN documents USING (number) WHERE id = ?"
_ORIGINAL = "SELECT bytes FROM originals JOIN documents USING (sha256) WHERE id = ?"
_SIZES = "SELECT id, length(bytes) FROM documents JOIN originals USING (sha256) WHERE id NOTNULL"
_PRESENT = "SELECT coalesce(rank, number), digest, sha256 FROM documents WHERE id = ?"
_LAST_REMOVED = """SELECT number, coalesce(rank, number), json
    FROM documents JOIN texts USING (number)
    WHERE id IS NULL AND was = ? ORDER BY removed DESC, number DESC LIMIT 1"""


class Addition(NamedTuple):
    """What became of a document that was to be added."""

    facts: Facts
    """Its facts in the library, with the id that it got there, or that the same one has."""
    new: bool
    """False when the same document from the same file was there already: nothing was changed."""


class Replacement(NamedTuple):
    """What became of a document that was to take the place of another."""

    facts: Facts
    """Its facts in the library."""
    new: bool
    """False when it was there already as it is: nothing was changed."""
    moved: int = 0
    """How many marks, notes and the like stand elsewhere now, with the words they belong to."""
    strays: tuple[Stray, ...] = ()
    """What was attached to words that are not there any more, and needs a look."""


class Removed(NamedTuple):
    """A document that was removed, or replaced, and can still be put back."""

    facts: Facts
    when: str
    """The moment, as 2025-11-04 09:30:00 in UTC; of a bundled document it is not known."""


class Same(NamedTuple):
    """The documents at hand that one which is to be added may be."""

    file: tuple[Facts, ...]
    """Those that came from a file with the same bytes."""
    document: tuple[Facts, ...]
    """Those on the same meeting, of the same kind, in the same language; or of the same title."""


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
            found = self._file.read(_ENTRIES)
            self._entries = tuple(filter(None, map(self._entry, found)))
        return self._entries

    def ids(self) -> frozenset[str]:
        """The ids of all documents at hand, those that come with the program among them."""
        added = (entry.facts.id for entry in self.entries())
        return frozenset((*added, *(facts.id for facts in corpus.facts())))

    def document(self, id: str) -> Document:  # noqa: A002 - its name
        """The document with this id, as it was added."""
        facts = self._facts(id)
        found = self._file.read(_TEXT, id)
        if not facts or not found:
            raise _none(id)
        return replace(loads(id, found[0][0]), facts=facts)

    def at_hand(self, id: str) -> Document | None:  # noqa: A002 - its name
        """The document with this id, added or bundled, if it is there. Raises LibraryError."""
        if self._facts(id):
            return self.document(id)
        return corpus.document(id) if _is_bundled(id) else None

    def original(self, id: str) -> bytes:  # noqa: A002 - its name
        """The bytes of the file that a document came from."""
        for (found,) in self._file.read(_ORIGINAL, id):
            return bytes(found)
        if self._facts(id):
            raise NotFoundError("The file that “{id}” came from is not in the library.", id=id)
        raise _none(id)

    def sizes(self) -> dict[str, int]:
        """The bytes of the file that each document came from, as far as they are kept."""
        return dict(self._file.read(_SIZES))

    def same(self, document: Document, original: bytes) -> Same:
        """The documents at hand that this one may be."""
        sha, this = fingerprint(original), document.facts
        added = {entry.facts.id: entry.facts for entry in self.entries()}
        every = ({facts.id: facts for facts in corpus.facts()} | added).values()
        return Same(
            tuple(it for it in every if it.provenance.sha256 == sha),
            tuple(it for it in every if _about_the_same(it, this)),
        )

    def add(self, document: Document, original: bytes) -> Addition:
        """Keep a document and the bytes it came from, as a whole or not at all."""
        known, text = written(document, fingerprint(original))
        for bundled in corpus.facts():
            if bundled.id == known.id and bundled.provenance.sha256 == known.provenance.sha256:
                return Addition(bundled, new=False)

        def write(library: sqlite3.Connection) -> Change | str:
            for (same,) in library.execute(_SAME, (known.id, known.provenance.sha256)):
                return str(same)
            number = store(library, known, text, original)
            return put(library, "documents", free(known.id, taken_ids(library)), (number,))

        kept = self._file.write(write)
        if isinstance(kept, Change):
            self._changes.record(kept)
            return Addition(replace(known, id=kept.key), new=True)
        facts = next(entry.facts for entry in self.entries() if entry.facts.id == kept)
        return Addition(facts, new=False)

    def replace(
        self,
        id: str,  # noqa: A002 - its name
        document: Document,
        original: bytes | None = None,
    ) -> Replacement:
        """Put a document in the place of the one with this id."""
        from scmtui.library.anchors import follow

        there = self._facts(id) or next((it for it in corpus.facts() if it.id == id), None)
        if there is None:
            raise _none(id)
        sha = there.provenance.sha256 if original is None else fingerprint(original)
        known, text = written(document, sha)
        digest = digest_of(text)

        def write(library: sqlite3.Connection) -> tuple[Change, Followed] | None:
            rank, *as_it_is = library.execute(_PRESENT, (id,)).fetchone() or (None,)
            if as_it_is == [digest, sha]:
                return None
            number = store(library, known, text, original, rank)
            new = renamed(library, id, known.id)
            leaving = [put(library, "documents", id, None)] if new != id else []
            change = put(library, "documents", new, (number,))
            followed = follow(library, id, replace(document, facts=replace(known, id=new)))
            return change._replace(others=(*leaving, *followed.changes)), followed

        done = self._file.write(write)
        if done is None:
            return Replacement(there, new=False)
        change, followed = done
        self._changes.record(change)
        facts = replace(known, id=change.key)
        return Replacement(facts, True, followed.moved, followed.strays)

    def remove(self, id: str) -> None:  # noqa: A002 - its name
        """Take the document with this id away."""
        if not self._facts(id):
            raise _none(id)
        self._changes.do(partial(_removed, id))

    def removed(self) -> tuple[Removed, ...]:
        """What was removed and can be put back, the last one first; bundled documents last."""
        found = []
        for id_, when, *row in self._file.read(_REMOVED):
            with suppress(*stored.DAMAGE):
                found.append(Removed(rows.facts(id_, row), when))
        return (*found, *(Removed(it, "") for it in self.hidden()))

    def hidden(self) -> tuple[Facts, ...]:
        """The bundled documents in whose place stands one that was added."""
        return tuple(it for it in corpus.facts() if self._facts(it.id))

    def put_back(self, id: str) -> Facts:  # noqa: A002 - its name
        """Put the document that was last removed, or replaced, under this id back."""
        from scmtui.library.anchors import follow

        def write(library: sqlite3.Connection) -> Change:
            found = library.execute(_LAST_REMOVED, (id,)).fetchone()
            present = library.execute(_PRESENT, (id,)).fetchone()
            another = not found or (present is not None and present[0] != found[1])
            if present and another and _is_bundled(id):
                return _removed(id, library)
            if not found:
                raise NotFoundError(
                    "No document “{id}” was removed in the last {days} days.", id=id, days=KEPT_DAYS
                )
            number, _place, text = found
            if present and another:
                raise LibraryError(
                    "There is another document “{id}” now.",
                    kept="Nothing was changed.",
                    todo="Remove that one first.",
                    id=id,
                )
            change = put(library, "documents", id, (number,))
            document = loads(id, text)
            document = replace(document, facts=replace(document.facts, id=id))
            return change._replace(others=follow(library, id, document).changes)

        self._changes.do(write)
        facts = self._facts(id) or next((it for it in corpus.facts() if it.id == id), None)
        if not facts:
            raise damaged(id)
        return facts

    def sweep(self) -> None:
        """Forget for good what was removed long ago."""
        if self._file.read(f"SELECT 1 FROM documents WHERE {DUE} LIMIT 1"):  # noqa: S608 - ours
            with suppress(LibraryError):  # a later session does it
                self._file.write(sweep)

    def _facts(self, id_: str) -> Facts | None:
        return next((it.facts for it in self.entries() if it.facts.id == id_), None)

    def _entry(self, row: tuple[Any, ...]) -> Entry | None:
        number, id_, digest, *values = row
        try:
            return Entry(rows.facts(id_, values), number, digest)
        except stored.DAMAGE:
            self._file.tell(damaged(id_))
            return None


def _is_bundled(id_: str) -> bool:
    return any(it.id == id_ for it in corpus.facts())


def _removed(id_: str, library: sqlite3.Connection) -> Change:
    """Take a document away; a bundled one with that id comes to light again."""
    from scmtui.library.anchors import follow

    change = put(library, "documents", id_, None)
    if _is_bundled(id_):
        change = change._replace(others=follow(library, id_, corpus.document(id_)).changes)
    return change


def _about_the_same(one: Facts, other: Facts) -> bool:
    if one.meeting is None:
        return other.meeting is None and bool(one.title) and one.title == other.title
    return (one.meeting, one.kind, one.language) == (other.meeting, other.kind, other.language)


def _none(id_: str) -> NotFoundError:
    if _is_bundled(id_):
        return NotFoundError("The document “{id}” comes with scmtui; it was not added.", id=id_)
    return NotFoundError("There is no document “{id}” in the library.", id=id_)
