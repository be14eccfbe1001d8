"""The concordance of a query: its hits beneath one another, with what stands on either side."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scmtui import phrases
from scmtui.cli import asides, records, tables
from scmtui.cli.page import FOUND, GAP, Mark, columns
from scmtui.cli.phrases import cells_of, copied, listed, one_of
from scmtui.cli.request import NOTHING_FOUND, Answer
from scmtui.cli.search import nothing, results_of
from scmtui.language import ngettext
from scmtui.model import UsageError
from scmtui.phrases import pictures
from scmtui.phrases.copies import told
from scmtui.search import query as grammar
from scmtui.text import safe, width
from scmtui.themes import touched

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scmtui.cli.page import Page
    from scmtui.cli.request import Request
    from scmtui.model import Document, Facts
    from scmtui.phrases import Copy, Line
    from scmtui.themes import Taxonomy

PAGE = 120
"""Cells of a line in a pipe."""
LEAST = 40
"""Cells that a line keeps for its text beside the address."""
STRIP = 40
"""Cells of the dispersion of a document."""
MOST_LINES = 1_000_000
HEADER = ("address", "document", "meeting", "official", "left", "hit", "right", "theme")


def kwic(request: Request) -> Answer:
    """The hits of a query in a concordance. Raises QueryError if it cannot be read."""
    sort = listed(request.options.get("sort", ""))
    limit = request.number("limit", 1, MOST_LINES)
    form = one_of(request, "json", "csv")
    query = safe(" ".join(request.words))
    asked = grammar.parse(query)
    if not asked.clauses:
        raise UsageError("The query asks for nothing.", todo="See: scmtui help search")
    taxonomy, notes = asides.themes()
    results, said = results_of(request, query, asked, taxonomy)
    notes = (*notes, *said)
    copies = _copies(request, [hit.facts for hit in results.hits])
    repeated = {copy.facts.id for copy in copies}
    hits = [hit for hit in results.hits if hit.facts.id not in repeated]
    ids = dict.fromkeys(hit.facts.id for hit in hits)
    documents = list(map(request.shelf.document, ids))
    lines = phrases.concordance(hits, sort or ("meeting",), _themes(documents, taxonomy))
    notes = (*notes, *filter(None, (told(copies),)))
    if not lines:
        notes = (*notes, nothing(asked, request.shelf.facts()))
    status = 0 if lines else NOTHING_FOUND
    kept = lines[:limit]
    if form == "json":
        record = {
            "query": query,
            "rows": [_record(line) for line in kept],
            "total": len(lines),
            "copies": copied(copies),
        }
        return Answer(records.dumps(record), notes, status)
    if form == "csv":
        return Answer(
            tables.dumps(HEADER, (list(_record(it).values()) for it in kept)), notes, status
        )
    page = request.page()
    if lines:
        _show(page, (kept, lines), documents, cells_of(request))
        notes = (*notes, *filter(None, (results.reading,)))
    return Answer(str(page), notes, status)


def _copies(request: Request, found: Iterable[Facts]) -> tuple[Copy, ...]:
    """The documents with hits that only repeat another one of their meeting."""
    known = {facts.id: facts for facts in found}
    meetings = Counter(facts.meeting for facts in known.values())
    several = [facts for facts in known.values() if meetings[facts.meeting] > 1]
    return phrases.without_copies(request.shelf.document(facts.id) for facts in several)[1]


def _themes(documents: Iterable[Document], taxonomy: Taxonomy) -> dict[tuple[str, int], str]:
    """The theme of each paragraph in these documents."""
    found: dict[tuple[str, int], str] = {}
    for document in documents:
        found |= phrases.leading(document.id, touched(document, taxonomy))
    return found


def _show(
    page: Page,
    found: tuple[Sequence[Line], Sequence[Line]],
    documents: Sequence[Document],
    ambiguous: int,
) -> None:
    """The lines that are wanted, and where in each document all of them stand."""
    kept, lines = found
    count = ngettext("{count} hit", "{count} hits", len(lines))
    page.line(count.format(count=len(lines)))
    page.blank()
    labels = columns((str(line.address),) for line in kept)
    cells = max(LEAST, (page.cells or PAGE) - width(labels[0]) - 1)
    for label, (left, hit, right) in zip(
        labels, phrases.fitted(kept, cells, ambiguous), strict=True
    ):
        mark = Mark(len(left), len(left) + len(hit), FOUND)
        page.verbatim(left + hit + right, label, marks=(mark,))
    page.blank()
    strips = [it for it in phrases.dispersion(lines, documents) if it.places]
    for strip, label in zip(strips, columns((it.facts.id,) for it in strips), strict=True):
        page.verbatim(
            f"{pictures.strip(strip.places, STRIP, ambiguous)}{GAP}{len(strip.places)}×", label
        )


def _record(line: Line) -> dict[str, str | int | bool | None]:
    """The columns of a line."""
    facts = line.facts
    return {
        "address": str(line.address),
        "document": facts.id,
        "meeting": facts.meeting,
        "official": facts.official,
        "left": line.left,
        "hit": line.hit,
        "right": line.right,
        "theme": line.theme,
    }
