"""Two documents compared: aligned rows, their redlines, and how they add up."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from scmtui import corpus, themes
from scmtui.compare import elsewhere
from scmtui.compare.redline import marked
from scmtui.compare.rows import Counts
from scmtui.compare.words import plain
from scmtui.compare.writing import Run
from scmtui.model import Address

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scmtui.compare.elsewhere import Marks, Moved
    from scmtui.compare.redline import Mark
    from scmtui.compare.rows import Row
    from scmtui.model import Document, Paragraph
    from scmtui.themes import Taxonomy, Touch

    Marked = tuple[str, Sequence[Mark]]


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
        left, right = (themes.touched(document, self.taxonomy) for document in self.documents)
        return left, right

    def narrowed(self, theme: str, *, mentions: bool = False) -> tuple[Row, ...]:
        """The rows that are about a theme on either side, or that at least mention it."""
        wanted = {
            Address(document.id, touch.paragraph)
            for document, touches in zip(self.documents, self.touches, strict=True)
            for touch in touches
            if touch.theme == theme and (mentions or touch.about)
        }
        return tuple(row for row in self.rows if not wanted.isdisjoint(row.left + row.right))

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
        left, right = self.texts(row)
        return left == right or plain(left) == plain(right)

    def texts(self, row: Row) -> tuple[str, str]:
        """What stands on either side of a row: headings and parts, each on a line of its own."""
        return self._side(0, row.left)[0], self._side(1, row.right)[0]

    def runs(self, row: Row) -> tuple[Run, ...]:
        """The redline of the texts of a row.

        Moves numbered up to the last of `moves` have their other end in another row, higher ones
        both ends in this row. Of texts in two languages all is gone and all is new.
        """
        gone, new = self._moved[1]
        return self._redlined(self._side(0, row.left, gone), self._side(1, row.right, new))

    def redlines(self, row: Row) -> tuple[Redline, ...]:
        """The redlines of each paragraph on the left of a row with each one on the right.

        Moves are numbered as in `runs`. A row without two sides in one language has none.
        """
        if not self.one_language:
            return ()
        gone, new = self._moved[1]
        found = []
        for left, right in product(row.left, row.right):
            one, other = self._passage(0, left), self._passage(1, right)
            marks = gone.get(left, ()), new.get(right, ())
            heading = self._redlined((one[0], ()), (other[0], ()))
            runs = self._redlined((one[1], marks[0]), (other[1], marks[1]))
            found.append(Redline(left, right, heading, runs))
        return tuple(found)

    def _redlined(self, left: Marked, right: Marked) -> tuple[Run, ...]:
        if self.one_language:
            return marked(left[0], right[0], left[1], right[1], first=len(self.moves) + 1)
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

    @cached_property
    def _paragraphs(self) -> tuple[dict[int, Paragraph], dict[int, Paragraph]]:
        left, right = ({it.number: it for it in each.paragraphs} for each in self.documents)
        return left, right

    @property
    def moves(self) -> tuple[Moved, ...]:
        """The sentences that have moved from one row to another, numbered from 1."""
        return self._moved[0]

    @cached_property
    def _moved(self) -> tuple[tuple[Moved, ...], tuple[Marks, Marks]]:
        differing = [row for row in self.rows if not self.alike(row)]
        return elsewhere.moved(self._paragraphs, differing if self.one_language else [])
