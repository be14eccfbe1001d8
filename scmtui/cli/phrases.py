"""A phrase through all documents: a row for each, and what can be said of it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from scmtui import phrases
from scmtui.cli import records, redline, tables
from scmtui.cli.page import FOUND, QUIET, STRONG, Mark
from scmtui.cli.request import NOTHING_FOUND, Answer
from scmtui.language import _, ngettext
from scmtui.model import UsageError
from scmtui.phrases.report import counted, report
from scmtui.settings import paths
from scmtui.wording import kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scmtui.cli.page import Page
    from scmtui.cli.request import Request
    from scmtui.phrases import Copy, History, Place, Row

    Record = dict[str, Any]

GLYPHS = {"present": "#", "inside": "+", "near": "~", "absent": "."}
"""One character for the state of each official document, in a row."""
HEADER = (
    "document", "meeting", "held", "kind", "official", "language", "state", "count", "addresses",
    "near_address", "near", "likeness", "inside",
)  # fmt: skip


def phrase(request: Request) -> Answer:
    """Where a phrase stands, where it does not, and when that changed."""
    rules = phrases.without(listed(request.options.get("off", "")))
    form = one_of(request, "json", "csv")
    with followed(request) as (texts, notes):
        found = phrases.history(" ".join(request.words), texts, rules)
    status = 0 if found.count else NOTHING_FOUND
    if form == "json":
        return Answer(records.dumps(_record(found)), notes, status)
    if form == "csv":
        return Answer(tables.dumps(HEADER, map(_cells, found.rows)), notes, status)
    page = request.page()
    _show(page, found)
    return Answer(str(page), notes, status)


@contextmanager
def followed(request: Request) -> Iterator[tuple[phrases.Texts, tuple[str, ...]]]:
    """All documents, ready for phrases, and what the reader should know of them."""
    from scmtui.cli.search import prepare, unready
    from scmtui.library.searching import ShelfSearch

    search = ShelfSearch(request.shelf, paths().cache)
    try:
        prepare(search, themed=False)
        texts = phrases.Texts(search.store)
        yield texts, tuple(unready(search.progress, search.problem))
    finally:
        search.close()


def copied(copies: Sequence[Copy]) -> list[Record]:
    """The documents that only repeat another one, and that one."""
    return [{"document": it.facts.id, "of": it.of} for it in copies]


def listed(value: str) -> list[str]:
    """The words between commas."""
    return [word for word in map(str.strip, value.split(",")) if word]


def one_of(request: Request, *options: str) -> str:
    """Which of these options was given, if any. Raises UsageError when more than one was."""
    given = [option for option in options if option in request.options]
    if len(given) > 1:
        raise UsageError(
            "“--{one}” and “--{other}” cannot be used together.", one=given[0], other=given[1]
        )
    return given[0] if given else ""


def cells_of(request: Request) -> int:
    """The cells that the reader's terminal gives to what may take one or two."""
    return 2 if request.settings.ambiguous_width == 2 else 1


def _show(page: Page, found: History) -> None:
    page.line(f"“{found.phrase}”", style=STRONG)
    sentences = list(report(found))
    if found.asked:
        page.line(sentences.pop(0))
    for language in dict.fromkeys(it.language for it in found.summaries):
        _group(page, [row for row in found.official if row.facts.language == language])
    if found.unofficial:
        page.blank()
        page.line(_("Not official, and no proof of what a communiqué says:"))
        _rows(page, found.unofficial)
    page.blank()
    for sentence in sentences:
        page.line(sentence)


def _group(page: Page, rows: Sequence[Row]) -> None:
    """The official documents of one language, with a picture of all in a line."""
    if not rows:
        return
    page.blank()
    if len(rows) > 1:
        count = ngettext("{count} document", "{count} documents", len(rows))
        said = _(
            "{documents}, {first} to {last}:  {picture}  "
            "(# present, + inside longer words, ~ near, . absent)"
        )
        picture = "".join(GLYPHS[row.state] for row in rows)
        page.line(
            said.format(
                documents=count.format(count=len(rows)),
                first=rows[0].facts.id,
                last=rows[-1].facts.id,
                picture=picture,
            )
        )
    _rows(page, rows)


def _rows(page: Page, rows: Sequence[Row]) -> None:
    words = {
        "present": _("present"),
        "inside": _("inside longer words"),
        "near": _("near"),
        "absent": _("absent"),
    }
    page.table(
        (
            row.facts.id,
            row.facts.held.isoformat() if row.facts.held else "",
            kind(row.facts),
            words[row.state] if row.official or row.state != "absent" else _("not found"),
            f"{row.count}×" if row.count else "",
            _told(row),
        )
        for row in rows
    )
    for row in rows:
        if row.near:
            text, marks = redline.written(row.near.runs, redline.BOTH, (), styled=page.styled)
            page.line(text, f"  {row.near.address}  ", marks=marks)
        for place in row.places or row.inside:
            _quote(page, place)
        for it in row.beside:
            page.line(it.text, f"  {it.address}  ", style=QUIET)


def _told(row: Row) -> str:
    if row.near:
        return f"{row.near.address} ({row.near.likeness:.2f})"
    if row.state == "inside":
        return f"{', '.join(map(str, row.inside_at))} ({counted(row.longer)})"
    told = ", ".join(map(str, row.addresses))
    return f"{told} ({', '.join(row.other_names)})" if row.other_names else told


def _quote(page: Page, place: Place) -> None:
    """The sentences with the phrase."""
    from scmtui.cli.search import excerpt

    text, spans = excerpt(place.text, place.spans, 0)
    marks = [Mark(start, end, FOUND) for start, end in spans]
    page.line(text, f"  {place.address}  ", marks=marks)


def _record(found: History) -> Record:
    """What `--json` prints; addresses are those of paragraphs, `places` has the parts."""
    course = found.summary
    return {
        "phrase": found.phrase,
        "language": found.language,
        "asked": found.asked or found.phrase,
        "rules": [name for name in phrases.ORDER if name in found.rules],
        "names": list(found.names),
        "searched": [facts.id for facts in found.searched],
        "copies": copied(found.copies),
        "rows": list(map(_row, found.rows)),
        "related": [
            {"name": it.name, "document": it.facts.id, "official": it.facts.official}
            | _place(it.place)
            for it in found.related
        ],
        "summary": {
            "language": course.language,
            "first": course.first,
            "last": course.last,
            "dropped": [it.document for it in course.dropped],
            "reworded": [it.document for it in course.reworded],
            "returned": [it.document for it in course.returned],
            "missing": list(course.missing),
            "without": list(course.without),
            "inside": list(course.inside),
        },
        "sentences": list(report(found)),
    }


def _row(row: Row) -> Record:
    near = row.near
    return {
        "document": row.facts.id,
        "official": row.official,
        "language": row.facts.language,
        "state": _state(row),
        "count": row.count,
        "addresses": list(map(str, row.addresses)),
        "places": list(map(_place, row.places)),
        "near": near
        and {
            "address": str(near.address),
            "text": near.text,
            "likeness": near.likeness,
            "runs": list(map(list, near.runs)),
        },
        "beside": [str(it.address) for it in row.beside],
        "inside": list(map(_place, row.inside)),
    }


def _state(row: Row) -> str:
    """One of the three states; where only longer words have the phrase, something near is there."""
    return "near" if row.state == "inside" else row.state


def _place(place: Place) -> Record:
    return {
        "address": str(place.address),
        "spans": [list(span) for span in place.spans],
        "names": [it.name for it in place.occurrences],
        "text": place.text,
    }


def _cells(row: Row) -> tuple[str | int | float | bool | None, ...]:
    facts, near = row.facts, row.near
    return (
        facts.id,
        facts.meeting,
        facts.held.isoformat() if facts.held else None,
        facts.kind.value,
        facts.official,
        facts.language,
        _state(row),
        row.count,
        " ".join(map(str, row.addresses)),
        str(near.address) if near else None,
        near.text if near else None,
        near.likeness if near else None,
        "; ".join(f"{word} {count}" for word, count in row.longer.most_common()) or None,
    )
