"""The names and abbreviations in the documents, each where it first stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scmtui import phrases
from scmtui.cli import records, tables
from scmtui.cli.phrases import followed, one_of
from scmtui.cli.request import NOTHING_FOUND, Answer
from scmtui.language import _
from scmtui.phrases.report import searched
from scmtui.phrases.series import oldest

if TYPE_CHECKING:
    from scmtui.cli.request import Request
    from scmtui.phrases import Entry

    Record = dict[str, Any]


def glossary(request: Request) -> Answer:
    """All abbreviations with their names, or those of the words that were asked for."""
    form = one_of(request, "json", "csv")
    with followed(request) as (texts, notes):
        found = phrases.glossary(texts)
    if request.words:
        word = " ".join(request.words)
        found = phrases.look_up(word, found)
    status = 0 if found else NOTHING_FOUND
    rows = list(map(_record, found))
    if form == "json":
        ids = [facts.id for facts in texts.documents]
        return Answer(records.dumps({"rows": rows, "searched": ids}), notes, status)
    if form == "csv":
        header = ("short", "name", "first", "official", "count", "spellings", "known")
        return Answer(tables.dumps(header, map(_flat, rows)), notes, status)
    page = request.page()
    if found:
        page.table(
            (
                it.short,
                str(it.first),
                f"{it.count}×",
                "; ".join(_spellings(it)) or it.name or "-",
            )
            for it in found
        )
    else:
        page.line(_("The glossary has no such name."))
        page.line(searched(sorted(texts.documents, key=oldest)))
    return Answer(str(page), notes, status)


def _spellings(entry: Entry) -> list[str]:
    """Every name that is given, each with where that is; then what else it is called."""
    given = [f"{it.text} ({it.first})" for it in entry.spellings]
    return [*given, *entry.known] if given else [f"{', '.join(entry.known)}"] * bool(entry.known)


def _record(entry: Entry) -> Record:
    return {
        "short": entry.short,
        "name": entry.name,
        "first": str(entry.first),
        "official": entry.facts.official,
        "count": entry.count,
        "spellings": [
            {"text": it.text, "first": str(it.first), "count": it.count} for it in entry.spellings
        ],
        "known": list(entry.known),
    }


def _flat(row: Record) -> list[str | int | bool]:
    """A record with its lists as texts."""
    spellings = "; ".join(f"{it['text']} ({it['first']})" for it in row["spellings"])
    return [
        row["short"], row["name"], row["first"], row["official"], row["count"],
        spellings, "; ".join(row["known"]),
    ]  # fmt: skip
