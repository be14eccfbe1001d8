"""A selection of the text by whole parts, sentences or words, and what is in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from scmtui.text import sentences, width, words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scmtui.model import Address

    Span = tuple[int, int]

PART, SENTENCE, WORD = UNITS = ("part", "sentence", "word")
"""By what a selection grows, from the largest."""


class Passage(NamedTuple):
    """A text that can be selected from: a part and where it stands."""

    address: Address
    text: str


@dataclass(frozen=True, slots=True)
class Selected:
    """What is selected of one part: its address, the span [start, end) of it, and the text."""

    address: Address
    start: int
    end: int
    text: str


class Counts(NamedTuple):
    """How much is selected: characters, those that are not blanks, and 어절."""

    characters: int
    letters: int
    words: int


class Unit(NamedTuple):
    """One part, sentence or word: the passage it is in, and its span there."""

    passage: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Selection:
    """From the unit where it began to the one that the keys move, both included."""

    passages: Sequence[Passage]
    anchor: Unit
    head: Unit
    unit: str = PART

    @classmethod
    def of(cls, passages: Sequence[Passage], index: int) -> Selection:
        """A selection of one whole passage."""
        unit = Unit(index, 0, len(passages[index].text))
        return cls(passages, unit, unit)

    def _units(self, passage: int) -> list[Unit]:
        """The units of a passage; one that has none is a unit itself."""
        text = self.passages[passage].text
        whole = (0, len(text))
        spans = {PART: lambda _text: [whole], SENTENCE: sentences, WORD: words}[self.unit](text)
        return [Unit(passage, *span) for span in spans or [whole]]

    def unit_at(self, passage: int, offset: int) -> Unit:
        """The unit at a character of a passage, or the last before it."""
        units = self._units(passage)
        return next((unit for unit in units if unit.end > offset), units[-1])

    def _beside(self, unit: Unit, step: int) -> Unit:
        """The unit so many further (back, when negative), as far as the text goes."""
        passage, units = unit.passage, self._units(unit.passage)
        index = units.index(unit) + step
        while index < 0 and passage > 0:
            passage -= 1
            units = self._units(passage)
            index += len(units)
        while index >= len(units) and passage < len(self.passages) - 1:
            index -= len(units)
            passage += 1
            units = self._units(passage)
        return units[max(0, min(index, len(units) - 1))]

    def by_next_unit(self) -> Selection:
        """Select by the next smaller unit, from the first of those selected; then by parts again.

        Growing to parts takes every part that something was selected of.
        """
        unit = UNITS[(UNITS.index(self.unit) + 1) % len(UNITS)]
        changed = replace(self, unit=unit)
        if unit == PART:
            return replace(
                changed,
                anchor=changed.unit_at(self.anchor.passage, 0),
                head=changed.unit_at(self.head.passage, 0),
            )
        first = min(self.anchor, self.head)
        here = changed.unit_at(first.passage, first.start)
        return replace(changed, anchor=here, head=here)

    def extended(self, step: int) -> Selection:
        """The moving end a unit further or back."""
        return replace(self, head=self._beside(self.head, step))

    def moved(self, step: int) -> Selection:
        """Only the unit that stands so many further or back."""
        return self.extended(step).begun_here()

    def begun_here(self) -> Selection:
        """Only the unit at the moving end, from which it may be extended anew."""
        return replace(self, anchor=self.head)

    def turned(self) -> Selection:
        """The same with the other end moving."""
        return replace(self, anchor=self.head, head=self.anchor)

    def extended_by_line(self, step: int, lines_of: Callable[[int], list[Span]]) -> Selection:
        """The moving end to the word above or below it; sentences and parts go one by one.

        `lines_of` gives the spans of the lines that a passage is shown in.
        """
        if self.unit != WORD:
            return self.extended(step)
        passage, lines = self.head.passage, lines_of(self.head.passage)
        at = next((n for n, (_a, end) in enumerate(lines) if end > self.head.start), 0)
        cells = width(self.passages[passage].text[lines[at][0] : self.head.start])
        at += step
        if not 0 <= at < len(lines):
            passage += step
            if not 0 <= passage < len(self.passages):
                return self
            lines = lines_of(passage)
            at = 0 if step > 0 else len(lines) - 1
        return replace(self, head=self._at_cell(passage, lines[at], cells))

    def _at_cell(self, passage: int, line: Span, cells: int) -> Unit:
        """The last word of a line that begins no further right than so many cells."""
        text, (start, end) = self.passages[passage].text, line
        units = [unit for unit in self._units(passage) if start <= unit.start < end]
        left = [unit for unit in units if width(text[start : unit.start]) <= cells]
        return (left or units or [self.unit_at(passage, start)])[-1 if left else 0]

    @property
    def selected(self) -> tuple[Selected, ...]:
        """What is selected, part by part."""
        first, last = sorted((self.anchor, self.head))
        pieces = []
        for index in range(first.passage, last.passage + 1):
            address, text = self.passages[index]
            start = first.start if index == first.passage else 0
            end = last.end if index == last.passage else len(text)
            pieces.append(Selected(address, start, end, text[start:end]))
        return tuple(pieces)

    @property
    def counts(self) -> Counts:
        """How much is selected."""
        texts = [piece.text for piece in self.selected]
        return Counts(
            sum(map(len, texts)),
            sum(len("".join(text.split())) for text in texts),
            sum(len(words(text)) for text in texts),
        )
