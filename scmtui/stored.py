"""A document as text to keep or to send: JSON that gives the same document again."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from scmtui.model import (
    Address,
    AddressError,
    Correction,
    Document,
    Facts,
    Finding,
    Kind,
    Paragraph,
    Part,
    Provenance,
    Remark,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

DAMAGE = (ValueError, LookupError, TypeError, AttributeError, AddressError, RecursionError)
"""What `loads` raises for a text that is not as `dumps` made it."""


def dumps(document: Document) -> str:
    """The document as it stands in a file: the same document, the same characters."""
    known = document.facts
    record = {
        "facts": {
            "id": known.id,
            "meeting": known.meeting,
            "kind": known.kind.value,
            "language": known.language,
            "title": known.title,
            "held": known.held and known.held.isoformat(),
            "published": known.published and known.published.isoformat(),
            "place": known.place,
            "official": known.official,
        },
        "provenance": _fields(known.provenance, "file", "format", "sha256", "origin", "rights"),
        "doubts": list(map(_remark, document.doubts)),
        "dropped": list(map(_remark, document.dropped)),
        **_layers(document),
        "paragraphs": [
            _fields(item, "number", "heading", "start", "end")
            | {"parts": [_fields(part, "start", "end", "text") for part in item.parts]}
            for item in document.paragraphs
        ],
        "source": document.source.split("\n"),
    }
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def _fields(thing: object, *names: str) -> dict[str, object]:
    return {name: getattr(thing, name) for name in names}


def _layers(document: Document) -> dict[str, object]:
    """What was found and what was corrected, where there is any."""
    found = [_fields(it, "fact", "value", "quote", "at", "agrees") for it in document.findings]
    corrected = [_fields(it, "kind", "at", "value") for it in document.corrections]
    layers = {"corrections": corrected, "findings": found}
    return {name: layer for name, layer in layers.items() if layer}


def _remark(remark: Remark) -> dict[str, object]:
    address = remark.address and str(remark.address)
    place = {} if remark.at is None else {"at": remark.at}
    return {"kind": remark.kind, "text": remark.text, "address": address, **place}


def loads(stored: str) -> Document:
    """The document that `dumps` wrote. Raises one of DAMAGE otherwise."""
    record = json.loads(stored)
    paragraphs = tuple(
        Paragraph(**(item | {"parts": tuple(Part(**part) for part in item["parts"])}))
        for item in record["paragraphs"]
    )
    known = record["facts"]
    for day in ("held", "published"):
        known[day] = known[day] and date.fromisoformat(known[day])
    known["kind"] = Kind(known["kind"])
    provenance = Provenance(**record["provenance"])
    return Document(
        Facts(**known, provenance=provenance, paragraphs=len(paragraphs)),
        paragraphs,
        "\n".join(record["source"]),
        _remarks(record["doubts"]),
        _remarks(record["dropped"]),
        # What an older program kept had neither.
        tuple(Correction(**it) for it in record.get("corrections", ())),
        tuple(Finding(**it) for it in record.get("findings", ())),
    )


def _remarks(records: Sequence[dict[str, Any]]) -> tuple[Remark, ...]:
    return tuple(
        Remark(
            it["kind"],
            it["text"],
            it["address"] and Address.parse(it["address"]),
            it.get("at"),
        )
        for it in records
    )
