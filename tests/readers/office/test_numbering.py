"""Numbers in the styles of office programs."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scmtui.readers.numbering import STYLES, Counter, bullet, written

VALUES = {"m": 1000, "d": 500, "c": 100, "l": 50, "x": 10, "v": 5, "i": 1}


@pytest.mark.parametrize(
    ("style", "shown"),
    [
        ("decimal", "1 2 14 15 20 101"),
        ("decimalZero", "01 02 14 15 20 101"),
        ("decimalFullWidth", "１ ２ １４ １５ ２０ １０１"),
        ("decimalEnclosedCircle", "① ② ⑭ ⑮ ⑳ 101"),
        ("decimalEnclosedParen", "⑴ ⑵ ⒁ ⒂ ⒇ 101"),
        ("decimalEnclosedFullstop", "⒈ ⒉ ⒕ ⒖ ⒛ 101"),
        ("ordinal", "1st 2nd 14th 15th 20th 101st"),
        ("cardinalText", "One Two Fourteen Fifteen Twenty 101"),
        ("ordinalText", "First Second Fourteenth Fifteenth Twentieth 101st"),
        ("upperRoman", "I II XIV XV XX CI"),
        ("lowerLetter", "a b n o t wwww"),
        ("ganada", "가 나 하 거 버 더"),
        ("chosung", "ㄱ ㄴ ㅎ ㄱ ㅂ ㄷ"),
        ("circledGanada", "㉮ ㉯ ㉻ 15 20 101"),
        ("circledChosung", "㉠ ㉡ ㉭ 15 20 101"),
        ("koreanDigital", "일 이 일사 일오 이영 일영일"),
        ("koreanCounting", "일 이 십사 십오 이십 백일"),
        ("koreanLegal", "하나 둘 열넷 열다섯 스물 101"),
        ("chineseCounting", "一 二 十四 十五 二十 百一"),
        ("koreanDigital2", "一 二 一四 一五 二零 一零一"),
        ("ideographDigital", "一 二 一四 一五 二〇 一〇一"),
        ("ideographEnclosedCircle", "㊀ ㊁ 14 15 20 101"),
        ("ideographTraditional", "甲 乙 14 15 20 101"),
        ("ideographZodiac", "子 丑 14 15 20 101"),
        ("ideographZodiacTraditional", "甲子 乙丑 丁丑 戊寅 癸未 甲辰"),
        ("stems", "갑 을 14 15 20 101"),
        ("circledUpperLetter", "Ⓐ Ⓑ Ⓝ Ⓞ Ⓣ 101"),
        ("hex", "1 2 E F 14 65"),
        ("unheard of", "1 2 14 15 20 101"),
    ],
)
def test_styles_write_numbers(style: str, shown: str) -> None:
    numbers = (1, 2, 14, 15, 20, 101)
    assert " ".join(written(style, number) for number in numbers) == shown


def test_ganada_goes_on_through_the_vowels() -> None:
    assert [written("ganada", number) for number in (14, 15, 29, 43, 57, 71, 84, 85)] == list(
        "하거고구그기히가"
    )


def test_words_of_counting() -> None:
    assert written("cardinalText", 21) == "Twenty-one"
    assert written("ordinalText", 21) == "Twenty-first"
    assert written("ordinalText", 12) == "Twelfth"
    assert [written("ordinal", number) for number in (3, 11, 12, 13, 23, 112)] == [
        *("3rd", "11th", "12th", "13th", "23rd", "112th"),
    ]
    assert written("koreanCounting", 9999) == "구천구백구십구"
    assert written("koreanCounting", 10_000) == "10000"
    assert written("decimalEnclosedCircle", 50) == "㊿"
    assert written("numberInDash", 3) == "- 3 -"
    assert written("none", 3) == written("none", 0) == ""


@given(st.integers(1, 3999))
def test_roman_numbers_add_up(number: int) -> None:
    letters = [VALUES[letter] for letter in written("lowerRoman", number)]
    pairs = zip(letters, [*letters[1:], 0], strict=True)
    assert sum(-one if one < other else one for one, other in pairs) == number
    assert not re.search(r"(.)\1{3}", written("upperRoman", number))


@given(st.integers(1, 84))
def test_ganada_is_a_plain_syllable_of_its_own(number: int) -> None:
    shown = written("ganada", number)
    assert len(unicodedata.normalize("NFD", shown)) == 2
    assert shown not in {written("ganada", other) for other in range(1, number)}


@given(st.integers(1, 99))
def test_sequences_do_not_repeat_below_a_hundred(number: int) -> None:
    for style in (
        "koreanLegal",
        "koreanCounting",
        "chineseCounting",
        "cardinalText",
        "lowerLetter",
    ):
        assert written(style, number) != written(style, number + 1)


@given(st.sampled_from([*STYLES, "other"]), st.integers(-5, 10**7))
def test_every_style_writes_every_number(style: str, number: int) -> None:
    shown = written(style, number)
    assert shown == "" if style == "none" else shown.strip()
    assert len(shown) < 40


@given(st.text(max_size=2))
def test_a_bullet_is_always_seen(sign: str) -> None:
    assert bullet(sign) == sign or bullet(sign).isprintable()
    assert not re.search("[\ue000-\uf8ff]", bullet(sign))


def test_bullets_of_symbol_fonts() -> None:
    assert [bullet(sign) for sign in "\uf06c\uf0a7\uf0d8\uf0fc\uf0b7\ue123□ㅇ"] == list("●▪➢✓••□ㅇ")


@given(st.lists(st.integers(0, 3), max_size=40))
def test_numbers_of_a_level_go_up_by_one_until_a_level_above(levels: list[int]) -> None:
    counter = Counter([1, 1, 1, 1])
    last: dict[int, int] = {}
    for level in levels:
        numbers = counter.advance(level)
        last = {at: number for at, number in last.items() if at <= level}
        for upper in range(level):
            last.setdefault(upper, 1)
        last[level] = last.get(level, 0) + 1
        assert numbers[: level + 1] == [last[at] for at in range(level + 1)]


def test_a_list_begins_where_it_is_told() -> None:
    counter = Counter([5])
    assert counter.advance(0)[0] == 5
    counter.start(0, 2)
    assert counter.advance(0)[0] == 2
    assert counter.advance(1)[:2] == [2, 1]
