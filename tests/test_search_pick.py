"""The matcher for short names."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scmtui.search import pick

NAMES = [
    "전작권 전환", "확장억제", "주한미군", "Go to line", "Compare documents", "문서 비교", "opcon",
    "scm52-communique.ko.txt", "제52차 공동성명.hwpx", "[/] 위험한 이름", "",
]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("ㅈㅈㄱ", "전작권 전환"),
        ("전작ㄱ", "전작권 전환"),
        ("wjswkr", "전작권 전환"),
        ("전환 전작", "전작권 전환"),
        ("ghkrwkd", "확장억제"),
        ("확장 억재", "확장억제"),
        ("go li", "Go to line"),
        ("compar", "Compare documents"),
        ("docs com", None),
        ("docu com", "Compare documents"),
        ("ㅐㅔ채ㅜ", "opcon"),
        ("비교", "문서 비교"),
        ("52 com", "scm52-communique.ko.txt"),
        ("hwpx", "제52차 공동성명.hwpx"),
        ("[/]", "[/] 위험한 이름"),
        ("위험", "[/] 위험한 이름"),
        ("없는것", None),
    ],
)
def test_the_first_name_that_fits(typed: str, name: str | None) -> None:
    found = pick(typed, NAMES)
    assert (NAMES[found[0].place] if found else None) == name


def test_spans_and_limit() -> None:
    found = pick("전환", ["전작권 전환", "전환"], limit=1)
    assert [(choice.place, choice.spans) for choice in found] == [(1, ((0, 2),))]
    assert pick("ㅈㅈㄱ", NAMES)[0].spans == ((0, 3),)


def test_nothing_typed_leaves_everything() -> None:
    assert [choice.place for choice in pick(" ", NAMES)] == list(range(len(NAMES)))
    assert len(pick("", NAMES, limit=2)) == 2
    assert pick("가", []) == []


@given(st.text(max_size=30))
def test_anything_may_be_typed(typed: str) -> None:
    for choice in pick(typed, NAMES):
        assert all(0 <= start < end <= len(NAMES[choice.place]) for start, end in choice.spans)


def test_a_thousand_names_are_instant() -> None:
    names = [f"{number}번째 회의 공동성명 초안 {number % 7}" for number in range(1000)]
    pick("첫 번", names)
    start = time.perf_counter()
    for typed in ("ㄱㄷ", "공동", "공동성", "rhdehd", "공동셩명"):
        pick(typed, names)
    assert (time.perf_counter() - start) / 5 < 0.5
