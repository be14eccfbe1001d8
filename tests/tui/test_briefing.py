"""Copying, collecting and the tray: from the text to a page that can be handed over."""

from __future__ import annotations

import io
import sys
import zipfile
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from scmtui.library import Library
from scmtui.settings import config_file, paths
from scmtui.text import width
from scmtui.tui.app import ScmApp
from scmtui.tui.briefing import BriefingScreen
from scmtui.tui.dialogs import TextField
from scmtui.tui.reading import ReadingScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from scmtui.library.trays import Item
    from scmtui.model import Document
    from tests.tui.conftest import Reader

    Opener = Callable[..., AbstractAsyncContextManager[Reader]]

COMMUNIQUE = "「제52차 한미안보협의회의(SCM) 공동성명」(2020. 10. 14., 워싱턴 D.C.)"


def kinds() -> list[tuple[str, ...]]:
    """What lies in the first tray, as another session sees it."""
    library = Library(paths().data)
    trays = library.trays.all()
    items = library.trays.items(trays[0].number) if trays else ()
    library.close()
    return [(it.kind, *_ends(it), *([it.text] if it.text else [])) for it in items]


def _ends(item: Item) -> Iterator[str]:
    return (str(end.address) for end in (item.one, item.other) if end)


async def test_a_passage_is_copied_with_its_citation_and_the_program_does_not_say_too_much(
    reading: Opener, speak: Callable[[str], None]
) -> None:
    speak("ko")
    async with reading("52:12") as reader:
        await reader.press("y", "y")
        words, _, citation = reader.app.clipboard.rpartition("\n— ")
        assert citation == f"{COMMUNIQUE} 제12항"
        assert words.startswith("양 장관은 한미 공동의 노력을")
        assert "터미널로" in reader.app.message
        await reader.press("y", "c")
        assert reader.app.clipboard == citation
        await reader.press("y", "t")
        assert reader.app.clipboard == words


async def test_what_is_selected_is_copied_and_collected(reading: Opener) -> None:
    async with reading("52:2") as reader:
        await reader.press("v", "v", "v", "l", "y", "t")
        assert reader.app.clipboard == "양 장관은"
        await reader.press("a")
        assert kinds() == [("passage", "52:2.1")]
        library = Library(paths().data)
        (item,) = library.trays.items(1)
        assert item.one
        assert item.one.quote == "양 장관은"
        library.close()


async def test_a_copy_goes_into_a_file_and_over_another_only_when_that_is_said(
    reading: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with reading("52:12") as reader:
        await reader.press("y", "f", "enter")
        file = tmp_path / "scm-52-12.1.txt"
        assert "para. 12" in file.read_text()
        file.write_text("mine")
        await reader.press("y", "f", "enter")
        assert "Replace it?" in reader.screen
        await reader.press("n", "enter")
        assert reader.app.message == "Nothing was written."
        assert file.read_text() == "mine"
        await reader.press("y", "f", "enter", "y", "enter")
        assert "para. 12" in file.read_text()


async def test_the_text_stands_alone_on_the_terminal_for_the_mouse(
    reading: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = io.StringIO()

    @contextmanager
    def suspend(self: ScmApp) -> Iterator[None]:
        yield

    async with reading("52:12") as reader:
        await reader.press("g", "p")
        assert "cannot leave the screens" in reader.app.message  # a test has no terminal
        monkeypatch.setattr(ScmApp, "suspend", suspend)
        monkeypatch.setattr(sys, "stdout", left)
        monkeypatch.setattr(sys, "stdin", io.StringIO("\n" * 50))
        await reader.press("g", "p")
        monkeypatch.undo()
    shown = left.getvalue()
    assert "\n12. 양 장관은 한미 공동의 노력을" in shown
    assert "\n11. " not in shown
    assert shown.endswith("[Enter: back to scmtui] ")


async def test_a_compared_pair_is_collected_with_its_redline(reading: Opener) -> None:
    async with reading("52 57") as reader:
        screen = reader.app.screen
        await reader.press("1", "1", "G", "a")
        assert kinds() == [
            ("pair", "52:11", "57-article:2"),
            ("pair", "52:12", "57-article:2"),
        ]
        await reader.press("b")
        assert isinstance(reader.app.screen, BriefingScreen)
        assert "52:11↔57-article:2" in reader.screen
        await reader.press("w")
        assert "Remarks" in reader.screen
        await reader.press("escape")
        assert str(reader.app.screen) == str(screen)


async def test_a_tray_is_ordered_written_between_and_undone(reading: Opener) -> None:
    async with reading("52:11") as reader:
        await reader.press("a", "}", "a", "a")
        assert "twice" in reader.app.message
        await reader.press("b", "n", *"OPCON", "enter")
        heading = ("heading", "OPCON")
        one, two = ("passage", "52:11.1"), ("passage", "52:12.1")
        assert kinds() == [heading, one, two, two]
        await reader.press("alt+down")
        assert kinds() == [one, heading, two, two]
        await reader.press("K")
        assert kinds() == [heading, one, two, two]
        await reader.press("J", "j", "d")
        assert kinds() == [one, heading, two]
        await reader.press("u")
        assert kinds() == [one, heading, two, two]
        await reader.press("ctrl+r")
        assert kinds() == [one, heading, two]
        await reader.press("l", *"mine", "enter")
        assert ("line", "mine") in kinds()
        await reader.press("g", "g", "e", *"look", "enter", "e", "escape")
        assert kinds()[0] == (*one, "look")
        assert "※ look" in reader.screen


async def test_the_page_follows_what_is_done(reading: Opener) -> None:
    async with reading("52:11") as reader:
        await reader.press("b")
        assert "There is no tray yet" in reader.app.message
        await reader.press("escape", "a", "b")
        assert "Joint Communiqué of the 52nd" in reader.screen
        await reader.press("n", *"Later", "enter")
        page = [line.partition("│")[2] for line in reader.lines]
        await reader.press("space")
        assert any("□ Later" in line for line in (*page, *reader.lines))
        await reader.press("y", "y")
        assert "□ Later" in reader.app.clipboard


async def test_the_style_of_the_citations_is_chosen_on_the_page(reading: Opener) -> None:
    async with reading("52:11") as reader:
        await reader.press("a", "b", "s")
        assert "addresses" in reader.lines[0]
        assert "- 52:11.1" in reader.screen
        await reader.press("s")
        assert COMMUNIQUE[:20] in reader.screen  # the reader has no template: that style is skipped


@pytest.mark.parametrize("usable", [True, False])
async def test_copies_are_cited_as_the_readers_template_says(
    reading: Opener, *, usable: bool
) -> None:
    config_file().parent.mkdir(parents=True, exist_ok=True)
    word = "id" if usable else "nope"
    config_file().write_text(f"[citation]\ntemplate = '<{{{{ {word} }}}}>'\n", encoding="utf-8")
    async with reading("52:11") as reader:
        await reader.press("y", "c")
        assert (reader.app.clipboard == "<52>") is usable
        assert ("cannot be used" in reader.app.message) is not usable
        await reader.press("a", "b")
        assert ("- <52>" in reader.screen) is usable
        assert ("cannot be used" in reader.app.message) is not usable


async def test_a_passage_of_a_document_that_was_replaced_needs_a_look(
    reading: Opener, make_document: Callable[..., Document]
) -> None:
    library = Library(paths().data)
    document = make_document(3, id="54")
    official = replace(document, facts=replace(document.facts, official=True))
    library.add(official, b"54")
    library.close()
    async with reading("54:2") as reader:
        await reader.press("a", "b")
        assert "needs a look" not in reader.screen
        await reader.press("escape")
        library = Library(paths().data)
        lesser = replace(document, facts=replace(document.facts, official=False))
        library.replace("54", lesser, b"another")
        library.close()
        await reader.press("b", "b")  # the first one shows that the text is another now
        assert "54:2.1" in reader.screen
        assert "needs a look" in reader.screen
        await reader.press("y", "y")
        assert "what stands at 54:2.1 now is not." in reader.app.clipboard


async def test_enter_reads_the_passage_where_it_stands(reading: Opener) -> None:
    async with reading("52:12") as reader:
        await reader.press("a", "g", "g", "b", "enter")
        screen = reader.app.screen
        assert isinstance(screen, ReadingScreen)
        assert str(screen.address) == "52:12.1"
        await reader.press("ctrl+o")
        assert str(screen.address) == "52:1.1"


@pytest.mark.parametrize("ending", ["docx", "hwpx", "md", "nope"])
async def test_the_page_is_written_in_the_format_of_its_ending(
    reading: Opener, tmp_path: Path, ending: str
) -> None:
    file = tmp_path / f"brief.{ending}"
    async with reading("52:12") as reader:
        await reader.press("a", "b", "x", "ctrl+u")
        await reader.type(str(file))
        await reader.press("enter")
        if ending == "nope":
            assert "not an ending of a format" in reader.app.message
            assert not file.exists()
        else:
            assert str(file) in reader.app.message.replace("\n", "")
            assert zipfile.is_zipfile(file) == (ending != "md")


async def test_several_trays_are_begun_named_and_taken_away(reading: Opener) -> None:
    async with reading("52:12") as reader:
        await reader.press("a", "b", "c", *"Two", "enter")
        assert "Two · 0 things" in reader.screen
        await reader.press("left_square_bracket")
        assert "Briefing · 1 thing" in reader.screen
        await reader.press("r", "ctrl+u", *"One", "enter")
        assert "One · 1 thing" in reader.screen
        await reader.press("g", "x")
        assert "is gone" in reader.app.message
        assert "Two · 0 things" in reader.screen
        await reader.press("u", "left_square_bracket")
        assert "One · 1 thing" in reader.screen
        await reader.press("q", "}", "a")
        assert "“One”" in reader.app.message


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 20), (40, 12)])
async def test_the_tray_fits_every_screen(
    reading: Opener, speak: Callable[[str], None], size: tuple[int, int]
) -> None:
    speak("ko")
    async with reading("52:12", size=size) as reader:
        await reader.press("a", "b")
        assert "52:12.1" in reader.screen
        assert "제12항" in reader.screen or "한미 공동의" in reader.screen
        assert all(width(line) <= size[0] for line in reader.lines)
        await reader.press("w", "w")
        assert "보고서" in reader.screen


async def test_hits_are_collected_one_by_one_and_all_at_once(reading: Opener) -> None:
    async with reading("52") as reader:
        await reader.press("s", *"wjswkrrnjs", "tab", "j", "a")
        assert "now (1)" in reader.app.message
        await reader.press("g", "a")
        assert "passages put into “Briefing”" in reader.app.message
        first, heading, *others = kinds()
        assert first[0] == "passage"
        assert heading == ("heading", "wjswkrrnjs")
        assert first in others
        await reader.press("escape", "escape", "b")
        assert "wjswkrrnjs" in reader.screen


async def test_the_answer_on_a_phrase_is_collected_with_what_it_stands_on(reading: Opener) -> None:
    async with reading("52:6") as reader:
        await reader.press("v", "v", "v", "l", "asterisk")
        await reader.press("a")
        (passage,) = kinds()
        assert passage[0] == "passage"
        await reader.press("g", "a")
        _first, heading, answer, *others = kinds()
        assert heading[0] == "heading"
        assert answer[0] == "line"
        assert passage in others


async def test_absence_is_collected_too(reading: Opener) -> None:
    async with reading("52:6") as reader:
        await reader.press("asterisk", *"nowhere at all", "enter", "g", "a")
        heading, *lines = kinds()
        assert heading == ("heading", "“nowhere at all”")
        assert lines
        assert {it[0] for it in lines} == {"line"}


async def test_a_template_that_cannot_be_used_is_told_and_never_written(
    reading: Opener, home: Path, tmp_path: Path
) -> None:
    folder = home / "config" / "scmtui" / "templates"
    folder.mkdir(parents=True)
    (folder / "bad.md").write_text("{{ nope }}")
    file = tmp_path / "x.md"
    async with reading("52:12") as reader:
        await reader.press("a", "b", "w", "w", "w")
        assert "bad.md" in reader.screen
        assert "cannot be used" in reader.screen
        await reader.press("y", "y")
        assert reader.app.clipboard == ""
        await reader.press("x", "ctrl+u")
        await reader.type(str(file))
        await reader.press("enter")
        assert "cannot be used" in reader.app.message
        assert not file.exists()
        (folder / "bad.md").unlink()
        await reader.press("w")
        assert "quotes with citations" in reader.screen


@pytest.mark.parametrize("typed", ["~nobody-of-this-name/x.txt", "x" * 300])
async def test_a_file_that_cannot_be_is_a_sentence(reading: Opener, typed: str) -> None:
    async with reading("52:12") as reader:
        await reader.press("y", "f")
        reader.app.screen.query_one(TextField).value = typed
        await reader.press("enter")
        assert "cannot be written" in reader.app.message


async def test_what_another_session_takes_away_is_gone_here_too(reading: Opener) -> None:
    async with reading("52:12") as reader:
        await reader.press("a", "b", "c", *"Two", "enter")
        other = Library(paths().data)
        for tray in other.trays.all():
            if tray.name == "Two":
                other.trays.remove(tray.number)
        other.close()
        await reader.press("right_square_bracket")
        assert "Briefing · 1 thing" in reader.screen
        other = Library(paths().data)
        (tray,) = other.trays.all()
        (item,) = other.trays.items(tray.number)
        other.trays.take(item.number)
        other.close()
        await reader.press("e", *"x", "enter")
        assert "not in the library any more" in reader.app.message


async def test_a_document_that_another_session_removed_is_told_by_every_key(
    reading: Opener, make_document: Callable[..., Document]
) -> None:
    library = Library(paths().data)
    library.add(make_document(3, id="54"), b"54")
    async with reading("54") as reader:
        library.remove("54")
        library.close()
        for key in ("y y", "a", "t", "e", "g p", "i"):
            await reader.press(*key.split())
            # told at once, or when the screen has found out and shows another document
            assert "54" in reader.app.message or "제52차" in reader.lines[0], key
            await reader.press("escape")


async def test_the_words_of_a_tray_begin_at_one_column(reading: Opener) -> None:
    async with reading("52:12") as reader:
        await reader.press("a", "escape")
        library = Library(paths().data)
        trays = library.trays
        one = trays.items(1)[0].one
        assert one
        trays.put(1, "pair", one, one)
        library.close()
        await reader.press("b")
        rows = [line for line in reader.lines if "52:12" in line and "장관" in line]
        single, pair = rows[0], next(line for line in rows if "↔" in line)
        assert single.index("양 장관") == pair.index("양 장관")


async def test_the_layout_of_the_page_is_kept_for_the_next_start(reading: Opener) -> None:
    async with reading("52:12") as reader:
        await reader.press("a", "b", "w")
        assert "Remarks" in reader.screen
        await reader.press("escape", "b")
        assert "Remarks" in reader.screen
        await reader.press("escape", "q")
    async with reading("") as reader:
        await reader.press("b")
        assert "Remarks" in reader.screen
        assert "old and new side by side" in reader.lines[0]


async def test_a_template_of_any_error_does_not_end_the_program(reading: Opener) -> None:
    config_file().parent.mkdir(parents=True, exist_ok=True)
    config_file().write_text("[citation]\ntemplate = '{{ title|xmlattr }}'\n", encoding="utf-8")
    async with reading("52:12") as reader:
        for keys in (("y", "y"), ("y", "c"), ("a",), ("b",), ("s",), ("y", "y")):
            await reader.press(*keys)
        assert isinstance(reader.app.screen, BriefingScreen)
        await reader.press("escape", "y", "c")
        assert "“citation.template” cannot be used" in reader.app.message.replace("\n", " ")
