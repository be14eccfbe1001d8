"""The lists of the phrase screens, and the text beneath them: what stands at a row, or why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from textual.message import Message
from textual.reactive import var

from scmtui.tui.pairs import MARKS
from scmtui.tui.rows import RowList, heading
from scmtui.tui.shown import Drawn, highlighted, line
from scmtui.wrap import wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.strip import Strip

    from scmtui.compare import Run
    from scmtui.model import Facts
    from scmtui.search import Hit

    Span = tuple[int, int]
    Layer = tuple[Sequence[Span], str]

WHOLE = 10_000
"""Cells in which any title has room."""
SIGNS = {"-": "gone", "+": "new", "<": "moved", ">": "moved"}


class Block(NamedTuple):
    """A text to be wrapped: what it looks like, and spans of it that look otherwise."""

    text: str
    look: str = ""
    layers: tuple[Layer, ...] = ()
    facts: Facts | None = None
    """The document of which this is the title, which is shortened to the room there is."""


def redlined(runs: Iterable[Run], *, marked: bool) -> Block:
    """A redline as one text: what is gone struck, what is new underlined, or `marked` by signs."""
    text = ""
    spans: dict[str, list[Span]] = {}
    for run in runs:
        before, after = MARKS.get(run.op, ("", "")) if marked else ("", "")
        piece = before + (run.left if run.op in "-<" else run.right) + after
        if run.op in SIGNS:
            spans.setdefault(SIGNS[run.op], []).append((len(text), len(text) + len(piece)))
        text += piece
    return Block(text, "", tuple((found, look) for look, found in spans.items()))


def titled(facts: Facts) -> Block:
    """The title of a document, when its meeting was held, and that it is not official."""
    return Block(heading(facts, WHOLE), "title", facts=facts)


class PassageList(RowList):
    """A list whose rows stand for passages; what is told of one is shown beneath."""

    @dataclass
    class Pointed(Message):
        """Another row is under the cursor, or the rows are others."""

        rows: PassageList

    @dataclass
    class Chosen(Message):
        """The reader chose a passage among those of the list."""

        hits: tuple[Hit, ...]
        index: int

    def blocks(self) -> tuple[Block, ...]:
        """What is told of the row under the cursor, its title first."""
        raise NotImplementedError

    def passages(self) -> tuple[tuple[Hit, ...], int] | None:
        """The passages that can be walked from the row under the cursor, and which comes first."""
        raise NotImplementedError

    def rows_changed(self) -> None:
        """Draw other rows and tell of the one under the cursor."""
        super().rows_changed()
        self.post_message(self.Pointed(self))

    def watch_cursor(self, before: int, after: int) -> None:
        super().watch_cursor(before, after)
        self.post_message(self.Pointed(self))

    def choose(self, index: int) -> None:  # noqa: ARG002 - it is the one under the cursor
        """Open the passage of the row under the cursor."""
        if found := self.passages():
            self.post_message(self.Chosen(*found))


class PassageView(Drawn):
    """A title that stays, and texts beneath it from where the first thing found can be seen."""

    blocks: var[tuple[Block, ...]] = var(())
    down: var[int] = var(0)
    """Lines scrolled beyond where the first thing found is seen."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the framework's name
        super().__init__(id=id)
        self._laid: tuple[tuple[Block, ...], int, list[tuple[Block, Span]]] = ((), 0, [])

    def watch_blocks(self) -> None:
        self.set_reactive(PassageView.down, 0)
        self.refresh()

    def watch_down(self) -> None:
        self.refresh()

    def scroll_by(self, lines: int) -> None:
        """Scroll the text, as far as it goes."""
        total, room, start = len(self._lines()), max(1, self.size.height - 2), self._start()
        self.down = max(-start, min(self.down + lines, max(0, total - room - start)))

    def on_mouse_scroll_down(self) -> None:
        self.scroll_by(3)

    def on_mouse_scroll_up(self) -> None:
        self.scroll_by(-3)

    def _lines(self) -> list[tuple[Block, Span]]:
        cells = max(8, self.size.width - 2)
        if self._laid[0] is not self.blocks or self._laid[1] != cells:
            lines = [(block, row) for block in self.blocks[1:] for row in wrap(block.text, cells)]
            self._laid = (self.blocks, cells, lines)
        return self._laid[2]

    def _start(self) -> int:
        """The first line to show, so that the first thing found is among them."""
        lines, room = self._lines(), max(1, self.size.height - 2)
        found = (
            number
            for number, (block, (_start, end)) in enumerate(lines)
            for spans, look in block.layers[:1]
            if look == "found" and spans and spans[0][0] < end
        )
        return max(0, min(next(found, 0) - room // 3, len(lines) - room))

    def render_line(self, y: int) -> Strip:
        """The title, a blank line, or a line of the texts."""
        cells, plain = self.size.width, self.plain
        if not self.blocks or y == 1:
            return line((), cells, plain)
        lines = self._lines()
        number = y - 2 + self._start() + self.down
        if y == 0:
            block = self.blocks[0]
            if block.facts:
                block = block._replace(text=heading(block.facts, cells - 2))
            row = (0, len(block.text))
        elif number < len(lines):
            block, row = lines[number]
        else:
            return line((), cells, plain)
        layers = [(spans, self.look(look)) for spans, look in block.layers]
        pieces = highlighted(block.text, row, self.look(block.look), *layers)
        return line([(" ", plain), *pieces], cells, plain)
