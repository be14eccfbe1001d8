"""What `--json` prints: stable shapes, addresses as text, spans in characters of the text shown."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scmtui.cli.passages import paragraphs_at, texts_at, touches_at
from scmtui.language import current
from scmtui.model import Address

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from scmtui.compare import Comparison, Redline, Row
    from scmtui.model import Document, Facts, Meeting, Name
    from scmtui.search import Results
    from scmtui.themes import Reason, Taxonomy, Touch

    Record = dict[str, Any]

SCHEMA = 1

_SPECIAL = re.compile(r"[^\x20-\x7e\n가-힣一-鿿]")


def dumps(record: Mapping[str, Any]) -> str:
    """One JSON object, in UTF-8 that acts on no terminal: the rest is escaped."""
    written = json.dumps({"schema": SCHEMA, **record}, ensure_ascii=False, indent=2)
    return _SPECIAL.sub(_visible, written) + "\n"


def _visible(match: re.Match[str]) -> str:
    character = match[0]
    return character if character.isprintable() else json.dumps(character)[1:-1]


def facts(known: Facts) -> Record:
    """What is known of a document."""
    source = known.provenance
    return {
        "id": known.id,
        "meeting": known.meeting,
        "kind": known.kind.value,
        "language": known.language,
        "title": known.title,
        "held": _day(known.held),
        "published": _day(known.published),
        "place": known.place,
        "official": known.official,
        "source": {
            "file": source.file,
            "format": source.format,
            "sha256": source.sha256,
            "origin": source.origin,
            "rights": source.rights,
            "added": _day(source.added),
        },
    }


def listed(known: Facts) -> Record:
    """A document in a list: what is known of it, and how many paragraphs it has."""
    return facts(known) | {"paragraphs": known.paragraphs}


def meeting(known: Meeting, documents: Iterable[Facts]) -> Record:
    """A meeting of the catalogue, and the documents about it."""
    return {
        "number": known.number,
        "held": _day(known.held),
        "place": _name(known.place),
        "rok_minister": _name(known.rok_minister),
        "us_secretary": _name(known.us_secretary),
        "mcm": known.mcm,
        "documents": [it.id for it in documents if it.meeting == known.number],
    }


def passage(document: Document, address: Address, taxonomy: Taxonomy, *, exact: bool) -> Record:
    """A document, or what stands at an address in it."""
    touches = list(touches_at(document, address, taxonomy))
    return {
        "document": facts(document.facts),
        "paragraphs": [
            {
                "address": str(at),
                "number": paragraph.number,
                "heading": paragraph.heading,
                "parts": [text for _, text in texts_at(document, at, paragraph, exact=exact)],
                "themes": [it.theme for it in touches if it.paragraph == paragraph.number],
            }
            for at, paragraph in paragraphs_at(document, address)
        ],
    }


def reading(document: Document, taxonomy: Taxonomy) -> Record:
    """A document as a file was read, with what is doubtful in it and what was left out."""
    return passage(document, Address(document.id), taxonomy, exact=False) | {
        "doubts": [
            {"address": it.address and str(it.address), "kind": it.kind, "text": it.text}
            for it in document.doubts
        ],
        "dropped": [{"kind": it.kind, "text": it.text} for it in document.dropped],
    }


def themes(found: Iterable[tuple[Address, Touch]], taxonomy: Taxonomy) -> list[Record]:
    """The themes that were found, each with the paragraphs that touch it."""
    records: dict[str, Record] = {}
    for at, touch in found:
        theme = taxonomy.theme(touch.theme)
        record = records.setdefault(
            touch.theme,
            {
                "id": touch.theme,
                "name": theme.name.in_language(current()) if theme else touch.theme,
                "paragraphs": [],
            },
        )
        record["paragraphs"].append(
            {"address": str(at), "strength": touch.strength, "reasons": _reasons(touch.reasons)}
        )
    order = [theme.id for theme in taxonomy.themes]
    return sorted(records.values(), key=lambda record: order.index(record["id"]))


def search(results: Results, limit: int | None) -> Record:
    """What answers a query: the best hits, and how many there are.

    The address is the paragraph's; `part` counts from 1, and 0 is the heading.
    """
    return {
        "query": results.query,
        "hits": [
            {
                "address": str(replace(hit.address, part=None)),
                "score": hit.score,
                "reading": hit.reading and hit.reading.kind.value,
                "part": hit.address.part or 0,
                "spans": [list(span) for span in hit.spans],
                "text": hit.text,
            }
            for hit in results.hits[:limit]
        ],
        "total": results.total,
    }


def comparisons(found: Sequence[tuple[Comparison, Sequence[Row]]]) -> Record:
    """The base, and every other document or passage beside it with the rows that are wanted."""
    return {
        "base": facts(found[0][0].base.facts),
        "others": [
            {
                "document": facts(comparison.other.facts),
                "rows": [_row(comparison, row) for row in rows],
                "moves": [
                    {"id": it.number, "left": str(it.left), "right": str(it.right)}
                    for it in comparison.moves
                ],
            }
            for comparison, rows in found
        ],
    }


def _row(comparison: Comparison, row: Row) -> Record:
    both = bool(row.left and row.right)
    return {
        "kind": row.kind,
        "left": list(map(str, row.left)),
        "right": list(map(str, row.right)),
        "moved": row.moved,
        "score": round(row.score, 4),
        "reasons": [{"kind": it.kind, "names": list(it.names)} for it in row.reasons],
        "redline": list(map(_redline, comparison.redlines(row))) if both else [],
    }


def _redline(redline: Redline) -> Record:
    return {
        "left": str(redline.left),
        "right": str(redline.right),
        "heading": list(map(list, redline.heading)),
        "runs": list(map(list, redline.runs)),
    }


def _reasons(reasons: Iterable[Reason]) -> list[Record]:
    spans: dict[tuple[str, Address], list[list[int]]] = {}
    for reason in reasons:
        spans.setdefault((reason.term, reason.address), []).append([reason.start, reason.end])
    return [
        {"term": term, "address": str(address), "spans": where}
        for (term, address), where in spans.items()
    ]


def _day(date: date | None) -> str | None:
    return date.isoformat() if date else None


def _name(name: Name) -> dict[str, str]:
    return {"ko": name.ko, "en": name.en}
