"""What was found in a text, compared with what the catalogue of meetings says."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from scmtui.language import N_, _, current
from scmtui.model import Name, Remark
from scmtui.readers.chairs import same

if TYPE_CHECKING:
    from scmtui.model import Document, Finding, Meeting


_LABELS = {
    "meeting": N_("Meeting"),
    "held": N_("Held"),
    "place": N_("Place"),
    "rok_minister": N_("ROK minister"),
    "us_secretary": N_("US secretary"),
}


def checked(document: Document, meeting: Meeting | None) -> Document:
    """The document with what was found in it compared with what the catalogue says of its meeting.

    Where they differ there is a doubt.
    """
    findings = tuple(replace(it, agrees=_agrees(it, meeting)) for it in document.findings)
    differing = tuple(doubt(it, meeting) for it in findings if meeting and it.agrees is False)
    doubts = tuple(it for it in document.doubts if it.kind != "catalogue")
    return replace(document, findings=findings, doubts=doubts + differing)


def doubt(found: Finding, meeting: Meeting) -> Remark:
    """What the catalogue says of a fact, against what the text says."""
    said = getattr(meeting, found.fact) if found.fact != "meeting" else meeting.number
    if isinstance(said, Name):
        said = said.in_language(current())
    told = _("{fact}: the catalogue of meetings says “{value}”, and the text says “{quote}”.")
    quote = " ".join((found.quote or found.value).split())
    told = told.format(fact=_(_LABELS[found.fact]), value=said, quote=quote)
    return Remark("catalogue", told, at=found.at)


def _agrees(found: Finding, meeting: Meeting | None) -> bool | None:
    if meeting is None:
        return None
    if found.fact == "meeting":
        return found.value == str(meeting.number)
    if found.fact == "held":
        return found.value == meeting.held.isoformat() if meeting.held else None
    if found.fact == "place":
        known = [it for it in (meeting.place.ko, meeting.place.en) if it]
        said = _letters(found.value)
        return any(said in _letters(it) or _letters(it) in said for it in known) if known else None
    if found.fact in {"rok_minister", "us_secretary"}:
        return same(found.value, getattr(meeting, found.fact))
    return None


def _letters(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).lower()
