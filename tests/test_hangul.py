"""Hangul by arithmetic."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scmtui import hangul

SYLLABLES = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3))
JAMO = st.text(st.characters(min_codepoint=0x3131, max_codepoint=0x3163))


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("ㅓ", "j"),
        ("허", "gj"),
        ("ㅒ", "O"),
        ("ㅖ", "P"),
        ("ㄲㄸㅃㅆㅉ", "REQTW"),
        ("전작권", "wjswkrrnjs"),
        ("값없이 꿻", "rkqtdjqtdl Rnpfq"),
        ("\u1100", "r"),
        ("ㅘㄳ", "hkrt"),
        ("52:12, abc", "52:12, abc"),
        ("", ""),
    ],
)
def test_keys_that_type_a_text(text: str, keys: str) -> None:
    assert hangul.keys(text) == keys


@given(SYLLABLES | JAMO)
def test_keys_are_letters_and_only_seven_need_shift(text: str) -> None:
    typed = hangul.keys(text)
    assert typed.isascii()
    assert {key for key in typed if key.isupper()} <= set("QWERTOP")
    assert len(typed) == len(hangul.letters(text))


@given(SYLLABLES)
def test_typing_the_keys_gives_the_text_back(text: str) -> None:
    assert hangul.typed(hangul.keys(text)) == text


@given(st.text())
def test_nfd_is_the_same_as_nfc(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    apart = unicodedata.normalize("NFD", text)
    assert hangul.keys(apart) == hangul.keys(composed)
    assert hangul.letters(apart) == hangul.letters(composed)
    assert hangul.initials(apart) == hangul.initials(composed)


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("w", "ㅈ"),
        ("WJSWKRRNJS", "쩐짞꿘"),
        ("SKSMS", "나는"),
        ("gksrnr", "한국"),
        ("rkqtdl", "값이"),
        ("rkqtl", "갑시"),
        ("hk", "ㅘ"),
        ("rt", "ㄱㅅ"),
        ("dlTek 3", "있다 3"),
    ],
)
def test_typed_composes_as_an_input_method_does(keys: str, text: str) -> None:
    assert hangul.typed(keys) == text


@given(st.text(st.sampled_from("qwertyuiopasdfghjklzxcvbnmQWERTOP 1")))
def test_what_is_typed_is_typed_by_these_keys(keys: str) -> None:
    assert hangul.keys(hangul.typed(keys)) == keys


@given(st.tuples(SYLLABLES, st.integers(min_value=0)))
def test_a_half_typed_word_is_a_prefix_of_its_letters(case: tuple[str, int]) -> None:
    word, strokes = case
    keys = hangul.keys(word)
    half = hangul.typed(keys[: strokes % (len(keys) + 1)])
    assert hangul.letters(word).startswith(hangul.letters(half))


def test_letters_and_initials() -> None:
    assert hangul.letters("권 괜찮다A") == "ㄱㅜㅓㄴ ㄱㅗㅐㄴㅊㅏㄴㅎㄷㅏA"
    assert hangul.initials("전작권 FOC 까치") == "ㅈㅈㄱ FOC ㄲㅊ"


@pytest.mark.parametrize(
    ("word", "nouns"),
    [
        ("전작권을", ["전작권"]),
        ("한반도에서의", ["한반도에서", "한반도", "한반"]),
        ("동맹으로부터", ["동맹으로", "동맹으", "동맹"]),
        ("연합사에게도", ["연합사에게", "연합사"]),
        ("강화하기로", ["강화하기", "강화"]),
        ("개최되었다", ["개최"]),
        ("비핵화을", ["비핵화"]),
        ("사과", []),
        ("SCM은", []),
        ("", []),
    ],
)
def test_what_is_left_without_particles_and_endings(word: str, nouns: list[str]) -> None:
    assert hangul.nouns(word) == nouns


@pytest.mark.parametrize(
    ("noun", "particle", "suits"),
    [
        ("전작권", "을", True),
        ("전작권", "를", False),
        ("비핵화", "으로", False),
        ("비핵화", "로부터", True),
        ("서울", "로", True),
        ("동맹", "들이", True),
        ("국방비", "에서는", True),
        ("유엔", "가", False),
    ],
)
def test_a_particle_suits_the_syllable_before_it(noun: str, particle: str, suits: bool) -> None:
    assert hangul.suits(noun, particle) is suits


def test_words_that_may_end_in_a_particle() -> None:
    assert all(map(hangul.has_particle, ("점에서", "주권을", "회의가", "핵의")))
    assert not any(map(hangul.has_particle, ("중요성", "군사력", "을", "")))
