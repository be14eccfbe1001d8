"""Notes and tags on the text: written, shown, found again after a crash, listed, taken back."""

from __future__ import annotations

import os
import signal
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scmtui.library import Library
from scmtui.library.changes import Change
from scmtui.library.notes import as_tag
from scmtui.model import Address, LibraryError
from scmtui.positions import Position, position, position_of
from scmtui.settings import paths
from scmtui.shelf import Shelf
from scmtui.text import width
from scmtui.tui.notes.beside import Beside
from scmtui.tui.notes.draft import Begun, Draft, Left, left
from scmtui.tui.notes.editor import NoteScreen
from scmtui.tui.notes.lines import first_line, read, unfolded
from scmtui.tui.notes.screen import WrittenScreen, written
from scmtui.tui.notes.tags import TagPicker, offers
from scmtui.tui.reading import ReadingScreen
from scmtui.tui.undone import in_words
from tests.bench.probe import Program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

    from scmtui.model import Document
    from tests.tui.conftest import Reader

    Opener = Callable[..., AbstractAsyncContextManager[Reader]]

PATIENCE = 60.0
"""Seconds; far more than anything here takes on a machine that is not busy."""


@pytest.fixture
def library() -> Iterator[Library]:
    """The library that the screens open, from another session."""
    library = Library(paths().data)
    yield library
    library.close()


def screen_of(reader: Reader) -> ReadingScreen:
    (screen,) = (it for it in reader.app.screen_stack if isinstance(it, ReadingScreen))
    return screen


async def note(reader: Reader, text: str) -> None:
    """Write a note where the cursor is, and keep it."""
    await reader.press("e")
    await reader.press(*("enter" if it == "\n" else it for it in text))
    await reader.press("escape")


# Markdown, drawn plainly


def test_markdown_is_drawn_plainly() -> None:
    text = "# 제목\n- 하나 **굵게** 둘\n  * 안쪽\n1. 첫째\n> 인용\n그냥 * 별 [x] <b>\n"
    shown = ["".join(piece for piece, _look in row) for row in unfolded(text, 40)]
    assert shown[:6] == [
        "제목",
        "• 하나 굵게 둘",
        "  • 안쪽",
        "1. 첫째",
        "│ 인용",
        "그냥 * 별 [x] <b>",
    ]
    bold = [(piece, look) for row in unfolded(text, 40) for piece, look in row if look == "said"]
    assert bold == [("제목", "said"), ("굵게", "said")]
    assert first_line("\n\n## 요지\n다음") == "요지"
    assert first_line("  \n") == ""


@given(st.text(alphabet="가나 a*_-#>\n1.[]", max_size=60), st.integers(6, 40))
def test_no_letter_of_a_note_is_lost_and_no_line_is_too_long(text: str, cells: int) -> None:
    rows = ["".join(piece for piece, _look in row) for row in unfolded(text, cells)]
    kept = [c for row in rows for c in row if c in "가나a"]
    assert kept == [c for c in text if c in "가나a"]
    deepest = max((width(it.lead) for it in read(text)), default=0)
    assert all(width(row) <= max(cells, deepest + 4) for row in rows)


# What stands beside a text


def test_everything_stands_beside_the_part_that_it_is_on(
    library: Library, make_document: Callable[..., Document]
) -> None:
    document = make_document(6)
    many = next(it for it in document.paragraphs[1:] if len(it.parts) > 1)
    address = Address("99", many.number)
    library.notes.add(position(document, address), "이 항 전체")
    library.notes.add(position(document, Address("99", 1, 1, 1)), "이 문장")
    library.tags.add(position(document, address), "opcon")
    library.set_mark("a", position(document, Address("99", 1, 1)))
    tray = library.trays.add("모음")
    library.trays.put(tray.number, "passage", position(document, Address("99", 1, 1)))
    beside = Beside.of(library, document)
    last = Address("99", many.number, len(many.parts))
    assert beside.signs(last)[0] == "✎"  # under the whole paragraph
    assert beside.signs(Address("99", many.number, 1))[1] == "#"
    assert beside.signs(Address("99", 1, 1)) == ("✎⚑", "+")
    assert beside == Beside.of(library, document)
    assert Beside.of(library, make_document(3, "98")) == Beside()


# Writing


async def test_a_note_is_written_shown_unfolded_and_taken_back(
    reading: Opener, library: Library
) -> None:
    async with reading("52:3") as reader:
        await note(reader, "**요지** 하나\n- 둘")
        (kept,) = library.notes.all()
        assert kept.text == "**요지** 하나\n- 둘"
        assert kept.position.address == Address("52", 3, 1)
        assert any("✎ 요지 하나 …" in line for line in reader.lines)
        assert not any("• 둘" in line for line in reader.lines)
        assert any("✎   3 " in line for line in reader.lines)
        await reader.press("z")
        assert any("│ • 둘" in line for line in reader.lines)
        await reader.press("z", "u")
        assert not library.notes.all()
        assert "note on 52:3.1" in reader.app.message
        assert not any("✎" in line for line in reader.lines)
        await reader.press("ctrl+r")
        assert library.notes.all() == (kept,)


async def test_a_note_is_changed_emptied_and_thrown_away(reading: Opener, library: Library) -> None:
    async with reading("52:3") as reader:
        await note(reader, "하나")
        await note(reader, " 둘")
        assert [it.text for it in library.notes.all()] == ["하나 둘"]
        await reader.press("e", "x", "ctrl+g")
        assert [it.text for it in library.notes.all()] == ["하나 둘"]
        assert "as it was" in reader.app.message
        await reader.press("e", "ctrl+u", "escape")
        assert not library.notes.all()
        await reader.press("u")
        assert [it.text for it in library.notes.all()] == ["하나 둘"]
        assert not left(paths().state / "drafts")


async def test_a_note_on_selected_words_stands_on_them(
    reading: Opener, library: Library, bundled: dict[str, Document]
) -> None:
    async with reading("52:3") as reader:
        await reader.press("v", "v", "v", "l")
        (chosen,) = screen_of(reader).selected
        await note(reader, "이 말")
        assert not screen_of(reader).selected
        (kept,) = library.notes.all()
        expected = position_of(bundled["52"], chosen.address, chosen.start, chosen.end)
        assert kept.position == expected
        assert kept.position.quote == chosen.text
        assert len(kept.position.after) == 40
        assert any(f"✎ “{chosen.text}” 이 말" in line for line in reader.lines)
        await reader.press("e")  # the only note here
        assert chosen.text in reader.screen
        await reader.press("escape", "v", "e", *"전체", "escape")
        assert len(library.notes.all()) == 2
        await reader.press("e")  # there are two now
        assert "Which note?" in reader.screen
        await reader.press("down", "enter", "!", "escape")
        assert [it.text for it in library.notes.all()] == ["이 말", "전체!"]


async def test_a_selection_of_several_parts_takes_no_note(
    reading: Opener, library: Library
) -> None:
    async with reading("52:3") as reader:
        await reader.press("v", "l", "e")
        assert not library.notes.all()
        assert "one part" in reader.app.message


async def test_the_editor_takes_what_is_pasted_clean_and_composed(
    reading: Opener, library: Library
) -> None:
    from textual.events import Paste

    async with reading("52:3") as reader:
        await reader.press("e")
        reader.app.post_message(Paste("\u1112\u1161\u11ab\x1b[31m[/x]\u202e\r\n둘\x00"))
        await reader.press("j", "ㅓ", "escape")
        assert [it.text for it in library.notes.all()] == ["한[/x]\n둘jㅓ"]


async def test_the_input_method_draws_where_the_cursor_is(reading: Opener) -> None:
    async with reading("52:3", size=(80, 24)) as reader:
        await note(reader, "가나")
        await reader.press("e")
        (line,) = (y for y, text in enumerate(reader.lines) if text == " 가나")
        assert reader.app.cursor_position == (5, line)
        await reader.press("다")
        assert reader.app.cursor_position == (7, line)


async def test_what_cannot_be_kept_stays_in_the_editor(
    reading: Opener, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading("52:3") as reader:
        await reader.press("e", *"여기")
        notes = screen_of(reader).places.library.notes

        def full(*_at: object) -> None:
            raise LibraryError("The disk is full.")

        with monkeypatch.context() as context:
            context.setattr(notes, "add", full)
            await reader.press("escape")
            assert isinstance(reader.app.screen, NoteScreen)
            assert "The disk is full." in reader.screen
        await reader.press("!", "escape")
        assert [it.text for it in library.notes.all()] == ["여기!"]


async def test_what_another_session_made_of_a_note_is_not_written_over(
    reading: Opener, library: Library
) -> None:
    async with reading("52:3") as reader:
        await note(reader, "하나")
        (one,) = library.notes.all()
        await reader.press("e", "!")
        library.notes.change(one.number, "다른 창")
        await reader.press("escape")
        assert [it.text for it in library.notes.all()] == ["다른 창", "하나!"]
        assert "Another session" in reader.app.message


async def test_what_another_session_puts_there_appears(
    reading: Opener, library: Library, bundled: dict[str, Document]
) -> None:
    async with reading("52:3") as reader:
        reader.app.heed()
        at = position(bundled["52"], Address("52", 3, 1))
        library.notes.add(at, "다른 창에서")
        library.set_mark("b", at)
        tray = library.trays.add("모음")
        library.trays.put(tray.number, "passage", at)
        reader.app.heed()
        await reader.rest()
        assert "다른 창에서" in reader.screen
        assert "⚑" in reader.screen
        assert "  3+ " in reader.screen


async def test_what_is_put_into_a_tray_shows_at_once(reading: Opener) -> None:
    async with reading("52:3") as reader:
        await reader.press("a")
        assert "  3+ " in reader.screen
        await reader.press("u")
        assert "  3+ " not in reader.screen


async def test_ten_thousand_paragraphs_are_not_laid_out_for_one_note(
    reading: Opener, make_document: Callable[..., Document], library: Library
) -> None:
    document = make_document(10_000)

    class Large(Shelf):
        def document(self, id: str) -> Document:  # noqa: A002
            return document if id == "99" else super().document(id)

        def resolve(self, address: Address, language: str, *, typed: bool = False) -> Address:
            if address.document == "99":
                return address
            return super().resolve(address, language, typed=typed)

    async with reading("99:5000", shelf=Large((), library)) as reader:
        await note(reader, "가운데")
        text = screen_of(reader).text
        assert "✎ 가운데" in reader.screen
        assert len(text._page._rows) < 200
        assert text.address == Address("99", 5000, 1)


# Drafts


def test_a_draft_is_there_as_long_as_nobody_forgets_it(tmp_path: Path) -> None:
    at = Position(Address("52", 3, 1), "말", "앞", "뒤")
    draft = Draft(tmp_path / "drafts", at, Begun(7, "처음"))
    assert not (tmp_path / "drafts").exists()
    draft.keep("하나")
    draft.keep("하나 둘")
    (file,) = (tmp_path / "drafts").glob("*.json")
    assert file.stat().st_mode & 0o777 == 0o600
    assert not left(tmp_path / "drafts")  # somebody writes it
    draft.leave()
    (one,) = left(tmp_path / "drafts")
    assert one == Left(file, at, Begun(7, "처음"), "하나 둘")
    again = Draft.going_on(one)
    assert not left(tmp_path / "drafts")
    again.forget()
    assert not list((tmp_path / "drafts").iterdir())


def test_two_sessions_never_go_on_in_one_file(tmp_path: Path) -> None:
    draft = Draft(tmp_path, Position(Address("52", 3, 1)))
    draft.keep("하나")
    draft.leave()
    (one,) = left(tmp_path)
    first, second = Draft.going_on(one), Draft.going_on(one)
    first.keep("첫째")
    second.keep("둘째")
    first.leave()
    second.leave()
    assert {it.text for it in left(tmp_path)} == {"첫째", "둘째"}


async def test_a_disk_that_takes_no_draft_is_told_of(
    reading: Opener, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    async with reading("52:3") as reader:
        await reader.press("e", *"여기")
        began = time.monotonic()
        while "not kept on the disk" not in reader.screen and time.monotonic() < began + PATIENCE:
            await reader._pilot.pause(0.05)
        assert "not kept on the disk yet" in reader.screen
        assert "여기" in reader.screen
        await reader.press("escape")
        assert [it.text for it in library.notes.all()] == ["여기"]


@pytest.mark.parametrize(
    "told",
    [
        "",
        "{",
        "[]",
        '{"address": "52:1", "text": "a", "begun": [1]}',
        '{"address": "../x", "text": "a"}',
        '{"address": "52:1"}',
        "\x00",
        "null",
    ],
)
def test_a_file_that_is_no_draft_is_left_alone(tmp_path: Path, told: str) -> None:
    file = tmp_path / "note-1-2.json"
    file.write_text(told, encoding="utf-8")
    assert left(tmp_path) == ()
    assert file.exists()


def test_a_draft_is_clean_when_it_comes_back(tmp_path: Path) -> None:
    file = tmp_path / "note-1-2.json"
    file.write_text(
        '{"address": "52:1", "quote": "", "before": "", "after": "", "begun": null,'
        ' "text": "\\u001b[31m가\\u202e"}',
        encoding="utf-8",
    )
    (one,) = left(tmp_path)
    assert one.text == "가"


async def test_a_draft_is_not_further_behind_than_two_seconds(reading: Opener) -> None:
    async with reading("52:3") as reader:
        await reader.press("e", *"한 줄")
        began = time.monotonic()
        folder = paths().state / "drafts"
        while not list(folder.glob("*.json")) and time.monotonic() < began + PATIENCE:
            await reader._pilot.pause(0.05)
        (file,) = folder.glob("*.json")
        assert "한 줄" in file.read_text(encoding="utf-8")
        await reader.press("escape")
        assert not list(folder.iterdir())


async def test_leaving_in_the_middle_of_a_note_keeps_it(reading: Opener, library: Library) -> None:
    async with reading("52:3") as reader:
        await reader.press("e", *"쓰다가 만", "ctrl+q")
    async with reading("52:1") as reader:
        assert "52:3.1 was still being written" in reader.app.message
        await reader.press("g", "e")
        assert screen_of(reader).here == Address("52", 3, 1)
        await reader.press("!", "escape")
        assert [it.text for it in library.notes.all()] == ["쓰다가 만!"]
    async with reading("52:1") as reader:
        assert "was still being written" not in reader.app.message
        await reader.press("g", "e")
        assert "No note was left" in reader.app.message


async def test_a_draft_does_not_write_over_what_became_of_its_note(
    reading: Opener, library: Library
) -> None:
    async with reading("52:3") as reader:
        await note(reader, "하나")
        await reader.press("e", *" 둘", "ctrl+q")
    (one,) = library.notes.all()
    library.notes.change(one.number, "그 뒤에 고친 것")
    async with reading("52:3") as reader:
        await reader.press("g", "e", "escape")
        assert [it.text for it in library.notes.all()] == ["그 뒤에 고친 것", "하나 둘"]


async def test_e_at_the_place_brings_it_back(reading: Opener, library: Library) -> None:
    async with reading("52:3") as reader:
        await reader.press("e", *"쓰다가 만", "ctrl+q")
    async with reading("52:3") as reader:
        await reader.press("e", "escape")
        assert [it.text for it in library.notes.all()] == ["쓰다가 만"]


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGHUP])
async def test_a_note_outlives_the_end_of_the_terminal(
    reading: Opener, library: Library, home: Path, number: signal.Signals
) -> None:
    environment = {name: value for name, value in os.environ.items() if "XDG" in name}
    program = Program(
        [sys.executable, "-m", "scmtui", "52:3"], environment={**environment, "HOME": str(home)}
    )
    folder = paths().state / "drafts"
    try:
        program.wait_for("esc", PATIENCE)
        program.settle(1.0)
        program.send(b"\x1b")
        program.settle(0.6)
        program.send(b"e")
        program.wait_for("Markdown", PATIENCE)
        program.send(b"half a sentence")
        ends = time.monotonic() + PATIENCE
        while "half a sentence" not in "".join(
            file.read_text(encoding="utf-8") for file in folder.glob("*.json")
        ):
            assert time.monotonic() < ends
            program.settle(0.1)
        assert left(folder) == ()
        os.kill(program.pid, number)
        program.settle(1.0)
    finally:
        program.end()
    async with reading("52:1") as reader:
        assert "52:3.1" in reader.app.message
        await reader.press("g", "e", "escape")
        assert [it.text for it in library.notes.all()] == ["half a sentence"]
    assert not list(folder.iterdir())
    assert left(folder) == ()


# Tags


def test_what_can_be_chosen_is_what_is_set_then_used_then_every_theme() -> None:
    themes = {"opcon": ("전작권 전환", "OPCON"), "cyber": ("사이버", "Cyber")}
    every = offers(themes, {"검토": 3, "opcon": 1}, ["opcon"])
    assert [it.tag for it in every] == ["opcon", "검토", "cyber"]
    assert [it.is_set for it in every] == [True, False, False]
    assert as_tag("  #  두  말\x1b[2J ") == "두 말"


async def test_a_tag_is_set_repeated_taken_off_and_taken_back(
    reading: Opener, library: Library, speak: Callable[[str], None]
) -> None:
    speak("ko")
    async with reading("52:3") as reader:
        await reader.press("full_stop")
        assert not library.tags.all()
        await reader.press("t", *"전작", "enter")
        assert [(it.position.address, it.tag) for it in library.tags.all()] == [
            (Address("52", 3, 1), "opcon")
        ]
        assert "  3# " in reader.screen
        await reader.press("j", ".")
        assert library.tags.names() == {"opcon": 2}
        await reader.press("u")
        assert "꼬리표" in reader.app.message
        assert "전작권 전환" in reader.app.message
        await reader.press("k", "t", "enter")  # what is set here comes first
        assert not library.tags.all()
        await reader.press("u")
        assert library.tags.names() == {"opcon": 1}


async def test_a_free_word_makes_a_new_tag_that_the_search_knows(
    reading: Opener, library: Library
) -> None:
    async with reading("52:3") as reader:
        await reader.press("ㅅ", *"다시보기", "enter")  # t, with the Hangul input method on
        assert library.tags.names() == {"다시보기": 1}
        assert library.tagged("다시보기") == {Address("52", 3, 1)}
        await reader.press("z")
        assert any("# 다시보기" in line for line in reader.lines)


async def test_t_is_still_the_second_key_of_two(reading: Opener) -> None:
    async with reading("52:3") as reader:
        await reader.press("]", "t")
        assert not isinstance(reader.app.screen, TagPicker)
        await reader.press("y", "t")
        assert not isinstance(reader.app.screen, TagPicker)


async def test_selected_words_are_tagged(reading: Opener, library: Library) -> None:
    async with reading("52:3") as reader:
        await reader.press("v", "v", "v")
        (chosen,) = screen_of(reader).selected
        await reader.press("t", *"word", "enter")
        (kept,) = library.tags.all()
        assert (kept.position.quote, kept.tag) == (chosen.text, "word")
        assert not screen_of(reader).selected


# The screen of all of them


async def test_all_of_it_is_listed_found_gone_to_and_taken_away(
    reading: Opener, library: Library
) -> None:
    async with reading("52:3") as reader:
        await note(reader, "첫 메모")
        await reader.press("j", "t", *"word", "enter", "j", "m", "a", "g", "n")
        screen = reader.app.screen
        assert isinstance(screen, WrittenScreen)
        assert screen.rows.count == 3
        assert "첫 메모" in reader.screen
        await reader.press("slash", *"메모")
        assert screen.rows.count == 1
        await reader.press("enter", "d")
        assert not library.notes.all()
        await reader.press("u")
        assert len(library.notes.all()) == 1
        assert "note on 52:3.1" in reader.app.message
        await reader.press("ctrl+r", "u", "escape", "end", "enter")
        assert reader.app.screen is screen_of(reader)
        assert screen_of(reader).here == Address("52", 5, 1)
        await reader.press("g", "n", "home", "enter", "ctrl+o")
        assert screen_of(reader).here == Address("52", 5, 1)


async def test_what_needs_a_look_says_so_and_is_put_elsewhere(
    reading: Opener, library: Library, make_document: Callable[..., Document]
) -> None:
    document = make_document(3)
    library.add(document, b"x")
    gone = Position(
        Address("99", 2, 1), "이런 말은 어디에도 없는 것입니다", "없는 앞말", "없는 뒷말"
    )
    library.notes.add(gone, "떠도는 메모")
    library.tags.add(gone, "떠도는")
    library.set_mark("a", gone)
    library.replace("99", make_document(4, "99"), b"y")
    assert len(library.strays()) == 3
    shelf = Shelf((), library)
    assert all(it.lost for it in written(library, [it.id for it in shelf.facts()]))
    async with reading("99:1") as reader:
        await reader.press("g", "n")
        assert reader.screen.count("needs a look") >= 3
        await reader.press("enter")
        assert isinstance(reader.app.screen, WrittenScreen)
        assert "not in 99 any more" in reader.app.message
        for _turn in range(3):
            await reader.press("home", "p")
        assert not library.strays()
        assert {it.position.address for it in library.notes.all()} == {Address("99", 1, 1)}
        await reader.press("home", "p")
        assert "only what needs a look" in reader.app.message
        await reader.press("u")
        assert len(library.strays()) == 1


SIZES = [(120, 40), (80, 24), (60, 20), (40, 12)]


@pytest.mark.parametrize("size", SIZES)
async def test_every_screen_is_usable_at_every_size(
    reading: Opener, size: tuple[int, int], speak: Callable[[str], None]
) -> None:
    speak("ko")
    async with reading("52:3", size=size) as reader:
        await reader.press("escape", "e", *"메모 한 줄")
        assert "메모 한 줄" in reader.screen
        assert "esc 보존" in reader.screen
        await reader.press("escape", "t", *"낱말")
        assert "낱말" in reader.screen
        await reader.press("enter", "g", "n")
        assert "메모 한 줄" in reader.screen
        assert "52:3.1" in reader.screen


LOOKS = {
    "folded": [],
    "unfolded": ["z"],
    "being changed": ["e"],
    "a tag, chosen": ["t", "전"],
    "all of it": ["g", "n"],
}


@pytest.mark.parametrize("keys", LOOKS.values(), ids=LOOKS)
async def test_notes_look_as_they_did(
    reading: Opener, speak: Callable[[str], None], snapshot: SnapshotAssertion, keys: list[str]
) -> None:
    speak("ko")
    async with reading("52:17", size=(80, 24)) as reader:
        await reader.press("escape")
        await note(reader, "# 요지\n- **둘째** 줄")
        await reader.press("t", *"전작", "enter", "m", "a", "a", *keys)
        assert "\n".join(reader.lines[:-1]) == snapshot  # without the footer


# What was undone, in words

POSITION = ("52:3.1", "말", "", "")
CHANGES: dict[str, tuple[Any, ...]] = {
    "mark a": ("marks", "a", None, (*POSITION, "", 0)),
    "the note on 52:3.1": ("notes", "1", (*POSITION, "글", "", "", 0), None),
    "the tag 검토 on 52:3.1": ("tags", "1", None, (*POSITION, "검토", "", 0)),
    "the link from 52:3.1 to 52:3.1": ("links", "1", None, (*POSITION, *POSITION, "", "", 0)),
    "the tray “모음”": ("trays", "1", None, ("모음", "")),
    "52:3.1 in the tray": (
        "items", "1", None, (1, 0, "passage", *POSITION, *("",) * 4, "", "", 0)
    ),
    "“제목” in the tray": (
        "items", "1", None, (1, 0, "heading", *("",) * 8, "제목", "", 0)
    ),
    "the pair 52:3 ↔ 57:2": ("pins", "52:3 57:2", None, (*POSITION, *POSITION, 1, "", 0)),
    "the parting of 52:3, 52:4 ↔ 57:2": (
        "pins", "52:3 57:2", (*POSITION, *POSITION, 1, "1", 0), (*POSITION, *POSITION, 0, "2", 0),
        (Change("pins", "52:4 57:2", None, (*POSITION, *POSITION, 0, "2", 0)),),
    ),
    "document 52": ("documents", "52", None, (3,)),
}  # fmt: skip


@pytest.mark.parametrize("told", CHANGES)
def test_what_was_undone_is_said_in_words(told: str) -> None:
    assert in_words(Change(*CHANGES[told])) == told
