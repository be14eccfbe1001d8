"""How documents are written into the library: their ids, their rows, what becomes of the old."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING

from scmtui import corpus, stored
from scmtui.disk import fingerprint
from scmtui.language import N_
from scmtui.library import entries as rows
from scmtui.library.changes import Change, put
from scmtui.library.entries import COLUMNS
from scmtui.model import Address, Facts, LibraryError, Provenance

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Container

    from scmtui.model import Document

KEPT_DAYS = 7
"""Days for which a document that was removed, or replaced, can be put back."""

_ADD = f"""INSERT INTO documents (asked, digest, rank, {", ".join(COLUMNS)})
    VALUES (?, ?, ?{", ?" * len(COLUMNS)})"""  # noqa: S608 - names from this package
_OF_FILE = """SELECT id, json FROM documents JOIN texts USING (number)
    WHERE id NOTNULL AND sha256 = ?"""
DUE = f"id IS NULL AND removed < datetime('now', '-{KEPT_DAYS} days')"
_SWEEP = (
    f"DELETE FROM documents WHERE {DUE}",  # noqa: S608 - a number from this file
    "DELETE FROM texts WHERE number NOT IN (SELECT number FROM documents)",
    "DELETE FROM originals WHERE sha256 NOT IN (SELECT sha256 FROM documents)",
)


def written(document: Document, sha: str) -> tuple[Facts, str]:
    """The facts of a document as they are kept, and its text. Raises AddressError."""
    Address.parse(document.id)
    known = document.facts
    added = known.provenance.added or datetime.now().astimezone().date()
    provenance = replace(known.provenance, sha256=sha, added=added)
    known = replace(known, provenance=provenance, paragraphs=len(document.paragraphs))
    return known, stored.dumps(replace(document, facts=known))


def store(
    library: sqlite3.Connection,
    known: Facts,
    text: str,
    original: bytes | None,
    rank: int | None = None,
) -> int:
    """Write a document that has no id yet; its number."""
    row = library.execute(_ADD, (known.id, digest_of(text), rank, *rows.values(known)))
    number = row.lastrowid or 0
    library.execute("INSERT INTO texts VALUES (?, ?)", (number, text))
    if original is not None:
        sha = known.provenance.sha256
        library.execute("INSERT OR IGNORE INTO originals VALUES (?, ?)", (sha, original))
    return number


def _alike(one: Document, other: Document) -> bool:
    """Whether two documents are the same but for their ids and the day they were added."""
    nothing = Provenance("", "", "")
    facts = [replace(it.facts, id="", provenance=nothing) for it in (one, other)]
    texts = [(it.paragraphs, it.source, it.corrections) for it in (one, other)]
    return facts[0] == facts[1] and texts[0] == texts[1]


def digest_of(text: str) -> str:
    """What tells one text of a document from another."""
    return fingerprint(text.encode())


def loads(id_: str, text: str) -> Document:
    """The document that was kept as this text. Raises LibraryError when it is damaged."""
    try:
        return stored.loads(text)
    except stored.DAMAGE as error:
        raise damaged(id_) from error


def taken_ids(library: sqlite3.Connection) -> set[str]:
    """The ids that no other document may have."""
    added = (id_ for (id_,) in library.execute("SELECT id FROM documents WHERE id IS NOT NULL"))
    return {*added, *(facts.id for facts in corpus.facts())}


def renamed(library: sqlite3.Connection, id_: str, asked: str) -> str:
    """The id for what takes the place of `id_`: the same, unless its own facts give another."""
    bundled = any(facts.id == id_ for facts in corpus.facts())
    if bundled or _stem(asked) == _stem(id_):
        return id_
    return free(asked, taken_ids(library))


def _stem(id_: str) -> str:
    """An id without the number at its end that tells it from others like it."""
    return id_ if id_.startswith("x-") else re.sub(r"-\d+$", "", id_)


def free(asked: str, taken: Container[str]) -> str:
    """The id that was asked for, or with the next number at its end."""
    if asked not in taken:
        return asked
    stem = _stem(asked)
    return next(id_ for number in count(2) if (id_ := f"{stem}-{number}") not in taken)


def damaged(id_: str) -> LibraryError:
    """What is to be said of a document that is not as it was kept."""
    return LibraryError(
        "The document “{id}” in the library is damaged.",
        kept=N_("The file that it came from is kept."),
        todo=N_("Add that file again."),
        id=id_,
    )


def like(library: sqlite3.Connection, document: Document) -> str | None:
    """The id of the document that is just like this one, whatever its id, if it is there."""
    sha = document.facts.provenance.sha256
    for bundled in corpus.facts():
        if bundled.provenance.sha256 == sha and _alike(corpus.document(bundled.id), document):
            return bundled.id
    for id_, text in library.execute(_OF_FILE, (sha,)).fetchall():
        with suppress(LibraryError):  # one that is damaged is like none
            if _alike(loads(id_, text), document):
                return str(id_)
    return None


def take_in(
    library: sqlite3.Connection, asked: str, document: Document, original: bytes | None
) -> Change:
    """Write a document from another library, under the id that it had there or the next."""
    taken = taken_ids(library) - {facts.id for facts in corpus.facts() if facts.id == document.id}
    known = replace(document.facts, id=asked, paragraphs=len(document.paragraphs))
    text = stored.dumps(replace(document, facts=known))
    number = store(library, known, text, original)
    return put(library, "documents", free(document.id, taken), (number,))


def sweep(library: sqlite3.Connection) -> None:
    """Forget what was removed long ago, and what belongs to no document."""
    for statement in _SWEEP:
        library.execute(statement)
