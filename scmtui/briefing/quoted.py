"""What is quoted of a compared row where there is little room, and which of its terms are in it.

Kept are the sentences that answer one another, then those with the terms that are to be named; and
no term is named that does not stand in what is quoted, so that the page can be checked by itself.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from math import log, sqrt
from typing import TYPE_CHECKING

from scmtui.briefing.gist import around, gists
from scmtui.briefing.rows import NAMED, is_redlined, language_of
from scmtui.search.streams import bare
from scmtui.text import fold, sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scmtui.briefing.collected import Entry, Passage
    from scmtui.briefing.contrast import Contrast

ALIKE = 0.15
"""From which likeness on (0 to 1) one sentence answers another: of the sentences of two paragraphs
on one subject, the next best ones reach 0.13."""


def quoted(entry: Entry, room: int) -> Entry:
    """The entry with the gist of its texts, each side in so many characters, and its terms."""
    entry = entry if is_redlined(entry) and entry.sort != "alike" else _shortened(entry, room)
    return entry._replace(contrast=_in(entry.contrast, _texts(entry, room)))


def _shortened(entry: Entry, room: int) -> Entry:
    answers = _answers(entry.left, entry.right) if entry.left and entry.right else ({}, {})
    left, right = (
        _gists(side, room, weights, answer)
        for side, weights, answer in zip(
            (entry.left, entry.right), _weights(entry.contrast), answers, strict=True
        )
    )
    return entry._replace(left=left, right=right)


def _gists(
    side: Sequence[Passage], room: int, weights: Mapping[str, int], answers: Mapping[str, float]
) -> tuple[Passage, ...]:
    texts = gists([it.text for it in side], room, weights, language_of(side), answers)
    return tuple(replace(it, text=text) for it, text in zip(side, texts, strict=True))


def _weights(contrast: Contrast) -> Iterator[dict[str, int]]:
    """What each term of either side is worth: the most what both have, or what is named first."""
    for looks, named in zip(contrast.looks, (contrast.left, contrast.right), strict=True):
        first = {bare(fold(it)) for it in named[:NAMED]}
        yield {
            term: 3 if look == "shared" or bare(fold(term)) in first else 1
            for term, look in looks.items()
        }


def _answers(
    left: Sequence[Passage], right: Sequence[Passage]
) -> tuple[dict[str, float], dict[str, float]]:
    """On either side the sentences that answer one of the other side, and how alike they are."""
    sides = [[text for it in side for text in _sentences(it.text)] for side in (left, right)]
    pairs = {text: _pairs(text) for side in sides for text in side}
    known = Counter(pair for found in pairs.values() for pair in found)
    worth = {pair: log(1 + len(pairs) / count) ** 2 for pair, count in known.items()}
    sizes = {text: sum(map(worth.__getitem__, found)) or 1.0 for text, found in pairs.items()}
    found: tuple[dict[str, float], dict[str, float]] = {}, {}
    for one in sides[0]:
        for other in sides[1]:
            both = sum(worth[pair] for pair in pairs[one] & pairs[other])
            likeness = both / sqrt(sizes[one] * sizes[other])
            if likeness >= ALIKE:
                found[0][one] = max(likeness, found[0].get(one, 0.0))
                found[1][other] = max(likeness, found[1].get(other, 0.0))
    return found


def _sentences(text: str) -> Iterable[str]:
    return (text[start:end] for start, end in sentences(text))


def _pairs(text: str) -> frozenset[str]:
    """The pairs of letters that stand side by side in the words of a text."""
    words = ("".join(filter(str.isalnum, word)) for word in fold(text).split())
    return frozenset(word[at : at + 2] for word in words for at in range(len(word) - 1))


def _texts(entry: Entry, room: int) -> tuple[str, str]:
    """The letters of what is quoted on either side."""
    if is_redlined(entry) and entry.sort != "alike":
        runs = around(entry.runs, language_of(entry.left)) if room else entry.runs
        texts = "".join(it.left for it in runs), "".join(it.right for it in runs)
    else:
        left, right = ("\n".join(it.text for it in side) for side in (entry.left, entry.right))
        texts = left, right
    return bare(fold(texts[0])), bare(fold(texts[1]))


def _in(contrast: Contrast, texts: tuple[str, str]) -> Contrast:
    """The contrast with those terms alone that stand in the texts, and how many do not."""
    left = [it for it in contrast.left if bare(fold(it)) in texts[0]]
    right = [it for it in contrast.right if bare(fold(it)) in texts[1]]
    both = [
        it
        for it in contrast.both
        if bare(fold(it)) in texts[0]
        and any(bare(fold(name)) in texts[1] for name in contrast.same.get(it, (it,)))
    ]
    kept = tuple(both), tuple(left), tuple(right)
    more = (
        len(contrast.both) - len(both),
        len(contrast.left) - len(left),
        len(contrast.right) - len(right),
    )
    return contrast._replace(both=kept[0], left=kept[1], right=kept[2], more=more)
