from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.events import Key

from scmtui.model import Address
from scmtui.settings import Settings
from scmtui.tui.add.review import ReviewScreen
from scmtui.tui.app import unknown_bindings
from scmtui.tui.bars import TitleBar
from scmtui.tui.compare import CompareScreen
from scmtui.tui.meetings import MeetingList
from scmtui.tui.palette import CommandsScreen
from scmtui.tui.paragraphs import ParagraphPane
from scmtui.tui.reading import ReadingScreen
from scmtui.tui.themes import ThemeSidebar

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from tests.tui.conftest import Reader

    Opener = Callable[..., AbstractAsyncContextManager[Reader]]


def at(reader: Reader) -> str:
    return str(screen(reader).address)


def screen(reader: Reader) -> ReadingScreen:
    found = reader.app.screen_stack[0]
    assert isinstance(found, ReadingScreen)
    return found


async def test_the_first_start_puts_52_beside_57_with_tips_that_esc_puts_away(
    reading: Opener,
) -> None:
    async with reading() as reader:
        compared = reader.app.screen
        assert isinstance(compared, CompareScreen)
        assert [document.id for document in compared.both] == ["52", "57-article"]
        assert compared.query("#tips")
        await reader.press("escape")
        assert not compared.query("#tips")
        await reader.press("escape")
        assert at(reader) == "52:1.1"
    async with reading() as reader:
        assert isinstance(reader.app.screen, ReadingScreen)
        assert not screen(reader).query("#tips")


async def test_what_is_typed_in_one_burst_arrives(reading: Opener) -> None:
    async with reading("52") as reader:
        for key, character in [
            ("colon", ":"),
            *((c, c) for c in "5"),
            ("2", "2"),
            ("colon", ":"),
            ("1", "1"),
            ("2", "2"),
            ("enter", "\r"),
        ]:
            reader.app.post_message(Key(key, character))
        await reader.rest()
        await reader.rest()
        assert at(reader) == "52:12.1"


async def test_marks_are_undone_and_redone(reading: Opener) -> None:
    async with reading("52:3") as reader:
        await reader.press("m", "a", "u")
        assert "mark a" in reader.app.message
        await reader.press("'", "a")
        assert "no mark a" in reader.app.message
        await reader.press("ctrl+r", "j", "'", "a")
        assert at(reader) == "52:3.1"
        await reader.press("u", "u")
        assert "nothing to undo" in reader.app.message


async def test_a_line_is_scrolled_and_the_cursor_stays(reading: Opener) -> None:
    async with reading("52:2", size=(80, 24)) as reader:
        first = reader.lines[3]
        await reader.press("ctrl+e")
        assert at(reader) == "52:2.1"
        assert reader.lines[3] != first
        await reader.press("ctrl+y")
        assert reader.lines[3] == first


async def test_a_restart_comes_back_to_the_very_same_screen(reading: Opener) -> None:
    async with reading("52") as reader:
        await reader.press("escape", "1", "2", "G", "j", "tab", "j", "j", "enter", "escape")
        await reader.press("ctrl+d")
        before = reader.lines[:-1]
        place = at(reader)
    async with reading() as reader:
        assert at(reader) == place
        assert reader.lines[:-1] == before


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        ("j", "52:2.1"),
        ("3 j", "52:4.1"),
        ("j j k", "52:2.1"),
        ("G", "52:20.1"),
        ("7 G", "52:7.1"),
        ("1 2 g g", "52:12.1"),
        ("G g g", "52:1.1"),
        ("}", "52:2.1"),
        ("j j {", "52:2.1"),
        ("end", "52:20.1"),
        ("end home", "52:1.1"),
        ("ㅓ", "52:2.1"),
        ("ㅎ ㅎ", "52:1.1"),
        ("7 ㅎ ㅎ", "52:7.1"),
        ("쩌", "52:2.1"),
        ("G ㅎ ㅎ ㅓ", "52:2.1"),
        (": 7 enter", "52:7.1"),
        (": 5 2 : 1 2 enter", "52:12.1"),
        (": 5 7 : 2 enter", "57-article:2.1"),
        ("G ' '", "52:1.1"),
        ("7 G G ctrl+o ctrl+o", "52:1.1"),
        ("7 G G ' ' ' '", "52:20.1"),
        ("7 G m a g g ' a", "52:7.1"),
        ("7 G ㅡ ㅁ ㅎ ㅎ ' ㅁ", "52:7.1"),
        ("] m", "57-article:0.1"),
        ("] m [ m", "52:1.1"),
        ("] ㅡ", "57-article:0.1"),
        ("g escape j", "52:2.1"),
        ("3 escape j", "52:2.1"),
    ],
)
async def test_the_keys_of_the_text(reading: Opener, keys: str, place: str) -> None:
    names = {
        "}": "right_curly_bracket",
        "{": "left_curly_bracket",
        "[": "left_square_bracket",
        "]": "right_square_bracket",
        "'": "apostrophe",
        ":": "colon",
    }
    async with reading("52") as reader:
        await reader.press(*(names.get(key, key) for key in keys.split()))
        assert at(reader) == place


async def test_what_a_page_down_leaves_is_found_by_a_page_up(reading: Opener) -> None:
    async with reading("52", size=(80, 24)) as reader:
        text = screen(reader).text
        await reader.press("space", "space")
        assert at(reader) > "52:1"
        assert text.address is not None
        await reader.press("ctrl+b", "ctrl+b", "ctrl+b")
        assert at(reader) == "52:1.1"


async def test_a_part_longer_than_the_pane_is_read_line_by_line(reading: Opener) -> None:
    async with reading("52:12", size=(60, 14)) as reader:
        seen = set()
        for _ in range(60):
            seen.update(reader.lines)
            if at(reader) != "52:12.1":
                break
            await reader.press("j")
        whole = "".join("".join(line.split("▌")[-1].split()) for line in seen)
        assert at(reader) == "52:13.1"
        assert "한국군이" in whole
        assert "평가·점검해" in whole


async def test_a_theme_dims_the_rest_and_marks_its_terms(reading: Opener) -> None:
    async with reading("52", settings=Settings(language="ko")) as reader:
        await reader.press("escape", "tab")
        sidebar = screen(reader).sidebar
        row = next(i for i in range(sidebar.count) if "OPCON" in sidebar.pieces(i)[1][0])
        sidebar.cursor = row
        await reader.press("enter", "escape")
        assert screen(reader).theme == "opcon"
        bright = screen(reader).text.bright
        assert bright is not None
        assert {11, 12} <= bright
        await reader.press("]", "t")
        assert at(reader) == "52:11.1"
        await reader.press("f")
        assert "52" in reader.lines[0]
        assert screen(reader).text.only == bright
        await reader.press("escape")
        assert screen(reader).theme == ""
        assert screen(reader).text.only is None


async def test_only_the_paragraphs_of_a_theme_can_be_shown(reading: Opener) -> None:
    async with reading("52:1") as reader:
        screen(reader).theme = "opcon"
        await reader.press("f")
        assert at(reader) in {"52:11.1", "52:12.1"}
        await reader.press("f")
        assert at(reader) in {"52:11.1", "52:12.1"}


async def test_what_is_gone_to_is_shown_even_if_it_was_left_out(reading: Opener) -> None:
    async with reading("52:11") as reader:
        screen(reader).theme = "opcon"
        await reader.press("f", ":", "1", "2", "enter")
        assert (at(reader), screen(reader).only) == ("52:12.1", True)
        await reader.press(":", "5", "enter")
        assert (at(reader), screen(reader).only) == ("52:5.1", False)
        assert screen(reader).theme == "opcon"


async def test_panes_follow_one_another(reading: Opener) -> None:
    async with reading("52") as reader:

        def focused() -> type[object]:
            return type(reader.app.focused)

        assert focused() is ParagraphPane
        await reader.press("l")
        assert focused() is ThemeSidebar
        await reader.press("h", "h")
        assert focused() is MeetingList
        await reader.press("tab")
        assert focused() is ParagraphPane
        await reader.press("shift+tab", "escape")
        assert focused() is ParagraphPane


async def test_a_document_is_opened_from_the_list(reading: Opener) -> None:
    async with reading("52") as reader:
        await reader.press("h", "k", "enter")
        assert at(reader) == "57-article:0.1"
        assert isinstance(reader.app.focused, ParagraphPane)


async def test_every_meeting_can_be_listed_and_one_without_a_text_says_so(
    reading: Opener,
) -> None:
    async with reading("52") as reader:
        meetings = screen(reader).meetings
        await reader.press("h", "f")
        assert meetings.count > 10
        await reader.press("g", "g", "j", "enter")
        assert "56" in reader.app.message
        await reader.press("f")
        assert meetings.count == 2


async def test_an_unofficial_document_says_so(reading: Opener) -> None:
    async with reading("57") as reader:
        assert "not official" in reader.lines[1]
        assert "not official" not in reader.lines[0]


async def test_what_is_known_of_a_document_is_shown(reading: Opener) -> None:
    async with reading("57") as reader:
        await reader.press("i")
        assert isinstance(reader.app.screen, ReviewScreen)
        assert "SHA-256" in reader.screen
        await reader.press("escape")
        assert isinstance(reader.app.screen, ReadingScreen)


async def test_the_palette_runs_a_command_found_by_its_name(reading: Opener) -> None:
    async with reading("52") as reader:
        await reader.press("ctrl+p")
        assert isinstance(reader.app.screen, CommandsScreen)
        await reader.type("next meeting")
        await reader.press("enter")
        assert at(reader) == "57-article:0.1"


async def test_the_palette_knows_the_english_names_too(
    reading: Opener, speak: Callable[[str], None]
) -> None:
    speak("ko")
    async with reading("52") as reader:
        await reader.press("ctrl+p")
        await reader.type("next meeting")
        await reader.press("enter")
        assert at(reader) == "57-article:0.1"
        await reader.press("ctrl+p")
        await reader.type("ㅋㅌㅊㅍ")
        assert "이름" in reader.screen or "no command" in reader.screen


async def test_the_palette_offers_themes_and_is_left_with_esc(reading: Opener) -> None:
    async with reading("52") as reader:
        await reader.press("ctrl+p")
        await reader.type("opcon")
        await reader.press("enter")
        assert screen(reader).theme == "opcon"
        await reader.press("ctrl+p", "escape")
        assert screen(reader).theme == "opcon"


async def test_help_lists_every_live_key_and_can_be_searched(reading: Opener) -> None:
    async with reading("52") as reader:
        await reader.press("question_mark")
        assert isinstance(reader.app.screen, CommandsScreen)
        rows = reader.app.screen.rows
        everything = rows.count
        assert everything > 20
        await reader.type("mark")
        assert 0 < rows.count < everything


@pytest.mark.parametrize(
    ("typed", "said"), [("99", "99"), ("53", "53"), ("x", "not an address"), ("52:99", "99")]
)
async def test_a_wrong_address_is_said_and_nothing_moves(
    reading: Opener, typed: str, said: str
) -> None:
    async with reading("52:3") as reader:
        await reader.press("colon")
        await reader.type(typed)
        await reader.press("enter")
        assert said in reader.app.message
        assert said in reader.lines[-1]
        assert at(reader) == "52:3.1"
        await reader.press("j")
        assert reader.app.message == ""


async def test_a_mark_in_a_burst_is_set_where_the_keys_before_it_led(reading: Opener) -> None:
    async with reading("52") as reader:
        for key in "5Gma7Gma9Gma":
            reader.app.post_message(Key(key, key))
        await reader.rest()
        assert "52:9.1" in reader.app.message
        await reader.press("m", "'")
        assert "letter" in reader.app.message


async def test_a_mark_that_is_not_set_says_how_to_set_one(reading: Opener) -> None:
    async with reading("52:3") as reader:
        await reader.press("'", "z")
        assert "no mark z" in reader.app.message
        assert at(reader) == "52:3.1"


async def test_a_first_key_shows_what_may_follow(reading: Opener) -> None:
    async with reading("52") as reader:
        await reader.press("]")
        assert "Next meeting" in reader.lines[-1]
        assert reader.lines[-1].endswith("]")
        await reader.press("x")
        assert "]x" in reader.lines[-1]


async def test_the_footer_says_when_the_hangul_input_method_is_on(reading: Opener) -> None:
    async with reading("52") as reader:
        await reader.press("ㅓ")
        assert reader.lines[-1].endswith("Hangul")
        await reader.press("j")
        assert not reader.lines[-1].endswith("Hangul")


async def test_a_keymap_gives_a_command_other_keys(reading: Opener) -> None:
    settings = Settings(keymap={"text.down": "n", "meeting.next": "g n, ]"})
    async with reading("52", settings=settings) as reader:
        await reader.press("j")
        assert at(reader) == "52:1.1"
        await reader.press("n")
        assert at(reader) == "52:2.1"
        await reader.press("g", "n")
        assert at(reader) == "57-article:0.1"


def test_a_key_for_what_no_screen_has_is_reported() -> None:
    known = Settings(keymap={"text.down": "n", "palette.open": "x", "search.down": "y"})
    assert not list(unknown_bindings(known))
    (problem,) = unknown_bindings(Settings(keymap={"text.dwon": "n"}))
    assert "text.down" in str(problem)


@pytest.mark.parametrize(
    ("size", "panes"),
    [
        ((120, 40), {"meetings", "text", "themes"}),
        ((119, 40), {"text", "themes"}),
        ((80, 24), {"text", "themes"}),
        ((79, 24), {"text"}),
        ((40, 12), {"text"}),
    ],
)
async def test_as_many_panes_as_there_is_room_for(
    reading: Opener, size: tuple[int, int], panes: set[str]
) -> None:
    async with reading("52", size=size) as reader:
        shown = {w.id for w in screen(reader).query("#panes > *") if w.display}
        assert shown == panes
        await reader.press("shift+tab")
        assert isinstance(reader.app.focused, MeetingList)
        await reader.press("escape")
        assert isinstance(reader.app.focused, ParagraphPane)


async def test_a_resize_keeps_the_part_under_the_eyes(reading: Opener) -> None:
    async with reading("52:12") as reader:
        for size in [(80, 24), (45, 13), (200, 60), (120, 40)]:
            await reader.resize(*size)
            assert at(reader) == "52:12.1"
            assert any(
                line.split("│")[-1].lstrip(" ▌✎").startswith("12") or "  12  " in line
                for line in reader.lines
            )


@pytest.mark.parametrize("size", [(39, 12), (40, 11), (20, 5), (1, 1)])
async def test_a_terminal_too_small_says_so_and_recovers(
    reading: Opener, size: tuple[int, int]
) -> None:
    async with reading("52:12") as reader:
        await reader.resize(*size)
        if size[0] > 5:
            assert "too small" in reader.screen.replace("\n", " ")
        await reader.resize(80, 24)
        assert at(reader) == "52:12.1"
        assert "too small" not in reader.screen


async def test_every_line_is_as_wide_as_the_screen_in_both_languages(
    reading: Opener, speak: Callable[[str], None]
) -> None:
    from rich.cells import cell_len

    for language in ("ko", "en"):
        speak(language)
        for size in [(120, 40), (80, 24), (60, 20)]:
            async with reading("52:11", size=size) as reader:
                assert all(cell_len(line) <= size[0] for line in reader.lines)
                bars = {cell_len(line.split("│")[0]) for line in reader.lines if "│" in line}
                assert len(bars) <= 1


async def test_a_terminal_of_wide_ambiguous_characters_gets_narrow_ones(reading: Opener) -> None:
    from unicodedata import east_asian_width

    async with reading("57", settings=Settings(ambiguous_width=2)) as reader:
        assert not [c for c in reader.screen if east_asian_width(c) == "A"]
        assert "'자주국방과" in reader.screen


async def test_a_terminal_is_asked_how_wide_it_draws_them(reading: Opener) -> None:
    from textual.events import CursorPosition

    async with reading("57") as reader:
        assert "‘자주국방과" in reader.screen
        reader.app.post_message(CursorPosition(2, 1))
        await reader.rest()
        assert "'자주국방과" in reader.screen
        reader.app.post_message(CursorPosition(1, 1))
        await reader.rest()
        assert "‘자주국방과" in reader.screen


async def test_what_the_title_says_follows_the_reader(reading: Opener) -> None:
    async with reading("52:3") as reader:
        assert screen(reader).query_one(TitleBar).place.startswith("52:3.1")
        await reader.press("j")
        assert screen(reader).query_one(TitleBar).place.startswith("52:4.1")


async def test_an_address_within_the_open_document_needs_no_reload(reading: Opener) -> None:
    async with reading("52:3") as reader:
        document = screen(reader).document
        screen(reader).open(Address("52", 9))
        await reader.rest()
        assert screen(reader).document is document
        assert at(reader) == "52:9.1"
