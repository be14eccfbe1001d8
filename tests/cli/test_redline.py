"""How a redline is written: nothing of either text is lost, and every mark has its style."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scmtui.cli.redline import BOTH, LEFT, RIGHT, written
from scmtui.compare import Moved, Run, redline
from scmtui.model import Address

MOVES = (Moved(1, Address("52", 4, 1, 2), Address("57-article", 3, 1, 1)),)
TEXTS = st.text(st.sampled_from(list("가나다라 ab\n.·")), max_size=40)


def test_the_marks_of_plain_text() -> None:
    runs = (
        Run("=", "전작권", "전작권"),
        Run("-", "을", ""),
        Run("+", "", "의"),
        Run("=", " ", " "),
        Run("~", "한·미", "한미"),
        Run("-", " 조기 전환", ""),
        Run("+", "", " 전환 "),
    )
    assert written(runs, BOTH, (), styled=False).text == (
        "전작권[-을-]{+의+} 한미 [-조기 전환-] {+전환+} "
    )
    assert written(runs, LEFT, (), styled=False).text == "전작권[-을-] 한·미 [-조기 전환-]"
    assert written(runs, RIGHT, (), styled=False).text == "전작권{+의+} 한미 {+전환+} "
    assert written(runs, BOTH, (), styled=True).text == "전작권을의 한미 조기 전환 전환 "


@pytest.mark.parametrize("styled", [False, True])
def test_a_move_names_its_other_end(styled: bool) -> None:
    runs = (Run("<", "이 문장. ", "", 1), Run(">", "", "저 문장.", 1), Run("<", "이 말", "", 2))
    shown = written(runs, BOTH, MOVES, styled=styled)
    assert shown.text == ("[<57-article:3.1.1 이 문장.<] {>52:4.1.2 저 문장.>}[<1 이 말<]")
    assert [shown.text[mark.start : mark.end] for mark in shown.marks] == [
        "[<57-article:3.1.1 이 문장.<]",
        "{>52:4.1.2 저 문장.>}",
        "[<1 이 말<]",
    ]


def test_what_changed_in_a_sentence_that_moved_is_gone_or_new() -> None:
    shown = written((Run("-", "말", "", 1), Run("+", "", "글", 1)), BOTH, MOVES, styled=False)
    assert shown.text == "[-말-]{+글+}"


@given(left=TEXTS, right=TEXTS)
def test_styled_sides_are_the_texts_and_the_marks_are_what_changed(left: str, right: str) -> None:
    runs = [run for run in redline(left, right) if run.op not in "<>"]
    left, right = "".join(run.left for run in runs), "".join(run.right for run in runs)
    for side, text, ops in ((LEFT, left, "-"), (RIGHT, right, "+")):
        shown = written(runs, side, (), styled=True)
        assert shown.text == text
        marked = [shown.text[mark.start : mark.end] for mark in shown.marks]
        changed = (run.left if side == LEFT else run.right for run in runs if run.op in ops)
        assert marked == [piece.strip() for piece in changed if piece.strip()]


@given(left=TEXTS, right=TEXTS)
def test_lines_of_a_redline_hold_all_of_it(left: str, right: str) -> None:
    shown = written(redline(left, right), BOTH, (), styled=False)
    lines = list(shown.lines())
    assert "\n".join(line.text for line in lines) == shown.text
    marked = "".join(line.text[it.start : it.end] for line in lines for it in line.marks)
    whole = "".join(shown.text[it.start : it.end] for it in shown.marks)
    assert marked == whole.replace("\n", "")
