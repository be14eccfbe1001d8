"""Searching all documents of a shelf: in memory while they are few, else through an index."""

from __future__ import annotations

import sqlite3
from contextlib import nullcontext, suppress
from math import inf
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import TYPE_CHECKING

from scmtui import themes
from scmtui.language import N_
from scmtui.library.filling import ATTEMPTS, Filling, fill
from scmtui.library.index import IndexFile, supported
from scmtui.library.indexing import Progress
from scmtui.library.store import MOST_COST, Indexed
from scmtui.library.theming import IndexedThemes
from scmtui.model import LibraryError, NotFoundError
from scmtui.search import Index, Labels, ThemeLabels
from scmtui.search.find import PATIENCE
from scmtui.search.memory import Memory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from scmtui.model import Facts, ScmError
    from scmtui.search import Results
    from scmtui.search.filters import Written
    from scmtui.search.passages import Store
    from scmtui.shelf import Shelf
    from scmtui.themes import Taxonomy

MOST_IN_MEMORY = 5_000
"""Paragraphs up to which all texts are kept in memory and searched there."""
_TEMPORARY = N_("Another one is made in a temporary folder, until this session ends.")
_IN_MEMORY = N_("All texts are searched in memory, which takes more of it.")


class ShelfSearch:
    """Searches in all documents of a shelf, as they are now.

    It is for one thread. The index, if one is needed, stands in `folder`; where it cannot, it is
    made in a temporary folder, and `problem` says so. What is not in it yet is not found.
    """

    def __init__(
        self,
        shelf: Shelf,
        folder: Path,
        taxonomy: Callable[[], Taxonomy] = themes.taxonomy,
        written: Written | None = None,
    ) -> None:
        self._shelf = shelf
        self._path = folder / f"{'-'.join(('search', *sorted(shelf.off)))}.db"
        self._taxonomy = taxonomy
        self._written = written
        self._problem: ScmError | None = None
        self._temporary: TemporaryDirectory[str] | None = None
        self._facts: Sequence[Facts] | None = None
        self._store: Store | None = None
        self._labels: Labels | None = None
        self._index: Index | None = None
        self._searched: Sequence[Facts] = ()
        self._filling: Filling | None = None

    def search(
        self, query: str, *, limit: int = 50, all_: bool = False, patience: float = PATIENCE
    ) -> Results:
        """The best `limit` hits of a query (see `Index.search`) in what can be searched by now.

        Unless `all_` is asked for, a query that would take long in an index is a problem.
        """
        index = self._ready()
        if isinstance(self._store, Indexed):
            self._store.allow(inf if all_ else MOST_COST)
        with self._filling.held() if self._filling else nullcontext():
            return index.search(
                query, limit=limit, labels=self._labels, all_=all_, patience=patience
            )

    @property
    def store(self) -> Store:
        """Where everything is found that can be searched by now, however long that takes."""
        self._ready()
        assert self._store
        if isinstance(self._store, Indexed):
            self._store.allow(inf)
        return self._store

    @property
    def progress(self) -> Progress:
        """How many paragraphs can be searched by now, and by their themes."""
        if self._large:
            self._ready()
            if isinstance(self._store, Indexed):
                return self._store.progress
        total = self._total
        return Progress(total, total, total)

    @property
    def problem(self) -> ScmError | None:
        """What the reader should know of the search."""
        store = self._store.problem if isinstance(self._store, Indexed) else None
        return self._problem or store or (self._filling.problem if self._filling else None)

    def warm(self) -> Thread | None:
        """Make what the first letters typed would have to wait for, in the thread returned."""
        index, labels = self._ready(), self._labels
        if not isinstance(self._store, Memory):
            return None

        def make() -> None:
            index.warm()
            if labels:
                labels.themed.touching("")  # which finds all themes

        thread = Thread(target=make, name="warm", daemon=True)
        thread.start()
        return thread

    def prepare(self) -> None:
        """Have the index, if one is needed, looked over and filled in the background."""
        if not self._large:
            return
        if self._filling is None or (self._filling.may_go_on and not self.progress.complete):
            self._filling = Filling(self._shelf, self._path, self._taxonomy)
            self._filling.start()

    def complete(self, *, themed: bool = True) -> Iterator[Progress]:
        """Fill what is missing now, themes only when `themed`; before each slice, how far it is."""
        progress = self.progress
        file = IndexFile(self._path)
        for _ in range(ATTEMPTS):
            if file.problem or progress.complete or (progress.filled and not themed):
                break
            try:
                for progress in fill(file, self._shelf, self._taxonomy):
                    yield progress
                    if progress.filled and not themed:
                        break
            except (sqlite3.DatabaseError, OSError) as error:
                file.failed(error)  # what is damaged is thrown away, and filled anew
        file.close()
        self._problem = self._problem or file.problem

    def close(self) -> None:
        """Stop the background, and leave the index."""
        if self._filling:
            self._filling.stop()
        self._leave()
        if self._temporary:
            self._temporary.cleanup()

    @property
    def _total(self) -> int:
        return sum(facts.paragraphs for facts in self._shelf.facts())

    @property
    def _large(self) -> bool:
        return self._total > MOST_IN_MEMORY

    def _ready(self) -> Index:
        """The search in the documents that are on the shelf now."""
        facts = self._shelf.facts()
        if self._store is None or facts is not self._facts:
            self._leave()
            self._facts = facts
            if self._large:
                self._store = self._indexed()
            if self._store is None:
                self._store = self._in_memory()
        documents = self._store.documents
        if self._index is None or documents is not self._searched:
            self._index, self._searched = Index(self._store), documents
        return self._index

    def _leave(self) -> None:
        if isinstance(self._store, Indexed):
            self._store.close()
        self._store = self._index = self._labels = None

    def _indexed(self) -> Indexed | None:
        """The passages in the index; None when there can be none."""
        if not supported():
            self._problem = LibraryError(
                "The SQLite of this Python cannot search in texts (FTS5).",
                kept=_IN_MEMORY,
            )
            return None
        store = self._opened()
        if store.problem and not self._temporary:
            self._problem = _instead(store.problem, _TEMPORARY)
            with suppress(OSError):
                self._temporary = TemporaryDirectory(prefix="scmtui-")
                self._path = Path(self._temporary.name) / self._path.name
                self._filling = None
                store = self._opened()
        if store.problem:
            self._problem = _instead(store.problem, _IN_MEMORY)
            return None
        self._labels = Labels(IndexedThemes(store.file, self._taxonomy()), self._written)
        return store

    def _opened(self) -> Indexed:
        store = Indexed(self._shelf.volumes(), IndexFile(self._path))
        _ = store.documents  # which opens the index
        return store

    def _in_memory(self) -> Memory:
        documents = []
        for facts in self._shelf.facts():
            try:
                documents.append(self._shelf.document(facts.id))
            except (LibraryError, NotFoundError) as error:
                self._problem = self._problem or error
        self._labels = Labels(ThemeLabels(documents, self._taxonomy()), self._written)
        return Memory(documents)


def _instead(problem: LibraryError, kept: str) -> LibraryError:
    """What is wrong with the index, and what is used in its place."""
    said = LibraryError(problem.sentences[0], kept=kept)
    said.values.update(problem.values)
    return said
