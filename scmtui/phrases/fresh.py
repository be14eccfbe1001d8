"""What is new in a document against the series before it, and what is gone, and why that tells.

A phrase is two words (어절) or more in a row within a clause, particles left out. It is *new* when
no document before has it, *back* when the one before has not but an older one has, *gone* when the
one before has it and this one has not. What it tells adds up what each of its words tells beyond
the usual (rare among the paragraphs of the series: much; formulaic: next to nothing), times how
often it stands there or for how many documents in a row it had stood.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from math import log2
from typing import TYPE_CHECKING, Literal, NamedTuple

from scmtui.language import _, ngettext
from scmtui.phrases.copies import without_copies
from scmtui.phrases.series import oldest
from scmtui.phrases.stock import Stock, Wordings
from scmtui.phrases.texts import uncollected

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scmtui.model import Address, Document, Facts
    from scmtui.phrases.copies import Copy
    from scmtui.phrases.stock import Word

USUAL = 0.4
"""What a word must tell for a phrase to gain by it."""
LEAST = 0.01
"""What a phrase gains by any other word, so that formulaic ones come last, but do come."""
MOST_WORDS = 6
"""Words in a phrase, at most."""
MOST = 40
"""Phrases that are listed of each sort."""
LIKE = 0.6
"""The least likeness of a new phrase to a gone one for it to stand in its place."""
SHOWN = 3
"""Words or documents that a reason names."""

Kind = Literal["new", "back", "gone"]


class Reason(NamedTuple):
    """Why a phrase tells: a sort, with a number and what it is about."""

    kind: Literal["never", "last", "always", "row", "times", "words", "instead"]
    number: int = 0
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fresh:
    """A phrase that is new, back or gone: where it stands (or stood in the document before)."""

    kind: Kind
    text: str
    """As it is first written there."""
    addresses: tuple[Address, ...]
    """The parts with it, in the document, or in the one before if it is gone."""
    count: int
    documents: tuple[str, ...]
    """The older documents that have it, the oldest first."""
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Changes:
    """What is new and gone in a document against the one before and all older ones."""

    facts: Facts
    before: Facts | None
    """The document before; None when there is none, and then nothing is new or gone."""
    older: tuple[Facts, ...]
    """All older documents of the series, the oldest first."""
    new: tuple[Fresh, ...] = ()
    """New phrases and those that are back, the most telling first."""
    gone: tuple[Fresh, ...] = ()
    copies: tuple[Copy, ...] = ()
    """Older documents with the same words as another one, which are left out."""


def fresh(document: Document, series: Iterable[Document], most: int = MOST) -> Changes:
    """What is new and gone in a document against those before it in its series.

    Of `series`, those count that are of the same language, as official and of the same kind, and of
    an older meeting.
    """
    ordered = sorted(series, key=lambda it: oldest(it.facts))
    older, copies = without_copies(it for it in ordered if _before(it.facts, document.facts))
    if not older:
        return Changes(document.facts, None, ())
    with uncollected():
        return replace(_changes(document, older, most), copies=copies)


def _changes(document: Document, older: Sequence[Document], most: int) -> Changes:
    here = Wordings(document)
    before = [Wordings(it) for it in older]
    stock, known = Stock((*before, here)), Stock(before)
    news = [_explained(it, before, known) for it in _told(here, before[-1], stock)]
    gone = [_mourned(it, before) for it in _told(before[-1], here, stock)]
    news = [_in_place(it, gone) for it in news]
    return Changes(
        document.facts,
        older[-1].facts,
        tuple(it.facts for it in older),
        _best(news, most),
        _best(gone, most),
    )


def none_before() -> str:
    """That nothing older is at hand to hold a document against."""
    return _("No older document of its kind and language is at hand: nothing can be compared.")


def in_words(reason: Reason) -> str:
    """A reason in the language of the interface."""
    names = ", ".join(f"“{name}”" for name in reason.names)
    number = reason.number
    if reason.kind == "never":
        return ngettext(
            "not in the {count} older document",
            "in none of the {count} older documents",
            number,
        ).format(count=number)
    if reason.kind == "row":
        return ngettext(
            "in the document before", "in the {count} documents before, without a break", number
        ).format(count=number)
    return {
        "last": _("last in {names}"),
        "always": _("in every one of the {count} older documents"),
        "times": _("{count} times"),
        "words": _("words that the series never had: {names}"),
        "instead": _("in the place of {names}"),
    }[reason.kind].format(names=names, count=number)


class _Told(NamedTuple):
    stems: tuple[str, ...]
    text: str
    words: tuple[str, ...]
    where: tuple[Address, ...]
    score: float


def _before(one: Facts, other: Facts) -> bool:
    """Whether a document belongs to the series of another one and is older."""
    return (
        one.meeting is not None
        and other.meeting is not None
        and one.meeting < other.meeting
        and (one.language, one.official, one.kind) == (other.language, other.official, other.kind)
    )


def _told(wordings: Wordings, other: Wordings, stock: Stock) -> Iterator[_Told]:
    """The phrases of a document that the other has not; none overlap."""
    seen: set[tuple[str, ...]] = set()
    for passage in wordings.passages:
        words = passage.words
        for first, last in _changed(words, other):
            for low, high in _phrases(words, first, last, stock):
                end = _without_predicate(words, low, high, other)
                stems = tuple(word.stem for word in words[low:end])
                score = sum(max(LEAST, gain) for gain in _gains(words[low:end], stock))
                written = passage.text[words[low].start : words[end - 1].end]
                if stems not in seen and not (other.has(stems) or other.has_letters(written)):
                    seen.add(stems)
                    where = wordings.where(stems)
                    yield _Told(
                        stems,
                        _written(passage.text, words[low].start, words[end - 1].end),
                        tuple(passage.text[it.start : it.end] for it in words[low:end]),
                        where,
                        score * log2(1 + len(where)),
                    )


def _written(text: str, start: int, end: int) -> str:
    """A stretch of text, with the bracket behind it that one inside it waits for."""
    written = text[start:end]
    if written.count("(") > written.count(")") and text[end : end + 1] == ")":
        return f"{written})"
    return written


def _without_predicate(words: Sequence[Word], low: int, high: int, other: Wordings) -> int:
    """Where a phrase ends when the predicate behind it is left out and it still has changed."""
    shorter = [word.stem for word in words[low : high - 1]]
    spared = len(shorter) > 1 and words[high - 1].predicate and not other.has(shorter)
    return high - 1 if spared else high


def _changed(words: Sequence[Word], other: Wordings) -> Iterator[tuple[int, int]]:
    """The stretches [first, last) of words that do not stand side by side in the other document.

    The word before a change belongs to what stays, the word behind it to what it qualifies: the
    first is left out where two words remain.
    """
    first = None
    for at, (one, two) in enumerate(pairwise(words)):
        apart = not one.ends and (one.stem, two.stem) not in other.pairs
        if apart and first is None:
            first = at
        if first is not None and (not apart or at == len(words) - 2):
            last = at + 2 if apart else at + 1
            yield (first + 1 if first and last - first > 2 else first), last
            first = None


def _phrases(
    words: Sequence[Word], first: int, last: int, stock: Stock
) -> Iterator[tuple[int, int]]:
    """A changed stretch, or of a long one the most telling phrases, none of which overlap."""
    if last - first <= MOST_WORDS:
        yield first, last
        return
    gains = _gains(words[first:last], stock)
    found = [
        (sum(gains[low:high]), first + low, first + high)
        for low in range(len(gains))
        for high in range(low + 2, min(len(gains), low + MOST_WORDS) + 1)
        if gains[low] > 0 and gains[high - 1] > 0
    ] or [(0.0, first, first + MOST_WORDS)]
    chosen: list[tuple[int, int]] = []
    for _score, low, high in sorted(found, key=lambda it: (-it[0], it[1] - it[2], it[1])):
        if all(high <= start or end <= low for start, end in chosen):
            chosen.append((low, high))
    yield from chosen


def _gains(words: Iterable[Word], stock: Stock) -> list[float]:
    """What each word tells beyond the usual."""
    return [stock.telling(word.stem) - USUAL for word in words]


def _explained(told: _Told, older: Sequence[Wordings], stock: Stock) -> Fresh:
    """A phrase that the document before has not: new, or back."""
    had = [it for it in older if it.has(told.stems)]
    unknown = tuple(
        word
        for word, it in zip(told.words, told.stems, strict=True)
        if not stock.knows(it) and not any(it in older_.letters for older_ in older)
    )
    reasons = [Reason("last", 0, (had[-1].facts.id,)) if had else Reason("never", len(older))]
    if len(told.where) > 1:
        reasons.append(Reason("times", len(told.where)))
    if unknown:
        reasons.append(Reason("words", 0, unknown[:SHOWN]))
    return Fresh(
        "back" if had else "new",
        told.text,
        tuple(dict.fromkeys(told.where)),
        len(told.where),
        tuple(it.facts.id for it in had),
        round(told.score * (0.8 if had else 1.0), 3),
        tuple(reasons),
    )


def _mourned(told: _Told, older: Sequence[Wordings]) -> Fresh:
    """A phrase that is gone, with how long it had stood."""
    had = [it.has(told.stems) for it in older]
    row = len(list(takewhile(bool, reversed(had))))
    always = all(had) and len(had) > 1
    reason = Reason("always", len(had)) if always else Reason("row", row)
    return Fresh(
        "gone",
        told.text,
        tuple(dict.fromkeys(told.where)),
        len(told.where),
        tuple(it.facts.id for it, has in zip(older, had, strict=True) if has),
        round(told.score * (1 + log2(row)), 3),
        (reason,),
    )


def _in_place(new: Fresh, gone: Iterable[Fresh]) -> Fresh:
    """A new phrase, with the gone one in whose place it stands."""
    from rapidfuzz.distance import Indel

    likeness, text = max(
        ((Indel.normalized_similarity(new.text, it.text), it.text) for it in gone),
        default=(0.0, ""),
    )
    if likeness < LIKE:
        return new
    return replace(new, reasons=(*new.reasons, Reason("instead", 0, (text,))))


def _best(found: Iterable[Fresh], most: int) -> tuple[Fresh, ...]:
    return tuple(sorted(found, key=lambda it: (-it.score, it.text))[:most])
