"""Which of the parts that answer a query come first."""

from __future__ import annotations

import re
from bisect import bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scmtui.search.needles import Match
    from scmtui.search.passages import Passage
    from scmtui.search.readings import Reading

_WORD = re.compile(r"\w*")

_place = itemgetter(0, 1)
_worth = itemgetter(2)

Span = tuple[int, int]

NEAR = 0.05
"""What terms gain that stand side by side."""
AGAIN = 0.015
"""What a term gains that stands there again and again."""
VARIED = 0.015
"""What it gains when it is, or begins, many different words."""
HEADING = 0.02
ELSEWHERE = 0.5
"""What remains of the worth of a term that stands in another part of the paragraph."""
ALIKE = 0.05
"""How much less than the best a match may be worth and still count as another one."""
SHOWN = 0.35
"""How much less than the best a match may be worth and still be shown beside it."""


class Found(NamedTuple):
    """A part that answers: its place in the passage (0 is the heading), and why."""

    part: int
    score: float
    matches: tuple[Match, ...] = ()
    """Spans of the folded passage."""
    readings: tuple[Reading, ...] = ()
    """How each term was read where it was found best."""


def parts(passage: Passage, answers: Sequence[list[Match]]) -> list[Found]:
    """The parts of a passage with the most of the terms; `answers` has each term's matches."""
    if not answers:
        return [Found(min(1, len(passage.texts) - 1), 0.0)]
    best = [max(matches, key=_worth).worth for matches in answers]
    if len(passage.texts) == 2 and not passage.texts[0]:
        return [_weighed(passage, 1, answers, best)]
    inside: dict[int, list[list[Match]]] = {}
    for number, matches in enumerate(answers):
        for match in matches:
            part = bisect_right(passage.bounds, match.start) - 1
            inside.setdefault(part, [[] for _ in answers])[number].append(match)
    most = max(sum(map(bool, of_terms)) for of_terms in inside.values())
    return [
        _weighed(passage, part, of_terms, best)
        for part, of_terms in inside.items()
        if sum(map(bool, of_terms)) == most
    ]


def _weighed(
    passage: Passage, part: int, of_terms: Sequence[list[Match]], best: Sequence[float]
) -> Found:
    worth = 0.0
    shown: list[Match] = []
    alike: list[Match] = []
    readings: list[Reading] = []
    for matches, elsewhere in zip(of_terms, best, strict=True):
        if not matches:
            worth += elsewhere * ELSEWHERE
            continue
        top = max(matches, key=_worth)
        worth += top.worth
        readings.append(top.reading)
        shown += [match for match in matches if match.worth >= top.worth - SHOWN]
        alike += [match for match in matches if match.worth >= top.worth - ALIKE]
    count = len(of_terms)
    words = {_WORD.match(passage.folded, match.start)[0] for match in alike}  # type: ignore[index]
    score = worth / count
    score += AGAIN * (1 - count / max(count, len(alike)))
    score += VARIED * (1 - count / max(count, len(words)))
    if count > 1 and all(of_terms):
        score += NEAR * _nearness(of_terms)
    score += HEADING * (part == 0)
    return Found(part, score, tuple(shown), tuple(readings))


def _nearness(of_terms: Sequence[list[Match]]) -> float:
    """1 when all terms stand side by side, less the wider the narrowest window with all is."""
    places = sorted(
        (match.start, match.end, term) for term, of in enumerate(of_terms) for match in of
    )
    last: dict[int, Span] = {}
    narrowest = 0.0
    for start, end, term in places:
        last[term] = (start, end)
        if len(last) == len(of_terms):
            taken = sum(span[1] - span[0] for span in last.values())
            width = max(span[1] for span in last.values()) - min(span[0] for span in last.values())
            narrowest = max(narrowest, min(1.0, (taken + len(of_terms) - 1) / max(width, 1)))
    return narrowest


def spans(found: Found, start: int) -> tuple[Span, ...]:
    """What to highlight, as spans of the part that begins at `start`; none overlap."""
    merged: list[Span] = []
    for match in sorted(found.matches, key=_place):
        low, high = match.start - start, match.end - start
        if merged and low < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return tuple(merged)
