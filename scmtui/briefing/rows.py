"""Rows of the tables: a pair side by side with its redline or its terms, and what is said to it."""

from __future__ import annotations

from itertools import chain, pairwise, starmap
from typing import TYPE_CHECKING

from scmtui.briefing.blocks import Item, lines, redlined, said
from scmtui.briefing.citation import label
from scmtui.briefing.contrast import shown
from scmtui.briefing.gist import around, gist
from scmtui.language import N_, _, ngettext
from scmtui.wording import row_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scmtui.briefing.blocks import Line, Look
    from scmtui.briefing.collected import Entry, Passage
    from scmtui.compare import Run
    from scmtui.model import Facts

    Row = tuple[tuple[Line, ...], ...]

TELLING = 0.25
"""The share that must stay for a redline to say more than the two texts beside one another."""
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
    """An entry as a row of a table: left, right, remarks; of long texts the gist, if `room`."""
    if entry.kind in ("heading", "line"):
        return (said(entry.text, "strong" if entry.kind == "heading" else ""),), (), ()
    left, right = entry.left, entry.right
    sides = own_sides(entry) or sides
    if entry.kind == "passage" and len(sides) > 1 and left[0].facts == sides[1]:
        left, right = (), left
    if entry.sort == "alike":
        one = _side(left, style, entry, 0, room)
        cells = one, (said(_("(as on the left)")), *_cited(right, style))
    elif is_redlined(entry):
        long = max(sum(len(it.text) for it in side) for side in (left, right))
        runs = around(entry.runs, _language(left)) if 0 < room < long else entry.runs
        cells = (
            (*redlined(runs, "left"), *_cited(left, style)),
            (*redlined(runs, "right"), *_cited(right, style)),
        )
    else:
        cells = (
            _side(left, style, entry, 0, room) or _missing(sides, 0, entry),
            _side(right, style, entry, 1, room) or _missing(sides, 1, entry),
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
    return stays(entry.runs) >= TELLING


def stays(runs: Iterable[Run]) -> float:
    """The share of the letters on both sides that stay, or have only moved."""
    known = [(run.op not in "-+", len(run.left) + len(run.right)) for run in runs]
    return sum(size for stays, size in known if stays) / (sum(size for _, size in known) or 1)


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


def contrasted(
    both: Sequence[str],
    only: Sequence[Sequence[str]],
    sides: Sequence[Facts],
    most: int = NAMED,
) -> Iterator[Line]:
    """The terms of both sides, and of each side those that the other document has nowhere."""
    if both:
        yield said(_("on both sides: {words}").format(words=", ".join(both[:most])))
    for facts, words in zip(sides, only, strict=False):
        if words:
            told = _("only in {document}: {words}")
            named = ", ".join(words[:most])
            yield said(told.format(document=_short(facts), words=named))


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


def sort_in_words(sort: str, sides: Sequence[Facts]) -> str:
    """Of what sort a row is; the side that stands alone is called by its document."""
    if sort in ("left", "right") and len(sides) > 1:
        return _("only in {document}").format(document=_short(sides[sort == "right"]))
    return row_in_words(sort)


def paragraphs(entry: Entry) -> str:
    """How many paragraphs became how many, where that is not one for one."""
    left, right = len(entry.left), len(entry.right)
    if left + right < 3 or not left or not right:
        return ""
    return _("{left} → {right} paragraphs").format(left=left, right=right)


def _change(entry: Entry, sides: Sequence[Facts], named: int) -> Iterator[Line]:
    """In words, what became of a compared row."""
    if entry.sort:
        yield said(sort_in_words(entry.sort, sides), "strong")
    if many := paragraphs(entry):
        yield said(many)
    if is_redlined(entry):
        yield from map(said, reworded(entry.runs))
    elif entry.runs:
        yield said(_("written anew, so without a redline"))
        contrast = entry.contrast
        yield from contrasted(contrast.both, (contrast.left, contrast.right), sides, named)


def _side(
    passages: Sequence[Passage], style: str, entry: Entry, side: int, room: int
) -> tuple[Line, ...]:
    """Each passage with its terms marked, and after it where it stands."""
    looks = entry.contrast.looks[side]
    marks = looks if entry.left and entry.right and entry.sort != "alike" else {}
    found: list[Line] = []
    for it in passages:
        text = gist(it.text, room // len(passages), looks, _language([it])) if room else it.text
        found += (*shown(text, marks), *_cited((it,), style))
    return tuple(found)


def _language(passages: Sequence[Passage]) -> str:
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
