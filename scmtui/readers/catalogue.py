"""What was found in a text, compared with what the catalogue of meetings says."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from scmtui.language import _
from scmtui.model import Remark
from scmtui.readers.chairs import same

if TYPE_CHECKING:
    from scmtui.model import Document, Finding, Meeting


def checked(document: Document, meeting: Meeting | None) -> Document:
    """The document with what was found in it compared with what the catalogue says of its meeting.

    Where they differ there is a doubt.
    """
    findings = tuple(replace(it, agrees=_agrees(it, meeting)) for it in document.findings)
    differing = tuple(
        Remark(
            "catalogue",
            _("The catalogue of meetings says otherwise: “{quote}”").format(quote=it.quote),
            at=it.at,
        )
        for it in findings
        if it.agrees is False
    )
    doubts = tuple(it for it in document.doubts if it.kind != "catalogue")
    return replace(document, findings=findings, doubts=doubts + differing)


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
