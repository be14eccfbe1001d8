"""What is known of a phrase in documents: rows, the places it stands in, and what is only near."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from scmtui.compare import Run, redline

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scmtui.model import Address, Facts
    from scmtui.phrases.copies import Copy
    from scmtui.phrases.course import State, Summary

    Span = tuple[int, int]


class Occurrence(NamedTuple):
    """The phrase in a text: the span [start, end), the name found there, and if it is another.

    Where it is only the inside of a longer word, the name is that word.
    """

    start: int
    end: int
    name: str
    alias: bool


class Place(NamedTuple):
    """A part, or the heading of a paragraph, with the phrase: its address, text and occurrences.

    The address is that of the part; it is the paragraph's when the heading has the phrase.
    """

    address: Address
    text: str
    occurrences: tuple[Occurrence, ...]
    facts: Facts

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where the phrase stands, as [start, end) in characters of the text."""
        return tuple((it.start, it.end) for it in self.occurrences)


@dataclass(frozen=True)
class Near:
    """The wording of a document that is closest to a phrase which it does not have."""

    phrase: str
    address: Address
    text: str
    """The wording itself, as shown."""
    likeness: float
    """From NEAR to 1 (see `nearest.NEAR`)."""
    whole: str
    """The text of the part, in which the wording is [start, end)."""
    start: int
    end: int

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """The redline of the phrase and this wording."""
        return redline(self.phrase, self.text)


class Beside(NamedTuple):
    """The paragraph of the other language version with the same number."""

    address: Address
    text: str


@dataclass(frozen=True)
class Row:
    """What one document has of a phrase."""

    facts: Facts
    state: State
    places: tuple[Place, ...] = ()
    near: Near | None = None
    beside: tuple[Beside, ...] = ()
    """The paragraphs of the other official language version, when it is at hand."""
    inside: tuple[Place, ...] = ()
    """Where it is only the inside of longer words, which is never counted."""

    @property
    def official(self) -> bool:
        """Whether the document is official: an article never proves anything of a communiqué."""
        return self.facts.official

    @property
    def count(self) -> int:
        """How often the phrase stands in the document."""
        return sum(len(place.occurrences) for place in self.places)

    @property
    def other_names(self) -> tuple[str, ...]:
        """The other names that stand there, if the phrase itself does not."""
        found = [it for place in self.places for it in place.occurrences]
        if any(not it.alias for it in found):
            return ()
        return tuple(dict.fromkeys(it.name for it in found))

    @cached_property
    def addresses(self) -> tuple[Address, ...]:
        """The paragraphs with the phrase, each once."""
        return _paragraphs(self.places)

    @cached_property
    def inside_at(self) -> tuple[Address, ...]:
        """The paragraphs with longer words that contain the phrase, each once."""
        return _paragraphs(self.inside)

    @property
    def longer(self) -> Counter[str]:
        """The longer words that contain the phrase, with how often each stands there."""
        return Counter(it.name for place in self.inside for it in place.occurrences)


def _paragraphs(places: Iterable[Place]) -> tuple[Address, ...]:
    return tuple(
        dict.fromkeys(place.address.up if place.address.part else place.address for place in places)
    )


class Related(NamedTuple):
    """A place where a related thing is named; that never counts as the phrase being present."""

    name: str
    facts: Facts
    place: Place


@dataclass(frozen=True)
class History:
    """A phrase through the documents that were searched, under the rules that were on."""

    phrase: str
    language: str
    """That of the phrase, "ko" or "en"."""
    rules: frozenset[str]
    names: tuple[str, ...]
    """The other names under which it was looked for."""
    searched: tuple[Facts, ...]
    """The documents that were searched, the oldest meeting first."""
    rows: tuple[Row, ...]
    """One for each of these documents, in the same order."""
    related: tuple[Related, ...]
    related_names: tuple[str, ...]
    """The names of related things that were looked for apart."""
    summaries: tuple[Summary, ...]
    """The course in the official documents of each language, that of the phrase first."""
    not_searched: tuple[Facts, ...] = ()
    """Documents in another language, in which the phrase has no name."""
    asked: str = ""
    """What was typed, when the phrase was read from it in another way; else empty."""
    near_complete: bool = True
    """Whether near wordings were looked for everywhere; the phrase itself always is."""
    copies: tuple[Copy, ...] = ()
    """Documents with the same words as another one, which were not counted again."""
    marks: str = ""
    """The marks around what was typed that do not count; empty when there are only usual ones."""

    @property
    def summary(self) -> Summary:
        """The course in the official documents of the phrase's own language."""
        return self.summaries[0]

    @property
    def official(self) -> tuple[Row, ...]:
        """The rows of official documents."""
        return tuple(row for row in self.rows if row.official)

    @property
    def unofficial(self) -> tuple[Row, ...]:
        """The rows of the others, which are told apart."""
        return tuple(row for row in self.rows if not row.official)

    @property
    def longer(self) -> Counter[str]:
        """The longer words of all documents that contain the phrase and are not counted."""
        return sum((row.longer for row in self.rows), Counter())

    @property
    def count(self) -> int:
        """How often the phrase stands in all documents."""
        return sum(row.count for row in self.rows)
