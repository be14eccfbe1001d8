"""How a briefing is laid out: quotes with citations, an old and new table, a page to hand over."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from scmtui.briefing.blocks import Item, Quote, Table, Title, lines, redlined, said
from scmtui.briefing.chronology import by_age, older_first
from scmtui.briefing.citation import source
from scmtui.briefing.frame import closing, ended, unofficial
from scmtui.briefing.onepage import brief
from scmtui.briefing.rows import is_redlined, legend, remarks, row
from scmtui.language import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from scmtui.briefing.blocks import Block
    from scmtui.briefing.collected import Briefing, Entry, Passage
    from scmtui.briefing.rows import Row
    from scmtui.model import Facts


def quotes(briefing: Briefing) -> Iterator[Block]:
    """Every passage with its citation, under the reader's headings."""
    yield Title(briefing.title)
    for entry in briefing.entries:
        if entry.kind in ("heading", "line"):
            yield _own(entry)
        else:
            yield from quoted(entry)
            yield from (Item(line, 3) for line in remarks(entry))
    yield from closing(briefing)


def table(briefing: Briefing) -> Iterator[Block]:
    """The old and the new text side by side with a column for remarks (신구대조표).

    What is collected is older and newer by its dates, and no table is of more than two documents;
    headings and the reader's own lines stand over the tables. What was compared stands as it was.
    """
    yield Title(briefing.title)
    found: list[Row] = []
    for own, entries in groupby(briefing.entries, key=lambda it: it.kind in ("heading", "line")):
        if own:
            yield from map(_own, entries)
            continue
        for sides, some in _tables(entries, briefing.sides):
            rows = tuple(row(entry, sides, briefing.style) for entry in some)
            heads = (*(source(facts, briefing.style) for facts in sides), "", "")[:2]
            yield Table((*heads, _("Remarks")), (40, 40, 20), rows)
            found += rows
    yield from unofficial(briefing.sources)
    yield from legend(found)
    yield from ended(briefing)


def _tables(
    entries: Iterable[Entry], sides: tuple[Facts, ...] | None
) -> Iterator[tuple[tuple[Facts, ...], list[Entry]]]:
    """Entries one after the other that are of the same two documents, and these documents."""
    if sides:
        yield sides, list(entries)
        return
    known: dict[str, Facts] = {}
    some: list[Entry] = []
    for entry in map(older_first, entries):
        quoted = (it.facts for it in (*entry.left, *entry.right))
        here = {facts.id: facts for facts in quoted if facts}
        if some and len(known | here) > 2:
            yield by_age(known.values()), some
            known, some = {}, []
        known |= here
        some.append(entry)
    yield by_age(known.values()), some


def _own(entry: Entry) -> Item:
    """A heading or a line of the reader's."""
    heading = entry.kind == "heading"
    return Item(said(entry.text, "strong"), 0) if heading else Item(said(entry.text), 1)


LAYOUTS: dict[str, Callable[[Briefing], Iterator[Block]]] = {
    "quotes": quotes,
    "table": table,
    "brief": brief,
}
"""The layouts by their names."""


def quoted(entry: Entry) -> Iterator[Quote]:
    """A pair as one redline where that is telling, everything else passage by passage."""
    if is_redlined(entry):
        citation = " → ".join(_citations(side) for side in (entry.left, entry.right))
        yield Quote(redlined(entry.runs, "both"), citation)
        return
    for passage in (*entry.left, *entry.right):
        yield Quote(lines(passage.text), passage.citation)


def _citations(passages: Iterable[Passage]) -> str:
    return "; ".join(it.citation for it in passages)
