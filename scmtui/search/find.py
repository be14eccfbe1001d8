"""One query on its way through a store: which passages answer, read in which way."""

from __future__ import annotations

from itertools import chain, islice, takewhile
from typing import TYPE_CHECKING, NamedTuple

from scmtui.search import rank
from scmtui.search.asks import Ask, exactly, mistaken, surely
from scmtui.search.exactly import PatternNeedle
from scmtui.search.query import Clause, Term

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Sequence

    from scmtui.model import Address
    from scmtui.search.passages import Passage, Piece
    from scmtui.search.query import Query
    from scmtui.search.rank import Found
    from scmtui.search.searched import Searched

CLOSELY = 64
"""How many passages are looked at closely; of more, those that look best by their streams."""
MOST = 400
"""How many passages are looked at by their streams; of more, the first."""
MOST_APART = 16
"""How many words are looked for apart; more are taken for a passage, to be found as it stands."""
MOST_IN_VAIN = 1000
"""How many passages are looked at that have the letters of a term and still do not answer."""
PATIENCE = 0.06
"""Seconds that a regular expression may take for all passages together."""
LONGEST_NAME = 8
"""Words in a name that is recognised within a query."""


class Scored(NamedTuple):
    """A part that answers, and how well."""

    score: float
    passage: Passage
    found: Found


class Outcome(NamedTuple):
    """The parts that answer, the best first, and how many there are."""

    best: list[Scored]
    total: int
    documents: int
    """In how many documents they are."""
    more: bool
    """Whether there are more of them."""


class _Best:
    """The best `limit` parts of all that are found; of the others only where they stand."""

    def __init__(self, limit: int | None) -> None:
        self._limit = limit
        self._scores: dict[tuple[str, int, int], tuple[float, int]] = {}
        self._kept: dict[tuple[str, int, int], Scored] = {}

    def __len__(self) -> int:
        return len(self._scores)

    def take(self, scored: Scored) -> None:
        """Take what was found, unless the same part was found with a better score."""
        place = scored.passage.facts.id, scored.passage.number, scored.found.part
        known = self._scores.get(place)
        if known is None or -known[0] < scored.score:
            self._scores[place] = -scored.score, known[1] if known else len(self._scores)
            self._kept[place] = scored
            if self._limit and len(self._kept) > 2 * self._limit + MOST:
                self._kept = {place: self._kept[place] for place in self._order()}

    def _order(self) -> list[tuple[str, int, int]]:
        return sorted(self._kept, key=self._scores.__getitem__)[: self._limit]

    def outcome(self, *, more: bool) -> Outcome:
        """All of it, the best first, and of equals the one that was found first."""
        best = [self._kept[place] for place in self._order()]
        return Outcome(best, len(self), len({place[0] for place in self._scores}), more)


class _Reading(NamedTuple):
    """One way to take the whole query: in a passage, all of these must be found."""

    asks: tuple[Ask, ...]
    worth: float = 1.0


class Search:
    """One query on its way through a store."""

    def __init__(self, searched: Searched, query: Query, patience: float = PATIENCE) -> None:
        store = searched.store
        self._searched = searched
        self._patience = patience
        self._store = store
        self._all = frozenset(facts.id for facts in store.documents)
        self._documents: Container[str] = self._all
        self._lets_through: Callable[[Address], bool] | None = None
        wanted = [clause for clause in query.clauses if not clause.negative]
        said = {tuple((term.text, term.kind) for term in clause.terms): clause for clause in wanted}
        self._wanted = list(said.values())
        self._words = query.words
        self._unwanted = [
            self._exactly(term)
            for clause in query.clauses
            if clause.negative
            for term in clause.terms
        ]
        self._resolved: dict[Term, Ask | None] = {}
        self._more = False

    def _exactly(self, term: Term) -> Ask:
        if term.kind == "pattern":
            return Ask((PatternNeedle(term, self._patience),))
        return exactly(term, self._searched)

    def within(
        self, documents: Container[str], lets_through: Callable[[Address], bool] | None
    ) -> Search:
        """Search these documents only, and of them the paragraphs that are let through."""
        self._documents = documents
        self._lets_through = lets_through
        return self

    def best(self, limit: int | None, closely: int | None = CLOSELY) -> Outcome:
        """What is found by the first readings of the query that find anything."""
        best = _Best(limit)
        for together in self._readings():
            for way in together:
                for scored in self._found(way, closely):
                    best.take(scored)
                if closely and len(best) >= closely:
                    break
            if len(best):
                break
        return best.outcome(more=self._more)

    def _readings(self) -> Iterator[list[_Reading]]:
        """Ways to take the query, those together that are to be tried together."""
        if len(self._words) < 2:
            yield self._apart(self._sure)
            yield self._apart(self._any)
            return
        phrase = [_joined(self._words)]
        if len(self._words) > MOST_APART:
            yield self._instead(phrase, self._sure, 1.0)
            if len({word.text for word in self._words}) <= MOST_APART:
                yield self._apart(self._sure)
            return
        units = self._units()
        yield [
            *self._instead(phrase, self._sure, 1.0),
            *(self._instead(units, self._sure, 0.97) if 1 < len(units) < len(self._words) else ()),
            *self._apart(self._sure, 0.92),
        ]
        yield [*self._instead(phrase, self._any, 1.0), *self._apart(self._any, 0.92)]
        yield self._apart(self._all_ways, 0.92)

    def _apart(self, ask: Callable[[Term], Ask | None], worth: float = 1.0) -> list[_Reading]:
        """Each clause by itself."""
        return self._reading(self._wanted, ask, worth)

    def _instead(
        self, terms: Iterable[Term], ask: Callable[[Term], Ask | None], worth: float
    ) -> list[_Reading]:
        """Terms instead of the plain words, and the other clauses."""
        others = [clause for clause in self._wanted if clause.terms[0] not in self._words]
        return self._reading([*(Clause((term,)) for term in terms), *others], ask, worth)

    def _reading(
        self, clauses: Iterable[Clause], ask: Callable[[Term], Ask | None], worth: float
    ) -> list[_Reading]:
        """The clauses with what answers each; nothing when one is answered nowhere."""
        asks = []
        for clause in clauses:
            either = [found for term in clause.terms if (found := ask(term))]
            if not either:
                return []
            asks.append(Ask(tuple(chain.from_iterable(found.sought for found in either))))
        return [_Reading(tuple(asks), worth)]

    def _units(self) -> list[Term]:
        """The plain words, with those put together that make one name."""
        units: list[Term] = []
        left = list(self._words)
        while left:
            size = next(
                (
                    size
                    for size in range(min(len(left), LONGEST_NAME), 1, -1)
                    if self._searched.names.of(_joined(left[:size]).text)
                ),
                1,
            )
            units.append(_joined(left[:size]))
            del left[:size]
        return units

    def _sure(self, term: Term) -> Ask | None:
        """The first way to read a term, taken to be without mistakes, that finds anything."""
        if term not in self._resolved:
            ways = surely(term, self._searched) if term.kind == "word" else [self._exactly(term)]
            self._resolved[term] = self._first(ways)
        return self._resolved[term]

    def _any(self, term: Term) -> Ask | None:
        """The first way to read a term, with mistakes if need be, that finds anything."""
        return self._sure(term) or self._first(mistaken(term, self._searched))

    def _all_ways(self, term: Term) -> Ask:
        """All ways to read a term at once."""
        ways = (*surely(term, self._searched), *mistaken(term, self._searched))
        return Ask(tuple(chain.from_iterable(ask.sought for ask in ways)))

    def _first(self, ways: Iterable[Ask]) -> Ask | None:
        """The first ask that some document answers, searched or not: else it may be a mistake.

        What has its letters nowhere is left out of it.
        """
        for way in ways:
            ask = Ask(tuple(sought for sought in way.sought if self._passages(sought.pieces)))
            candidates = self._store.passages([ask.pieces], self._all) if ask.sought else ()
            if any(map(ask.matches, islice(candidates, MOST_IN_VAIN))):
                return ask
        return None

    def _passages(self, pieces: Sequence[Piece]) -> bool:
        return next(self._store.passages([pieces], self._all), None) is not None

    def _found(self, reading: _Reading, closely: int | None) -> Iterator[Scored]:
        asks = reading.asks
        rows = [ask.pieces for ask in asks]
        candidates = self._store.passages(rows, self._documents)
        if lets_through := self._lets_through:
            candidates = (passage for passage in candidates if lets_through(passage.address))
        answered = 0
        for passage in self._promising(candidates, asks, closely) if closely else candidates:
            if answered == closely:
                self._more = True
                break
            answers = list(takewhile(bool, (ask.matches(passage) for ask in asks)))
            if len(answers) == len(asks) and not any(
                ask.matches(passage) for ask in self._unwanted
            ):
                answered += 1
                for found in rank.parts(passage, answers):
                    yield Scored(found.score * reading.worth, passage, found)

    def _promising(
        self, candidates: Iterator[Passage], asks: Sequence[Ask], closely: int
    ) -> Iterable[Passage]:
        """The passages that look best by their streams first, where these tell."""
        if not asks or not all(ask.tells for ask in asks):
            return candidates
        passages = list(islice(candidates, MOST))
        self._more |= len(passages) == MOST
        if len(passages) > closely:
            passages.sort(key=lambda passage: sum(ask.tier(passage) for ask in asks), reverse=True)
        return passages


def _joined(words: Sequence[Term]) -> Term:
    return Term(" ".join(word.text for word in words), words[0].at)
