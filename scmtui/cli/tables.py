"""Rows as CSV for a spreadsheet, in which no text of a document is taken for a formula."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Cell = str | int | float | bool | None

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a cell begins that a spreadsheet would calculate, or look behind of for a formula."""


def dumps(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """A table in CSV (RFC 4180), in UTF-8, its header first.

    A text that begins like a formula has a ' before it; numbers stay numbers.
    """
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return written.getvalue()


def _cell(cell: Cell) -> Cell:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return guarded(cell) if isinstance(cell, str) else cell


def guarded(text: str) -> str:
    """The text as a spreadsheet may have it: never a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text
