"""The gist of a long passage: its telling sentences, and of a redline what changed.

What is left out is marked in the text. No sentence is cut but in a redline, where only what stays
the same is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scmtui.text import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scmtui.briefing.blocks import Look
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


def gist(text: str, room: int, looks: Mapping[str, Look], language: str) -> str:
    """The sentences that tell most, in order, in so many characters; one at least, the shortest.

    A sentence tells by the terms in it, by those that both sides have the most.
    """
    spans = sentences(text)
    if len(text) <= min(room, LONG) or len(spans) < 2:
        return text
    telling = [_telling(text[start:end], looks) for start, end in spans]
    known = [at for at, weight in enumerate(telling) if weight] or list(range(len(spans)))
    sizes = [end - start for start, end in spans]
    kept: set[int] = set()
    for at in sorted(known, key=lambda at: (-telling[at], at)):
        if sum(sizes[it] for it in (*kept, at)) <= room:
            kept.add(at)
    kept = kept or {min(known, key=lambda at: sizes[at])}
    if len(kept) == len(spans):
        return text
    return "".join(_pieces(text, spans, kept, gap(language)))


def _telling(sentence: str, looks: Mapping[str, Look]) -> int:
    return sum(2 if look == "shared" else 1 for it, look in looks.items() if it in sentence)


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
