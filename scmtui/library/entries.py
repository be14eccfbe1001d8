"""How the facts of a document stand in its row, and come out of it."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any

from scmtui.model import Address, Facts, Kind, Provenance

if TYPE_CHECKING:
    from collections.abc import Sequence

_OF_FACTS = ("meeting", "kind", "language", "title", "held", "published", "place", "official",
             "paragraphs")  # fmt: skip
_OF_PROVENANCE = tuple(field.name for field in fields(Provenance))
COLUMNS = (*_OF_FACTS, *_OF_PROVENANCE)
"""The columns of the table, in the order of `values`."""


def values(known: Facts) -> list[object]:
    """The facts as they stand in a row."""
    provenance = known.provenance
    found = [getattr(known, name) for name in _OF_FACTS]
    found += [getattr(provenance, name) for name in _OF_PROVENANCE]
    return [
        value.isoformat()
        if isinstance(value, date)
        else value.value
        if isinstance(value, Kind)
        else value
        for value in found
    ]


def facts(id_: str, row: Sequence[Any]) -> Facts:
    """The facts in a row. Raises one of stored.DAMAGE when they are not as they were written."""
    named: dict[str, Any] = dict(zip(COLUMNS, row, strict=True))
    for day in ("held", "published", "added"):
        named[day] = named[day] and date.fromisoformat(named[day])
    provenance = Provenance(**{name: named.pop(name) for name in _OF_PROVENANCE})
    named |= {"kind": Kind(named["kind"]), "official": bool(named["official"])}
    Address.parse(id_)
    return Facts(id=id_, provenance=provenance, **named)
