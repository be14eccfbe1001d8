"""One page to hand over: a summary in a frame, by theme what stands on either side, the sources.

Long passages are shortened to their gist until the page is full; where even that is too much,
several pages are written.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from scmtui.briefing.blocks import Box, Item, Quote, Table, Title, lines, plain, said
from scmtui.briefing.citation import OWN, source
from scmtui.briefing.contrast import Contrast
from scmtui.briefing.frame import closing, unofficial
from scmtui.briefing.gist import gist
from scmtui.briefing.paper import fits
from scmtui.briefing.quoted import quoted
from scmtui.briefing.rows import contrasted, heads, legend, paragraphs, remarks, row, sort_in_words
from scmtui.language import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scmtui.briefing.blocks import Block, Line
    from scmtui.briefing.collected import Briefing, Entry
    from scmtui.briefing.rows import Row
    from scmtui.model import Facts

ROOMS = (
    *(2400, 2000, 1700, 1450, 1250, 1100, 950, 830, 720, 630, 550),
    *range(500, 230, -20),
)
"""Characters that each side of a row may take: so many if the page is not too long then, else
less and less."""
NARROW = (320, 280, 240, 200, 160, 120)
"""The same where the terms are named in the table alone, and few of them."""
SEVERAL = 240
"""The same on a briefing of several pages."""
SHARES = (39, 39, 22)


def brief(briefing: Briefing) -> Iterator[Block]:
    """One page if it can be: a summary, what stands on either side and how it changed."""
    yield from _fitting(briefing) or _page(briefing, SEVERAL)


def _fitting(briefing: Briefing) -> tuple[Block, ...]:
    """The fullest page that is not too long; nothing where even the emptiest one is."""
    tries = [*((it, True) for it in ROOMS), *((it, False) for it in NARROW)]
    found: tuple[Block, ...] = ()
    first, last = 0, len(tries) - 1
    at = last
    while first <= last:
        room, told = tries[at]
        blocks = tuple(_page(briefing, room, told=told))
        if fits(blocks):
            found, last = blocks, at - 1
        elif not found:
            break
        else:
            first = at + 1
        at = (first + last) // 2
    return found


def _page(briefing: Briefing, room: int, *, told: bool = True) -> Iterator[Block]:
    """The page; the terms are `told` in the summary, or not."""
    entries = (quoted(it, room) if it.kind == "pair" else it for it in briefing.entries)
    briefing = replace(briefing, entries=tuple(entries))
    yield Title(briefing.title)
    if summary := tuple(_summary(briefing, told=told)):
        yield Box(summary)
    yield from _by_theme(briefing, room) if briefing.sides else _in_order(briefing, room)
    yield from closing(briefing)


def _by_theme(briefing: Briefing, room: int) -> Iterator[Block]:
    """The rows of a comparison, those about one theme together, as the themes first come."""
    found: list[Row] = []
    pairs = [entry for entry in briefing.entries if entry.kind == "pair"]
    compared = [entry for entry in pairs if entry.sort != "alike"]
    for theme in dict.fromkeys(entry.theme for entry in compared):
        about = [entry for entry in compared if entry.theme == theme]
        rows = _rows(briefing, about, briefing.sides or (), room)
        found += rows
        yield Item(said(theme or briefing.theme or _("Other paragraphs"), "strong"), 0)
        yield _table(rows, briefing.sides or (), briefing.style)
    yield from legend(found)
    if alike := [str(it.address) for entry in pairs if entry.sort == "alike" for it in entry.left]:
        yield Item(said(_("Alike: {addresses}").format(addresses=", ".join(alike))), 3)
    if own := [entry for entry in briefing.entries if entry.kind == "line"]:
        yield Item(said(_("Remarks"), "strong"), 0)
        for entry in own:
            yield from _own(entry)


def _in_order(briefing: Briefing, room: int) -> Iterator[Block]:
    """What was collected as the reader ordered it, pairs of the same documents as one table."""
    found: list[Row] = []
    for (kind, sides), group in groupby(briefing.entries, key=_kind):
        entries = list(group)
        if kind == "pair":
            rows = _rows(briefing, entries, sides, room)
            found += rows
            yield _table(rows, sides, briefing.style)
            continue
        for entry in entries:
            yield from _own(entry) if not entry.left else _quoted(entry, room)
    yield from legend(found)


def _kind(entry: Entry) -> tuple[str, tuple[Facts, ...]]:
    known = (it.facts for it in (*entry.left[:1], *entry.right[:1]))
    return entry.kind, tuple(filter(None, known)) if entry.kind == "pair" else ()


def _own(entry: Entry) -> Iterator[Block]:
    """A heading or a line of the reader's."""
    if entry.kind == "heading":
        yield Item(said(entry.text, "strong"), 0)
    else:
        yield from (Item(line, 1) for line in lines(entry.text))


def _quoted(entry: Entry, room: int) -> Iterator[Block]:
    for it in entry.left:
        language = it.facts.language if it.facts else ""
        yield Quote(lines(gist(it.text, room, language)), it.citation)
    yield from (Item(line, 3) for line in remarks(entry))


def _rows(
    briefing: Briefing, entries: Iterable[Entry], sides: Sequence[Facts], room: int
) -> list[Row]:
    """Rows in which the address alone says where the texts stand, or the reader's own template."""
    style = OWN if briefing.style == OWN else "short"
    return [row(entry, sides, style, room) for entry in entries]


def _table(rows: Iterable[Row], sides: Sequence[Facts], style: str) -> Table:
    return Table((*heads(sides, style), _("Change")), SHARES, tuple(rows))


def _summary(briefing: Briefing, *, told: bool) -> Iterator[Line]:
    """The documents, what of them is quoted, how the rows add up, what is not official."""
    for facts in briefing.sources:
        yield _point(_quoted_of(briefing, facts))
    compared = [entry for entry in briefing.entries if entry.sort]
    if change := _change(compared, briefing.sides or ()):
        yield _point(f"{_('Change')}: {change}")
    if told:
        yield from _terms(briefing)
    for item in unofficial(briefing.sources):
        yield said(f"※ {plain(item.line)}")


def _change(compared: Sequence[Entry], sides: Sequence[Facts]) -> str:
    """How the rows add up; of a single one what became of it."""
    sorts = [sort_in_words(entry, sides) for entry in compared]
    if len(sorts) == 1:
        return " · ".join(filter(None, (sorts[0], paragraphs(compared[0]))))
    counts = " · ".join(f"{it} {sorts.count(it)}" for it in dict.fromkeys(sorts))
    rows = ngettext("{count} row: {counts}", "{count} rows: {counts}", len(sorts))
    return rows.format(count=len(sorts), counts=counts) if sorts else ""


def _terms(briefing: Briefing) -> Iterator[Line]:
    """The terms of all rows with two sides that both documents have, or only one of them."""
    known = [entry.contrast for entry in briefing.entries if entry.left and entry.right]
    if not briefing.sides or not known:
        return
    both, left, right = (
        tuple(dict.fromkeys(word for words in every for word in words))
        for every in zip(*((it.both, it.left, it.right) for it in known), strict=True)
    )
    # A term that is left out of one row may be named in another one: so of one row alone.
    more = known[0].more if len(known) == 1 else (0, 0, 0)
    for line in contrasted(Contrast(both, left, right, more=more), briefing.sides):
        yield _point(plain(line))


def _point(words: str) -> Line:
    return said(f"ㅇ {words}")


def _quoted_of(briefing: Briefing, facts: Facts) -> str:
    """A document, and which of its paragraphs are quoted, those in a row as one: 1–5, 11, 12."""
    cited = source(facts, briefing.style)
    quoted = (it.address for entry in briefing.entries for it in (*entry.left, *entry.right))
    there = {it.paragraph for it in quoted if it.document == facts.id}
    known = ", ".join(_ranges(sorted(it for it in there if it)))
    if known and 0 in there:
        told = _("{source}: lead-in, paragraphs {numbers}")
    elif known:
        told = _("{source}: paragraphs {numbers}")
    else:
        told = _("{source}: lead-in") if 0 in there else "{source}"
    return told.format(source=cited, numbers=known)


def _ranges(numbers: Sequence[int]) -> Iterator[str]:
    for _key, group in groupby(enumerate(numbers), key=lambda it: it[1] - it[0]):
        run = [number for _at, number in group]
        yield from (f"{run[0]}–{run[-1]}",) if len(run) > 2 else map(str, run)
