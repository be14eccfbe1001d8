"""The texts in which phrases are followed: a store of passages, its names and its words."""

from __future__ import annotations

import gc
import re
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from scmtui import corpus, hangul
from scmtui.phrases.copies import Copy, copies
from scmtui.phrases.scanned import Scanned
from scmtui.search.memory import Memory
from scmtui.search.names import Names
from scmtui.search.passages import BREAK
from scmtui.search.streams import stream

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scmtui.model import Document, Facts
    from scmtui.search.passages import Passage, Store

NO_LETTER = f"[^\\w{BREAK}]+|_+"
"""A regular expression for what parts the letters of a passage."""
_NO_LETTER = re.compile(NO_LETTER)


class Texts:
    """Documents as phrases are looked for in them; cheap to make, ready once `prepare` was called.

    Without that, the first phrase takes as much longer.
    """

    def __init__(self, store: Store) -> None:
        self.store: Store | Scanned = Scanned(store) if isinstance(store, Memory) else store

    def prepare(self) -> None:
        """Make ready what every phrase needs: the letters, the names, what measures likeness."""
        import rapidfuzz  # noqa: F401 - the first use of it would have to wait for it

        with uncollected():
            if isinstance(self.store, Scanned):
                self.store.prepare()
            _ = self.names

    @property
    def documents(self) -> tuple[Facts, ...]:
        """What is known of every document."""
        return tuple(self.store.documents)

    @cached_property
    def names(self) -> Names:
        """The other names of things, from the file of aliases and from the texts."""
        return Names.load(corpus.assets() / "aliases.toml", self.store.names())

    @property
    def is_scanned(self) -> bool:
        """Whether the letters of a passage are at hand."""
        return isinstance(self.store, Scanned)

    def letters(self, passage: Passage) -> str:
        """The folded letters and digits of a passage, with a BREAK between two of its parts."""
        if isinstance(self.store, Scanned):
            return self.store.letters(passage)
        return "".join(_NO_LETTER.split(passage.folded))

    @cached_property
    def copies(self) -> tuple[Copy, ...]:
        """The documents that only repeat another one of their meeting."""
        return copies(self.store.documents, self._all_letters)

    def _all_letters(self, facts: Facts) -> str:
        passages = self.store.passages([], frozenset({facts.id}))
        return "".join(map(self.letters, passages)).replace(BREAK, "")

    def knows(self, word: str) -> bool:
        """Whether a word of two syllables or more, or it without its particle, stands alone."""
        runs = self.store.runs()
        return any(
            len(noun) > 1 and runs.count(stream(noun)) > 0 for noun in (word, *hangul.nouns(word))
        )


@contextmanager
def uncollected() -> Iterator[None]:
    """Make many small things: looking for garbage among them takes a quarter of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def texts(documents: Iterable[Document]) -> Texts:
    """Documents in memory, made ready: no phrase waits for it."""
    found = Texts(Memory(documents))
    found.prepare()
    return found
