"""Texts edited by machine, with what was changed in them: for weighing redlines.

Chance comes from a seed. Particles, numbers and words change, words are put in and taken out;
blanks, middle dots and quotes change their form only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence

    Span = tuple[int, int]

OFTEN = 0.12
"""The share of the words that are edited."""
PARTICLES = ("을", "의", "은", "도", "에서", "으로")
PHRASE = 4
"""Words in a row that are replaced by as many others."""
FORMS = frozenset(("blank", "dot", "quote"))
"""The kinds of edits that change nothing but the form."""


class Edit(NamedTuple):
    """An edit: its kind, and the spans [start, end) of what it changed in either text."""

    kind: str
    left: Span
    right: Span

    @property
    def sides(self) -> tuple[Span, Span]:
        """The two spans."""
        return self.left, self.right


class Edited(NamedTuple):
    """A text, the same after some edits, and the edits in order."""

    left: str
    right: str
    edits: list[Edit]

    @property
    def texts(self) -> tuple[str, str]:
        """The two texts."""
        return self.left, self.right


class _Change(NamedTuple):
    """What becomes of a word: what stays before, what goes, what comes, what stays after."""

    kind: str
    before: str
    old: str
    new: str
    after: str
    words: int = 1
    """How many words it takes."""


def edited(text: str, vocabulary: Sequence[str], chance: random.Random) -> Edited:
    """The text with some of its words edited, never two in a row."""
    left = right = ""
    edits: list[Edit] = []
    words = text.split(" ")
    at, last = 0, "first"
    while at < len(words):
        changes = list(_changes(words[at:], vocabulary, chance))
        often = not last and changes and chance.random() < OFTEN
        change = chance.choice(changes) if often else _Change("", words[at], "", "", "")
        if at:
            left += " "
            right += "" if last in {"blank", "out"} else " "
        old = len(change.old) + (change.kind == "blank")  # the blank that follows on the left
        left_at, right_at = len(left) + len(change.before), len(right) + len(change.before)
        left += change.before + change.old + change.after
        right += change.before + change.new + change.after
        if change.kind:
            spans = (left_at, left_at + old), (right_at, right_at + len(change.new))
            edits.append(Edit(change.kind, *spans))
        at += change.words
        last = change.kind
    return Edited(left, right, edits)


def _changes(
    words: Sequence[str], vocabulary: Sequence[str], chance: random.Random
) -> Iterator[_Change]:
    """What may become of the first words."""
    word, others = words[0], chance.sample(vocabulary, PHRASE)
    if word.isalpha() and others[0].isalpha() and word != others[0]:
        yield _Change("word", "", word, others[0], "")
        yield _Change("out", "", word, "", "")
        yield _Change("in", "", "", f"{others[0]} ", word)
    if len(words) > PHRASE and {*words[:PHRASE]}.isdisjoint(others):
        yield _Change("phrase", "", " ".join(words[:PHRASE]), " ".join(others), "", PHRASE)
    yield from _inside(word, chance)
    if len(words) > 1:
        yield _Change("blank", word, "", "", "")


def _inside(word: str, chance: random.Random) -> Iterator[_Change]:
    """What may change in a word."""
    for particle in PARTICLES:
        if word.endswith(particle) and len(word) > len(particle) + 2 and word.isalpha():
            new = chance.choice([it for it in PARTICLES if it[0] != particle[0]])
            yield _Change("particle", word[: -len(particle)], particle, new, "")
    if number := re.search(r"\d+", word):
        new = str(int(number[0]) + 1)
        yield _Change("number", word[: number.start()], number[0], new, word[number.end() :])
    if "한미" in word:
        at = word.index("한미") + 1
        yield _Change("dot", word[:at], "", "·", word[at:])
    if "‘" in word:
        at = word.index("‘")
        yield _Change("quote", word[:at], "‘", "'", word[at + 1 :])
