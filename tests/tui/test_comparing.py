"""A comparison beside its rows: sides that scroll alone, searches, notes, pairs, the way back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from scmtui.model import Address
from scmtui.tui.apart import SidePane
from scmtui.tui.compare import MODES, CompareScreen
from scmtui.tui.reading import ReadingScreen
from scmtui.tui.search import SearchScreen

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
    """All pairs, as addresses."""
    comparison = compared(reader).comparison
    assert comparison
    return [(",".join(map(str, it.left)), ",".join(map(str, it.right))) for it in comparison.rows]


# The sides that scroll alone


def alone(reader: Reader) -> list[SidePane]:
    return list(compared(reader).query(SidePane))


def numbers(pane: SidePane) -> list[int]:
    """The paragraphs that a side shows."""
    return list(dict.fromkeys(item.paragraph.number for item in pane._page.items))


async def test_a_theme_holds_on_sides_that_scroll_alone(reading: Opener) -> None:
    async with reading("52 57", size=(140, 40)) as reader:
        compared(reader).theme = "opcon"
        await reader.rest()
        await reader.press("escape", "equals_sign")
        assert [numbers(side) for side in alone(reader)] == [[11, 12], [2]]
        compared(reader).theme = "space"
        await reader.rest()
        assert [numbers(side) for side in alone(reader)] == [[13], [6]]
        compared(reader).theme = ""
        await reader.rest()
        assert [len(numbers(side)) for side in alone(reader)] == [20, 9]


async def test_a_side_that_has_nothing_of_a_theme_is_empty(reading: Opener) -> None:
    async with reading("52 57", size=(140, 40)) as reader:
        await reader.press("escape", "equals_sign")
        compared(reader).theme = "defence-budget"
        await reader.rest()
        left, right = alone(reader)
        assert numbers(left) == []
        assert "nothing here about this theme" in reader.screen
        assert numbers(right)
        await reader.press("j", "k", "G", "e", "x", "r", "enter")
        assert reader.app.is_running


async def test_the_keys_of_the_panes_go_from_side_to_side_and_one_side_has_the_bar(
    reading: Opener,
) -> None:
    async with reading("52 57", size=(140, 40)) as reader:
        await reader.press("escape", "1", "1", "G", "equals_sign")

        def bars() -> list[bool]:
            """Whether either side shows the bar of the cursor."""
            texts = ["".join(s.text for s in side.render_line(0)) for side in alone(reader)]
            return [text.startswith("▌") for text in texts]

        left, right = alone(reader)
        assert bars() == [True, False]
        for keys, expected in (
            ("l", right),
            ("l", compared(reader).sidebar),
            ("right", compared(reader).sidebar),
            ("h", right),
            ("left", left),
            ("h", left),
            ("tab", right),
        ):
            await reader.press(keys)
            assert reader.app.focused is expected, keys
            if expected is not compared(reader).sidebar:
                assert bars() == [expected is left, expected is right]
        await reader.press("tab")
        assert bars() == [False, True]  # the keys still act on it
        assert compared(reader).bring_text() is right


async def test_paragraphs_are_put_together_and_parted_from_sides_that_scroll_alone(
    reading: Opener,
) -> None:
    async with reading("52 57", size=(140, 40)) as reader:
        await reader.press("escape", "equals_sign", "1", "9", "G", "r")
        assert reader.app.message.startswith("52:19 is chosen.")
        await reader.press("l", "1", "G", "r")
        assert "52:19 and 57-article:1 belong together." in reader.app.message
        assert ("52:19", "57-article:1") in rows(reader)
        await reader.press("x")
        assert "52:19 and 57-article:1 are parted." in reader.app.message
        assert ("52:19", "57-article:1") not in rows(reader)
        await reader.press("r", "r")
        assert "choose again" in reader.app.message


async def test_what_is_collected_from_a_side_that_scrolls_alone_is_its_own_passage(
    reading: Opener,
) -> None:
    async with reading("52 57", size=(140, 40)) as reader:
        await reader.press("escape", "equals_sign", "l", "3", "G", "a")
        assert reader.app.message.startswith("57-article:3.1 lies in")
        await reader.press("enter")
        screen = reader.app.screen
        assert isinstance(screen, ReadingScreen)
        assert str(screen.address) == "57-article:3.1"


# One act, one step


async def test_a_merged_row_is_broken_and_made_whole_in_one_step(reading: Opener) -> None:
    async with reading("52 57") as reader:
        await reader.press("escape", "1", "1", "G")
        whole = ("52:11,52:12", "57-article:2")
        parting = "the parting of 52:11, 52:12 ↔ 57-article:2."
        assert whole in rows(reader)
        before = rows(reader)
        await reader.press("x")
        broken = rows(reader)
        assert broken != before
        assert reader.app.message.startswith("52:11, 52:12 and 57-article:2 are parted.")
        for _turn in range(2):
            await reader.press("u")
            assert reader.app.message == f"Undone: {parting}"
            assert rows(reader) == before
            await reader.press("ctrl+r")
            assert reader.app.message == f"Redone: {parting}"
            assert rows(reader) == broken
        await reader.press("ctrl+r")
        assert reader.app.message == "There is nothing to redo."
        await reader.press("u", "u")
        assert reader.app.message == "There is nothing to undo."
        assert rows(reader) == before


async def test_two_rows_of_one_side_each_are_put_together_in_either_order(reading: Opener) -> None:
    async with reading("52 57") as reader:
        await reader.press("escape")
        compared(reader).pane.go_to(Address("57-article", 1))
        await reader.press("r")
        assert reader.app.message.startswith("57-article:1 is chosen.")
        await reader.press("1", "9", "G", "r")
        assert ("52:19", "57-article:1") in rows(reader)


# Searching


async def test_what_is_searched_in_the_two_documents_is_walked_row_by_row(reading: Opener) -> None:
    async with reading("52 57", size=(140, 40)) as reader:
        await reader.press("escape", "n")
        assert "Search first" in reader.app.message
        await reader.press("slash", *"전작권 전환")
        assert isinstance(reader.app.screen, SearchScreen)
        await reader.press("enter")
        walked = compared(reader).found
        assert walked
        assert {hit.address.document for hit in walked.hits} == {"52", "57-article"}
        seen = [compared(reader).pane.address]
        assert reader.app.message.startswith("Hit 1 of ")
        for _hit in range(len(walked.hits) - 1):
            await reader.press("n")
            seen.append(compared(reader).pane.address)
        assert {Address("52", 11)} <= set(seen)
        await reader.press("n")
        assert "last hit" in reader.app.message
        await reader.press("p")
        assert compared(reader).pane.address == seen[-2]
        await reader.press("escape")
        assert compared(reader).found is None


async def test_the_words_found_are_marked_in_the_rows(reading: Opener) -> None:
    async with reading("52 57", size=(140, 40)) as reader:
        await reader.press("escape", "slash", *"사드", "enter")
        pane = compared(reader).pane
        found = pane.plain + pane.look("found")

        def marked() -> str:
            strips = (pane.render_line(y) for y in range(pane.size.height))
            return " ".join(it.text for strip in strips for it in strip if it.style == found)

        assert "사드" in marked()
        await reader.resize(120, 16)
        await reader.press("slash", *"사드", "enter")
        assert "사드" in marked()  # far below where its paragraph begins
        await reader.press("escape")
        assert "사드" not in marked()


async def test_a_hit_outside_the_theme_lets_the_theme_go(reading: Opener) -> None:
    async with reading("52 57") as reader:
        compared(reader).theme = "opcon"
        await reader.rest()
        await reader.press("escape", "slash", *"사드", "enter")
        assert compared(reader).theme == ""
        assert compared(reader).pane.address


async def test_a_hit_brings_the_side_that_has_it(reading: Opener) -> None:
    async with reading("52 57", size=(140, 40)) as reader:
        await reader.press("escape", "equals_sign", "slash", *"자주국방", "enter")
        right = alone(reader)[1]
        assert reader.app.focused is right
        assert right.address == Address("57-article", 2, 1)


async def test_a_search_everywhere_leads_to_a_row_or_to_the_text(
    reading: Opener,
) -> None:
    async with reading("52 57") as reader:
        await reader.press("escape", "s", *"사드", "enter")
        assert reader.app.message.startswith("Hit 1 of ")
        screen = compared(reader)
        assert screen.found
        elsewhere = screen.found.hits[0]._replace(address=Address("52", 6))
        screen._documents = (screen.both[1], screen.both[1])
        screen.comparison = None
        screen._go(replace(screen.found, hits=(elsewhere,), index=0))
        await reader.rest()
        assert isinstance(reader.app.screen, ReadingScreen)
        assert str(reader.app.screen.address).startswith("52:6")
        assert reader.app.screen.found


# What the reader put beside the texts


@pytest.mark.parametrize("mode", MODES)
async def test_what_was_put_beside_a_paragraph_is_shown_in_every_mode(
    reading: Opener, mode: str
) -> None:
    async with reading("52:14.1", size=(140, 40)) as reader:
        await reader.press("escape", "e", *"cite", "escape", "a")
    async with reading("52 57", size=(140, 40)) as reader:
        compared(reader).mode = mode
        await reader.press("1", "4", "G")
        lines = [line for line in reader.lines if " 14 " in line or "✎14 " in line]
        assert any("✎14 " in line for line in lines), reader.screen
        assert "+" in reader.lines[reader.lines.index(lines[0]) + 1][:5]


async def test_a_tag_is_set_where_the_text_is_read_and_c_comes_back(reading: Opener) -> None:
    async with reading("52 57", size=(140, 40)) as reader:
        await reader.press("escape", "1", "1", "G", "t", *"검토", "enter")
        screen = reader.app.screen
        assert isinstance(screen, ReadingScreen)
        (tag,) = screen.places.library.tags.all()
        assert (tag.tag, tag.position.address.up) == ("검토", Address("52", 11))
        await reader.press("c")
        assert "#11" in reader.screen


async def test_notes_are_unfolded_on_a_side_that_scrolls_alone(reading: Opener) -> None:
    async with reading("52:14.1", size=(140, 40)) as reader:
        await reader.press("escape", "e", *"one", "enter", *"two", "escape")
    async with reading("52 57", size=(140, 40)) as reader:
        await reader.press("1", "4", "G", "z")
        assert "unfolded where" in reader.app.message
        await reader.press("equals_sign")
        assert "two" not in reader.screen
        await reader.press("z")
        assert "two" in reader.screen
        await reader.press("1", "G", "z")
        assert "no note here" in reader.app.message


# The way back


async def test_escape_reads_on_in_the_row_that_was_compared_last(reading: Opener) -> None:
    async with reading("52 57") as reader:
        await reader.press("escape", "1", "1", "G", "escape")
        screen = reader.app.screen
        assert isinstance(screen, ReadingScreen)
        assert str(screen.address) == "52:11.1"
        await reader.press("j", "c", "escape")
        assert str(screen.address) == "52:12.1"  # in the same row: as it was left
        await reader.press("c", "enter")
        assert str(screen.address) == "52:12.1"


async def test_escape_leads_to_the_text_from_which_the_comparison_was_opened(
    reading: Opener,
) -> None:
    async with reading("57-article:2") as reader:
        await reader.press("escape", "c", "6", "G", "q")
        screen = reader.app.screen
        assert isinstance(screen, ReadingScreen)
        assert str(screen.address) == "57-article:3.1"
        await reader.press("c", "1", "9", "G", "escape")
        assert screen.address
        assert screen.address.document == "57-article"


# A redline that tells nothing


@pytest.mark.parametrize("colours", [True, False])
async def test_texts_written_anew_stay_two_in_a_redline(
    reading: Opener, monkeypatch: pytest.MonkeyPatch, *, colours: bool
) -> None:
    if not colours:
        monkeypatch.setenv("NO_COLOR", "1")
    async with reading("52 57", size=(140, 40)) as reader:
        compared(reader).mode = "redline"
        await reader.press("escape", "1", "4", "G")
        head = next(at for at, line in enumerate(reader.lines) if "52:14 ↔ 57-article:7" in line)
        assert "mostly written anew" in reader.lines[head]
        assert "◂ 14 양 장관은" in reader.lines[head + 1]
        assert any("▸  7 " in line for line in reader.lines[head + 1 :])
        assert "[-" not in reader.screen


async def test_the_help_speaks_of_rows_and_has_the_notes(
    reading: Opener, speak: Callable[[str], None]
) -> None:
    speak("ko")
    async with reading("52 57") as reader:
        await reader.press("escape", "question_mark")
        assert "j ↓              다음 행" in reader.screen
        assert "다음 문단" not in reader.screen
        await reader.type("메모")
        assert "메모 쓰기, 고치기" in reader.screen


async def test_sides_that_scroll_alone_come_together_for_another_document(reading: Opener) -> None:
    async with reading("52 57", size=(140, 40)) as reader:
        screen = compared(reader)
        base, other = screen.both
        another = replace(other, facts=replace(other.facts, id="another"))
        screen._documents = (base, other, another)
        await reader.press("escape", "equals_sign", "]", "m")
        assert screen.locked
        assert screen.both == (base, another)
        assert not alone(reader)
        assert ("52:6", "another:3") in rows(reader)
