"""The aligned rows of two documents, in each of the ways to look at them."""

from __future__ import annotations

from itertools import chain, groupby
from typing import TYPE_CHECKING

from scmtui import corpus
from scmtui.cli import pages
from scmtui.cli.page import GAP, QUIET, STRONG, Mark, Marked, columns
from scmtui.cli.redline import BOTH, LEFT, RIGHT, written
from scmtui.language import N_, _, current, ngettext
from scmtui.text import pad, width
from scmtui.wording import row_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scmtui.cli.page import Page
    from scmtui.compare import Comparison, Row
    from scmtui.model import Address, Theme

MODES = ("columns", "interleaved", "redline", "changes")
WIDE = 100
"""Cells from which on two columns of text have room, unless they are asked for."""
INDENT = "  "
NAMES = 4
"""Words that are named as a reason, at most."""
NOTHING = "-"
"""Stands in a column of a pipe where there is nothing."""

_REASONS = {"pinned": N_("put together by you"), "number": N_("the same number")}


class Pairs:
    """The rows of a comparison on a page."""

    def __init__(self, page: Page, comparison: Comparison, mode: str) -> None:
        self._page = page
        self._comparison = comparison
        self._folds = mode == "changes"
        self._shape = self._shape_of(mode)

    def _shape_of(self, mode: str) -> str:
        """How a row is laid out in a mode; an empty one leaves it to the page."""
        if mode in ("", "changes"):
            cells = self._page.cells
            mode = "redline" if cells is None else "columns" if cells >= WIDE else "interleaved"
        apart = mode == "redline" and not self._comparison.one_language
        return "interleaved" if apart else mode

    def head(self) -> None:
        """The documents, and what it means when one is not official."""
        facts = [document.facts for document in self._comparison.documents]
        for known in facts:
            pages.head(self._page, known)
        for known in facts:
            if not known.official:
                said = _(
                    "{document} is not official: what it leaves out may stand in the communiqué."
                )
                self._page.line(said.format(document=known.id))

    def counts(self, rows: Sequence[Row], theme: Theme | None) -> None:
        """How the rows add up: all of them, or those about a theme."""
        left, right = sum(len(row.left) for row in rows), sum(len(row.right) for row in rows)
        whole = _("{left} and {right} paragraphs").format(left=left, right=right)
        counts = self._comparison.counts(rows)._asdict().items()
        sorts = (f"{row_in_words(sort)} {count}" for sort, count in counts if count)
        named = [theme.name.in_language(current())] if theme else []
        self._page.pieces([*named, whole, *sorts])

    def show(self, rows: Sequence[Row]) -> None:
        """The rows, those that are alike folded where that is asked for."""
        by_fold = groupby(rows, key=lambda row: self._folds and self._comparison.alike(row))
        groups = [(folded, list(group)) for folded, group in by_fold]
        if not self._page.wraps:
            self._page.blank()
            self._list(groups)
            return
        names = [self._name(address) for row in rows for address in row.left + row.right]
        cells = max(map(width, names), default=0)
        for folded, group in groups:
            if folded:
                self._page.blank()
                self._page.line(_alike(group), style=QUIET)
            for row in () if folded else group:
                self._page.blank()
                self._page.pieces(self._title(row), style=STRONG)
                self._stack(row, cells)

    # On a terminal: a title, and below it the text

    def _title(self, row: Row) -> Iterator[str]:
        """The addresses of a row, of what sort it is, how alike the two sides are, and why."""
        yield " ↔ ".join(filter(None, (self._addresses(row, side) for side in (LEFT, RIGHT))))
        if not (row.left and row.right):
            yield self._missing(row)
            return
        yield f"{self._sort(row)} {row.score:.2f}"
        if row.moved and row.kind != "moved":
            yield row_in_words("moved")
        for reason in row.reasons:
            if reason.kind in _REASONS:
                yield _(_REASONS[reason.kind])
            elif reason.kind == "words":
                yield ", ".join(reason.names[:NAMES])

    def _stack(self, row: Row, cells: int) -> None:
        if self._shape == "redline":
            for text, marks in self._whole(row).lines():
                self._page.line(text, INDENT, marks=marks)
            return
        left, right = (list(self._labelled(row, side, cells)) for side in (LEFT, RIGHT))
        if self._shape == "columns":
            self._page.beside(left, right)
            return
        for label, (text, marks) in (*left, *right):
            self._page.line(text, label, marks=marks)

    def _labelled(self, row: Row, side: int, cells: int) -> Iterator[tuple[str, Marked]]:
        """The lines of a side, each paragraph with its name before the first one."""
        addresses = row.right if side else row.left
        if not addresses:
            missing = self._missing(row)
            yield " " * cells + GAP, Marked(missing, (Mark(0, len(missing), QUIET),))
            return
        names: dict[int, str] = {}
        at = 0
        for address in addresses:
            names[at] = self._name(address)
            at += self._height(side, address)
        for number, line in enumerate(self._side(row, side).lines()):
            yield pad(names.get(number, ""), cells) + GAP, line

    def _name(self, address: Address) -> str:
        """What stands beside a paragraph: in a column its number, else its address."""
        return str(address).partition(":")[2] if self._shape == "columns" else str(address)

    def _height(self, side: int, address: Address) -> int:
        """The lines that a paragraph takes in the text of a row: its heading and its parts."""
        document = self._comparison.documents[side]
        paragraph = document.paragraph(address.paragraph or 0)
        headed = bool(paragraph and paragraph.heading and address.part is None)
        return headed + corpus.passage(document, address).count("\n") + 1

    # In a pipe: one line a row, or a line for either side

    def _list(self, groups: Iterable[tuple[bool, Sequence[Row]]]) -> None:
        entries: list[tuple[tuple[str, ...], Marked]] = []
        for folded, rows in groups:
            if folded:
                entries.append(((), Marked(_alike(rows))))
            else:
                entries += chain.from_iterable(map(self._entries, rows))
        labels = iter(columns([cells for cells, _text in entries if cells]))
        for cells, (text, _marks) in entries:
            self._page.line(text, next(labels) if cells else "")

    def _entries(self, row: Row) -> Iterator[tuple[tuple[str, ...], Marked]]:
        score = f"{row.score:.2f}" if row.left and row.right else NOTHING
        sides = [self._addresses(row, side) or self._missing(row) for side in (LEFT, RIGHT)]
        if self._shape == "redline":
            yield (self._sort(row), *sides, score), self._whole(row)
            return
        for side, addresses in enumerate((row.left, row.right)):
            if addresses:
                yield (self._sort(row), score, sides[side]), self._side(row, side)
            else:
                yield (self._sort(row), score, NOTHING), Marked(self._missing(row))

    # The texts of a row, and what is said of it

    def _whole(self, row: Row) -> Marked:
        """Both sides as one text, or the one that there is."""
        return self._side(row, BOTH if row.left and row.right else LEFT if row.left else RIGHT)

    def _side(self, row: Row, side: int) -> Marked:
        runs = self._comparison.runs(row)
        if not (row.left and row.right and self._comparison.one_language):
            # All of it is gone or new, which is said already; only what has moved is marked.
            runs = tuple(it._replace(op="=") if it.move is None else it for it in runs)
        return written(runs, side, self._comparison.moves, styled=self._page.styled)

    def _sort(self, row: Row) -> str:
        """The sort of a row, as it is counted."""
        counts = self._comparison.counts([row])._asdict()
        return row_in_words(next(sort for sort, count in counts.items() if count))

    def _addresses(self, row: Row, side: int) -> str:
        """The addresses of a side; those that stand alone say when they are not official."""
        addresses = row.right if side else row.left
        named = ", ".join(map(str, addresses))
        alone = bool(addresses) and not (row.left and row.right)
        return named + self._unofficial(side) if alone else named

    def _missing(self, row: Row) -> str:
        """What is said where one side has nothing."""
        side = RIGHT if row.left else LEFT
        document = self._comparison.documents[side].id
        return _("no counterpart in {document}").format(document=document) + self._unofficial(side)

    def _unofficial(self, side: int) -> str:
        official = self._comparison.documents[side].facts.official
        return "" if official else f" ({_('not official')})"


def _alike(rows: Sequence[Row]) -> str:
    said = ngettext("— {count} paragraph alike —", "— {count} paragraphs alike —", len(rows))
    return said.format(count=len(rows))
