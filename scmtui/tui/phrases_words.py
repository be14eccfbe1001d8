"""What became of a phrase, in sentences that could stand in a briefing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scmtui.language import _, ngettext
from scmtui.phrases.rules import ORDER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from scmtui.model import Facts
    from scmtui.phrases import Change, History, Row, Summary


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
    if row.near:
        return f"{_('near')} {row.near.likeness:.2f}"
    return _("absent")


def language_in_words(language: str) -> str:
    """The name of a language."""
    return _("Korean") if language == "ko" else _("English")


def ranges(numbers: Iterable[int]) -> str:
    """Numbers in order, those in a row as one: 1–51, 53–57."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and runs[-1][-1] == number - 1:
            runs[-1] = [runs[-1][0], number]
        else:
            runs.append([number])
    return ", ".join("–".join(map(str, run)) for run in runs)


def course(summary: Summary) -> str:
    """What became of a phrase in official documents, in one line."""
    if not summary.meetings:
        return _("no official document is at hand")
    if not summary.present:
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
    events = [
        (_("first {documents}"), [summary.first] if summary.first else []),
        (_("last {documents}"), [summary.last] if summary.last else []),
        (_("reworded {documents}"), _at(summary.reworded)),
        (_("dropped {documents}"), _at(summary.dropped)),
        (_("returned {documents}"), _at(summary.returned)),
    ]
    said = [what.format(documents=", ".join(ids)) for what, ids in events if ids]
    return " · ".join([count, *said])


def _at(changes: Iterable[Change]) -> list[str]:
    return [change.document for change in changes]


def statement(history: History) -> Iterator[str]:
    """What was found, what was searched, and by which rules."""
    for summary in history.summaries:
        yield from _told(history, summary)
    yield from _near(history)
    yield from search_made(history)


def _told(history: History, summary: Summary) -> Iterator[str]:
    values = {"phrase": history.phrase, "language": language_in_words(summary.language)}
    if not summary.meetings:
        yield _("No official document in {language} is at hand.").format(**values)
        return
    if not summary.present:
        yield _("“{phrase}” stands in none of the official documents in {language}: {ids}").format(
            ids=", ".join(summary.documents), **values
        )
    else:
        yield _("“{phrase}” in official documents, {language}: {course}").format(
            course=course(summary), **values
        )
    for change in (*summary.dropped, *summary.reworded, *summary.returned):
        if change.missing:
            yield _("Between {after} and {document}, no document is at hand: {missing}").format(
                after=change.after, document=change.document, missing=ranges(change.missing)
            )
    if summary.missing:
        yield _("Meetings without an official document here: {missing}").format(
            missing=ranges(summary.missing)
        )


def _near(history: History) -> Iterator[str]:
    near = [f"{row.facts.id} ({row.near.likeness:.2f})" for row in history.rows if row.near]
    if near:
        yield _("Near wordings stand in: {ids}").format(ids=", ".join(near))


def search_made(history: History) -> Iterator[str]:
    """Where it was searched, under which names and by which rules."""
    yield _("Searched: {ids}").format(ids=_ids(history.searched))
    if history.not_searched:
        said = _("Not searched, since the phrase has no name in their language: {ids}")
        yield said.format(ids=_ids(history.not_searched))
    if history.names:
        yield _("Also as: {names}").format(names=", ".join(history.names))
    if history.related_names:
        said = _("Looked for apart, as related names: {names}")
        yield said.format(names=", ".join(history.related_names))
    yield from rules_in_words(history.rules)


def rules_in_words(on: AbstractSet[str]) -> Iterator[str]:
    """Which rules are on and which are off."""
    named = [rule_name(rule) for rule in ORDER if rule in on]
    off = [rule_name(rule) for rule in ORDER if rule not in on]
    if named:
        yield _("What makes no difference: {rules}").format(rules=", ".join(named))
    if off:
        yield _("What makes a difference: {rules}").format(rules=", ".join(off))


def _ids(documents: Iterable[Facts]) -> str:
    unofficial = f" ({_('not official')})"
    return ", ".join(facts.id + ("" if facts.official else unofficial) for facts in documents)
