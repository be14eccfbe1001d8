from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from scmtui.model import Address
from scmtui.tui.compare import MODES, CompareScreen
from scmtui.tui.notes.editor import NoteScreen
from scmtui.tui.pairs import Fold
from scmtui.tui.paragraphs import ParagraphPane
from scmtui.tui.reading import ReadingScreen

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from tests.tui.conftest import Reader

    Opener = Callable[..., AbstractAsyncContextManager[Reader]]


def compared(reader: Reader) -> CompareScreen:
    screen = reader.app.screen
    assert isinstance(screen, CompareScreen)
    return screen


def rows(reader: Reader) -> list[tuple[str, str]]:
    """The pairs now listed, as addresses."""
    listed = []
    for item in compared(reader).pane._page.items:
        for pair in item.pairs if isinstance(item, Fold) else (item,):
            left, right = (",".join(map(str, side)) for side in (pair.row.left, pair.row.right))
            listed.append((left, right))
    return listed


async def compare_with_a_changed_copy(reader: Reader) -> None:
    """Compare the communiqué with a copy in which one word is another one throughout."""
    screen = compared(reader)
    document = screen.both[0]
    copy = replace(
        document,
        facts=replace(document.facts, id="copy"),
        paragraphs=tuple(
            replace(
                it,
                parts=tuple(
                    replace(part, text=part.text.replace("전작권", "통제권")) for part in it.parts
                ),
            )
            for it in document.paragraphs
        ),
    )
    screen._documents = (document, copy)
    screen.watch_other()
    await reader.rest()


async def test_two_addresses_open_two_documents_side_by_side(reading: Opener) -> None:
    async with reading("52 57") as reader:
        assert [one.id for one in compared(reader).both] == ["52", "57-article"]
        assert "not official" in reader.lines[0]
        found = rows(reader)
        assert (
            len([left for left, _ in found if left]) + sum("," in left for left, _ in found) >= 19
        )


async def test_keys_pressed_before_the_rows_are_there_do_no_harm(reading: Opener) -> None:
    async with reading("52 57") as reader:
        pane = compared(reader).pane
        pane._page.fill([])
        await reader.press("j", "k", "space", "ctrl+u", "G", "g", "g", "ctrl+e", "w", "x", "r")
        await reader.press("]", "c", "enter")
        assert reader.app.is_running


async def test_a_theme_narrows_both_sides(reading: Opener) -> None:
    async with reading("52 57") as reader:
        compared(reader).theme = "opcon"
        await reader.rest()
        sides = {address for pair in rows(reader) for side in pair for address in side.split(",")}
        assert {"52:11", "52:12", "57-article:2"} <= sides
        assert "52:19" not in sides
        await reader.press("escape", "escape")
        assert compared(reader).theme == ""
        assert len(rows(reader)) > 10


async def test_every_mode_shows_the_same_place(reading: Opener) -> None:
    async with reading("52 57", size=(140, 40)) as reader:
        await reader.press("escape", "1", "1", "G")
        place = compared(reader).pane.address
        assert place == Address("52", 11)
        for mode in (*MODES[1:], MODES[0]):
            await reader.press("w")
            assert compared(reader).mode == mode
            assert compared(reader).pane.address == place
            assert "52:11" in reader.screen


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("size", [(160, 45), (120, 40), (80, 24), (60, 20)])
async def test_no_line_is_torn(reading: Opener, mode: str, size: tuple[int, int]) -> None:
    async with reading("52 57", size=size) as reader:
        compared(reader).mode = mode
        for _page in range(6):
            await reader.press("space")
            assert all(cell_len(line) <= size[0] for line in reader.lines)
            if mode == "columns" and size[0] >= 100:
                between = {
                    cell_len(line.split(" │ ")[0])
                    for line in reader.lines[2:-1]
                    if " │ " in line and "↔" not in line
                }
                assert len(between) <= 2  # the columns, and the sidebar


async def test_a_missing_counterpart_says_so_and_that_its_source_is_not_official(
    reading: Opener,
) -> None:
    async with reading("52 57") as reader:
        await reader.press("escape", "1", "9", "G")
        line = next(line for line in reader.lines if "52:19" in line)
        assert "no counterpart in 57-article (not official)" in line
        assert "╱" in reader.screen


async def test_a_redline_without_colours_has_marks(
    reading: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with reading("52 57") as reader:
        await compare_with_a_changed_copy(reader)
        await reader.press("escape", "w", "w", "1", "2", "G")
        assert "[-" in reader.screen
        assert "{+" in reader.screen


async def test_a_copy_of_itself_has_no_change(reading: Opener, bundled: dict[str, object]) -> None:
    async with reading("52 57") as reader:
        screen = compared(reader)
        document = screen.both[0]
        screen._documents = (document, document)
        screen.watch_other()
        await reader.rest()
        screen.mode = "changes"
        await reader.rest()
        assert "— 20 alike —" in reader.screen
        await reader.press("]", "c")
        assert "no further change" in reader.app.message


async def test_changes_are_walked(reading: Opener) -> None:
    async with reading("52 57") as reader:
        await reader.press("escape", "]", "c")
        first = compared(reader).pane.address
        await reader.press("ㅊ", "]", "ㅊ")
        assert compared(reader).pane.address != first
        await reader.press("[", "c")
        assert compared(reader).pane.address == first


async def test_the_sides_are_unlocked_and_locked_again_where_the_reader_is(
    reading: Opener,
) -> None:
    async with reading("52 57", size=(140, 40)) as reader:
        await reader.press("escape", "equals_sign")
        sides = list(compared(reader).query(ParagraphPane))
        assert len(sides) == 2
        await reader.press("5", "G")
        assert sides[0].address == Address("52", 5, 1)
        assert sides[1].address != sides[0].address
        await reader.press("tab", "j")
        assert sides[0].address == Address("52", 5, 1)
        await reader.press("shift+tab", "tab", "equals_sign")
        assert not compared(reader).query(ParagraphPane)
        assert compared(reader).locked


async def test_a_pair_is_broken_taken_back_and_made(reading: Opener) -> None:
    async with reading("52 57") as reader:
        await reader.press("escape", "6", "G")
        assert ("52:6", "57-article:3") in rows(reader)
        await reader.press("x")
        assert ("52:6", "57-article:3") not in rows(reader)
        await reader.press("u")
        assert ("52:6", "57-article:3") in rows(reader)
        await reader.press("1", "9", "G", "r")
        compared(reader).pane.go_to(Address("57-article", 1))
        await reader.press("r")
        assert ("52:19", "57-article:1") in rows(reader)
    async with reading("52 57") as reader:
        assert ("52:19", "57-article:1") in rows(reader)


async def test_the_comparison_comes_back_as_it_was(reading: Opener) -> None:
    async with reading("52 57") as reader:
        await reader.press("escape", "w", "1", "2", "G")
    async with reading() as reader:
        assert compared(reader).mode == "interleaved"
        assert compared(reader).pane.address in {Address("52", 12), Address("52", 11)}
        await reader.press("q")
    async with reading() as reader:
        assert isinstance(reader.app.screen, ReadingScreen)
        await reader.press("c")
        assert compared(reader).mode == "interleaved"


async def test_a_comparison_too_small_says_so(reading: Opener) -> None:
    async with reading("52 57", size=(120, 40)) as reader:
        await reader.resize(30, 8)
        assert "too small" in reader.screen.replace("\n", " ")
        await reader.resize(120, 40)
        assert "too small" not in reader.screen


async def test_enter_reads_the_paragraph_alone(reading: Opener) -> None:
    async with reading("52 57") as reader:
        await reader.press("escape", "1", "9", "G", "enter")
        screen = reader.app.screen
        assert isinstance(screen, ReadingScreen)
        assert str(screen.address) == "52:19.1"


async def test_an_address_of_either_side_is_gone_to(reading: Opener) -> None:
    async with reading("52 57") as reader:
        await reader.press("colon")
        await reader.type("57-article:3")
        await reader.press("enter")
        assert compared(reader).pane.address == Address("52", 6)
        await reader.press("colon")
        await reader.type("99")
        await reader.press("enter")
        assert "not in this comparison" in reader.app.message


async def test_the_same_document_twice_is_not_compared(reading: Opener) -> None:
    async with reading("52 52") as reader:
        assert isinstance(reader.app.screen, ReadingScreen)
        assert "two different" in reader.app.message


async def test_a_note_is_written_where_the_text_is_read_and_c_comes_back(reading: Opener) -> None:
    async with reading("52 57", size=(140, 40)) as reader:
        await reader.press("escape", "1", "1", "G", "e")
        assert isinstance(reader.app.screen, NoteScreen)
        await reader.type("cite")
        await reader.press("escape")
        screen = reader.app.screen
        assert isinstance(screen, ReadingScreen)
        (note,) = screen.places.library.notes.all()
        assert note.text == "cite"
        assert note.position.address.up == Address("52", 11)
        await reader.press("c")
        assert compared(reader).pane.address == Address("52", 11)


async def test_sides_that_scroll_alone_still_do_when_the_comparison_is_opened_again(
    reading: Opener,
) -> None:
    async with reading("52 57", size=(140, 40)) as reader:
        await reader.press("escape", "1", "2", "G", "equals_sign")
        assert not compared(reader).locked
        await reader.press("escape", "c")
        assert not compared(reader).locked
        assert len(compared(reader).query(ParagraphPane)) == 2
        await reader.press("equals_sign")
        assert compared(reader).locked


async def test_a_redline_has_the_numbers_of_both_sides(reading: Opener) -> None:
    async with reading("52 57", size=(140, 40)) as reader:
        await compare_with_a_changed_copy(reader)
        compared(reader).mode = "redline"
        await reader.press("escape", "1", "2", "G")
        head = next(at for at, line in enumerate(reader.lines) if "52:12 ↔ copy:12" in line)
        assert "◂ 12 " in reader.lines[head + 1]
        assert "▸ 12 " in reader.lines[head + 2]
        assert "anew" not in reader.lines[head]
