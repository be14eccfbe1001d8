"""Why paragraphs stand in one row: the words and themes that they have in common."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scmtui.compare.likeness import features
from scmtui.compare.rows import Reason
from scmtui.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scmtui.compare.likeness import Likeness, Text

WORDS = 6
"""How many words are named, at most."""
THEMES = 3
"""How many themes."""

_ALWAYS = frozenset("은는을를에")
"""Syllables that hardly any noun of more than two ends with."""
_PARTICLES = frozenset("이가의와과도로만들")


def shared(likeness: Likeness, left: Text, right: Text) -> Iterator[Reason]:
    """The words that both texts have, as the left one writes them, and the themes they touch."""
    if words := tuple(_words(likeness, left, right)):
        yield Reason("words", words)
    one, other = likeness.themes(0, left), likeness.themes(1, right)
    if both := {theme: one[theme] * other[theme] for theme in one if theme in other}:
        yield Reason("themes", tuple(sorted(both, key=lambda it: (-both[it], it))[:THEMES]))


def _words(likeness: Likeness, left: Text, right: Text) -> Iterator[str]:
    """The words that weigh most; of several that overlap the weightiest."""
    one, two = likeness.weights(0, left), likeness.weights(1, right)
    written, other = (
        "\n".join(side.texts[place] for place in text)
        for side, text in zip(likeness.sides, (left, right), strict=True)
    )
    texts = fold(written), fold(other)
    worth = {
        written[start:end]: sum(
            one.get(it, 0.0) * two.get(it, 0.0) for it in features(written[start:end])
        )
        for start, end in _common(*texts)
    }
    named: list[str] = []
    for word in sorted(worth, key=lambda word: -worth[word]):
        if worth[word] > 0 and not any(word in name or name in word for name in named):
            named.append(word)
    yield from named[:WORDS]


def _common(text: str, other: str) -> Iterator[tuple[int, int]]:
    """The spans of words, or parts of compounds, that the other text has too; both are folded.

    A part must begin a word in one of the texts, so that no mere ends of words are found.
    """
    for run in re.finditer(r"[^\W\d_]{2,}", text):
        start = run.start()
        while start < run.end() - 1:
            end = start + 1
            while end < run.end() and text[start : end + 1] in other:
                end += 1
            if end - start > 1 and (not run[0].isascii() or end == run.end()):
                noun = _noun(text[start:end], (text, other))
                if any(re.search(rf"(?<!\w){re.escape(noun)}", it) for it in (text, other)):
                    yield start, start + len(noun)
            start = end if not run[0].isascii() else run.end()


def _noun(word: str, texts: tuple[str, str]) -> str:
    """The word without a particle: a last syllable that does not always follow the others."""
    if len(word) > 2 and word[-1] in _ALWAYS:
        return word[:-1]
    while len(word) > 2 and word[-1] in _PARTICLES:
        shorter, longer = (sum(text.count(it) for text in texts) for it in (word[:-1], word))
        if shorter == longer:
            break
        word = word[:-1]
    return word
