from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scmtui.model import Address
from scmtui.text import words
from scmtui.tui.compare import CompareScreen
from scmtui.tui.reading import ReadingScreen
from scmtui.tui.selecting import SelectingScreen
from scmtui.tui.selection import UNITS, Passage, Selected, Selection

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from scmtui.model import Document
    from tests.tui.conftest import Reader

    Opener = Callable[..., AbstractAsyncContextManager[Reader]]

FIRST, SECOND = "양 장관은 만났다. 둘은 합의하였다.", "평가와 점검"
PASSAGES = [Passage(Address("9", n, 1), text) for n, text in enumerate((FIRST, SECOND), 1)]


def selected(reader: Reader) -> tuple[Selected, ...]:
    screen = reader.app.screen
    assert isinstance(screen, SelectingScreen)
    return screen.selected


def texts(selection: Selection) -> list[str]:
    return [piece.text for piece in selection.selected]


def test_v_goes_from_the_part_to_its_first_sentence_its_first_word_and_the_part_again() -> None:
    part = Selection.of(PASSAGES, 0)
    assert texts(part) == [FIRST]
    sentence = part.by_next_unit()
    assert texts(sentence) == ["양 장관은 만났다."]
    word = sentence.moved(1).by_next_unit()
    assert texts(word) == ["둘은"]
    assert texts(word.by_next_unit()) == [FIRST]


def test_a_selection_grows_over_the_end_of_a_part_and_stops_where_the_text_does() -> None:
    word = Selection.of(PASSAGES, 0).by_next_unit().by_next_unit()
    assert texts(word.extended(5)) == [FIRST, "평가와"]
    assert texts(word.extended(100)) == [FIRST, SECOND]
    assert texts(word.extended(100).extended(-2)) == [FIRST]
    assert texts(word.extended(-7)) == ["양"]
    assert texts(word.extended(100).by_next_unit()) == [FIRST, SECOND]


def test_either_end_moves_and_a_selection_begins_anew() -> None:
    word = Selection.of(PASSAGES, 0).by_next_unit().by_next_unit()
    assert texts(word.moved(1).extended(1).turned().extended(-1)) == ["양 장관은 만났다."]
    assert texts(word.extended(2).begun_here().extended(1)) == ["만났다. 둘은"]


def test_a_line_down_is_the_word_below_and_a_passage_without_words_is_one() -> None:
    lines = {0: [(0, 10), (11, 20)], 1: [(0, 6)]}
    word = Selection.of(PASSAGES, 0).by_next_unit().by_next_unit().moved(1)
    down = word.extended_by_line(1, lines.__getitem__)
    assert texts(down) == ["장관은 만났다. 둘은"]
    assert texts(down.extended_by_line(1, lines.__getitem__).begun_here()) == ["평가와"]
    far = word.moved(-1).extended_by_line(1, lines.__getitem__)
    assert texts(far.extended_by_line(-1, lines.__getitem__)) == ["양"]
    assert far.extended_by_line(1, lines.__getitem__).extended_by_line(1, lines.__getitem__)
    assert texts(Selection.of([Passage(Address("9", 1, 1), "")], 0).by_next_unit()) == [""]


@given(
    st.lists(st.text("가나 .다\n", max_size=30), min_size=1, max_size=4),
    st.lists(st.tuples(st.sampled_from("vewt "), st.integers(-5, 5)), max_size=20),
)
def test_what_is_selected_always_stands_where_it_says(
    written: list[str], keys: list[tuple[str, int]]
) -> None:
    passages = [Passage(Address("9", n, 1), text) for n, text in enumerate(written, 1)]
    selection = Selection.of(passages, 0)
    for key, step in keys:
        match key:
            case "v":
                selection = selection.by_next_unit()
            case "t":
                selection = selection.turned()
            case " ":
                selection = selection.begun_here()
            case "e":
                selection = selection.extended(step)
            case _:
                selection = selection.moved(step)
        assert selection.unit in UNITS
        pieces = selection.selected
        assert [piece.address for piece in pieces] == sorted({it.address for it in pieces})
        for piece in pieces:
            text = written[(piece.address.paragraph or 0) - 1]
            assert text[piece.start : piece.end] == piece.text
        count = selection.counts
        assert count.characters == sum(len(piece.text) for piece in pieces)
        assert count.words == sum(len(words(piece.text)) for piece in pieces)


async def test_words_are_selected_and_counted(reading: Opener) -> None:
    async with reading("52:6") as reader:
        await reader.press("escape", "v")
        assert selected(reader)[0].text.startswith("양 장관은 한미동맹이")
        assert "parts" in reader.lines[-2]
        await reader.press("v", "v", "w", "w", "l", "right")
        whole = "한미동맹이 강력하다고 평가하며,"
        assert selected(reader) == (Selected(Address("52", 6, 1), 6, 23, whole),)
        assert "3 words · 17 characters (15 without blanks)" in reader.lines[-2]
        assert "52:6.1" in reader.lines[-2]
        await reader.press("o", "h", "space")
        assert selected(reader)[0].text == "장관은"
        await reader.press("3", "l", "b")
        assert selected(reader)[0].text == "강력하다고"
        await reader.press("escape")
        assert selected(reader) == ()
        assert "words" not in reader.lines[-2]
        await reader.press("j")
        assert isinstance(reader.app.screen, ReadingScreen)
        assert str(reader.app.screen.address) == "52:7.1"


async def test_the_keys_work_in_hangul_mode_and_in_one_burst(reading: Opener) -> None:
    async with reading("52:6") as reader:
        await reader.press("escape", "ㅍ", "ㅍ", "ㅍ", "ㅣ", "ㅈ")
        assert selected(reader)[0].text == "한미동맹이"


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20), (40, 12)])
async def test_the_moving_end_is_in_sight(reading: Opener, size: tuple[int, int]) -> None:
    async with reading("52:6", size=size) as reader:
        await reader.press("escape", "v", "v", "v")
        for _line in range(30):
            await reader.press("j")
            last = selected(reader)[-1].text.split()[-1]
            assert last in reader.screen
        first = selected(reader)[0]
        assert first.address == Address("52", 6, 1)
        assert first.start == 0
        await reader.press(*("k" * 60))
        assert selected(reader)[0].text.startswith("양 장관은") or selected(reader)[-1].end < 400


async def test_what_is_selected_is_seen_without_colours(
    reading: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with reading("52:6") as reader:
        await reader.press("escape", "v", "v", "v", "w", "w")
        strips = reader.app.screen._compositor.render_strips()
        reverse = [s.text for strip in strips for s in strip if s.style and s.style.reverse]
        assert "한미동맹이" in reverse


async def test_another_pane_document_or_theme_ends_the_selection(reading: Opener) -> None:
    async with reading("52:6") as reader:
        await reader.press("escape", "v", "tab")
        assert selected(reader) == ()
        await reader.press("escape", "v", "[", "m")
        await reader.press("]", "m")
        assert selected(reader) == ()
        assert reader.app.focused is not None
        await reader.press("tab", "v")
        assert selected(reader)


async def test_each_side_of_a_comparison_is_selected_from(reading: Opener) -> None:
    async with reading("52 57", size=(140, 40)) as reader:
        await reader.press("escape", "6", "G", "equals_sign", "tab", "v", "v", "v", "l")
        screen = reader.app.screen
        assert isinstance(screen, CompareScreen)
        assert [piece.address.document for piece in screen.selected] == ["57-article"]
        assert len(screen.selected[0].text.split()) == 2
        await reader.press("escape", "escape")
        assert isinstance(reader.app.screen, CompareScreen) or screen.selected == ()


async def test_an_empty_pane_says_that_nothing_can_be_selected(
    reading: Opener, make_document: Callable[..., Document]
) -> None:
    async with reading("52") as reader:
        screen = reader.app.screen
        assert isinstance(screen, ReadingScreen)
        screen.text.fill([])
        await reader.press("v")
        assert "no text here" in reader.app.message


@pytest.mark.parametrize("size", [(140, 40), (80, 24)])
async def test_aligned_rows_are_selected_from_side_by_side(
    reading: Opener, size: tuple[int, int]
) -> None:
    async with reading("52 57", size=size) as reader:
        await reader.press("escape", "1", "2", "G", "v")
        assert selected(reader)[0].address.document == "52"
        row = reader.app.screen
        assert isinstance(row, CompareScreen)
        assert row.pane.pair is not None
        number = row.pane.pair.row.left[0].paragraph
        assert selected(reader)[0].address.paragraph == number
        await reader.press("v", "v", "w", "l")
        piece = selected(reader)[0]
        whole = row.both[0].paragraph(number or 0)
        assert whole is not None
        assert whole.parts[0].text[piece.start : piece.end] == piece.text
        assert len(piece.text.split()) == 2
        for _line in range(25):
            await reader.press("j")
            assert selected(reader)[-1].text.split()[-1] in reader.screen
        await reader.press("percent_sign")
        other = selected(reader)[0]
        assert other.address.document == "57-article"
        text = row.both[1].paragraph(other.address.paragraph or 0)
        assert text is not None
        assert text.parts[0].text == other.text
        await reader.press("escape")
        assert selected(reader) == ()


async def test_a_redline_is_no_text_of_its_own_to_select_from(reading: Opener) -> None:
    async with reading("52 57") as reader:
        await reader.press("escape", "w", "w", "v")
        assert "both texts are one" in reader.app.message


async def test_there_is_no_other_side_of_a_text_that_is_read(reading: Opener) -> None:
    async with reading("52") as reader:
        await reader.press("escape", "v", "percent_sign")
        assert "no other side" in reader.app.message
