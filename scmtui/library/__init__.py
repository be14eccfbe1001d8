"""What the reader made and added: marks, notes, trays, documents; how a change is undone.

Several sessions may write at once. Nothing is ever overwritten unread: a library that cannot be
used is kept under another name, and `Library.problem` says so.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from scmtui.library import backups
from scmtui.library.backups import Backup, listed
from scmtui.library.changes import Change, Changes
from scmtui.library.documents import Addition, Documents, Removed, Replacement, Same
from scmtui.library.file import LibraryFile
from scmtui.library.placemarks import Place, Placemarks, Session
from scmtui.library.schema import MIGRATIONS
from scmtui.library.shelving import KEPT_DAYS
from scmtui.library.sqlite import counts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from scmtui.library.anchors import Stray
    from scmtui.library.dumping import Dumped
    from scmtui.library.loading import Loaded
    from scmtui.library.notes import Links, Notes, Tags
    from scmtui.library.trays import Trays
    from scmtui.library.upkeep import Finding
    from scmtui.model import Address, Document, Facts
    from scmtui.shelf import Entry

__all__ = [
    "About",
    "Addition",
    "Backup",
    "Change",
    "Library",
    "Place",
    "Removed",
    "Replacement",
    "Same",
    "Session",
]


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


class Library(Placemarks):
    """The reader's places, marks and documents, kept in `folder`.

    Reading never fails: what cannot be read is not there, and `problem` says why. Writing, and
    asking for the text of a document, raises LibraryError. It belongs to one thread; `apart` gives
    another one for another thread.
    """

    KEPT_DAYS = KEPT_DAYS
    """Days for which a document that was removed, or replaced, can be put back."""

    def __init__(self, folder: Path) -> None:
        file = LibraryFile(folder, MIGRATIONS)
        super().__init__(file, Changes(file))
        self._documents = Documents(self._file, self._changes)

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

    # What the reader wrote beside the texts; imported when it is asked for, not at the start

    @cached_property
    def notes(self) -> Notes:
        """The notes on places in the texts."""
        from scmtui.library.notes import Notes

        return Notes(self._file, self._changes)

    @cached_property
    def tags(self) -> Tags:
        """The tags on places in the texts."""
        from scmtui.library.notes import Tags

        return Tags(self._file, self._changes)

    @cached_property
    def links(self) -> Links:
        """The links between places in the texts."""
        from scmtui.library.notes import Links

        return Links(self._file, self._changes)

    @cached_property
    def trays(self) -> Trays:
        """The trays, and what lies in them."""
        from scmtui.library.trays import Trays

        return Trays(self._file, self._changes)

    def tagged(self, tag: str) -> frozenset[Address]:
        """The places with this tag; a document or paragraph stands for all that is in it."""
        return self.tags.tagged(tag)

    def noted(self, words: str = "") -> frozenset[Address]:
        """The places whose notes hold all of these words; without words, all that have a note."""
        return self.notes.with_words(words)

    def strays(self) -> tuple[Stray, ...]:
        """Whatever needs a look: the words, or the document, that it is attached to are gone."""
        from scmtui.library.anchors import strays

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

    def damaged(self) -> tuple[Path, ...]:
        """Damaged libraries that were put aside, today or long ago."""
        return tuple(sorted(self._file.folder.glob("library-damaged-*.db")))

    def backups(self) -> tuple[Backup, ...]:
        """The backups that there are, the newest first."""
        return listed(self._file.folder / backups.FOLDER)

    def back_up(self, target: Path | None = None) -> Path:
        """Leave a copy at `target`, usually among the backups, and say where.

        It has been opened again and counted. Raises LibraryError.
        """
        from scmtui.library.restoring import back_up

        return back_up(self._file, target)

    def restore(self, backup: Path) -> Path | None:
        """Make everything as it is in a backup, or nothing; where the present library is kept.

        Nothing before can be undone then. Raises LibraryError.
        """
        from scmtui.library.restoring import restore

        kept = restore(self._file, backup)
        self._changes.forget()
        return kept

    def dump(self, folder: Path) -> Dumped:
        """Write everything into a new folder, as plain files that make a library again.

        The folder is there as a whole or not at all. Raises LibraryError.
        """
        from scmtui.library.contents import InDatabase
        from scmtui.library.dumping import dump

        return self._file.copied(lambda library: dump(InDatabase(library), folder))

    def load(self, source: Path) -> Loaded:
        """Take in what a folder, or another library that may be damaged, holds; as one change.

        Nothing that is there is changed. Raises LibraryError.
        """
        from scmtui.library.loading import Loading
        from scmtui.library.sources import opened

        with opened(source) as contents:
            loaded = self._file.write(lambda library: Loading(library, contents).load())
        if loaded.change:
            self._changes.record(loaded.change)
        return loaded

    def check(self) -> None:
        """Raise LibraryError when there is a library, or was until now, and it cannot be read.

        What is not found in such a one may well be there.
        """
        self._file.check()

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

    @property
    def wrote(self) -> bool:
        """Whether anything was written since the library was opened."""
        return self._file.wrote

    def changed_elsewhere(self) -> bool:
        """Whether another session has written since this was last asked."""
        return self._file.changed_elsewhere()

    def close(self) -> None:
        """Leave the file tidy; the first session of a day that wrote leaves a backup."""
        if self._file.wrote:
            self._documents.sweep()
        self._file.close()
