"""The course of a phrase through a series of meetings: first, last, dropped, reworded, returned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from scmtui.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scmtui.model import Facts

State = Literal["present", "inside", "near", "absent"]
"""What a document has: the phrase, only longer words that contain it, a near wording, or nothing
of these."""

_ORDER: tuple[State, ...] = ("present", "inside", "near", "absent")


class Change(NamedTuple):
    """Where the series changed: at this document, after that one, and what lies unknown between."""

    document: str
    meeting: int
    after: str
    missing: tuple[int, ...] = ()
    """Meetings between the two of which no official document is at hand."""
    was: State = "present"
    """What the document before has."""


class Summary(NamedTuple):
    """What became of a phrase in the official documents of one language, in order of meeting.

    A phrase is *dropped* where it is absent and stood in the document before, *reworded* where only
    a near wording is left (or comes back), *returned* where it stands again. Where it is only the
    inside of longer words it has neither gone nor come. What is not at hand proves nothing: it is
    `missing`.
    """

    language: str
    documents: tuple[str, ...] = ()
    """The official documents by which this was decided, one or more a meeting."""
    first: str | None = None
    last: str | None = None
    dropped: tuple[Change, ...] = ()
    reworded: tuple[Change, ...] = ()
    returned: tuple[Change, ...] = ()
    present: int = 0
    """In how many of these meetings the phrase is present."""
    meetings: int = 0
    """Of how many meetings an official document is at hand."""
    missing: tuple[int, ...] = ()
    """Meetings up to the last one known of which no official document is at hand."""
    without: tuple[str, ...] = ()
    """Of the documents, those that do not have it, or have only a near wording."""
    inside: tuple[str, ...] = ()
    """Those where it is only the inside of longer words."""


class _Step(NamedTuple):
    meeting: int
    document: str
    state: State


def summary(language: str, rows: Iterable[tuple[Facts, State]], held: Iterable[int]) -> Summary:
    """The course of a phrase in the official documents among these rows, of one language.

    `held` are the numbers of the meetings that are known to have been held.
    """
    decided, ids = _steps(
        [(facts, state) for facts, state in rows if facts.language == language and facts.official]
    )
    at_hand = {step.meeting for step in decided}
    missing = tuple(sorted({*held} - at_hand))
    changes = _changes(decided, missing)
    present = [step for step in decided if step.state == "present"]
    return Summary(
        language,
        ids,
        present[0].document if present else None,
        present[-1].document if present else None,
        dropped=tuple(changes["absent"]),
        reworded=tuple(changes["near"]),
        returned=tuple(changes["present"]),
        present=len(present),
        meetings=len(decided),
        missing=missing,
        without=tuple(step.document for step in decided if step.state in ("near", "absent")),
        inside=tuple(step.document for step in decided if step.state == "inside"),
    )


def _changes(decided: Iterable[_Step], missing: Iterable[int]) -> dict[State, list[Change]]:
    """Where the phrase was dropped, reworded or returned, by the state that it has from then on."""
    changes: dict[State, list[Change]] = {state: [] for state in _ORDER}
    seen = gone = False
    before: _Step | None = None
    for step in decided:
        if before and seen and before.state != step.state:
            between = tuple(it for it in missing if before.meeting < it < step.meeting)
            if step.state != "present" or gone:
                changes[step.state].append(
                    Change(step.document, step.meeting, before.document, between, before.state)
                )
        seen = seen or step.state == "present"
        gone = step.state in ("near", "absent") or (gone and step.state == "inside")
        before = step
    return changes


def _steps(rows: Sequence[tuple[Facts, State]]) -> tuple[list[_Step], tuple[str, ...]]:
    """One state a meeting, in order, and the documents that decided it.

    A communiqué decides; where none is at hand, other official texts do, but a press release only
    shows that a phrase is there, never that it is not.
    """
    by_meeting: dict[int, list[tuple[Facts, State]]] = {}
    for facts, state in rows:
        if facts.meeting is not None:
            by_meeting.setdefault(facts.meeting, []).append((facts, state))
    steps: list[_Step] = []
    ids: list[str] = []
    for meeting, those in sorted(by_meeting.items()):
        communiques = [row for row in those if row[0].kind is Kind.COMMUNIQUE]
        deciding = communiques or [
            row for row in those if row[0].kind is not Kind.PRESS or row[1] == "present"
        ]
        if deciding:
            facts, state = min(deciding, key=lambda row: _ORDER.index(row[1]))
            steps.append(_Step(meeting, facts.id, state))
            ids += [facts.id for facts, _ in deciding]
    return steps, tuple(ids)
