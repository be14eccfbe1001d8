"""The concordance of a query: its hits beneath one another, with what stands on either side."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scmtui import phrases
from scmtui.cli import asides, records, tables
from scmtui.cli.page import FOUND, GAP, STRONG, Mark, columns
from scmtui.cli.phrases import cells_of, copied, followed, listed, one_of
from scmtui.cli.request import NOTHING_FOUND, Answer
from scmtui.cli.search import copies_of, nothing, results_of
from scmtui.language import _, ngettext
from scmtui.model import UsageError
from scmtui.phrases import pictures
from scmtui.phrases.copies import told
from scmtui.phrases.report import answer, longer_words, searched
from scmtui.phrases.series import oldest
from scmtui.search import filters
from scmtui.search import query as grammar
from scmtui.text import safe, width
from scmtui.themes import touched

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scmtui.cli.page import Page
    from scmtui.cli.request import Request
    from scmtui.model import Document, Facts
    from scmtui.phrases import Copy, Line
    from scmtui.phrases.concordance import Quotation
    from scmtui.search.query import Query
    from scmtui.themes import Taxonomy

PAGE = 120
"""Cells of a line in a pipe."""
LEAST = 40
"""Cells that a line keeps for its text beside the address."""
STRIP = 40
"""Cells of the dispersion of a document."""
OF_DOCUMENTS = ("scm", "kind", "lang")
"""The filters that choose documents, and not paragraphs."""
MOST_LINES = 1_000_000
HEADER = ("address", "document", "meeting", "official", "left", "hit", "right", "theme")


class _Found(NamedTuple):
    """What a query found, and where it was looked for."""

    query: str
    lines: tuple[Line, ...]
    documents: Sequence[Document]
    """Those with hits."""
    searched: Sequence[Facts]
    copies: tuple[Copy, ...]
    reading: str
    notes: tuple[str, ...]


def kwic(request: Request) -> Answer:
    """The hits of a query in a concordance. Raises QueryError if it cannot be read."""
    limit = request.number("limit", 1, MOST_LINES)
    form = one_of(request, "json", "csv")
    found = _found(request)
    notes, status = found.notes, 0 if found.lines else NOTHING_FOUND
    kept = found.lines[:limit]
    if form == "json":
        record = {
            "query": found.query,
            "rows": [_record(line) for line in kept],
            "total": len(found.lines),
            "searched": [facts.id for facts in found.searched],
            "copies": copied(found.copies),
        }
        return Answer(records.dumps(record), notes, status)
    if form == "csv":
        rows = (list(_record(it).values()) for it in kept)
        return Answer(tables.dumps(HEADER, rows), notes, status)
    page = request.page()
    if found.lines:
        _show(page, (kept, found.lines), found.documents, cells_of(request))
        notes = (*notes, *filter(None, (found.reading,)))
    elif found.searched:
        page.line(_("“{query}”: no hits").format(query=found.query), style=STRONG)
        page.line(searched(found.searched))
        page.line(_("How a query is read: scmtui help search"))
    return Answer(str(page), notes, status)


def _found(request: Request) -> _Found:
    """The hits of the query that was given, each document counted once."""
    sort = listed(request.options.get("sort", ""))
    query = safe(" ".join(request.words))
    asked = grammar.parse(query)
    if not asked.clauses:
        raise UsageError("The query asks for nothing.", todo="See: scmtui help search")
    taxonomy, notes = asides.themes()
    facts = _searched(request, asked)
    copies = copies_of(request, facts)
    repeated = {copy.facts.id for copy in copies}
    left = sorted((it for it in facts if it.id not in repeated), key=oldest)
    hits, reading, said = _of_a_word(request, asked, left)
    if not hits:
        results, said = results_of(request, query, asked, taxonomy)
        hits, reading = results.hits, results.reading
    hits = [hit for hit in hits if hit.facts.id not in repeated]
    ids = dict.fromkeys(hit.facts.id for hit in hits)
    documents = list(map(request.shelf.document, ids))
    lines = phrases.concordance(hits, sort or ("meeting",), _themes(documents, taxonomy))
    notes = (*notes, *said, *filter(None, (told(copies),)))
    if not facts:
        notes = (*notes, nothing(asked, request.shelf.facts()))
    return _Found(query, lines, documents, left, copies, reading, notes)


def _of_a_word(
    request: Request, asked: Query, left: Sequence[Facts]
) -> tuple[Sequence[Quotation], str, tuple[str, ...]]:
    """The places of a single word, counted as its history counts them, and what to know of it.

    There are none for any other query, and for what stands nowhere as a word.
    """
    terms = [term for clause in asked.clauses for term in clause.terms]
    about_documents = all(it.field in OF_DOCUMENTS for it in asked.filters)
    if len(terms) != 1 or asked.clauses[0].negative or terms[0].kind != "word":
        return (), "", ()
    if not about_documents or not any(map(str.isalnum, terms[0].text)):
        return (), "", ()
    with followed(request) as (texts, notes):
        found = phrases.history(terms[0].text, texts, documents={it.id for it in left})
    names = _("Also looked for as: {names}.").format(names=", ".join(found.names))
    reading = answer(found)[0] if found.asked else ""
    hits = [place for row in found.rows for place in row.places]
    if not hits:
        return (), reading, notes
    said = (names if found.names else "", longer_words(found.longer))
    return hits, reading, (*notes, *filter(None, said))


def _searched(request: Request, asked: Query) -> list[Facts]:
    """The documents that the filters of a query leave."""
    facts = request.shelf.facts()
    left = filters.documents(asked.filters, facts)
    return [it for it in facts if it.id in left]


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
