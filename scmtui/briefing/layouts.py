"""How a briefing is laid out: quotes with citations, an old and new table, a page to hand over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scmtui.briefing.blocks import Item, Quote, Table, Title, lines, redlined, said
from scmtui.briefing.citation import source
from scmtui.briefing.frame import closing, ended, two, unofficial
from scmtui.briefing.onepage import brief
from scmtui.briefing.rows import is_redlined, legend, own_sides, remarks, row
from scmtui.language import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from scmtui.briefing.blocks import Block
    from scmtui.briefing.collected import Briefing, Entry, Passage


def quotes(briefing: Briefing) -> Iterator[Block]:
    """Every passage with its citation, under the reader's headings."""
    yield Title(briefing.title)
    for entry in briefing.entries:
        if entry.kind == "heading":
            yield Item(said(entry.text, "strong"), 0)
        elif entry.kind == "line":
            yield Item(said(entry.text), 1)
        else:
            yield from quoted(entry)
            yield from (Item(line, 3) for line in remarks(entry))
    yield from closing(briefing)


def table(briefing: Briefing) -> Iterator[Block]:
    """The old and the new text side by side with a column for remarks (신구대조표)."""
    yield Title(briefing.title)
    sides = briefing.sides or two(briefing.sources)
    rows = tuple(row(entry, sides, briefing.style) for entry in briefing.entries)
    heads = (*(source(facts, briefing.style) for facts in sides), "", "")[:2]
    if {own_sides(entry) or sides for entry in briefing.entries} - {sides}:
        heads = _("First document"), _("Second document")
    yield Table((*heads, _("Remarks")), (40, 40, 20), rows)
    yield from unofficial(briefing.sources)
    yield from legend(rows)
    yield from ended(briefing)


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
