"""Two documents compared: aligned rows, their redlines, and how they add up."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from scmtui import corpus, themes
from scmtui.compare import elsewhere
from scmtui.compare.redline import marked
from scmtui.compare.rows import Counts
from scmtui.compare.words import plain
from scmtui.compare.writing import Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scmtui.compare.elsewhere import Marks, Moved
    from scmtui.compare.redline import Mark
    from scmtui.compare.rows import Row, Tell
    from scmtui.model import Address, Document, Paragraph
    from scmtui.themes import Taxonomy, Touch

    Marked = tuple[str, Sequence[Mark]]


CHUNK = 200
"""Paragraphs of which the themes are found before it is told how far that is."""


class Redline(NamedTuple):
    """The redline of two paragraphs; their headings stand apart from their texts."""

    left: Address
    right: Address
    heading: tuple[Run, ...]
    runs: tuple[Run, ...]


@dataclass(frozen=True, eq=False)
class Comparison:
    """Two documents and the rows in which their paragraphs belong together, in reading order.

    Every paragraph of both is in exactly one row. A pair out of order stands where its left side
    does.
    """

    base: Document
    other: Document
    rows: tuple[Row, ...]
    taxonomy: Taxonomy = field(repr=False)

    @property
    def documents(self) -> tuple[Document, Document]:
        """The left document and the right one."""
        return self.base, self.other

    @property
    def one_language(self) -> bool:
        """Whether the two can be compared word by word."""
        return self.base.facts.language == self.other.facts.language

    @cached_property
    def touches(self) -> tuple[tuple[Touch, ...], tuple[Touch, ...]]:
        """What the paragraphs of either document touch."""
        left, right = (tuple(self._touched(document)) for document in self.documents)
        return left, right

    def _touched(self, document: Document, tell: Tell | None = None) -> Iterator[Touch]:
        """What a document touches, found piece by piece."""
        paragraphs = document.paragraphs
        for at in range(0, len(paragraphs), CHUNK):
            if tell:
                tell(at / len(paragraphs))
            piece = replace(document, paragraphs=paragraphs[at : at + CHUNK])
            yield from themes.touched(piece, self.taxonomy)

    def find_touches(self, tell: Tell) -> None:
        """Find what the paragraphs touch, before it is asked for; `tell` may stop it by raising."""
        left, right = (tuple(self._touched(document, tell)) for document in self.documents)
        self.__dict__["touches"] = left, right

    def narrowed(self, theme: str, *, mentions: bool = False) -> tuple[Row, ...]:
        """The rows that are about a theme on either side, or that at least mention it."""
        return tuple(self.rows[number] for number in self.numbers(theme, mentions=mentions))

    def numbers(self, theme: str, *, mentions: bool = False) -> list[int]:
        """The places of these rows among all, from 0."""
        found = (
            self._numbers[side].get(paragraph)
            for side, by_theme in enumerate(self._by_theme)
            for paragraph, about in by_theme.get(theme, ())
            if mentions or about
        )
        # beside passages, the rest of their documents has no row
        return sorted({number for number in found if number is not None})

    @cached_property
    def _by_theme(self) -> list[dict[str, list[tuple[int, bool]]]]:
        """The paragraphs of either side that touch each theme, and whether they are about it."""
        found: list[dict[str, list[tuple[int, bool]]]] = [{}, {}]
        for by_theme, touches in zip(found, self.touches, strict=True):
            for touch in touches:
                by_theme.setdefault(touch.theme, []).append((touch.paragraph, touch.about))
        return found

    @cached_property
    def _numbers(self) -> tuple[dict[int, int], dict[int, int]]:
        """In which row each paragraph of either side stands."""
        numbers: tuple[dict[int, int], dict[int, int]] = ({}, {})
        for number, row in enumerate(self.rows):
            for of_side, addresses in zip(numbers, (row.left, row.right), strict=True):
                of_side.update((it.paragraph or 0, number) for it in addresses)
        return numbers

    def row_of(self, address: Address) -> int | None:
        """The place among the rows of the one that has an address, if there is one."""
        for document, numbers in zip(self.documents, self._numbers, strict=True):
            if address.document == document.id and address.paragraph is not None:
                return numbers.get(address.paragraph)
        return None

    def counts(self, rows: Iterable[Row] | None = None) -> Counts:
        """How many of these rows, or of all, there are of each sort."""
        return Counts(**Counter(map(self._sort, self.rows if rows is None else rows)))

    def _sort(self, row: Row) -> str:
        if row.kind != "pair":
            return row.kind
        if not self.one_language:
            return "beside"
        return "alike" if self.alike(row) else "changed"

    def alike(self, row: Row) -> bool:
        """Whether nothing has changed: a pair in its place, the same but for blanks and marks."""
        if row.kind != "pair" or not self.one_language:
            return False
        if (known := self._alike.get(row)) is None:
            left, right = self.texts(row)
            known = self._alike[row] = left == right or plain(left) == plain(right)
        return known

    @cached_property
    def _alike(self) -> dict[Row, bool]:
        """What has been asked of the rows: it is asked again and again."""
        return {}

    def texts(self, row: Row) -> tuple[str, str]:
        """What stands on either side of a row: headings and parts, each on a line of its own."""
        return self._side(0, row.left)[0], self._side(1, row.right)[0]

    def runs(self, row: Row, *, across: bool = True) -> tuple[Run, ...]:
        """The redline of the texts of a row.

        Moves numbered up to the last of `moves` have their other end in another row, higher ones
        both ends in this row. Of texts in two languages all is gone and all is new. Where it is not
        `across` rows, what has moved between them is gone and new.
        """
        gone, new = self._moved[1] if across else ({}, {})
        first = len(self.moves) + 1 if across else 1
        return self._redlined(self._side(0, row.left, gone), self._side(1, row.right, new), first)

    def redlines(self, row: Row) -> tuple[Redline, ...]:
        """The redlines of each paragraph on the left of a row with each one on the right.

        Moves are numbered as in `runs`. A row without two sides in one language has none.
        """
        if not self.one_language:
            return ()
        gone, new = self._moved[1]
        first = len(self.moves) + 1
        found = []
        for left, right in product(row.left, row.right):
            one, other = self._passage(0, left), self._passage(1, right)
            marks = gone.get(left, ()), new.get(right, ())
            heading = self._redlined((one[0], ()), (other[0], ()), first)
            runs = self._redlined((one[1], marks[0]), (other[1], marks[1]), first)
            found.append(Redline(left, right, heading, runs))
        return tuple(found)

    def _redlined(self, left: Marked, right: Marked, first: int) -> tuple[Run, ...]:
        if self.one_language:
            return marked(left[0], right[0], left[1], right[1], first)
        one_sided = Run("-", left[0], ""), Run("+", "", right[0])
        return tuple(run for run in one_sided if run.left or run.right)

    def _side(self, side: int, addresses: Iterable[Address], known: Marks | None = None) -> Marked:
        """The passages of one side as one text, and where words in it are known to have moved."""
        text = ""
        found: list[Mark] = []
        for address in addresses:
            start = 0
            for line in filter(None, self._passage(side, address)):
                text += "\n" if text else ""
                start = len(text)
                text += line
            found += (
                mark._replace(start=mark.start + start, end=mark.end + start)
                for mark in (known or {}).get(address, ())
            )
        return text, found

    def _passage(self, side: int, address: Address) -> tuple[str, str]:
        """The heading and the text at an address; a part of a paragraph has no heading."""
        if address.paragraph is None or address.part is not None:
            return "", corpus.passage(self.documents[side], address)
        paragraph = self._paragraphs[side][address.paragraph]
        return paragraph.heading, "\n".join(part.text for part in paragraph.parts)

    def paragraph(self, address: Address) -> Paragraph:
        """The paragraph of either document at an address of a row."""
        side = 0 if address.document == self.base.id else 1
        return self._paragraphs[side][address.paragraph or 0]

    @cached_property
    def _paragraphs(self) -> tuple[dict[int, Paragraph], dict[int, Paragraph]]:
        left, right = ({it.number: it for it in each.paragraphs} for each in self.documents)
        return left, right

    @property
    def moves(self) -> tuple[Moved, ...]:
        """What has moved from one row to another, numbered from 1."""
        return self._moved[0]

    @property
    def moves_known(self) -> bool:
        """Whether what has moved between rows has been found: in long texts that takes seconds."""
        return "_moved" in self.__dict__

    def find_moves(self, tell: Tell) -> None:
        """Find what has moved, before it is asked for; `tell` may stop it by raising."""
        self.__dict__["_moved"] = self._find_moved(tell)

    @cached_property
    def _moved(self) -> tuple[tuple[Moved, ...], tuple[Marks, Marks]]:
        return self._find_moved()

    def _find_moved(
        self, tell: Tell | None = None
    ) -> tuple[tuple[Moved, ...], tuple[Marks, Marks]]:
        differing = [row for row in self.rows if not self.alike(row)] if self.one_language else []
        return elsewhere.moved(self._paragraphs, differing, tell)
