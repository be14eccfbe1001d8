"""The same words of one meeting count once; where a word differs, both texts count."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from scmtui.model import Kind
from scmtui.phrases import fresh, history, terms, texts, themed, without_copies
from scmtui.phrases.copies import told
from scmtui.themes import taxonomy

if TYPE_CHECKING:
    from collections.abc import Callable

    from scmtui.model import Document

    Make = Callable[..., Document]

TEXT = "양 장관은 확장억제 공약을 재확인하였다."


def test_a_text_of_the_same_letters_is_a_copy_whatever_its_blanks_and_marks(make: Make) -> None:
    first = make(52, TEXT, "북한의 완전한 비핵화")
    again = make(
        52, "양 장관은 확장 억제 공약을 재확인하였다", "북한의 ‘완전한’ 비핵화", name="52-2"
    )
    kept, copies = without_copies([again, first])
    assert [it.id for it in kept] == ["52"]
    assert [(it.facts.id, it.of) for it in copies] == [("52-2", "52")]
    assert told(copies).endswith("52-2 (= 52).")
    assert told(()) == ""


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "53", "meeting": 53},
        {"id": "52-en", "language": "en"},
        {"id": "52-press", "kind": Kind.PRESS},
    ],
)
def test_another_meeting_language_or_kind_is_no_copy(
    make: Make, changes: dict[str, object]
) -> None:
    first = make(52, TEXT)
    other = replace(first, facts=replace(first.facts, **changes))  # type: ignore[arg-type]
    assert without_copies([first, other]) == ((first, other), ())


def test_one_other_word_makes_another_text(make: Make) -> None:
    first, other = make(52, TEXT), make(52, TEXT.replace("공약", "의지"), name="52-2")
    assert without_copies([first, other]) == ((first, other), ())
    assert [row.count for row in history("확장억제", texts([first, other])).rows] == [1, 1]


def test_texts_of_no_meeting_are_never_copies(make: Make) -> None:
    memos = make(None, TEXT, name="x-one"), make(None, TEXT, name="x-two")
    assert without_copies(memos) == (memos, ())


def test_the_official_one_counts_even_if_it_came_later(make: Make) -> None:
    first, official = make(52, TEXT, official=False), make(52, TEXT, name="52-2")
    found = history("확장억제", texts([first, official]))
    assert [row.facts.id for row in found.rows] == ["52-2"]
    assert [(it.facts.id, it.of) for it in found.copies] == [("52", "52-2")]


def test_a_copy_counts_when_it_alone_is_asked_for(make: Make) -> None:
    known = texts([make(52, TEXT), make(52, TEXT, name="52-2")])
    alone = history("확장억제", known, documents={"52-2"})
    assert [(row.facts.id, row.count) for row in alone.rows] == [("52-2", 1)]
    assert alone.copies == ()


def test_no_count_has_a_copy(make: Make) -> None:
    series = [
        make(51, "양 장관은 정례 훈련을 평가하였다."),
        make(51, "양 장관은 정례 훈련을 평가 하였다.", name="51-2"),
        make(52, TEXT),
        make(52, TEXT, name="52-2"),
    ]
    found = terms(["확장억제"], texts(series))
    assert [facts.id for facts in found.columns] == ["51", "52"]
    assert [cell.value for cell in found.rows[0].cells] == [0, 1]
    counted = themed(series, taxonomy()).themes()
    assert [facts.id for facts in counted.columns] == ["51", "52"]
    assert [it.facts.id for it in counted.copies] == ["51-2", "52-2"]
    changes = fresh(series[2], series)
    assert [facts.id for facts in changes.older] == ["51"]
    assert [it.facts.id for it in changes.copies] == ["51-2"]
