"""Themes and terms through the meetings: how much of each document each of them takes."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from scmtui.model import Address
from scmtui.phrases.concordance import leading
from scmtui.phrases.copies import without_copies
from scmtui.phrases.history import history
from scmtui.phrases.rules import RULES
from scmtui.phrases.texts import uncollected
from scmtui.themes import touched

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from scmtui.model import Document, Facts, Paragraph
    from scmtui.phrases.copies import Copy
    from scmtui.phrases.rows import History
    from scmtui.phrases.texts import Texts
    from scmtui.themes import Taxonomy, Touch

Measure = Literal["paragraphs", "share", "times"]
"""What a cell counts: paragraphs about a theme, the share of all words (어절) that stand in these,
or how often a term stands there."""


class Cell(NamedTuple):
    """What a theme or a term has in one document, and where."""

    value: float
    addresses: tuple[Address, ...] = ()
    """The paragraphs, in the order of the document."""
    inside: int = 0
    """How often a phrase is only the inside of a longer word there, which is not counted."""


class Line(NamedTuple):
    """A theme or a term through the documents; the cells stand like the columns."""

    id: str
    name: str
    """The term as asked for, or the name of the theme in Korean; `Theme.name` has both."""
    cells: tuple[Cell, ...]
    is_phrase: bool = False
    """Whether it is a phrase among themes: its cells count how often it stands there."""
    longer: tuple[tuple[str, int], ...] = ()
    """The longer words that contain the phrase, with how often each stands there."""

    @property
    def total(self) -> float:
        """The values of all cells added up."""
        return sum(cell.value for cell in self.cells)


@dataclass(frozen=True)
class Series:
    """Rows of themes or terms over columns of documents, the oldest first; it says what it counts.

    Rows of which nothing stands anywhere are left out of themes, and kept for terms that were asked
    for.
    """

    measure: Measure
    columns: tuple[Facts, ...]
    rows: tuple[Line, ...]
    copies: tuple[Copy, ...] = ()
    """Documents with the same words as one of the columns, which are not counted again."""
    names: tuple[str, ...] = ()
    """The other names that are counted as the terms asked for."""

    @property
    def most(self) -> float:
        """The largest value of a cell."""
        return max((cell.value for row in self.rows for cell in row.cells), default=0.0)


class Order(NamedTuple):
    """A document paragraph by paragraph, each with the theme that it is most about, or none."""

    facts: Facts
    steps: tuple[tuple[Address, str], ...]


@dataclass(frozen=True)
class Themed:
    """Documents with what their paragraphs touch: worked out once, looked at in several ways."""

    documents: tuple[Document, ...]
    touches: tuple[tuple[Touch, ...], ...]
    taxonomy: Taxonomy
    copies: tuple[Copy, ...] = ()
    """Documents with the same words as another one, which are left out."""

    def themes(self, measure: Measure = "paragraphs", *, mentions: bool = False) -> Series:
        """Theme × document: the paragraphs about a theme, or the share of the words in these.

        With `mentions` those that only mention it count, too.
        """
        found: dict[str, list[Cell]] = {}
        for place, (document, touches) in enumerate(zip(self.documents, self.touches, strict=True)):
            for theme, cell in _cells(document, touches, measure, mentions).items():
                row = found.setdefault(theme, [Cell(0.0)] * len(self.documents))
                row[place] = cell
        rows = tuple(
            Line(theme.id, theme.name.in_language("ko"), tuple(found[theme.id]))
            for theme in self.taxonomy.themes
            if theme.id in found
        )
        return Series(measure, self._columns, rows, self.copies)

    def terms(self, theme: str) -> Series:
        """Terms of a theme × document: how often each of them stands there, the frequent first."""
        found: dict[str, list[Cell]] = {}
        for place, touches in enumerate(self.touches):
            for touch in touches:
                if touch.theme == theme:
                    for reason in touch.reasons:
                        row = found.setdefault(reason.term, [Cell(0.0)] * len(self.documents))
                        at = Address(reason.address.document, reason.address.paragraph)
                        row[place] = _and(row[place], at)
        rows = (Line(term, term, tuple(cells)) for term, cells in found.items())
        ordered = tuple(sorted(rows, key=lambda row: (-row.total, row.name)))
        return Series("times", self._columns, ordered, self.copies)

    def order(self) -> tuple[Order, ...]:
        """The order in which each document treats the themes."""
        return tuple(
            Order(document.facts, _steps(document, leading(document.id, touches)))
            for document, touches in zip(self.documents, self.touches, strict=True)
        )

    @property
    def _columns(self) -> tuple[Facts, ...]:
        return tuple(document.facts for document in self.documents)


def themed(documents: Iterable[Document], taxonomy: Taxonomy) -> Themed:
    """The documents without copies, the oldest meeting first, with what their paragraphs touch."""
    unlike, copies = without_copies(documents)
    kept = tuple(sorted(unlike, key=lambda document: oldest(document.facts)))
    with uncollected():
        touches = tuple(touched(document, taxonomy) for document in kept)
    return Themed(kept, touches, taxonomy, copies)


def terms(phrases: Sequence[str], texts: Texts, rules: AbstractSet[str] = RULES) -> Series:
    """Terms × document: how often each phrase stands there (see `history`)."""
    copied = {copy.facts.id for copy in texts.copies}
    columns = tuple(sorted((it for it in texts.documents if it.id not in copied), key=oldest))
    rows = []
    names: dict[str, None] = {}
    for phrase in phrases:
        found = history(phrase, texts, rules)
        rows.append(
            phrase_line(found, columns)._replace(
                id=found.phrase, name=found.phrase, is_phrase=False
            )
        )
        names |= dict.fromkeys(found.names)
    return Series("times", columns, tuple(rows), texts.copies, tuple(names))


def phrase_line(found: History, columns: Iterable[Facts]) -> Line:
    """A phrase as a row over these documents: how often it stands in each."""
    rows = {row.facts.id: row for row in found.rows}
    cells = tuple(
        Cell(float(row.count), row.addresses, row.longer.total())
        if (row := rows.get(facts.id))
        else Cell(0.0)
        for facts in columns
    )
    longer = tuple(found.longer.most_common())
    return Line("", f"“{found.phrase}”", cells, is_phrase=True, longer=longer)


def oldest(facts: Facts) -> tuple[int, bool, str]:
    """The order of columns: by meeting, official documents first; what has no meeting last."""
    return (sys.maxsize if facts.meeting is None else facts.meeting), not facts.official, facts.id


def _cells(
    document: Document, touches: Sequence[Touch], measure: Measure, mentions: bool
) -> dict[str, Cell]:
    """What each theme has in a document."""
    counts = {it.number: _count(it) for it in document.paragraphs}
    total = sum(counts.values()) or 1
    found: dict[str, Cell] = {}
    for touch in touches:
        if touch.about or mentions:
            before = found.get(touch.theme, Cell(0.0))
            more = 1.0 if measure == "paragraphs" else counts[touch.paragraph] / total
            at = Address(document.id, touch.paragraph)
            found[touch.theme] = Cell(before.value + more, (*before.addresses, at))
    return found


def _and(cell: Cell, at: Address) -> Cell:
    again = cell.addresses[-1:] == (at,)
    return Cell(cell.value + 1, cell.addresses if again else (*cell.addresses, at))


def _count(paragraph: Paragraph) -> int:
    """How many words (어절) a paragraph has."""
    return sum([len(it.text.split()) for it in paragraph.parts], len(paragraph.heading.split()))


def _steps(
    document: Document, themes: dict[tuple[str, int], str]
) -> tuple[tuple[Address, str], ...]:
    return tuple(
        (Address(document.id, it.number), themes.get((document.id, it.number), ""))
        for it in document.paragraphs
    )
