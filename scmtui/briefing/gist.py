"""The gist of a long passage: its telling sentences, and of a redline what changed.

What is left out is marked in the text. No sentence is cut but in a redline, where only what stays
the same is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scmtui.text import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scmtui.compare import Run

LONG = 300
"""Characters from which on the sentences of a passage that tell nothing are left out."""
AROUND = 30
"""Characters that are kept of what stays in a redline, before and after what changed."""
GAPS = {"ko": "(중략)"}
_GAP = "[…]"


def gap(language: str) -> str:
    """What stands in the place of what is left out."""
    return GAPS.get(language, _GAP)


def gist(text: str, room: int, language: str) -> str:
    """The first sentences of a passage, in so many characters; one at least, the shortest."""
    return gists([text], room, {}, language)[0]


def gists(
    texts: Sequence[str],
    room: int,
    terms: Mapping[str, int],
    language: str,
    answers: Mapping[str, float] | None = None,
) -> tuple[str, ...]:
    """The sentences that tell most, in order, in so many characters; of each text one at least.

    First come the `answers`, the more alike to what they answer the sooner; then those with terms
    that no sentence before had, by their weights and the room they take; then others with terms.
    """
    if all(len(text) <= LONG for text in texts) and sum(map(len, texts)) <= room:
        return tuple(texts)
    choice = _Choice(texts, room, terms, answers or {})
    return tuple(
        text if len(kept) == len(spans) else "".join(_pieces(text, spans, kept, gap(language)))
        for text, spans, kept in choice.made()
    )


class _Choice:
    """Sentences of several texts, from which so many are chosen as there is room for."""

    def __init__(
        self,
        texts: Sequence[str],
        room: int,
        terms: Mapping[str, int],
        answers: Mapping[str, float],
    ) -> None:
        self._texts, self._room, self._weights = texts, room, terms
        self._spans = [sentences(text) or [(0, len(text))] for text in texts]
        self._sentences = {
            (of, at): text[start:end]
            for of, text in enumerate(texts)
            for at, (start, end) in enumerate(self._spans[of])
        }
        self._terms = {key: self._terms_in(text) for key, text in self._sentences.items()}
        self._alike = {key: answers.get(text, 0.0) for key, text in self._sentences.items()}
        self._known = set(self._candidates())
        self._kept: set[tuple[int, int]] = set()
        self._told: set[str] = set()

    def made(self) -> Iterator[tuple[str, list[tuple[int, int]], set[int]]]:
        """Each text, its sentences, and which of them are kept."""
        for key in sorted(self._known, key=lambda key: (-self._alike[key], key)):
            if self._alike[key]:
                self._try(key)
        for of in range(len(self._texts)):
            known = [key for key in self._known if key[0] == of]
            if known and not self._kept.intersection(known):
                self._keep(self._first(known))
        while left := self._known - self._kept:
            best = max(left, key=self._worth)
            self._known.discard(best)
            self._try(best)
        for of, text in enumerate(self._texts):
            yield text, self._spans[of], {at for other, at in self._kept if other == of}

    def _terms_in(self, sentence: str) -> frozenset[str]:
        return frozenset(it for it in self._weights if it in sentence)

    def _candidates(self) -> Iterator[tuple[int, int]]:
        """The sentences that tell; all of a text that is short or of which none does."""
        for of, text in enumerate(self._texts):
            keys = [(of, at) for at in range(len(self._spans[of]))]
            telling = [key for key in keys if self._terms[key] or self._alike[key]]
            yield from keys if len(text) <= LONG or not telling else telling

    def _first(self, known: Sequence[tuple[int, int]]) -> tuple[int, int]:
        """The sentence that has to stand for a text, whatever else there is room for."""
        share = self._room / len(self._texts)
        fitting = [key for key in known if len(self._sentences[key]) <= share]
        shortest = min(known, key=lambda key: (len(self._sentences[key]), key))
        return max(fitting, key=self._worth, default=shortest)

    def _worth(self, key: tuple[int, int]) -> tuple[float, int, int, int]:
        """What a sentence adds to the terms that are told, for the room it takes; else its terms.

        Of two that are alike in this, the earlier one is worth more.
        """
        new = self._terms[key] - self._told
        gain = sum(map(self._weights.__getitem__, new))
        return gain / max(1, len(self._sentences[key])), len(self._terms[key]), -key[0], -key[1]

    def _try(self, key: tuple[int, int]) -> None:
        used = sum(len(self._sentences[it]) for it in self._kept - {key})
        if used + len(self._sentences[key]) <= self._room:
            self._keep(key)

    def _keep(self, key: tuple[int, int]) -> None:
        self._kept.add(key)
        self._told |= self._terms[key]


def _pieces(text: str, spans: list[tuple[int, int]], kept: set[int], gap: str) -> Iterator[str]:
    """The kept sentences as they stand, one gap for all that is left out between two."""
    end, left_out = 0, False
    for at, (start, stop) in enumerate(spans):
        if at not in kept:
            left_out = True
            continue
        before = text[end:start]
        if left_out:
            blank = "\n" if "\n" in before[-2:] else " "
            before = f"{' ' * bool(end)}{gap}{blank}"
        yield before + text[start:stop]
        end, left_out = stop, False
    if left_out:
        yield f" {gap}"


def around(runs: Iterable[Run], language: str) -> tuple[Run, ...]:
    """A redline without the middle of what stays where that is long."""
    known = list(runs)
    last = len(known) - 1
    return tuple(
        run._replace(
            left=_shortened(run.left, gap(language), (at == 0, at == last)),
            right=_shortened(run.right, gap(language), (at == 0, at == last)),
        )
        if run.op in "=~"
        else run
        for at, run in enumerate(known)
    )


def _shortened(text: str, gap: str, ends: tuple[bool, bool]) -> str:
    """What stays, without its middle; at the ends of the text only the side of a change is kept."""
    first, last = ends
    if len(text) <= 3 * AROUND or all(ends):
        return text
    head = "" if first else f"{text[:AROUND].rpartition(' ')[0]} "
    tail = "" if last else f" {text[-AROUND:].partition(' ')[2]}"
    return f"{head}{gap}{tail}"
