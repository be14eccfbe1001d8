"""The catalogue of meetings states only what can be true together."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

ASSETS = Path(__file__).parents[1] / "assets"
KEYS = {"number", "held", "place", "rok_minister", "us_secretary", "mcm"}
NAMES = KEYS - {"number", "held", "mcm"}

MEETINGS: list[dict[str, Any]] = tomllib.loads((ASSETS / "meetings.toml").read_text("utf-8"))[
    "meeting"
]


def known(key: str) -> list[tuple[int, Any]]:
    """Number and value of the meetings for which `key` is known."""
    return [(meeting["number"], meeting[key]) for meeting in MEETINGS if key in meeting]


def test_every_meeting_so_far_has_its_entry() -> None:
    assert [meeting["number"] for meeting in MEETINGS] == list(range(1, 58))


@pytest.mark.parametrize("meeting", MEETINGS, ids=lambda meeting: str(meeting["number"]))
def test_values_are_of_their_kind(meeting: dict[str, Any]) -> None:
    assert set(meeting) <= KEYS
    assert type(meeting.get("mcm", 0)) is int
    held = meeting.get("held", date.min)
    assert isinstance(held, date)
    assert not isinstance(held, datetime)
    for key in NAMES & set(meeting):
        assert set(meeting[key]) <= {"ko", "en"}
        assert meeting[key], f"{key} says nothing"
        for value in meeting[key].values():
            assert value == value.strip() != ""


def test_dates_rise_by_less_than_two_years_from_one_meeting_to_the_next() -> None:
    for (number, held), (after, later) in pairwise(known("held")):
        assert 0 < (later - held).days < 700 * (after - number), after


def test_the_military_committee_rises_with_the_meetings() -> None:
    for (number, mcm), (after, later) in pairwise(known("mcm")):
        # It met once with every SCM, and now and then once more between two.
        assert after - number <= later - mcm <= after - number + 3, after
    assert {number - mcm for number, mcm in known("mcm") if number >= 46} == {7}


def test_seoul_and_washington_take_turns_since_the_34th() -> None:
    places = [(number, place["en"]) for number, place in known("place") if number >= 34]
    assert [place for _, place in places] == ["Washington, D.C.", "Seoul"] * 12
    assert [number for number, _ in places] == list(range(34, 58))


def test_a_place_and_a_person_have_one_name() -> None:
    for key in NAMES:
        english: dict[str, set[str]] = {}
        for _, name in known(key):
            if {"ko", "en"} <= set(name):
                english.setdefault(name["ko"], set()).add(name["en"])
        assert [names for names in english.values() if len(names) > 1] == []


@pytest.mark.parametrize("number", [52, 57])
def test_what_the_bundled_documents_say_is_in_the_catalogue(number: int) -> None:
    assert set(MEETINGS[number - 1]) == KEYS


def test_the_meetings_of_the_bundled_documents() -> None:
    assert MEETINGS[51] == {
        "number": 52,
        "held": date(2020, 10, 14),
        "place": {"ko": "워싱턴 D.C.", "en": "Washington, D.C."},
        "rok_minister": {"ko": "서욱", "en": "Suh Wook"},
        "us_secretary": {"ko": "마크 에스퍼", "en": "Mark T. Esper"},
        "mcm": 45,
    }
    assert MEETINGS[56]["held"] == date(2025, 11, 4)
    assert MEETINGS[56]["rok_minister"]["ko"] == "안규백"
    assert MEETINGS[56]["us_secretary"]["ko"] == "피트 헤그세스"
