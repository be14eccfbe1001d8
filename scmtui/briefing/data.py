"""What is collected, for programs: JSON, CSV, and the sources for reference managers."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any

from scmtui.briefing.citation import source
from scmtui.briefing.dates import dated
from scmtui.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from scmtui.briefing.collected import Briefing, Entry, Passage
    from scmtui.model import Facts

SCHEMA = 1
_FORMULA = re.compile(r"[=+\-@\t\r]")
_COLUMNS = (
    "kind",
    "left_address",
    "left_citation",
    "left_text",
    "right_address",
    "right_citation",
    "right_text",
    "text",
    "needs_a_look",
)


def as_json(briefing: Briefing) -> str:
    """Everything in the briefing; texts are those of the documents, character for character."""
    record = {
        "schema": SCHEMA,
        "title": briefing.title,
        "theme": briefing.theme,
        "entries": [_entry(it) for it in briefing.entries],
        "sources": [_source(it, briefing.style) for it in briefing.sources],
    }
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "kind": entry.kind,
        "left": [_passage(it) for it in entry.left],
        "right": [_passage(it) for it in entry.right],
        "runs": [list(run) for run in entry.runs],
        "text": entry.text,
        "sort": entry.sort,
    }


def _passage(passage: Passage) -> dict[str, Any]:
    return {
        "address": str(passage.address),
        "text": passage.text,
        "citation": passage.citation,
        "official": bool(passage.facts and passage.facts.official),
        "needs_a_look": passage.needs_a_look,
        "became": passage.became,
    }


def _source(facts: Facts, style: str) -> dict[str, Any]:
    return {
        "id": facts.id,
        "citation": source(facts, style),
        "official": facts.official,
        "sha256": facts.provenance.sha256,
    }


def as_csv(briefing: Briefing) -> str:
    """A line an entry. What a spreadsheet would take for a formula begins with an apostrophe."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for entry in briefing.entries:
        lost = any(it.needs_a_look for it in (*entry.left, *entry.right))
        cells = (entry.kind, *_cells(entry.left), *_cells(entry.right), entry.text, lost and "yes")
        writer.writerow([_guarded(str(it or "")) for it in cells])
    return "\ufeff" + stream.getvalue()  # a spreadsheet takes it for UTF-8 by this mark


def _cells(passages: Iterable[Passage]) -> tuple[str, str, str]:
    known = list(passages)
    return (
        "; ".join(str(it.address) for it in known),
        "; ".join(it.citation for it in known),
        "\n".join(it.text for it in known),
    )


def _guarded(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def as_bibtex(briefing: Briefing) -> str:
    """The sources, for BibTeX; what is not official says so in its note."""
    return "\n".join(map(_bibtex, briefing.sources))


def _bibtex(facts: Facts) -> str:
    day = dated(facts)
    fields = {
        "title": facts.title,
        "year": f"{day.year:04}" if day else "",
        "date": day.isoformat() if day else "",
        "address": facts.place,
        "langid": {"ko": "korean", "en": "english"}.get(facts.language, ""),
        "note": "" if facts.official else "unofficial",
    }
    lines = [f"  {name} = {{{_tex(value)}}}," for name, value in fields.items() if value]
    return "\n".join((f"@misc{{scm-{facts.id},", *lines, "}", ""))


def _tex(words: str) -> str:
    """Words that TeX sets literally; braces come in pairs, so that no field ends early."""
    special = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    return "".join(special.get(it, f"\\{it}" if it in "{}$&#_%" else it) for it in words)


def as_csl(briefing: Briefing) -> str:
    """The sources as CSL-JSON, for Zotero and others."""
    records = [_csl(facts) for facts in briefing.sources]
    return json.dumps(records, ensure_ascii=False, indent=1) + "\n"


def _csl(facts: Facts) -> dict[str, Any]:
    kinds = {Kind.COMMUNIQUE: "document", Kind.ARTICLE: "article", Kind.PRESS: "report"}
    record: dict[str, Any] = {
        "id": f"scm-{facts.id}",
        "type": kinds.get(facts.kind, "document"),
        "title": facts.title,
        "language": facts.language,
    }
    if day := dated(facts):
        record["issued"] = _parts(day)
    if facts.place:
        record["event-place"] = facts.place
    if not facts.official:
        record["note"] = "unofficial"
    return record


def _parts(day: date) -> dict[str, list[list[int]]]:
    return {"date-parts": [[day.year, day.month, day.day]]}
