"""Rows of the tables: a pair side by side with its redline or its terms, and what is said to it."""

from __future__ import annotations

from itertools import chain, pairwise, starmap
from typing import TYPE_CHECKING

from scmtui.briefing.blocks import Item, lines, redlined, said
from scmtui.briefing.citation import label
from scmtui.briefing.contrast import shown
from scmtui.briefing.gist import around
from scmtui.language import N_, _, ngettext
from scmtui.wording import row_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scmtui.briefing.blocks import Line, Look
    from scmtui.briefing.collected import Entry, Passage
    from scmtui.briefing.contrast import Contrast
    from scmtui.compare import Run
    from scmtui.model import Facts

    Row = tuple[tuple[Line, ...], ...]

NAMED, FEWER = 6, 3
"""Terms that are named of each sort, and where there is little room."""
NARROW = 240
"""Characters of a side of a row below which there is little room."""
CHANGES, LETTERS = 4, 24
"""Changes that are told in words, and letters of each side of them."""
_MEANINGS = {
    "gone": N_("gone"),
    "new": N_("new"),
    "away": N_("moved away"),
    "here": N_("moved here"),
    "shared": N_("on both sides"),
    "only": N_("nowhere in the other document"),
}


def row(entry: Entry, sides: Sequence[Facts], style: str, room: int = 0) -> Row:
    """An entry as a row of a table: left, right, remarks; of a long redline what changed."""
    if entry.kind in ("heading", "line"):
        return (said(entry.text, "strong" if entry.kind == "heading" else ""),), (), ()
    left, right = entry.left, entry.right
    sides = own_sides(entry) or sides
    if entry.kind == "passage" and len(sides) > 1 and left[0].facts == sides[1]:
        left, right = (), left
    if entry.sort == "alike":
        one = _side(left, style, entry, 0)
        cells = one, (said(_("(as on the left)")), *_cited(right, style))
    elif is_redlined(entry):
        long = max(sum(len(it.text) for it in side) for side in (left, right))
        runs = around(entry.runs, language_of(left)) if 0 < room < long else entry.runs
        cells = (
            (*redlined(runs, "left"), *_cited(left, style)),
            (*redlined(runs, "right"), *_cited(right, style)),
        )
    else:
        cells = (
            _side(left, style, entry, 0) or _missing(sides, 0, entry),
            _side(right, style, entry, 1) or _missing(sides, 1, entry),
        )
    named = FEWER if 0 < room < NARROW else NAMED
    return *cells, (*_change(entry, sides, named), *remarks(entry))


def own_sides(entry: Entry) -> tuple[Facts, ...]:
    """The documents of a pair that has both, which need not be those of the whole table."""
    known = [it.facts for it in (*entry.left[:1], *entry.right[:1]) if it.facts]
    return tuple(known) if entry.left and entry.right and len(known) > 1 else ()


def heads(sides: Sequence[Facts], style: str) -> tuple[str, str]:
    """What stands above the two columns of texts."""
    left, right = (*(label(facts, style) for facts in sides), "", "")[:2]
    return left, right


def is_redlined(entry: Entry) -> bool:
    """Whether so much stays that a redline tells what changed."""
    from scmtui.compare import is_telling

    return bool(entry.runs) and is_telling(entry.runs)


def remarks(entry: Entry) -> Iterator[Line]:
    """What is said to an entry: the reader's own words, and what needs a look."""
    if entry.text:
        yield from lines(entry.text)
    for passage in (*entry.left, *entry.right):
        if passage.lost:
            needs = _("Needs a look: these words are not found at {address} any more.")
            yield said(needs.format(address=passage.address))
        if passage.became:
            yield said(_("Needs a look: {told}").format(told=passage.became))


def contrasted(contrast: Contrast, sides: Sequence[Facts], most: int = NAMED) -> Iterator[Line]:
    """The terms of both sides, and of each side those that the other document has nowhere."""
    both, *only = (
        _listed(words, most, more)
        for words, more in zip(
            (contrast.both, contrast.left, contrast.right), contrast.more, strict=True
        )
    )
    if both:
        yield said(_("on both sides: {words}").format(words=both))
    for facts, words in zip(sides, only, strict=False):
        if words:
            told = _("only in {document}: {words}")
            yield said(told.format(document=_short(facts), words=words))


def _listed(words: Sequence[str], most: int, more: int) -> str:
    """The first words, and how many others there are; nothing where none can be named."""
    left_out = len(words[most:]) + more
    named = ", ".join(words[:most])
    if not named or not left_out:
        return named
    told = ngettext("{words} and {count} more term", "{words} and {count} more terms", left_out)
    return told.format(words=named, count=left_out)


def _short(facts: Facts) -> str:
    return facts.id if facts.official else f"{facts.id} ({_('not official')})"


def legend(rows: Iterable[Row]) -> Iterator[Item]:
    """What the looks in rows mean, as far as there are any."""
    looks = {span.look for row in rows for cell in row for line in cell for span in line}
    used: list[Look] = ["gone", "new", "away", "here", "shared", "only"]
    pieces: list[Line] = [said(_(_MEANINGS[look]), look) for look in used if look in looks]
    if pieces:
        yield Item(tuple(chain.from_iterable((*said(" · "), *it) for it in pieces))[1:], 3)


def reworded(runs: Sequence[Run]) -> Iterator[str]:
    """The first few changes in words: what is gone → what came in its place, or either alone."""
    found = dict.fromkeys(filter(None, starmap(_reworded, pairwise((None, *runs, None)))))
    yield from list(found)[:CHANGES]
    if len(found) > CHANGES:
        more = ngettext("and {count} more", "and {count} more", len(found) - CHANGES)
        yield more.format(count=len(found) - CHANGES)


def _reworded(before: Run | None, run: Run | None) -> str:
    """What is to be said of two runs side by side; a change is said where its second one stands."""
    gone = _few(before.left) if before and before.op == "-" else ""
    new = _few(run.right) if run and run.op == "+" else ""
    if gone and new:
        return f"{gone} → {new}"
    if gone:
        return f"{_('gone')}: {gone}"
    return f"{_('new')}: {new}" if new else ""


def _few(words: str) -> str:
    short = " ".join(words.split())
    return short if len(short) <= LETTERS else f"{short[: LETTERS - 1].rstrip()}…"


def sort_in_words(entry: Entry, sides: Sequence[Facts]) -> str:
    """Of what sort a row is; the side that stands alone is called by its document.

    What was written anew has not moved, as the same words do: it stands in another order.
    """
    if entry.sort in ("left", "right") and len(sides) > 1:
        return _("only in {document}").format(document=_short(sides[entry.sort == "right"]))
    if entry.sort == "moved" and not is_redlined(entry):
        return _("in another order")
    return row_in_words(entry.sort)


def paragraphs(entry: Entry) -> str:
    """How many paragraphs became how many, where that is not one for one."""
    left, right = len(entry.left), len(entry.right)
    if left + right < 3 or not left or not right:
        return ""
    return _("{left} → {right} paragraphs").format(left=left, right=right)


def _change(entry: Entry, sides: Sequence[Facts], named: int) -> Iterator[Line]:
    """In words, what became of a compared row."""
    if entry.sort:
        yield said(sort_in_words(entry, sides), "strong")
    if many := paragraphs(entry):
        yield said(many)
    if is_redlined(entry):
        yield from map(said, reworded(entry.runs))
    elif entry.runs:
        yield said(_("written anew, so without a redline"))
        yield from contrasted(entry.contrast, sides, named)


def _side(passages: Sequence[Passage], style: str, entry: Entry, side: int) -> tuple[Line, ...]:
    """Each passage with its terms marked, and after it where it stands."""
    looks = entry.contrast.looks[side]
    marks = looks if entry.left and entry.right and entry.sort != "alike" else {}
    found: list[Line] = []
    for it in passages:
        found += (*shown(it.text, marks), *_cited((it,), style))
    return tuple(found)


def language_of(passages: Sequence[Passage]) -> str:
    """The language of what is quoted."""
    return next((it.facts.language for it in passages if it.facts), "")


def _cited(passages: Sequence[Passage], style: str) -> tuple[Line, ...]:
    named = (str(it.address) if style == "short" else it.citation for it in passages)
    return tuple(said(f"[{name}]", "quiet") for name in named)


def _missing(sides: Sequence[Facts], side: int, entry: Entry) -> tuple[Line, ...]:
    """What stands where a side has nothing: of communiqués <신설> or <삭제>."""
    if entry.kind != "pair" or len(sides) < 2:
        return ()
    if all(facts.official for facts in sides):
        return (said(_("<new>") if side == 0 else _("<deleted>"), "strong"),)
    absent = _("no counterpart in {document}").format(document=sides[side].id)
    unofficial = "" if sides[side].official else f" ({_('not official')})"
    return (said(absent + unofficial, "quiet"),)
