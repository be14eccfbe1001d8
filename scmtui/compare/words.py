"""Texts as they are compared word by word (어절): what makes two words the same, and what does not.

Blanks, middle dots, hyphens and the form of quotes and brackets make no difference. Letters do, in
any script and case, and so does a mark that stands on one side only.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from scmtui import text as texts
from scmtui.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

JOINED = 8
"""The most words that are taken as one because the other text writes them as one."""

TRIED = 200
"""Of how many known words that begin alike, at most, it is tried whether they stand there."""

_QUOTES = str.maketrans('"「」', "'''")


@cache
def _loose() -> re.Pattern[str]:
    """What makes no difference: blanks, and dots and hyphens but before digits (9·19, -3.5)."""
    return re.compile(r"(?<=[^\W\d_])[·-]+|[·-]+(?![\d·-])|\s+")


@lru_cache(maxsize=50_000)
def key(word: str) -> str:
    """What of a word counts: 한·미 is 한미, “동맹” is ‘동맹’; a dash alone is nothing."""
    if word.isalnum():
        return word
    formed = "".join(
        letter if letter.isalnum() else form for letter, form in zip(word, fold(word), strict=True)
    )
    return _loose().sub("", formed.translate(_QUOTES))


def plain(text: str) -> str:
    """The text without anything that makes no difference."""
    return "".join(map(key, text.split()))


class Words:
    """The words of a text in order: where each begins and ends, and its key."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans = texts.words(text)
        self.keys = list(map(key, text.split()))
        if "" in self.keys:
            self.spans = [span for span, it in zip(self.spans, self.keys, strict=True) if it]
            self.keys = list(filter(None, self.keys))

    def __len__(self) -> int:
        return len(self.keys)

    def between(self, places: range) -> str:
        """The text from the first of these words to the last one."""
        return self.text[self.spans[places.start][0] : self.spans[places.stop - 1][1]]

    def join(self, known: Iterable[str]) -> None:
        """Take words in a row as one where their keys together are a known one, the longest."""
        beginning: dict[str, list[str]] = {}
        for it in sorted(known, key=lambda it: (-len(it), it)):
            beginning.setdefault(it[:2], []).append(it)
        at = 0
        while at < len(self.keys) - 1:
            two = self.keys[at] + self.keys[at + 1]
            for together in beginning.get(two[:2], ())[:TRIED]:
                if together.startswith(two) and (end := self._end_of(together, at)):
                    self.spans[at:end] = [(self.spans[at][0], self.spans[end - 1][1])]
                    self.keys[at:end] = [together]
                    break
            at += 1

    def _end_of(self, together: str, at: int) -> int:
        """Where words from a place on end whose keys are this one together; 0 if there are none."""
        length = 0
        for place in range(at, min(at + JOINED, len(self.keys))):
            if not together.startswith(self.keys[place], length):
                break
            length += len(self.keys[place])
            if length == len(together):
                return place + 1
        return 0


def read(left: str, right: str) -> tuple[Words, Words]:
    """The words of two texts; what one of them writes as one word, the other one counts as one."""
    one, other = Words(left), Words(right)
    keys = frozenset(one.keys), frozenset(other.keys)
    one.join(keys[1] - keys[0])
    other.join(keys[0] - keys[1])
    return one, other
