"""Looks over what stands in the library: texts, files, what is attached to them, what is loose."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from scmtui import corpus, stored
from scmtui.disk import newest
from scmtui.language import _, ngettext
from scmtui.library import backups
from scmtui.library.anchors import attached, follow
from scmtui.library.changes import insert
from scmtui.library.shelving import sweep
from scmtui.library.sqlite import FINAL, connect
from scmtui.library.tables import now
from scmtui.model import LibraryError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scmtui.library.anchors import Stray
    from scmtui.library.documents import Documents
    from scmtui.library.file import LibraryFile

OK, MENDED, LOOK, WRONG = "ok", "mended", "look", "wrong"
"""What a check found: nothing, what it mended, what needs the reader's eye, what it cannot mend."""
SHOWN = 60
"""Characters of a note or of a quote that are shown."""

_ORPHANS = (
    "SELECT count(*) FROM texts WHERE number NOT IN (SELECT number FROM documents)",
    "SELECT count(*) FROM originals WHERE sha256 NOT IN (SELECT sha256 FROM documents)",
)
_WITHOUT_TRAY = "tray NOT IN (SELECT number FROM trays)"
_DOCUMENTS = """SELECT id, number, digest, file FROM documents
    WHERE id NOTNULL ORDER BY coalesce(rank, number)"""
_TEXT = "SELECT json FROM texts WHERE number = ?"
_MISSING = """SELECT id, documents.sha256, file FROM documents
    WHERE id NOTNULL AND sha256 NOT IN (SELECT sha256 FROM originals)"""
_OF_FILE = "SELECT id, sha256, file FROM documents WHERE id NOTNULL AND sha256 = ?"
_OF_TEXT = "SELECT json FROM texts JOIN documents USING (number) WHERE digest = ?"
_BYTES = "SELECT bytes FROM originals WHERE sha256 = ?"


class Finding(NamedTuple):
    """What one check found."""

    check: str
    """A short stable word: permissions, disk, pages, texts, originals, positions, backups, …"""
    state: str
    """OK, MENDED, LOOK or WRONG."""
    told: str
    """A sentence, in the language of the interface."""


class Upkeep:
    """The checks of what stands in a library that may be written."""

    def __init__(self, file: LibraryFile, documents: Documents) -> None:
        self._file = file
        self._documents = documents

    def findings(self) -> Iterator[Finding]:
        """What every check finds, as it is made."""
        yield from self._orphans()
        yield from self._without_tray()
        yield from self._texts()
        yield from self._originals()
        yield from self._positions()
        yield from self._instead()

    def strays(self, found: Sequence[Stray]) -> Iterator[Finding]:
        """What is attached to words that are not there."""
        for stray in found:
            told = (
                _("{address}, {told}: there is no such document here.")
                if stray.gone
                else _("{address}, {told}: the words “{quote}” are not there any more.")
            )
            shown = {"told": _short(_what(stray)), "quote": _short(stray.position.quote)}
            yield Finding("positions", LOOK, told.format(address=stray.position.address, **shown))
        if not found:
            told = _("Every mark, note and the like stands where its words are.")
            yield Finding("positions", OK, told)

    def _orphans(self) -> Iterator[Finding]:
        count = sum(row[0] for query in _ORPHANS for row in self._file.read(query))
        if count:
            self._file.write(sweep)
            told = ngettext(
                "{count} entry that belonged to no document was thrown away.",
                "{count} entries that belonged to no document were thrown away.",
                count,
            )
            yield Finding("orphans", MENDED, told.format(count=count))

    def _without_tray(self) -> Iterator[Finding]:
        """What the reader put into a tray that is gone is the reader's still."""
        for (count,) in self._file.read(f"SELECT count(*) FROM items WHERE {_WITHOUT_TRAY}"):  # noqa: S608 - ours
            if count:
                name = _("Found again, {day}").format(day=now()[:10])
                self._file.write(partial(_into_tray, name=name))
                told = _("{count} passages lay in no tray; they are in “{name}” now.")
                yield Finding("orphans", MENDED, told.format(count=count, name=name))

    def _texts(self) -> Iterator[Finding]:
        """Every document can be read, and is the one that was kept."""
        whole = 0
        for id_, number, digest, file in self._file.read(_DOCUMENTS):
            text = next((text for (text,) in self._file.read(_TEXT, number)), None)
            if _digest(text) == digest:
                whole += 1
            elif _digest(kept := self._in_backups(_OF_TEXT, digest)) == digest:
                self._replace("texts", number, kept)
                told = _("The text of “{id}” was damaged; it was taken from a backup.")
                yield Finding("texts", MENDED, told.format(id=id_))
            elif _readable(text):
                told = _("The text of “{id}” is not quite the one that was kept.")
                yield Finding("texts", LOOK, told.format(id=id_))
            else:
                told = _("The text of “{id}” is damaged. Add its file again: {file}")
                yield Finding("texts", WRONG, told.format(id=id_, file=file))
        if whole:
            told = ngettext(
                "The text of {count} document is whole.",
                "The texts of {count} documents are whole.",
                whole,
            )
            yield Finding("texts", OK, told.format(count=whole))

    def _originals(self) -> Iterator[Finding]:
        """Every file that a document came from is kept, byte by byte."""
        bundled = {facts.provenance.sha256 for facts in corpus.facts()}
        wrong = [row for row in self._file.read(_MISSING) if row[1] not in bundled]
        for (sha,) in self._file.read("SELECT sha256 FROM originals"):
            if not any(_is(data, sha) for (data,) in self._file.read(_BYTES, sha)):
                wrong += self._file.read(_OF_FILE, sha)
        for id_, sha, file in wrong:
            data = self._in_backups(_BYTES, sha)
            if _is(data, sha):
                self._replace("originals", sha, data)
                told = _("The file that “{id}” came from was taken from a backup.")
                yield Finding("originals", MENDED, told.format(id=id_))
            else:
                told = _("The file that “{id}” came from is not kept whole: {file}. Its text is.")
                yield Finding("originals", WRONG, told.format(id=id_, file=file))
        if not wrong:
            told = _("The files that documents came from are what they were.")
            yield Finding("originals", OK, told)

    def _positions(self) -> Iterator[Finding]:
        """Marks, notes and the like stand where their words are; found elsewhere, they go there."""
        ids: set[str] = self._file.ask(attached, set())
        for id_ in sorted(ids):
            try:
                document = self._documents.at_hand(id_)
            except LibraryError:  # the check of the texts has said so
                continue
            if document:
                followed = self._file.write(partial(follow, id_=id_, document=document))
                if followed.moved:
                    told = ngettext(
                        "{count} thing attached to “{id}” was found again by its words.",
                        "{count} things attached to “{id}” were found again by their words.",
                        followed.moved,
                    )
                    yield Finding("positions", MENDED, told.format(count=followed.moved, id=id_))

    def _instead(self) -> Iterator[Finding]:
        """An official document in whose place stands another one: what is cited is that one."""
        added = {entry.facts.id: entry.facts for entry in self._documents.entries()}
        for own in self._documents.hidden():
            if own.official and not added[own.id].official:
                told = _(
                    "“{id}” is an unofficial copy in the place of the official document; what is "
                    "attached to it is cited from the copy. To go back: scmtui remove --undo {id}"
                )
                yield Finding("replaced", LOOK, told.format(id=own.id))

    def _replace(self, table: str, key: object, value: object) -> None:
        """Put what a backup has in the place of what is damaged."""
        statement = f"INSERT OR REPLACE INTO {table} VALUES (?, ?)"  # noqa: S608 - a name of ours
        self._file.write(lambda library: library.execute(statement, (key, value)))

    def _in_backups(self, query: str, value: str) -> object:
        """What the newest backup that has it answers."""
        for path in newest(self._file.folder / backups.FOLDER, "*.db"):
            with (
                suppress(sqlite3.DatabaseError, OSError),
                closing(connect(path, FINAL)) as copy,
            ):
                for (found,) in copy.execute(query, (value,)):
                    return found
        return None


def _into_tray(library: sqlite3.Connection, name: str) -> None:
    """Put what lies in no tray into a new one."""
    tray = int(insert(library, "trays", (name, now())).key)
    update = f"UPDATE items SET tray = ? WHERE {_WITHOUT_TRAY}"  # noqa: S608 - a text of ours
    library.execute(update, (tray,))


def _digest(text: object) -> str:
    return sha256(text.encode()).hexdigest() if isinstance(text, str) else ""


def _is(data: object, sha: str) -> bool:
    return isinstance(data, bytes) and sha256(data).hexdigest() == sha


def _readable(text: object) -> bool:
    try:
        return bool(stored.loads(str(text)))
    except stored.DAMAGE:
        return False


def _what(stray: Stray) -> str:
    """What it is that needs a look."""
    names = {
        "marks": _("mark {told}"),
        "pins": _("pair {told}"),
        "notes": _("note “{told}”"),
        "tags": _("tag “{told}”"),
        "links": _("link “{told}”"),
        "items": _("passage in a tray {told}"),
    }
    return names[stray.table].format(told=_short(stray.told)).strip()


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else f"{line[:SHOWN]}…"
