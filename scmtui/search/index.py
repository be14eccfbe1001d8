"""The search itself: a query → ranked hits, over any store of passages."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scmtui import corpus
from scmtui.model import QueryError
from scmtui.search import filters, rank
from scmtui.search import query as grammar
from scmtui.search.find import CLOSELY, PATIENCE, Search
from scmtui.search.memory import Memory
from scmtui.search.readings import How
from scmtui.search.searched import Searched
from scmtui.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scmtui.model import Address, Document, Facts
    from scmtui.search.filters import Labels
    from scmtui.search.find import Scored
    from scmtui.search.passages import Store
    from scmtui.search.readings import Reading


class Hit(NamedTuple):
    """A part that answers a query.

    The address is that of the part and the text its text as shown; when it is a heading that
    answers, the address is the paragraph's and the text the heading's.
    """

    address: Address
    score: float
    """Comparable within one query; 1 is a whole word as typed."""
    reading: Reading | None
    """How the term was read that was least found as typed; None when only filters were asked."""
    spans: tuple[tuple[int, int], ...]
    """What was found, as [start, end) in characters of the text; none overlap."""
    text: str
    facts: Facts


class Results(NamedTuple):
    """The best hits of a query, and how it was read."""

    query: str
    hits: tuple[Hit, ...] = ()
    total: int = 0
    """How many parts were found, of which the hits are the best."""
    documents: int = 0
    """In how many documents they were found."""
    more: bool = False
    """Whether there are more than `total`: so much was found that not all was looked at."""
    reading: str = ""
    """How the query was read, in the language of the interface; empty when as it stands."""
    problem: QueryError | None = None
    """What is wrong with the query; there are no hits then."""


class Index:
    """Everything that can be searched; cheap to make, and made ready by `warm` or the first key."""

    def __init__(self, store: Store) -> None:
        self._searched = Searched(store, corpus.assets() / "aliases.toml")

    def search(
        self,
        query: str,
        *,
        limit: int = 50,
        labels: Labels | None = None,
        all_: bool = False,
        patience: float = PATIENCE,
    ) -> Results:
        """The best `limit` hits of a query, the best first; any string is answered.

        `labels` knows which paragraphs touch a theme, are tagged or noted. `all_` looks at every
        passage, so that the total is exact however much is found. A regular expression may take
        `patience` seconds.
        """
        shown = safe(query)
        try:
            parsed = grammar.parse(shown)
            if not parsed.clauses and not parsed.filters:
                return Results(shown)
            documents = filters.documents(parsed.filters, self._searched.store.documents)
            let = filters.paragraphs(parsed.filters, labels, documents)
            search = Search(self._searched, parsed, patience).within(*let)
            best, total, spread, more = search.best(limit, None if all_ else CLOSELY)
            return Results(shown, tuple(map(_hit, best)), total, spread, more, _said(best))
        except QueryError as problem:
            return Results(shown, problem=problem)

    def warm(self) -> None:
        """Make what the first keys would have to wait for; it may be done in a thread."""
        for query in ("가나다", "ㄱㄴㄷ", "가나다라마"):
            self.search(query)


def index(documents: Iterable[Document]) -> Index:
    """An index of documents in memory; equal hits are listed in the order of the documents."""
    return Index(Memory(documents))


def _hit(scored: Scored) -> Hit:
    _, passage, found = scored
    return Hit(
        passage.part(found.part),
        round(scored.score, 4),
        max(found.readings, key=lambda reading: len(reading.how), default=None),
        rank.spans(found, passage.bounds[found.part]),
        passage.texts[found.part],
        passage.facts,
    )


def _said(order: Sequence[Scored]) -> str:
    """How the best hit was found; without a particle, also by what other nouns there are hits."""
    first = [reading for scored in order[:1] for reading in scored.found.readings]
    if any(reading.kind is How.PARTICLE for reading in first):
        others = (reading for scored in order[1:] for reading in scored.found.readings)
        first += (reading for reading in others if reading.kind is How.PARTICLE)
    return "; ".join(dict.fromkeys(filter(None, (reading.say() for reading in first))))
