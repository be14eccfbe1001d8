"""What two texts have in common and what only one of them has, told by the terms of the themes.

A redline says nothing where a text was written anew. The terms still tell: those in both texts,
by whichever of their names, and those that stand nowhere in the whole of the other document.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from scmtui import corpus
from scmtui.briefing.blocks import Span
from scmtui.search.names import Names, key, pairs
from scmtui.search.streams import bare
from scmtui.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scmtui.briefing.blocks import Line, Look
    from scmtui.model import Document, Theme
    from scmtui.themes import Taxonomy

EVEN: Look = ""
"""How a term looks that tells nothing of the other text."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d년")


class Contrast(NamedTuple):
    """Terms as the texts write them, the most telling first."""

    both: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    """Those that stand nowhere in the right document."""
    right: tuple[str, ...] = ()
    looks: tuple[Mapping[str, Look], Mapping[str, Look]] = ({}, {})
    """On either side every term that was found, and how it looks in the text."""
    same: Mapping[str, tuple[str, ...]] = {}
    """How the right text writes the terms that both have."""
    more: tuple[int, int, int] = (0, 0, 0)
    """How many of both, of the left and of the right are not named."""


class _Word(NamedTuple):
    shown: str
    names: frozenset[str]
    """The term and its other names, by their letters."""


class Terms:
    """The terms of two documents, ready to be found in passages of them."""

    def __init__(
        self, documents: tuple[Document, Document], taxonomy: Taxonomy, theme: Theme | None = None
    ) -> None:
        """Of a theme, the terms come first."""
        self._lexicons = [taxonomy.lexicon.for_meeting(it.facts.meeting) for it in documents]
        texts = [_whole(it) for it in documents]
        self._letters = [bare(fold(text)) for text in texts]
        mined = [pair for text in texts for pair in pairs(text)]
        self._names = Names.load(corpus.assets() / "aliases.toml", mined)
        self._first = frozenset(theme.terms) if theme else frozenset()

    def contrast(self, left: str, right: str) -> Contrast:
        """What a passage of the left document has in common with one of the right one."""
        sides = list(self._found(0, left)), list(self._found(1, right))
        names = [frozenset().union(*(it.names for it in side)) for side in sides]
        looks: tuple[dict[str, Look], dict[str, Look]] = {}, {}
        for at, side in enumerate(sides):
            other = self._letters[1 - at]
            for word in side:
                shared, there = word.names & names[1 - at], any(it in other for it in word.names)
                looks[at][word.shown] = "shared" if shared else "" if there else "only"
        both, *only = (
            _named(side, looks[at], look)
            for at, side, look in ((0, sides[0], "shared"), *_sides(sides))
        )
        same = {
            word.shown: tuple(it.shown for it in sides[1] if it.names & word.names)
            for word in sides[0]
            if word.shown in both
        }
        return Contrast(both, only[0], only[1], looks, same)

    def _found(self, side: int, text: str) -> Iterator[_Word]:
        """The terms in a text: those of the theme first, then as they come; the years last."""
        hits = [
            (hit.term.written not in self._first, hit.start, hit.end, hit.term.written)
            for group in self._lexicons[side].find(text).values()
            for hit in group
            if hit.term.weight >= 1
        ]
        known = {text[start:end]: written for _second, start, end, written in sorted(hits)}
        for shown, written in known.items():
            others = [it.name for it in self._names.of(written) if not it.related]
            yield _Word(shown, frozenset(map(key, (written, shown, *others))))
        for year in dict.fromkeys(_YEAR.findall(text)):
            yield _Word(year, frozenset((key(year),)))


def _sides(sides: tuple[list[_Word], list[_Word]]) -> Iterator[tuple[int, list[_Word], Look]]:
    yield 0, sides[0], "only"
    yield 1, sides[1], "only"


def _named(words: Sequence[_Word], looks: Mapping[str, Look], look: Look) -> tuple[str, ...]:
    """The words with a look, each thing by one name, none that is part of another one."""
    found: list[_Word] = []
    for word in words:
        if looks[word.shown] == look and not any(word.names & it.names for it in found):
            found.append(word)
    keys = [key(it.shown) for it in found]
    return tuple(it.shown for it in found if sum(key(it.shown) in longer for longer in keys) == 1)


def _whole(document: Document) -> str:
    return "\n".join(
        text
        for paragraph in document.paragraphs
        for text in (paragraph.heading, *(part.text for part in paragraph.parts))
    )


def shown(text: str, looks: Mapping[str, Look]) -> tuple[Line, ...]:
    """Each line of a text, its terms in their looks."""
    telling = sorted((it for it, look in looks.items() if look), key=len, reverse=True)
    if not telling:
        return tuple((Span(line),) for line in text.split("\n"))
    terms = re.compile("(" + "|".join(map(re.escape, telling)) + ")")
    return tuple(
        tuple(_joined([Span(it, looks.get(it, EVEN)) for it in terms.split(line) if it]))
        for line in text.split("\n")
    )


def _joined(spans: Sequence[Span]) -> Iterator[Span]:
    """The spans, with terms that only a blank parts as one where they look alike."""
    ends = (None, *spans[:-1]), (*spans[1:], None)
    filled = [
        Span(it.text, before.look)
        if before and after and it.text.isspace() and before.look == after.look
        else it
        for it, before, after in zip(spans, *ends, strict=True)
    ]
    for look, group in groupby(filled, key=lambda it: it.look):
        yield Span("".join(it.text for it in group), look)
