"""What office documents have in common: paragraphs, rows of tables, and what is left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scmtui.language import _
from scmtui.model import Remark
from scmtui.readers.extracted import Extracted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LONG = 300
"""Characters of a cell with paragraphs of its own from which it is a text and not an entry."""
_BESIDE = 60
"""The same for a cell beside one in another language."""


@dataclass
class LeftOut:
    """What is in a document and not in its text, each thing once, and what may be read wrongly."""

    dropped: dict[Remark, None] = field(default_factory=dict)
    doubts: dict[Remark, None] = field(default_factory=dict)

    def drop(self, kind: str, lines: str | Iterable[str]) -> None:
        """Leave out text; nothing that is blank is told of."""
        told = (lines if isinstance(lines, str) else "\n".join(lines)).strip()
        if told:
            self.dropped[Remark(kind, told)] = None

    def doubt(self, kind: str, told: str) -> None:
        """Tell the reader to look at something."""
        self.doubts[Remark(kind, told)] = None


@dataclass
class Line:
    """A paragraph while it is gathered: its text, and the lines of the boxes that hang on it."""

    pieces: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    gone: dict[str, list[str]] = field(default_factory=dict)
    """What is left out, by what it is."""

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self.pieces)

    def say(self, text: str, gone: str = "") -> None:
        """Add text, to the paragraph or to what is left out of it."""
        (self.gone.setdefault(gone, []) if gone else self.pieces).append(text)

    def hang(self, lines: list[str]) -> None:
        """Add the lines of a box, before the text if it hangs on its beginning."""
        (self.after if self.text.strip() else self.before).extend(lines)

    def embed(self, lines: list[str]) -> None:
        """Add the lines of a box that stands in the text as a character would."""
        if len(lines) > 1:
            self.say("\n{}\n".format("\n".join(lines)))
        elif lines:
            self.say(lines[0])

    def leave_out(self, left_out: LeftOut) -> None:
        """Tell what was left out of it."""
        for kind, pieces in self.gone.items():
            left_out.drop(kind, "".join(pieces))


def shown(number: str, text: str) -> list[str]:
    """The lines of a paragraph with its automatic number; none when it is empty."""
    lines = [line for line in text.split("\n") if line.strip()]
    return [f"{number}{lines[0]}", *lines[1:]] if lines else []


class Carried:
    """Paragraphs whose ends are not shown: the next one goes on in their line."""

    def __init__(self) -> None:
        self._parts: list[tuple[str, str]] = []
        self.bare = ""
        """The number of the last paragraph if it has no text: a cell may hold nothing else."""

    @property
    def numbered(self) -> bool:
        """Whether the line has an automatic number already."""
        return any(number for number, text in self._parts)

    def add(self, number: str, text: str) -> None:
        """Carry a paragraph over to the next."""
        self._parts.append((number, text))

    def ended(self, number: str = "", text: str = "") -> list[str]:
        """The lines of what was carried together with the paragraph that ends it."""
        parts = [*self._parts, (number, text)]
        self._parts = []
        first = next((it for it, rest in parts if it), "")
        lines = shown(first, "".join(rest for it, rest in parts))
        self.bare = "" if lines else first.strip() or self.bare
        return lines


def table(rows: Sequence[Sequence[list[str]]], left_out: LeftOut) -> list[str]:
    """The lines of a table: one for each row, with tabs between the cells.

    A cell that stands alone is a frame around its lines. Cells that hold whole texts, as those of
    a bilingual document do, are read one after the other, each on lines of its own.
    """
    bilingual = any(map(_bilingual, rows))
    return [line for cells in rows for line in _row(cells, bilingual, left_out)]


def _bilingual(cells: Sequence[list[str]]) -> bool:
    """Whether a row has long texts in two languages side by side."""
    texts = ["".join(cell) for cell in cells]
    languages = {len(re.findall("[가-힣]", it)) * 3 > len(it) for it in texts if len(it) > _BESIDE}
    return len(languages) > 1


def _row(cells: Sequence[list[str]], bilingual: bool, left_out: LeftOut) -> list[str]:
    filled = [cell for cell in cells if any(line.strip() for line in cell)]
    if len(filled) == 1 and len(filled[0]) > 1:
        return filled[0]
    long = any(len(cell) > 2 and sum(map(len, cell)) > _LONG for cell in filled)
    if len(filled) > 1 and (bilingual or long):
        told = _("The cells of a table hold whole texts, read one after the other.")
        left_out.doubt("table", told)
        return [line for cell in filled for line in cell]
    flat = (" ".join(filter(None, (" ".join(line.split()) for line in cell))) for cell in cells)
    line = "\t".join(flat).rstrip("\t")
    return [line] if line.strip() else []


def extracted(lines: Sequence[str], left_out: LeftOut, rights: str = "") -> Extracted:
    """What a reader yields of these lines."""
    text = "\n".join(lines)
    if own := len(re.findall("[\ue000-\uf8ff\U000f0000-\U0010fffd]", text)):
        told = _("Signs that only the fonts of their own program can show: {count}")
        left_out.doubt("signs", told.format(count=own))
    return Extracted(text, tuple(left_out.dropped), tuple(left_out.doubts), rights)
