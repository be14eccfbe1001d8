"""Redlines: nothing is lost, little is marked, and what has moved is said to have moved."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scmtui.compare import Run, redline
from scmtui.compare.redline import Mark
from scmtui.compare.redline import marked as redline_with
from scmtui.compare.words import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scmtui.model import Document

    Marked = Callable[[Iterable[Run]], str]

WORDS = (
    *(
        "양",
        "장관은",
        "양측은",
        "전작권",
        "전작권을",
        "전작권의",
        "전환",
        "전환을",
        "한·미",
        "한미",
    ),
    *("동맹", "동맹을", "하였다.", "하였으며,", "제52차", "제57차", "(", "SCM", ")", "(SCM)가"),
    *("‘9·19", "'9·19", "—", "-", "·", "확장억제", "확장", "억제", "2020년", "2025년"),
    *("the", "commitment", "commitments", "reaffirm", "reaffirmed"),
)
GAPS = (" ", " ", " ", "  ", "\n", "", " \t")
texts = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(GAPS)), max_size=40).map(
    lambda pieces: "".join(word + gap for word, gap in pieces)
)
LONG = 10_000
ALPHABETS = (
    "가나다",
    "a1 ",
    "가 ",
    "-· ",
    "‘’\"' ",
    "1.,",
    "가a1. ",
    "한미·동맹 을는하였다 ",
    "\n ",
)


def left_of(runs: Iterable[Run]) -> str:
    return "".join(run.left for run in runs)


def right_of(runs: Iterable[Run]) -> str:
    return "".join(run.right for run in runs)


@given(texts, texts)
@example("가 가 가 ", "가 가가 ")
@example("", " ")
@example("A. B", "A. B C. B")
def test_both_texts_are_given_back_and_every_sign_means_what_it_says(left: str, right: str) -> None:
    runs = redline(left, right)
    assert (left_of(runs), right_of(runs)) == (left, right)
    for run in runs:
        assert (bool(run.left), bool(run.right)) in {
            "=": {(True, True)},
            "~": {(True, True), (True, False), (False, True)},
            "-": {(True, False)},
            "<": {(True, False)},
            "+": {(False, True)},
            ">": {(False, True)},
        }[run.op]
        assert run.op != "=" or run.left == run.right
        assert run.op != "~" or (run.left != run.right and plain(run.left) == plain(run.right))
        assert run.op not in "=~" or run.move is None


@given(texts, texts)
def test_what_has_moved_is_the_same_at_both_ends(left: str, right: str) -> None:
    runs = redline(left, right)
    for move in {run.move for run in runs} - {None}:
        gone = "".join(run.left for run in runs if run.move == move and run.op == "<")
        new = "".join(run.right for run in runs if run.move == move and run.op == ">")
        assert plain(gone) == plain(new) != ""


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_strings_are_given_back(left: str, right: str) -> None:
    runs = redline(left, right)
    assert (left_of(runs), right_of(runs)) == (left, right)


@given(texts)
def test_a_text_beside_itself_shows_no_change(text: str) -> None:
    assert redline(text, text) == ((Run("=", text, text),) if text else ())


@given(st.lists(st.sampled_from([it for it in WORDS if it[0].isalpha()]), max_size=20), st.data())
def test_blanks_alone_are_no_change(words: list[str], data: st.DataObject) -> None:
    left, right = (
        "".join(word + data.draw(st.sampled_from(GAPS)) for word in words) for _ in range(2)
    )
    assert {run.op for run in redline(left, right)} <= {"=", "~"}


@given(texts, texts, st.data())
def test_what_is_known_to_have_moved_is_woven_in(
    left: str, right: str, data: st.DataObject
) -> None:
    first, last = (data.draw(st.integers(0, len(text))) for text in (left, right))
    gone, new = Mark(first, len(left), "<", 7), Mark(0, last, ">", 8)
    runs = redline_with(left, right, (gone,), (new,), first=20)
    assert (left_of(runs), right_of(runs)) == (left, right)
    assert {run.move for run in runs if run.op == "<" and (run.move or 0) < 20} <= {7}
    assert {run.move for run in runs if run.op == ">" and (run.move or 0) < 20} <= {8}


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (
            "양 장관은 전작권을 검토했다.",
            "양 장관은 전작권의 검토했다.",
            "양 장관은 전작권[-을-]{+의+} 검토했다.",
        ),
        (
            "제52차는 2020년 10월 14일 서울에서",
            "제57차는 2025년 10월 4일 부산에서",
            "제[-52-]{+57+}차는 [-2020-]{+2025+}년 10월 [-14-]{+4+}일 [-서울-]{+부산+}에서",
        ),
        # blanks, middle dots and quotes are not marked
        ("확장억제 공약", "확장 억제 공약", "«확장 억제» 공약"),
        ("한·미 동맹", "한미 동맹", "«한미» 동맹"),
        ("‘9·19 군사합의'의 이행", "“9·19 군사합의”의 이행", "«“9·19» «군사합의”의» 이행"),
        ("( SCM ) 가 열렸다", "(SCM)가 열렸다", "«(SCM)가» 열렸다"),
        ("첫째다.  둘째다.", "첫째다.\n둘째다.", "첫째다.«\n»둘째다."),
        # one word for two, with another particle
        ("전작권전환을 추진", "전작권 전환의 추진", "«전작권 전환»[-을-]{+의+} 추진"),
        # what is gone or new takes a blank with it
        ("동맹을 강화", "강화", "[-동맹을 -]강화"),
        ("동맹을 함께 강화", "동맹을 강화", "동맹을[- 함께-] 강화"),
        ("동맹을 강화", "동맹을 강화 하였다", "동맹을 강화{+ 하였다+}"),
        # a comma does not keep words apart
        (
            "환경을 점검하고, 논의하였다.",
            "환경을 점검하고 논의하였다.",
            "환경을 점검하고[-,-] 논의하였다.",
        ),
        # neighbours that both changed are one change
        (
            "현재의 국방 예산을 줄였다",
            "현재의 방위 비용을 줄였다",
            "현재의 [-국방 예산을-]{+방위 비용을+} 줄였다",
        ),
        (
            "The two reaffirmed the commitment to defend the ROK.",
            "The two reaffirm the commitments to defend Korea.",
            "The two reaffirm[-ed-] the commitment{+s+} to defend [-the ROK.-]{+Korea.+}",
        ),
    ],
)
def test_only_what_changed_is_marked(left: str, right: str, expected: str, marked: Marked) -> None:
    assert marked(redline(left, right)) == expected


def test_a_sentence_put_in_is_marked_as_a_sentence(marked: Marked) -> None:
    old = "양 장관은 회의를 열었다. 양 장관은 유엔사를 평가하였다."
    new = "양 장관은 회의를 열었다. 양 장관은 훈련을 점검하였다. 양 장관은 유엔사를 평가하였다."
    assert "열었다.[- 양 장관은 훈련을 점검하였다.-] 양 장관은" in marked(redline(new, old))
    assert "열었다.{+ 양 장관은 훈련을 점검하였다.+} 양 장관은" in marked(redline(old, new))


def test_words_that_stay_by_chance_are_not_torn_out(marked: Marked) -> None:
    left = (
        "사이버 위협의 동향을 널리 살피고 그 결과를 양국의 정책에 반영하여 영역별 절차를 세우며 "
        "이를 관계 기관이 함께 쓰는 체계로 넓혀 갈 필요가 크다는 데 공감하였다"
    )
    right = (
        "연합훈련에 쓰일 시설과 공역을 늘리고 부대 이전에 드는 예산과 인력을 제때 마련하는 한편 "
        "이를 해마다 실무협의에서 점검한 뒤 장관에게 보고하도록 세부 일정을 짜기로 합의했다"
    )
    assert marked(redline(left, right)) == f"[-{left}-]{{+{right}+}}"


def test_a_telling_word_stays_between_large_changes(marked: Marked) -> None:
    left = "새롭게 대두되는 위협에 대응하기 위해 우주상황인식 체계를 발전시켜 나가기로 하였으며"
    right = "동맹의 역량을 넓혀 나가고자 올해부터 우주상황인식 분야에서 여러 연습을 확대한다"
    assert "] 우주상황인식 [" in marked(redline(left, right)).replace("}", "]")


def test_sentences_that_changed_places_have_moved(marked: Marked) -> None:
    first = "양 장관은 우주 전문인력을 양성할 기회를 모색하기로 하였다."
    second = "양측은 사이버사령부 간 교류의 필요성에 공감하고 정책을 공유하기로 하였다."
    assert marked(redline(f"{first} {second}", f"{second} {first}")) == (
        f"[<{first} <]{second}{{> {first}>}}"
    )


def test_a_sentence_that_moved_and_changed_says_both() -> None:
    first = "양 장관은 2020년에 우주 전문인력을 양성할 기회를 함께 모색하기로 하였다."
    changed = first.replace("2020년에", "2025년에")
    second = "양측은 사이버사령부 간 교류의 필요성에 공감하고 정책을 공유하며 연습을 넓히기로 했다."
    runs = redline(f"{first} {second}", f"{second} {changed}")
    assert {run.op for run in runs if run.move == 1} == {"<", "-", ">", "+"}
    assert [run.left.strip() for run in runs if run.move == 1 and run.op == "-"] == ["2020년에"]
    assert [run.right.strip() for run in runs if run.move == 1 and run.op == "+"] == ["2025년에"]


def test_clauses_that_changed_places_have_moved() -> None:
    runs = redline(
        "양측은 우주 역량을 강화하고, 사이버 협력을 확대하기로 하였다.",
        "양측은 사이버 협력을 확대하고, 우주 역량을 강화하기로 하였다.",
    )
    (gone,) = (run for run in runs if run.op == "<")
    (new,) = (run for run in runs if run.op == ">")
    assert gone.left.strip() == new.right.strip() == "사이버 협력을"
    assert gone.move == new.move == 1


def test_two_moves_have_two_numbers() -> None:
    one = "양 장관은 연합연습을 확대하기로 결정하였다."
    two = "한국은 방위비 분담의 중요성을 강조하였다."
    stays = (
        "양측은 확장억제 공약을 재확인하고 핵협의그룹의 활동을 평가하며 이행을 점검하기로 하였다."
    )
    runs = redline(f"{one} {two} {stays}", f"{stays} {two} {one}")
    moves = {run.move: run.left.strip() for run in runs if run.op == "<"}
    assert moves == {1: one, 2: two}
    assert [run.move for run in runs if run.op == ">"] == [2, 1]


def test_a_formula_that_ends_every_sentence_has_not_moved() -> None:
    end = "지속해 나가기로 하였다."
    left = f"회의를 {end} 훈련을 {end} 예산을 줄였다."
    right = f"예산을 줄였다. 부지를 {end} 인력을 {end}"
    assert {run.move for run in redline(left, right)} == {None}


@pytest.mark.parametrize("alphabet", ALPHABETS)
def test_long_paragraphs_of_anything_do_not_hang(alphabet: str) -> None:
    chance = random.Random(alphabet)
    left, right = ("".join(chance.choices(alphabet, k=LONG)) for _ in range(2))
    start = time.process_time()
    runs = redline(left, right)
    assert time.process_time() - start < 5
    assert (left_of(runs), right_of(runs)) == (left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("a1" * 5000, "1a" * 5000),
        ("을" * LONG, "나" + "을" * LONG),
        (" ".join(f"가{n}" for n in range(2000)), " ".join(f"가{n}" for n in range(2000, 0, -1))),
        ("가 " * 5000, " ".join("가" * n for n in range(1, 140))),
        ("A. " * 3000, "A. B. " * 1600),
    ],
)
def test_long_paragraphs_made_to_hang_do_not(left: str, right: str) -> None:
    start = time.process_time()
    redline(left, right)
    assert time.process_time() - start < 5


def test_time_grows_with_the_text_and_not_with_its_square(bundled: dict[str, Document]) -> None:
    texts = [part.text for it in bundled["52"].paragraphs for part in it.parts]
    short, long = " ".join(texts[:4]), " ".join(texts * 2)[: 8 * len(" ".join(texts[:4]))]

    def cost(text: str) -> float:
        changed = text.replace("양 장관은", "양국 장관은").replace("하였다", "했다")
        times = []
        for _ in range(3):
            start = time.process_time()
            redline(text, changed)
            times.append(time.process_time() - start)
        return min(times)

    cost(short)
    assert cost(long) < 4 * len(long) / len(short) * cost(short)
