"""How a briefing is laid out: quotes with citations, an old and new table, a page to hand over."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from scmtui.briefing.blocks import Box, End, Item, Quote, Table, Title, lines, redlined, said
from scmtui.briefing.citation import source
from scmtui.language import N_, _, ngettext
from scmtui.wording import row_in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from scmtui.briefing.blocks import Block, Line
    from scmtui.briefing.collected import Briefing, Entry, Passage
    from scmtui.compare import Run
    from scmtui.model import Facts

TELLING = 0.25
"""The share that must stay for a redline to say more than the two texts beside one another."""
MOST_SHARED = 6
"""Words that both sides share which are named."""
END = "끝."
"""What ends a Korean official's page."""


def quotes(briefing: Briefing) -> Iterator[Block]:
    """Every passage with its citation, under the reader's headings."""
    yield Title(briefing.title)
    for entry in briefing.entries:
        if entry.kind == "heading":
            yield Item(said(entry.text, "strong"), 0)
        elif entry.kind == "line":
            yield Item(said(entry.text), 1)
        else:
            yield from _quoted(entry)
            yield from (Item(line, 3) for line in _remarks(entry))
    yield from _sources(briefing)
    yield from _ended(briefing)


def table(briefing: Briefing) -> Iterator[Block]:
    """The old and the new text side by side with a column for remarks (신구대조표)."""
    yield Title(briefing.title)
    sides = briefing.sides or _two(briefing.sources)
    rows = (_row(entry, sides, briefing.style) for entry in briefing.entries)
    heads = (*(source(facts, briefing.style) for facts in sides), "", "")[:2]
    yield Table((*heads, _("Remarks")), (42, 42, 16), tuple(rows))
    yield from _unofficial(briefing.sources)
    yield from _legend(briefing)
    yield from _ended(briefing)


def brief(briefing: Briefing) -> Iterator[Block]:
    """One page: a summary in a frame, what stands on either side and how it changed, remarks."""
    yield Title(briefing.title)
    yield Box(tuple(_summary(briefing)))
    pairs = [entry for entry in briefing.entries if entry.kind in ("pair", "passage")]
    own = [entry for entry in briefing.entries if entry.kind in ("heading", "line")]
    sides = briefing.sides or _two(briefing.sources)
    yield Item(said(briefing.theme or _("The texts"), "strong"), 0)
    if pairs:
        heads = (*(_short(facts) for facts in sides), "", "")[:2]
        rows = tuple(_row(_gist(entry), sides, "short") for entry in pairs)
        yield Table((*heads, _("Change")), (42, 42, 16), rows)
    yield from _legend(briefing)
    yield Item(said(_("Remarks"), "strong"), 0)
    for entry in own:
        yield Item(said(entry.text), 0 if entry.kind == "heading" else 1)
    if not own:
        yield Item(said(""), 1)
    yield from _ended(briefing)


LAYOUTS: dict[str, Callable[[Briefing], Iterator[Block]]] = {
    "quotes": quotes,
    "table": table,
    "brief": brief,
}
"""The layouts by their names."""


def _quoted(entry: Entry) -> Iterator[Quote]:
    """A pair as one redline where that is telling, everything else passage by passage."""
    if _stays(entry.runs) >= TELLING:
        citation = " → ".join(_citations(side) for side in (entry.left, entry.right))
        yield Quote(redlined(entry.runs, "both"), citation)
        return
    for passage in (*entry.left, *entry.right):
        yield Quote(lines(passage.text), passage.citation)


def _citations(passages: Iterable[Passage]) -> str:
    return "; ".join(it.citation for it in passages)


def _remarks(entry: Entry) -> Iterator[Line]:
    """What is said to an entry: the reader's own words, and what needs a look."""
    if entry.text:
        yield from lines(entry.text)
    for passage in (*entry.left, *entry.right):
        if passage.lost:
            needs = _("Needs a look: these words are not found at {address} any more.")
            yield said(needs.format(address=passage.address))


def _row(
    entry: Entry, sides: Sequence[Facts], style: str
) -> tuple[tuple[Line, ...], tuple[Line, ...], tuple[Line, ...]]:
    """An entry as a row of a table: left, right, remarks."""
    if entry.kind in ("heading", "line"):
        return (said(entry.text, "strong" if entry.kind == "heading" else ""),), (), ()
    left, right = entry.left, entry.right
    if entry.kind == "passage" and len(sides) > 1 and left[0].facts == sides[1]:
        left, right = (), left
    if entry.sort == "alike":
        cells = _side(left, style), (said(_("(as on the left)")), *_cited(right, style))
    elif _stays(entry.runs) >= TELLING:
        cells = (
            (*redlined(entry.runs, "left"), *_cited(left, style)),
            (*redlined(entry.runs, "right"), *_cited(right, style)),
        )
    else:
        cells = (
            _side(left, style) or _missing(sides, 0, entry),
            _side(right, style) or _missing(sides, 1, entry),
        )
    return *cells, (*_change(entry), *_remarks(entry))


def _change(entry: Entry) -> Iterator[Line]:
    """In words, what became of a compared row."""
    if entry.sort:
        yield said(row_in_words(entry.sort))
    if entry.runs and _stays(entry.runs) < TELLING:
        yield said(_("written anew, so without a redline"))
        if entry.shared:
            words = ", ".join(entry.shared[:MOST_SHARED])
            yield said(_("on both sides: {words}").format(words=words))


def _stays(runs: Iterable[Run]) -> float:
    """The share of the letters on both sides that stay, or have only moved."""
    known = [(run.op not in "-+", len(run.left) + len(run.right)) for run in runs]
    return sum(size for stays, size in known if stays) / (sum(size for _, size in known) or 1)


def _gist(entry: Entry) -> Entry:
    """The entry with the gist of its passages, unless its redline tells more."""
    if _stays(entry.runs) >= TELLING:
        return entry
    left, right = (
        tuple(replace(it, text=it.gist or it.text) for it in side)
        for side in (entry.left, entry.right)
    )
    return entry._replace(left=left, right=right)


def _side(passages: Sequence[Passage], style: str) -> tuple[Line, ...]:
    """Each passage, and after it where it stands."""
    return tuple(line for it in passages for line in (*lines(it.text), *_cited((it,), style)))


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


def _two(known: Sequence[Facts]) -> tuple[Facts, ...]:
    return tuple(known[:2])


def _short(facts: Facts) -> str:
    """A document in the head of a narrow column."""
    return facts.id if facts.official else f"{facts.id} ({_('not official')})"


def _summary(briefing: Briefing) -> Iterator[Line]:
    """The documents, what of them is quoted, how the rows add up, what is not official."""
    quoted = [it for entry in briefing.entries for it in (*entry.left, *entry.right)]
    for facts in briefing.sources:
        numbers = dict.fromkeys(
            it.address.paragraph for it in quoted if it.address.document == facts.id
        )
        named = ", ".join(str(it) for it in numbers if it is not None) or "–"
        yield said(
            _("{source}: paragraphs {numbers}").format(
                source=source(facts, briefing.style), numbers=named
            )
        )
    sorts = [entry.sort for entry in briefing.entries if entry.sort]
    if sorts:
        counts = " · ".join(f"{row_in_words(it)} {sorts.count(it)}" for it in dict.fromkeys(sorts))
        rows = ngettext("{count} row: {counts}", "{count} rows: {counts}", len(sorts))
        yield said(rows.format(count=len(sorts), counts=counts))
    for block in _unofficial(briefing.sources):
        yield block.line


def _unofficial(known: Iterable[Facts]) -> Iterator[Item]:
    what = _("{document} is not official: what it leaves out may stand in the communiqué.")
    for facts in known:
        if not facts.official:
            yield Item(said(what.format(document=facts.id)), 3)


_MEANINGS = {
    "gone": N_("gone"),
    "new": N_("new"),
    "away": N_("moved away"),
    "here": N_("moved here"),
}


def _legend(briefing: Briefing) -> Iterator[Item]:
    """What the looks in the redlines mean, as far as there are any."""
    shown = [entry.runs for entry in briefing.entries if _stays(entry.runs) >= TELLING]
    there = {span.look for runs in shown for line in redlined(runs, "both") for span in line}
    used = [look for look in ("gone", "new", "away", "here") if look in there]
    if used:
        pieces: list[Line] = [said(_(_MEANINGS[look]), look) for look in used]
        spaced = chain.from_iterable((*said(" · "), *piece) for piece in pieces)
        yield Item(tuple(spaced)[1:], 3)


def _sources(briefing: Briefing) -> Iterator[Item]:
    if briefing.sources:
        yield Item(said(_("Sources"), "strong"), 0)
    for facts in briefing.sources:
        provenance = facts.provenance
        where = ", ".join(filter(None, (provenance.file, provenance.sha256[:12])))
        yield Item(said(f"{source(facts, briefing.style)} — {where}"), 2)


def _ended(briefing: Briefing) -> Iterator[End]:
    """The mark of the end, where a page is written as Korean officials write it."""
    if briefing.style == "ko":
        yield End(END)
