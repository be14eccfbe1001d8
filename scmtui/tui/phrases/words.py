"""What the phrase screens say in a word or a line; whole sentences are `phrases.report`'s."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scmtui.language import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scmtui.phrases import Change, Row, Summary


def rule_name(rule: str) -> str:
    """What a rule is called in a word."""
    return {
        "blanks": _("blanks"),
        "dots": _("dots"),
        "quotes": _("quotes"),
        "case": _("case"),
        "hanja": _("Hanja"),
        "particles": _("particles"),
        "compounds": _("compounds"),
        "aliases": _("names"),
    }[rule]


def state_in_words(row: Row) -> str:
    """Whether a document has the phrase."""
    if row.state == "present":
        return f"{_('present')} ×{row.count}"
    if row.state == "inside":
        return _("inside words")
    if row.near:
        return f"{_('near')} {row.near.likeness:.2f}"
    return _("absent") if row.official else _("not found")


def language_in_words(language: str) -> str:
    """The name of a language."""
    return _("Korean") if language == "ko" else _("English")


def courses(summaries: Sequence[Summary]) -> str:
    """What became of a phrase, in the documents of its language first; others only count."""
    first, *others = summaries
    if not others:
        return course(first)
    counts = (f"{language_in_words(it.language)} {it.present}/{it.meetings}" for it in others)
    return " · ".join([f"{language_in_words(first.language)}: {course(first)}", *counts])


def course(summary: Summary) -> str:
    """What became of a phrase in official documents, in one line."""
    if not summary.meetings:
        return _("no official document is at hand")
    if not summary.present and not summary.inside:
        none = ngettext(
            "not in the only official document",
            "in none of {count} official documents",
            summary.meetings,
        )
        return none.format(count=summary.meetings)
    count = ngettext(
        "in {present} of {count} official document",
        "in {present} of {count} official documents",
        summary.meetings,
    ).format(present=summary.present, count=summary.meetings)
    events: list[tuple[str, Sequence[str]]] = [
        (_("first {documents}"), [summary.first] if summary.first else []),
        (_("last {documents}"), [summary.last] if summary.last else []),
        (_("reworded {documents}"), _at(summary.reworded)),
        (_("dropped {documents}"), _at(summary.dropped)),
        (_("returned {documents}"), _at(summary.returned)),
        (_("only inside words {documents}"), summary.inside),
        (_("not in {documents}"), summary.without),
    ]
    said = [what.format(documents=", ".join(ids)) for what, ids in events if ids]
    return " · ".join([count, *said])


def _at(changes: Iterable[Change]) -> list[str]:
    return [change.document for change in changes]
