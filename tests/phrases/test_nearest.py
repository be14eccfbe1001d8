"""The closest wording in a document that does not have a phrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scmtui.phrases import Near, history, texts
from scmtui.phrases.nearest import chunks

if TYPE_CHECKING:
    from collections.abc import Callable

    from scmtui.model import Document

    Make = Callable[..., Document]


def near(make: Make, phrase: str, *paragraphs: str, language: str = "ko") -> Near | None:
    (row,) = history(phrase, texts([make(52, *paragraphs, language=language)])).rows
    assert row.state == ("near" if row.near else "absent")
    return row.near


@pytest.mark.parametrize(
    ("phrase", "text", "wording"),
    [
        ("북한의 완전한 비핵화", "한반도의 완전한 비핵화를 위해", "한반도의 완전한 비핵화"),
        ("북한의 완전한 비핵화", "우리는 북한의 비핵화를 바란다.", "북한의 비핵화"),
        ("현재의 전력 수준", "주한미군의 현 전력 수준을 유지한다.", "현 전력 수준"),
        ("현재의 전력 수준", "현재의 주한미군 전력 수준을 유지한다.", "현재의 주한미군 전력 수준"),
        ("확장억제", "미국의 확장억지 공약이다.", "확장억지"),
        ("확장억제", "확장된 억제 공약이다.", "확장된 억제"),
        ("확고한 연합방위태세", "‘굳건한 연합방위태세’를 유지한다.", "굳건한 연합방위태세"),
    ],
)
def test_the_closest_words_are_found_whole(
    make: Make, phrase: str, text: str, wording: str
) -> None:
    found = near(make, phrase, "다른 일을 논의하였다.", text)
    assert found
    assert found.text == wording
    assert str(found.address) == "52:2.1"
    assert found.whole == text
    assert text[found.start : found.end] == wording


def test_an_english_wording_is_near_too(make: Make) -> None:
    text = "They maintain the current level of forces."
    found = near(make, "current force level", text, language="en")
    assert found
    assert found.text == "current level"


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("현재의 전력 수준", "현재의 안보 상황과 전력 증강을 논의하였다."),
        ("북한의 완전한 비핵화", "북한의 도발을 규탄하였다."),
        ("비핵화", "핵무기를 없앤다."),
        ("정권의 종말", "정부의 출범을 축하하였다."),
        ("확장억제", "확장 사업을 논의하였다. 억제 방안도 있다."),
    ],
)
def test_what_shares_a_word_or_two_is_not_near(make: Make, phrase: str, text: str) -> None:
    assert near(make, phrase, text) is None


def test_the_closest_of_several_is_taken(make: Make) -> None:
    found = near(
        make,
        "북한의 완전한 비핵화",
        "북한의 비핵화를 논의하였다.",
        "북한의 완전하고 검증 가능한 비핵화를 논의하였다.",
        "이란의 완전한 비핵화를 논의하였다.",
    )
    assert found
    assert found.text == "이란의 완전한 비핵화"


def test_what_is_only_related_or_means_something_else_is_not_near(make: Make) -> None:
    assert near(make, "미래연합군사령부", "한미연합군사령부가 주관하였다.") is None
    longer = texts([make(52, "확장억제전략협의체가 열렸다.")])
    (row,) = history("확장억제", longer).rows
    assert (row.state, row.near) == ("inside", None)


def test_a_wording_reaches_over_neither_parts_nor_sentences(make: Make) -> None:
    assert near(make, "굳건한 연합방위태세 유지", "굳건한 연합\n방위태세 유지") is None
    found = near(make, "굳건한 연합방위태세 유지", "우리는 굳건한. 연합방위태세 유지는")
    assert found
    assert found.text == "연합방위태세 유지"


def test_the_pieces_of_a_phrase_are_pairs_of_syllables_without_particles() -> None:
    assert chunks("현재의 전력 수준을") == ["현재", "전력", "수준"]
    assert chunks("미래연합군사령부") == ["미래", "연합", "군사", "령부"]
    assert chunks("current force of the UN") == ["curren", "force"]
