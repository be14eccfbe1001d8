"""A comparison as a whole: its redlines, what has moved between rows, its counts, its themes."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from scmtui.compare import Comparison, beside, compare
from scmtui.model import Address, Kind, NotFoundError
from tests.bench.copies import Copier

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scmtui.compare import Row, Run
    from scmtui.model import Document
    from scmtui.themes import Taxonomy

    Write = Callable[..., Document]

SPACE = "양 장관은 우주 전문인력을 양성할 기회를 모색하기로 하였다."
CYBER = "양측은 사이버사령부 간 교류의 필요성에 공감하였다."
BASES = "양 장관은 용산 기지 반환의 신속한 추진이 양국의 이익에 부합한다는 것을 재확인하였다."
COSTS = "에스퍼 장관은 방위비 분담의 중요성을 강조하면서 특별협정의 조속한 타결을 희망하였다."
EXERCISES = "국방부는 사격장을 새로 지었다. 지휘소훈련과 야외기동훈련이 봄과 가을에 열렸다."
DETERRENCE = "양측은 확장억제 공약을 재확인하고 핵협의그룹의 활동을 평가하기로 하였다."


def at(text: str) -> Address:
    return Address.parse(text)


def left_of(runs: Iterable[Run]) -> str:
    return "".join(run.left for run in runs)


def right_of(runs: Iterable[Run]) -> str:
    return "".join(run.right for run in runs)


@pytest.fixture
def copied(bundled: dict[str, Document], taxonomy: Taxonomy) -> Comparison:
    """The 52nd beside a changed copy that has rows of every kind, and sentences that moved."""
    other, _ = Copier(bundled["52"], random.Random(16)).copy()
    return compare(bundled["52"], other, taxonomy)


@pytest.fixture
def travelled(write: Write, taxonomy: Taxonomy) -> Comparison:
    """The second document has a sentence of 1 in 3, and one of 4, which is gone, in 2."""
    old = write((f"{BASES} {SPACE}", COSTS, DETERRENCE, f"{EXERCISES} {CYBER}"), "52")
    new = write((BASES, f"{COSTS} {CYBER}", f"{DETERRENCE} {SPACE.replace('기회', '길')}"), "53")
    return compare(old, new, taxonomy)


def row_of(comparison: Comparison, address: str) -> Row:
    return next(row for row in comparison.rows if at(address) in row.left + row.right)


def test_the_copy_has_every_kind_of_row(copied: Comparison) -> None:
    assert {row.kind for row in copied.rows} >= {"pair", "moved", "split", "merged", "left"}
    assert copied.moves


def test_redlines_give_back_both_texts_of_every_row(
    copied: Comparison, bundled: dict[str, Document], taxonomy: Taxonomy
) -> None:
    for comparison in (copied, compare(bundled["52"], bundled["57-article"], taxonomy)):
        for row in comparison.rows:
            runs = comparison.runs(row)
            assert (left_of(runs), right_of(runs)) == comparison.texts(row)


def test_there_is_a_redline_for_each_pair_of_paragraphs(
    copied: Comparison, bundled: dict[str, Document]
) -> None:
    for row in copied.rows:
        found = copied.redlines(row)
        assert [(it.left, it.right) for it in found] == [
            (left, right) for left in row.left for right in row.right
        ]
        for it in found:
            for document, address, text in (
                (copied.base, it.left, left_of(it.runs)),
                (copied.other, it.right, right_of(it.runs)),
            ):
                paragraph = document.paragraph(address.paragraph or 0)
                assert paragraph
                assert text == "\n".join(part.text for part in paragraph.parts)


def test_headings_stand_in_the_text_of_a_row_and_apart_in_redlines(
    bundled: dict[str, Document], taxonomy: Taxonomy
) -> None:
    comparison = compare(bundled["52"], bundled["57-article"], taxonomy)
    row = row_of(comparison, "57-article:2")
    heading = "전작권 전환 추진 — ‘자주국방’으로 향하는 실질적 로드맵"
    assert comparison.texts(row)[1].startswith(f"{heading}\n이번 공동성명은")
    redlines = comparison.redlines(row)
    assert [right_of(it.heading) for it in redlines] == [heading, heading]
    assert [left_of(it.heading) for it in redlines] == ["", ""]


def test_a_sentence_that_moved_names_its_other_end(travelled: Comparison) -> None:
    assert {(str(it.left), str(it.right)) for it in travelled.moves} == {
        ("52:1.1.2", "53:3.1.2"),
        ("52:4.1.3", "53:2.1.2"),
    }
    assert [it.number for it in travelled.moves] == [1, 2]


def test_both_ends_of_a_move_bear_its_number(travelled: Comparison) -> None:
    (move,) = (it for it in travelled.moves if it.left == at("52:1.1.2"))
    gone = travelled.runs(row_of(travelled, "52:1"))
    new = travelled.runs(row_of(travelled, "53:3"))
    assert "".join(run.left for run in gone if run.move == move.number).strip() == SPACE
    assert right_of(run for run in new if run.move == move.number).strip() == SPACE.replace(
        "기회", "길"
    )
    assert [run.left.strip() for run in gone if run.move and run.op == "-"] == ["기회를"]
    assert [run.right.strip() for run in new if run.move and run.op == "+"] == ["길를"]
    assert {run.op for run in gone if not run.move} == {"="}


def test_what_a_gone_paragraph_had_may_have_moved(travelled: Comparison) -> None:
    row = row_of(travelled, "52:4")
    assert row.kind == "left"
    assert [(run.op, run.left.strip()) for run in travelled.runs(row)] == [
        ("-", EXERCISES),
        ("<", CYBER),
    ]
    assert travelled.redlines(row) == ()


def test_a_clause_that_moved_to_another_row_is_marked_and_no_word_beside_it(
    write: Write, taxonomy: Taxonomy
) -> None:
    clause = "우주 전문인력을 양성할 기회를 함께 모색하고"
    old = write((f"{clause} 한미 국방협력을 심화해 나가기로 합의하고 환영하였다.", BASES), "52")
    new = write(
        (
            "한미 국방협력을 심화해 나가기로 합의하고 환영하였다.",
            BASES.replace("재확인", f"{clause} 재확인"),
        ),
        "53",
    )
    comparison = compare(old, new, taxonomy)
    assert [(str(it.left), str(it.right)) for it in comparison.moves] == [("52:1.1.1", "53:2.1.1")]
    gone, new_runs = (comparison.runs(row_of(comparison, at)) for at in ("52:1", "53:2"))
    assert "".join(run.left for run in gone if run.op == "<").strip() == clause
    assert "".join(run.right for run in new_runs if run.op == ">").strip() == clause
    assert {run.op for run in (*gone, *new_runs)} == {"=", "<", ">"}


def test_a_sentence_is_found_where_it_lost_its_full_stop(write: Write, taxonomy: Taxonomy) -> None:
    old = write((f"{BASES} {SPACE}", COSTS), "52")
    new = write((BASES, f"{SPACE[:-1]} {COSTS}"), "53")
    comparison = compare(old, new, taxonomy)
    assert [(str(it.left), str(it.right)) for it in comparison.moves] == [("52:1.1.2", "53:2.1.1")]
    runs = comparison.runs(row_of(comparison, "53:2"))
    assert "".join(run.right for run in runs if run.op == ">").strip() == SPACE[:-1]


def test_a_sentence_of_which_every_number_changed_is_still_that_sentence(
    write: Write, taxonomy: Taxonomy
) -> None:
    opened = "제{}차 한미안보협의회의가 {}년 {}월 {}일에 개최되었다."
    old = write((f"{BASES} {opened.format(52, 2020, 10, 14)}", COSTS), "52")
    new = write((BASES, f"{COSTS} {opened.format(57, 2025, 11, 4)}"), "57")
    assert [(str(it.left), str(it.right)) for it in compare(old, new, taxonomy).moves] == [
        ("52:1.1.2", "57:2.1.2")
    ]


def test_a_long_word_that_is_gone_here_and_new_there_has_not_moved(
    write: Write, taxonomy: Taxonomy
) -> None:
    old = write((SPACE.replace("기회를", "특별상설군사위원회를"), BASES), "52")
    new = write((SPACE, BASES.replace("반환의", "특별상설군사위원회를")), "53")
    assert compare(old, new, taxonomy).moves == ()


def test_moves_within_a_row_are_numbered_on(write: Write, taxonomy: Taxonomy) -> None:
    old = write((f"{BASES} {SPACE}", f"{COSTS} {DETERRENCE}"), "52")
    new = write((BASES, f"{DETERRENCE} {COSTS} {SPACE}"), "53")
    comparison = compare(old, new, taxonomy)
    assert len(comparison.moves) == 1
    runs = comparison.runs(row_of(comparison, "52:2"))
    assert {run.move for run in runs} == {None, 1, 2}
    assert {run.op for run in runs if run.move == 2} == {"<", ">"}


def test_marks_stand_right_under_headings_and_in_split_rows(
    write: Write, taxonomy: Taxonomy
) -> None:
    old = write((f"기지: {BASES} {COSTS} {SPACE}", DETERRENCE), "52")
    new = write((f"기지: {BASES}", f"비용: {COSTS}", f"억제: {DETERRENCE} {SPACE}"), "53")
    comparison = compare(old, new, taxonomy)
    row = row_of(comparison, "52:1")
    assert row.kind == "split"
    moved = [run.left.strip() for run in comparison.runs(row) if run.op == "<"]
    assert moved == [SPACE]
    for it in comparison.redlines(row):
        assert [run.left.strip() for run in it.runs if run.op == "<" and run.move == 1] == [SPACE]


def test_counts_add_up(copied: Comparison) -> None:
    counts = copied.counts()
    assert sum(counts) == len(copied.rows)
    kinds = [row.kind for row in copied.rows]
    assert counts.alike + counts.changed == kinds.count("pair")
    assert counts.split == kinds.count("split")
    assert counts.left == kinds.count("left")
    alike = [row for row in copied.rows if row.kind == "pair" and copied.alike(row)]
    assert counts.alike == len(alike)
    assert copied.counts(copied.rows[:3]) == copied.counts(iter(copied.rows[:3]))
    assert sum(copied.counts(copied.rows[:3])) == 3


@pytest.mark.parametrize(
    ("old", "new", "alike"),
    [
        ("한·미 동맹", "한미동맹", True),
        ("가나 다", "가 나다", True),
        ("기지: 반환", "기지: 반환", True),
        ("기지: 반환", "부지: 반환", False),
        ("동맹을", "동맹은", False),
        ("SCM", "scm", False),
    ],
)
def test_alike_is_what_the_redline_shows(
    old: str, new: str, alike: bool, write: Write, taxonomy: Taxonomy
) -> None:
    comparison = beside(write((old,), "52"), at("52:1"), write((new,), "53"), at("53:1"), taxonomy)
    (row,) = comparison.rows
    assert comparison.alike(row) is alike
    assert all(run.op in "=~" for run in comparison.runs(row)) is alike


def test_what_was_only_put_elsewhere_or_split_has_changed(write: Write, taxonomy: Taxonomy) -> None:
    old = write((BASES, COSTS, f"{DETERRENCE} {EXERCISES}"), "52")
    new = write((COSTS, DETERRENCE, EXERCISES, BASES), "53")
    comparison = compare(old, new, taxonomy)
    assert {row.kind for row in comparison.rows} == {"pair", "moved", "split"}
    assert [row.kind for row in comparison.rows if comparison.alike(row)] == ["pair"]


def test_a_theme_narrows_both_sides(bundled: dict[str, Document], taxonomy: Taxonomy) -> None:
    comparison = compare(bundled["52"], bundled["57-article"], taxonomy)
    (row,) = comparison.narrowed("opcon")
    assert (row.left, row.right) == ((at("52:11"), at("52:12")), (at("57-article:2"),))
    mentioning = comparison.narrowed("opcon", mentions=True)
    assert row in mentioning
    assert [it.right for it in mentioning if it is not row] == [
        (at("57-article:0"),),
        (at("57-article:1"),),
    ]
    assert comparison.narrowed("no-such-theme") == ()


def test_two_languages_have_no_redline(write: Write, taxonomy: Taxonomy) -> None:
    english = "Both sides decided to train space experts."
    korean = write((SPACE,), "52")
    comparison = compare(korean, write((english,), "52-en", "en"), taxonomy)
    (row,) = comparison.rows
    assert [(run.op, run.left, run.right) for run in comparison.runs(row)] == [
        ("-", SPACE, ""),
        ("+", "", english),
    ]
    assert comparison.redlines(row) == ()
    assert comparison.moves == ()
    assert comparison.counts().beside == 1
    assert not comparison.alike(row)


def test_passages_can_be_set_beside_one_another(
    bundled: dict[str, Document], taxonomy: Taxonomy
) -> None:
    base, other = bundled["52"], bundled["57-article"]
    comparison = beside(base, at("52:11"), other, at("57-article:2"), taxonomy)
    (row,) = comparison.rows
    assert (row.kind, row.left, row.right) == ("pair", (at("52:11"),), (at("57-article:2"),))
    assert row.score > 0.3
    assert "themes" in {reason.kind for reason in row.reasons}
    assert comparison.counts().changed == 1
    assert comparison.narrowed("opcon") == (row,)
    assert comparison.narrowed("cyber", mentions=True) == ()  # which stands elsewhere in both


def test_sentences_can_be_set_beside_one_another(
    bundled: dict[str, Document], taxonomy: Taxonomy
) -> None:
    base, other = bundled["52"], bundled["57-article"]
    comparison = beside(base, at("52:6.1.4"), other, at("57-article:3.1.1"), taxonomy)
    (row,) = comparison.rows
    (found,) = comparison.redlines(row)
    assert found.heading == ()
    assert left_of(found.runs).startswith("에스퍼 장관은 또한 핵, 재래식")
    assert right_of(found.runs).startswith("헤그세스 장관은")
    assert left_of(comparison.runs(row)) == left_of(found.runs)
    whole = beside(base, at("52:6"), other, at("57-article:3"), taxonomy).rows[0]
    assert row.score > whole.score


def test_what_is_not_there_cannot_be_compared(
    bundled: dict[str, Document], taxonomy: Taxonomy
) -> None:
    with pytest.raises(NotFoundError):
        beside(bundled["52"], at("52:99"), bundled["57-article"], at("57-article:1"), taxonomy)


def test_an_article_in_another_language_is_no_version_of_the_communique(
    write: Write, taxonomy: Taxonomy
) -> None:
    article = write(("No word of it is the same.",), "52-en-article", "en", Kind.ARTICLE)
    comparison = compare(write((SPACE,), "52"), article, taxonomy)
    assert [row.kind for row in comparison.rows] == ["left", "right"]


def test_the_same_texts_give_the_same_comparison_in_every_process() -> None:
    script = """
from scmtui import corpus, themes
from scmtui.compare import compare
base, other = corpus.document("52"), corpus.document("57-article")
comparison = compare(base, other, themes.load(corpus.assets() / "themes.toml"))
for row in comparison.rows:
    print(row, row.reasons, comparison.runs(row))
"""
    told = {
        subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            encoding="utf-8",
            check=True,
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
        ).stdout
        for seed in "123"
    }
    assert len(told) == 1
    assert "전작권" in told.pop()


def test_rapidfuzz_is_brought_in_when_it_is_used() -> None:
    script = "import sys, scmtui.compare; print('rapidfuzz' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.strip() == "False"
