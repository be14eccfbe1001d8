"""What is said of passages whose document was replaced after they were collected."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from scmtui.briefing.collected import from_tray, strays
from scmtui.briefing.layouts import LAYOUTS
from scmtui.briefing.replaced import Past
from scmtui.library.documents import Removed
from scmtui.library.trays import Item
from scmtui.model import Address
from scmtui.positions import position, position_of

if TYPE_CHECKING:
    from scmtui.model import Document
    from scmtui.positions import Position

MADE = "2025-03-01T10:00:00Z"
LATER, EARLIER = "2025-03-01 12:00:00", "2025-03-01 09:00:00"


def copy(of: Document, *, official: bool = True, word: str = "", added: str = "") -> Document:
    """Another copy of a document, that writes a word of its paragraph 2 otherwise."""
    first, second, *others = of.paragraphs
    parts = tuple(
        replace(it, text=it.text.replace("중추적인", word or "중추적인")) for it in second.parts
    )
    day = date.fromisoformat(added) if added else None
    provenance = replace(of.facts.provenance, sha256="0" * 64, added=day)
    facts = replace(of.facts, official=official, provenance=provenance)
    return replace(of, facts=facts, paragraphs=(first, replace(second, parts=parts), *others))


def told(at: Position, now: Document, past: Past) -> str:
    item = Item(1, "passage", at, None, "", MADE, lost=False)
    (entry,) = from_tray("모음", (item,), lambda _id: now, "ko", past).entries
    return entry.left[0].became


@pytest.fixture
def at(bundled: dict[str, Document]) -> Position:
    return position(bundled["52"], Address("52", 2))


def test_an_unofficial_copy_in_an_official_texts_place_is_told(
    bundled: dict[str, Document], at: Position
) -> None:
    now = copy(bundled["52"], official=False)
    past = Past([Removed(bundled["52"].facts, LATER)])
    assert told(at, now, past).startswith("Collected from an official document")
    item = Item(1, "pair", at, at, "", MADE, lost=False)
    briefing = from_tray("모음", (item,), lambda _id: now, "ko", past)
    assert len(list(strays(briefing))) == 2
    for layout in LAYOUTS.values():
        assert "what stands at 52:2 now is not" in str(list(layout(briefing)))


def test_the_official_text_that_comes_with_the_program_is_known_without_its_hour(
    bundled: dict[str, Document], at: Position
) -> None:
    past = Past([Removed(bundled["52"].facts, "")])
    for day, expected in (("2025-02-28", False), ("2025-03-01", True), ("2025-03-02", True)):
        now = copy(bundled["52"], official=False, added=day)
        assert bool(told(at, now, past)) is expected, day


def test_what_was_collected_from_the_copy_itself_is_left_alone(
    bundled: dict[str, Document],
) -> None:
    now = copy(bundled["52"], official=False, word="핵심적인", added="2025-03-01")
    past = Past([Removed(bundled["52"].facts, "")])
    assert not told(position(now, Address("52", 2)), now, past)


@pytest.mark.parametrize(
    ("word", "when", "expected"),
    [("중추 적인", LATER, True), ("", LATER, False), ("중추 적인", EARLIER, False)],
)
def test_other_words_of_a_later_copy_are_told(
    bundled: dict[str, Document], at: Position, word: str, when: str, *, expected: bool
) -> None:
    past = Past([Removed(bundled["52"].facts, when)])
    assert ("was replaced" in told(at, copy(bundled["52"], word=word), past)) is expected


def test_a_copy_added_days_later_is_told_when_the_one_before_is_forgotten(
    bundled: dict[str, Document], at: Position
) -> None:
    now = copy(bundled["52"], word="중추 적인", added="2025-03-09")
    assert "was replaced" in told(at, now, Past())


def test_a_selection_that_reads_the_same_needs_no_look(bundled: dict[str, Document]) -> None:
    selected = position_of(bundled["52"], Address("52", 3, 1), 0, 30)
    now = copy(bundled["52"], word="핵심적인", added="2025-03-09")
    assert not told(selected, now, Past())
