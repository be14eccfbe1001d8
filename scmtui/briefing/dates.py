"""The days of documents: which one a document goes by, and how officials write it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scmtui.model import Kind

if TYPE_CHECKING:
    from datetime import date

    from scmtui.model import Facts


def dated(facts: Facts) -> date | None:
    """The day that a document goes by: a communiqué's is the meeting's, others' that of print."""
    both = facts.held, facts.published
    first, second = both if facts.kind is Kind.COMMUNIQUE else both[::-1]
    return first or second


def korean_day(day: date) -> str:
    """A date in the form of Korean officials: 2020. 10. 14."""
    return f"{day.year}. {day.month}. {day.day}."
