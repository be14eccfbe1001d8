"""Two words against one another: the stem, the particle, the ending or the number is marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scmtui.compare.inside import best_pairs, inside, kept
from scmtui.compare.words import key, plain, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scmtui.compare import Run

words = st.text(st.sampled_from('가나전작권을의하였다으며며한미·-‘’"()12a bed'), max_size=12)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        # particles
        ("전작권을", "전작권의", "전작권[-을-]{+의+}"),
        ("양국은", "양국이", "양국[-은-]{+이+}"),
        ("핵을", "핵의", "핵[-을-]{+의+}"),
        ("한반도", "한반도에서의", "한반도{+에서의+}"),
        # endings
        ("강화하기로", "강화해", "강화[-하기로-]{+해+}"),
        ("재확인하였다", "재확인하였으며", "재확인하였[-다-]{+으며+}"),
        ("가졌으며", "가졌다", "가졌[-으며-]{+다+}"),
        # stems before the same particle or ending
        ("검토하고", "점검하고", "[-검토-]{+점검+}하고"),
        ("평가하였다.", "재확인하였다.", "[-평가-]{+재확인+}하였다."),
        ("대한민국의", "한국의", "[-대한민국-]{+한국+}의"),
        ("표하였다", "표명하였다", "[-표-]{+표명+}하였다"),
        # compounds
        ("미래연합사로의", "연합사로의", "[-미래-]연합사로의"),
        ("한미동맹", "한미일동맹", "한미{+일+}동맹"),
        ("연합방위태세를", "연합방위체제를", "연합방위[-태세-]{+체제+}를"),
        # numbers are marked whole
        ("제52차", "제57차", "제[-52-]{+57+}차"),
        ("3.5%로", "3.7%로", "[-3.5-]{+3.7+}%로"),
        ("12,000명", "2,000명", "[-12,000-]{+2,000+}명"),
        # marks
        ("(SCM)가", "(MCM)은", "([-SCM-]{+MCM+})[-가-]{+은+}"),
        ("점검하고,", "점검하고", "점검하고[-,-]"),
        ("한·미", "한미일", "«한미»{+일+}"),
        ("한·미동맹을", "한미동맹의", "«한미동맹»[-을-]{+의+}"),
        # English
        ("reaffirmed", "reaffirm", "reaffirm[-ed-]"),
        ("strengthening", "strengthened", "strengthen[-ing-]{+ed+}"),
        ("Secretary's", "Minister's", "[-Secretary-]{+Minister+}'s"),
    ],
)
def test_what_differs_is_marked_and_no_more(
    left: str, right: str, expected: str, marked: Callable[[Iterable[Run]], str]
) -> None:
    assert marked(_runs(left, right)) == expected


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("국방비", "국방부"),
        ("대한민국", "한국"),
        ("에스퍼", "오스틴"),
        ("국을", "북을"),
        ("국가", "주가"),
        ("commitment", "community"),
        ("form", "from"),
        ("국방예산", "국방과학기술협력"),
    ],
)
def test_words_that_only_look_alike_are_left_whole(left: str, right: str) -> None:
    assert [(it.op, it.left or it.right) for it in inside(left, right)] == [
        ("-", left),
        ("+", right),
    ]
    assert kept(left, right) == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("한·미", "한미"),
        ("한‧미‧일", "한-미-일"),
        ("‘동맹’", "“동맹”"),
        ("「비전」", "'비전'"),
        ("코로나-19", "코로나19"),
        ("（FOC）", "(FOC)"),
    ],
)
def test_the_form_of_marks_makes_no_difference(one: str, other: str) -> None:
    assert key(one) == key(other)
    assert [it.op for it in inside(one, other)] == ["~"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("9·19", "919"),
        ("-3.5", "3.5"),
        ("SCM", "scm"),
        ("對美", "대미"),
        ("‘동맹", "동맹"),
        ("하였다.", "하였다"),
    ],
)
def test_digits_letters_and_a_mark_on_one_side_do(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_a_dash_alone_is_nothing() -> None:
    assert plain("국방비 — 전환점") == plain("국방비 전환점") == "국방비전환점"


def test_words_written_apart_count_as_one_where_the_other_text_joins_them() -> None:
    left, right = read("미래 연합사의 ( SCM ) 가 열렸다", "미래연합사의 (SCM)가 열렸다")
    assert left.keys == right.keys == ["미래연합사의", "(SCM)가", "열렸다"]
    assert left.between(range(2)) == "미래 연합사의 ( SCM ) 가"


def test_words_are_not_joined_across_many_others() -> None:
    together = "가나다라마바사아자차"
    left, right = read(" ".join(together), together)
    assert left.keys == list(together)
    assert right.keys == [together]


@given(words, words)
def test_no_character_is_lost_and_none_invented(left: str, right: str) -> None:
    found = inside(left, right)
    assert "".join(it.left for it in found) == left
    assert "".join(it.right for it in found) == right
    assert all(it.left == it.right for it in found if it.op == "=")
    assert all(plain(it.left) == plain(it.right) for it in found if it.op == "~")


@given(words, words)
def test_what_stays_is_a_share(left: str, right: str) -> None:
    assert 0 <= kept(left or "가", right or "가") <= 1


def test_words_of_very_many_pieces_are_left_whole() -> None:
    left, right = "a1" * 300, "1a" * 300
    assert [it.op for it in inside(left, right)] == ["-", "+"]


def test_the_pairs_worth_most_are_taken_in_order() -> None:
    worth = {("a", "x"): 1.0, ("b", "x"): 3.0, ("b", "y"): 1.0, ("c", "y"): 0.5}
    pairs = best_pairs("abc", "xy", lambda one, other: worth.get((one, other), 0.0))
    assert pairs == [(1, 0), (2, 1)]


def _runs(left: str, right: str) -> list[Run]:
    from scmtui.compare import Run

    return [Run(*stretch) for stretch in inside(left, right)]
