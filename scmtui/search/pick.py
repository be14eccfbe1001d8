"""The matcher for short names: commands, files, themes."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from scmtui.model import Document, Facts, Kind, Paragraph, Part, Provenance
from scmtui.search import rank
from scmtui.search.find import Search
from scmtui.search.memory import Memory
from scmtui.search.query import Clause, Query, Term
from scmtui.search.searched import Searched
from scmtui.text import safe

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_CHARACTERS = 100


class Choice(NamedTuple):
    """A name that fits: its place in the list, and what to highlight in it."""

    place: int
    spans: tuple[tuple[int, int], ...]


def pick(query: str, names: Sequence[str], *, limit: int | None = None) -> list[Choice]:
    """The names that fit what was typed, the best first; all of them for an empty query.

    Of equals, those come first that fit from the beginning on, then short ones.

    What is typed is read as in a search: half-typed, by initial consonants, on the other keyboard
    layout, with blanks left out or put in, and with mistakes when nothing fits otherwise. Every
    word must fit somewhere in the name.
    """
    words = safe(query)[:MOST_CHARACTERS].split()
    if not words:
        return [Choice(number, ()) for number in range(len(names))][:limit]
    asked = Query(tuple(Clause((Term(word, 0),)) for word in words))
    best = Search(_searched(tuple(names)), asked).best(None, closely=None).best
    choices = [
        (
            -scored.score,
            rank.spans(scored.found, scored.passage.bounds[1]),
            len(scored.passage.texts[1]),
            scored.passage.number,
        )
        for scored in best
    ]
    return [Choice(place, spans) for _, spans, _, place in sorted(choices)][:limit]


@lru_cache(maxsize=4)
def _searched(names: tuple[str, ...]) -> Searched:
    facts = Facts("names", None, Kind.OTHER, "", "", Provenance("", "", ""))
    paragraphs = (
        Paragraph(number, "", (Part(name, 0, len(name)),), 0, len(name))
        for number, name in enumerate(names)
    )
    return Searched(Memory([Document(facts, tuple(paragraphs), "")]))
