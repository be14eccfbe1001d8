from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scmtui.text import width
from scmtui.wrap import wrap

korean = st.text(st.sampled_from("가각힣한미 (),.「」‘’SCM12·\n"), max_size=80)


def lines(text: str, cells: int) -> list[str]:
    return [text[a:b] for a, b in wrap(text, cells)]


@given(korean, st.integers(2, 30))
def test_every_character_but_blanks_stands_on_a_line_in_order(text: str, cells: int) -> None:
    assert "".join("".join(lines(text, cells)).split()) == "".join(text.split())


@given(korean, st.integers(2, 30))
def test_no_line_is_wider_than_asked(text: str, cells: int) -> None:
    assert all(width(line) <= cells for line in lines(text, cells))


def test_lines_end_between_words() -> None:
    text = "양 장관은 한미동맹이 강력하다고 평가하였다."
    assert lines(text, 18) == ["양 장관은", "한미동맹이", "강력하다고", "평가하였다."]
    assert lines(text, 20) == ["양 장관은 한미동맹이", "강력하다고", "평가하였다."]


def test_a_detached_closer_goes_with_its_word() -> None:
    assert lines("가나다라 마바사 ) 를", 12) == ["가나다라", "마바사 ) 를"]


def test_a_detached_opener_goes_with_what_follows() -> None:
    assert lines("가나다라 ( 마바사", 11) == ["가나다라", "( 마바사"]


def test_a_word_longer_than_the_line_is_folded_off_its_marks() -> None:
    assert lines("한미연합군사령부", 6) == ["한미연", "합군사", "령부"]
    assert lines("가나다」라", 6) == ["가나", "다」라"]


@pytest.mark.parametrize(("text", "expected"), [("", [""]), ("가\n\n나", ["가", "", "나"])])
def test_line_breaks_and_empty_texts_keep_their_lines(text: str, expected: list[str]) -> None:
    assert lines(text, 10) == expected


def test_a_line_of_no_width_still_takes_one_wide_character() -> None:
    assert lines("가나", 0) == ["가", "나"]
