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
