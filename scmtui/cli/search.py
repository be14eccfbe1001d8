"""The passages that answer a query, the best first, with the words found."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

from scmtui.cli import asides, records, terminal
from scmtui.cli.page import FOUND, QUIET, Mark, columns
from scmtui.cli.request import NOTHING_FOUND, Answer
from scmtui.language import _, ngettext, say
from scmtui.library.searching import ShelfSearch
from scmtui.model import UsageError
from scmtui.search import filters
from scmtui.search import query as grammar
from scmtui.search.snippet import Snippet, snippet
from scmtui.settings import paths
from scmtui.text import cut, safe, sentences, width
from scmtui.wrap import wrap

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from scmtui.cli.page import Page
    from scmtui.cli.request import Request
    from scmtui.library.indexing import Progress
    from scmtui.model import Facts, ScmError
    from scmtui.phrases import Copy
    from scmtui.search import Hit, Results
    from scmtui.search.query import Query
    from scmtui.themes import Taxonomy

    Span = tuple[int, int]

SCREENFUL = 20
"""Hits shown on a terminal unless asked otherwise: with more of them the best scroll away."""
MOST_HITS, MOST_SENTENCES = 1_000_000, 99
ROOM = 40
"""Cells for a text below which it stands under its address, not beside it."""
INDENT = "  "
LEFT_OUT = "…"
PATIENCE = 5.0
"""Seconds that a regular expression may take."""


def search(request: Request) -> Answer:
    """The passages that answer a query, and how it was read. Raises QueryError if it cannot be."""
    limit = request.number("limit", 1, MOST_HITS)
    context = request.number("context", 0, MOST_SENTENCES)
    query = safe(" ".join(request.words))
    asked = grammar.parse(query)
    if not asked.clauses and not asked.filters:
        raise UsageError("The query asks for nothing.", todo="See: scmtui help search")
    taxonomy, notes = asides.themes()
    page, as_record = request.page(), "json" in request.options
    most = limit or (SCREENFUL if page.wraps and not as_record else None)
    results, said = results_of(request, query, asked, taxonomy, most)
    notes = (*notes, *said)
    if not results.hits:
        notes = (*notes, nothing(asked, request.shelf.facts()))
    status = 0 if results.hits else NOTHING_FOUND
    if as_record:
        return Answer(records.dumps(records.search(results, limit)), notes, status)
    hits = results.hits
    told = _told(results, len(hits)) if hits else ""
    if told and page.wraps:
        page.line(told)
        page.blank()
    elif told:
        notes = (*notes, told)
    ids = {hit.facts.meeting for hit in hits}
    copies = copies_of(request, [it for it in request.shelf.facts() if it.meeting in ids])
    _show(page, hits, context, {copy.facts.id: copy.of for copy in copies})
    return Answer(str(page), notes, status)


def results_of(
    request: Request, query: str, asked: Query, taxonomy: Taxonomy, limit: int | None = None
) -> tuple[Results, tuple[str, ...]]:
    """The best of what is found in everything, and what the reader should know of the search."""
    search = ShelfSearch(request.shelf, paths().cache, lambda: taxonomy, request.library)
    themed = any(it.field == "theme" for it in asked.filters)
    try:
        for _attempt in range(2):  # damage may be found while searching; then all is filled anew
            prepare(search, themed=themed)
            results = search.search(query, limit=limit or sys.maxsize, all_=True, patience=PATIENCE)
            progress = search.progress
            if progress.filled or search.problem:
                break
    finally:
        search.close()
    if results.problem:
        raise results.problem
    return results, tuple(unready(progress, search.problem))


def copies_of(request: Request, found: Sequence[Facts]) -> tuple[Copy, ...]:
    """The documents among these that only repeat another one of their meeting."""
    meetings = Counter((facts.meeting, facts.language, facts.kind) for facts in found)
    several = [it for it in found if meetings[it.meeting, it.language, it.kind] > 1]
    if not several:
        return ()
    from scmtui.phrases.copies import without_copies

    return without_copies(request.shelf.document(facts.id) for facts in several)[1]


def prepare(search: ShelfSearch, *, themed: bool) -> None:
    """Have everything ready to be searched, and tell how far that is."""
    for progress in search.complete(themed=themed):
        terminal.progress(
            _("Preparing the search: {done} of {total} paragraphs").format(
                done=f"{progress.done:,}", total=f"{progress.total:,}"
            )
        )
    terminal.progress("")


def unready(progress: Progress, problem: ScmError | None) -> Iterator[str]:
    """What is wrong with the search, and how much of the documents it left out."""
    if problem:
        yield say(problem)
    if not progress.filled:
        said = _("Only {done} of {total} paragraphs were searched.")
        yield said.format(done=f"{progress.done:,}", total=f"{progress.total:,}")


def nothing(asked: Query, facts: Sequence[Facts]) -> str:
    """Where nothing was found: absence is told of the documents that were searched alone."""
    left = filters.documents(asked.filters, facts)
    searched = asides.listed(it for it in facts if it.id in left)
    if not searched:
        said = _("No document fits the filters. Documents: {documents}.")
        return said.format(documents=asides.listed(facts))
    return _("Nothing is found in {where}.").format(where=searched)


def _told(results: Results, shown: int) -> str:
    """How many passages were found, and how the query was read."""
    count = ngettext("{count} passage", "{count} passages", results.total)
    spread = ngettext("in {count} document", "in {count} documents", results.documents)
    said = f"{count.format(count=results.total)} {spread.format(count=results.documents)}"
    best = _("the best {count}").format(count=shown) if shown < results.total else ""
    return " · ".join(filter(None, (said, best, results.reading)))


def _show(page: Page, hits: Sequence[Hit], context: int | None, copies: Mapping[str, str]) -> None:
    labels = columns(
        (
            str(hit.address),
            hit.facts.held.isoformat() if hit.facts.held else "",
            _standing(hit.facts, copies),
        )
        for hit in hits
    )
    for number, (hit, label) in enumerate(zip(hits, labels, strict=True)):
        if page.wraps and context is not None and number:
            page.blank()
        beside = not page.wraps or (context is None and page.room(label) >= ROOM)
        if not beside:
            page.line(label.rstrip(), style=QUIET)
        aside = label if beside else INDENT
        text, spans = _text(page, hit, context, page.room(aside))
        page.line(text, aside, marks=[Mark(start, end, FOUND) for start, end in spans])


def _standing(facts: Facts, copies: Mapping[str, str]) -> str:
    """Whether a document is official, and of which one it is a copy."""
    said = _("official") if facts.official else _("not official")
    return f"{said} (= {copies[facts.id]})" if facts.id in copies else said


def _text(page: Page, hit: Hit, context: int | None, cells: int) -> Snippet:
    """What is shown of a hit: its sentences, else all of it in a pipe and a line on a terminal."""
    if context is not None:
        return excerpt(hit.text, hit.spans, context)
    if not page.wraps:
        return Snippet(hit.text, hit.spans)
    short = snippet(hit.text, hit.spans, cells)
    if width(short.text) <= cells:
        return short
    room = cells - width(LEFT_OUT)
    _, end = wrap(short.text, room)[0]
    if short.spans and end < short.spans[0][1]:  # a long word: some of it is better than nothing
        end = len(cut(short.text, room, ellipsis=""))
    spans = ((low, min(high, end)) for low, high in short.spans if low < end)
    return Snippet(short.text[:end] + LEFT_OUT, tuple(spans))


def excerpt(text: str, spans: Sequence[Span], context: int) -> Snippet:
    """The sentences with the spans, and so many before and after; … for what is left out."""
    every = sentences(text)
    found = [
        number
        for number, (start, end) in enumerate(every)
        if any(low < end and start < high for low, high in spans)
    ]
    near = {number + step for number in found or [0] for step in range(-context, context + 1)}
    shown = ""
    moved: list[Span] = []
    for start, end in _stretches(every, near):
        if start > every[0][0]:
            shown += f" {LEFT_OUT} " if shown else f"{LEFT_OUT} "
        away = len(shown) - start
        moved += [
            (max(a, start) + away, min(b, end) + away) for a, b in spans if a < end and start < b
        ]
        shown += text[start:end]
    if every and len(every) - 1 not in near:
        shown += f" {LEFT_OUT}"
    return Snippet(shown, tuple(moved))


def _stretches(every: Sequence[Span], near: Container[int]) -> list[Span]:
    """The spans from the first to the last of sentences in a row."""
    stretches: list[Span] = []
    for number, (start, end) in enumerate(every):
        if number in near and stretches and number - 1 in near:
            stretches[-1] = (stretches[-1][0], end)
        elif number in near:
            stretches.append((start, end))
    return stretches
