"""The different runs of letters in an index, and which of them a mistyped word may mean."""

from __future__ import annotations

import sqlite3
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from scmtui.library.pieces import FIRST_PLACE, as_words, some_trigrams

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from scmtui.library.index import IndexFile
    from scmtui.search.mistakes import Piece

_WITH = """SELECT run FROM run_trigrams CROSS JOIN runs ON number = run_trigrams.rowid
    WHERE run_trigrams MATCH ?1 AND instr(run, ?2) > 1 LIMIT ?3"""
_ENDING = """SELECT run FROM run_trigrams CROSS JOIN runs ON number = run_trigrams.rowid
    WHERE run_trigrams MATCH ?1 AND substr(run, -length(?2)) = ?2
        AND length(run) > length(?2) LIMIT ?3"""
_HOLDING = """SELECT DISTINCT substr(run, 1, ?2)
    FROM run_places CROSS JOIN runs ON number = run_places.rowid
    WHERE run_places MATCH ?1"""


class IndexedRuns:
    """The runs in an index. Where it cannot be read there are none."""

    def __init__(self, file: IndexFile) -> None:
        self._file = file
        self.forget()

    def forget(self) -> None:
        """Forget what was asked before, because the index has changed."""
        self.has_run = lru_cache(maxsize=4096)(self._has_run)
        self.begun = lru_cache(maxsize=4096)(self._begun)
        self.alphabet = lru_cache(maxsize=1)(self._alphabet)

    def _has_run(self, letters: str) -> bool:
        """Whether a run is this one."""
        return bool(self._all("SELECT 1 FROM runs WHERE run = ?", letters))

    def _begun(self, letters: str) -> bool:
        """Whether a run begins with these letters."""
        query = "SELECT 1 FROM runs WHERE run BETWEEN ? AND ? LIMIT 1"
        return bool(self._all(query, letters, f"{letters}\U0010ffff"))

    def runs_with(self, letters: str, most: int, *, last: bool) -> Sequence[str] | None:
        """Runs that have these letters (`last`: at their end) but not at their beginning.

        At most so many; None when the letters are too few to look for.
        """
        asked = some_trigrams(letters)
        return self._all(_ENDING if last else _WITH, asked, letters, most) if asked else None

    def count(self, run: str) -> int:
        """How many passages have this run; a run that words share counts for each of them."""
        return sum(self._all("SELECT passages FROM runs WHERE run = ?", run))

    def holding(self, pieces: Iterable[Piece], longest: int) -> Iterable[str]:
        """The beginnings, at most `longest` letters, of the runs with one of the pieces."""
        asked = {
            _at(place + moved, as_words(letters))
            for letters, place, slack in pieces
            for moved in range(-min(slack, place), slack + 1)
        }
        return self._all(_HOLDING, " OR ".join(sorted(asked)), longest)

    def _alphabet(self) -> Collection[str]:
        """Every character that stands in the table of trigrams."""
        return self._all("SELECT character FROM alphabet")

    def _all(self, query: str, *values: str | int) -> list[Any]:
        try:
            return [value for (value,) in self._file.connection().execute(query, values)]
        except (sqlite3.DatabaseError, OSError) as error:
            self._file.failed(error)
            return []


def _at(place: int, letters: str) -> str:
    """The query for runs that have the letters at this place."""
    last = max(0, len(letters) - 3)
    starts = [*range(0, last, 3), last]
    parts = [f'"{chr(FIRST_PLACE + place + it)}{letters[it : it + 3]}"*' for it in starts]
    return f"({' AND '.join(parts)})"
