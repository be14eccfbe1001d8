"""Words for what a document is and when a meeting was held, in the language of the interface."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scmtui.language import _, current
from scmtui.model import Facts, Kind

if TYPE_CHECKING:
    from datetime import date


def day(date: date | None) -> str:
    """A date as it is written: 2020. 10. 14. or 14 October 2020."""
    if date is None:
        return _("unknown")
    if current() == "ko":
        return f"{date.year}. {date.month}. {date.day}."
    return f"{date.day} {date:%B} {date.year}"


def kind(facts: Facts) -> str:
    """What a document is; an unofficial one says that it is."""
    words = {
        Kind.COMMUNIQUE: _("Joint communiqué"),
        Kind.ARTICLE: _("Article about the meeting"),
        Kind.PRESS: _("Press release"),
        Kind.OTHER: _("Text"),
    }
    return f"{words[facts.kind]} · {_('official') if facts.official else _('not official')}"


def occasion(facts: Facts) -> list[str]:
    """What a document is; when and where its meeting was held; when it was published."""
    pieces = [kind(facts)]
    if facts.held:
        where = f", {facts.place}" if facts.place else ""
        pieces.append(f"{_('held')} {day(facts.held)}{where}")
    if facts.published:
        pieces.append(f"{_('published')} {day(facts.published)}")
    return pieces


def row_in_words(sort: str) -> str:
    """Of what sort an aligned row of two documents is."""
    return {
        "alike": _("alike"),
        "changed": _("changed"),
        "beside": _("in two languages"),
        "pair": _("pair"),
        "moved": _("moved"),
        "split": _("split"),
        "merged": _("merged"),
        "left": _("only left"),
        "right": _("only right"),
    }[sort]
