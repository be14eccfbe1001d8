"""An open screen follows what another session makes of the document that is open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest
from textual.message import Message

from scmtui.library import Library
from scmtui.model import Address, Document, NotFoundError, Paragraph, Part
from scmtui.settings import paths
from scmtui.tui.add.review import ReviewScreen
from scmtui.tui.bars import KeyBar
from scmtui.tui.compare import CompareScreen
from scmtui.tui.reading import ReadingScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractAsyncContextManager

    from tests.tui.conftest import Reader

    Opener = Callable[..., AbstractAsyncContextManager[Reader]]

LONG = [
    "제54차 한미안보협의회의가 워싱턴에서 개최되었다.",
    "양 장관은 한반도 안보 정세를 평가하고 공조를 강화하기로 하였다.",
    "양 장관은 전시작전통제권 전환의 진전을 점검하고 계획을 논의하였다.",
    "양 장관은 확장억제의 실행력을 높이기로 합의하고 연습을 계속하기로 하였다.",
]


@pytest.fixture
def library() -> Iterator[Library]:
    """The library that the screens open, from another session."""
    library = Library(paths().data)
    yield library
    library.close()


@pytest.fixture
def written(bundled: dict[str, Document]) -> Callable[..., Document]:
    """`written(*texts)`: a communiqué of the 54th meeting with these paragraphs."""

    def write(*texts: str) -> Document:
        paragraphs = tuple(
            Paragraph(number, "", (Part(text, 0, len(text)),), 0, len(text))
            for number, text in enumerate(texts, 1)
        )
        facts = replace(bundled["52"].facts, id="54", meeting=54, paragraphs=len(paragraphs))
        return Document(facts, paragraphs, "\n".join(texts))

    return write


def reading_of(reader: Reader) -> ReadingScreen:
    (screen,) = (it for it in reader.app.screen_stack if isinstance(it, ReadingScreen))
    return screen


async def test_a_text_that_was_replaced_is_shown_at_the_words_where_the_reader_was(
    reading: Opener, library: Library, written: Callable[..., Document]
) -> None:
    library.add(written(*LONG), b"worse")
    async with reading("54:3") as reader:
        library.replace("54", written("머리말이다.", *LONG), b"better")
        await reader.press("m", "a")
        assert reading_of(reader).here == Address("54", 4, 1)
        assert "머리말이다" in reader.screen
        assert reader.app.message == "Another session changed 54; it is shown as it is now."
        assert library.marks() == {}  # the key was meant for what was on the screen
        await reader.press("m", "a")
        assert library.marks()["a"].address == Address("54", 4, 1)
        assert library.marks()["a"].quote == LONG[2]


@pytest.mark.parametrize("keys", ["a", "e", "t", ".", "gp", "yy", "z", "i"])
async def test_no_key_writes_to_a_text_that_is_gone(
    reading: Opener, library: Library, written: Callable[..., Document], keys: str
) -> None:
    library.add(written(*LONG), b"worse")
    async with reading("54:4") as reader:
        library.replace("54", written("Nur ein Absatz."), b"shorter")
        await reader.type(keys)
        assert "Another session changed 54" in reader.app.message
        assert len(reader.app.screen_stack) == 1
        assert reading_of(reader).here == Address("54", 1, 1)
        assert library.trays.all() == ()
        assert library.tags.all() == ()
        assert library.notes.all() == ()


async def test_a_text_that_was_removed_gives_way_to_its_neighbour(
    reading: Opener, library: Library, written: Callable[..., Document]
) -> None:
    library.add(written(*LONG), b"54")
    async with reading("54:3") as reader:
        library.remove("54")
        reader.app.heed()
        await reader.rest()
        assert reader.app.message == "Another session took 54 out of the library."
        document = reading_of(reader).document
        assert document
        assert document.id in {"52", "57-article"}
        assert "54" not in [it.id for it in reading_of(reader).documents]


async def test_coming_back_to_the_terminal_is_enough(
    reading: Opener, library: Library, written: Callable[..., Document]
) -> None:
    library.add(written(*LONG), b"54")
    async with reading("54:3") as reader:
        reader.app.app_focus = False
        library.replace("54", written(*LONG[1:]), b"better")
        reader.app.app_focus = True
        await reader.rest()
        assert reading_of(reader).here == Address("54", 2, 1)


async def test_another_document_that_comes_or_goes_leaves_the_open_one_alone(
    reading: Opener, library: Library, written: Callable[..., Document]
) -> None:
    async with reading("52:3") as reader:
        document = reading_of(reader).document
        library.add(written(*LONG), b"54")
        await reader.press("j")
        assert reading_of(reader).document is document
        assert reading_of(reader).here != Address("52", 3, 1)  # the key was acted on
        assert "54" in [it.id for it in reading_of(reader).documents]
        assert reader.app.message == ""


async def test_a_note_that_was_being_written_goes_with_its_words(
    reading: Opener, library: Library, written: Callable[..., Document]
) -> None:
    library.add(written(*LONG), b"worse")
    async with reading("54:2") as reader:
        await reader.press("e")
        library.replace("54", written("머리말이다.", *LONG), b"better")
        await reader.type("memo")
        await reader.press("escape")
        (note,) = library.notes.all()
        assert (note.position.address, note.text) == (Address("54", 3, 1), "memo")
        assert note.position.quote == LONG[1]
        assert not note.lost


async def test_a_comparison_is_aligned_anew_where_the_reader_was(
    reading: Opener, library: Library, written: Callable[..., Document]
) -> None:
    library.add(written(*LONG), b"worse")
    async with reading("54") as reader:
        reading_of(reader).compare(["54", "52"])
        await reader.rest()
        screen = reader.app.screen
        assert isinstance(screen, CompareScreen)
        await reader.type(":54:3")
        await reader.press("enter")
        library.replace("54", written("머리말이다.", *LONG), b"better")
        await reader.press("a")
        assert "Another session changed 54" in reader.app.message
        assert library.trays.all() == ()
        assert screen.both[0].paragraphs[0].parts[0].text == "머리말이다."
        assert screen.pane.address
        assert screen.pane.address.paragraph == 4
        library.remove("54")
        await reader.press("a")
        assert isinstance(reader.app.screen, ReadingScreen)
        assert library.trays.all() == ()


@pytest.mark.parametrize("keys", ["gn", "b", "z", "'a"])
async def test_a_library_that_cannot_be_read_is_not_called_empty(
    reading: Opener, keys: str
) -> None:
    paths().data.mkdir(parents=True)
    (paths().data / "library.db").mkdir()
    async with reading("52:3") as reader:
        assert "cannot be used: it is a folder" in reader.app.message
        await reader.type(keys)
        assert "cannot be used: it is a folder" in reader.app.message
        assert len(reader.app.screen_stack) == 1


async def test_hits_in_texts_that_were_changed_since_are_not_collected(
    reading: Opener, library: Library, written: Callable[..., Document]
) -> None:
    library.add(written(*LONG), b"worse")
    async with reading("54:1") as reader:
        await reader.press("s", *"확장억제", "tab")
        library.replace("54", written("머리말이다.", *LONG), b"better")
        await reader.press("g", "a")
        assert reader.app.message == "Another session changed the documents: search again."
        assert library.trays.all() == ()
        await reader.press("escape", "escape")
        assert not reading_of(reader).outdated


async def test_a_search_over_a_comparison_of_what_is_gone_goes_on(
    reading: Opener, library: Library, written: Callable[..., Document]
) -> None:
    library.add(written(*LONG), b"54")
    async with reading("52") as reader:
        reading_of(reader).compare(["52", "54"])
        await reader.rest()
        await reader.press("question_mark")
        over = reader.app.screen
        assert not isinstance(over, CompareScreen)
        library.remove("54")
        reader.app.heed()
        await reader.rest()
        assert reader.app.is_running
        assert reader.app.screen is over
        assert "There is no document “54”" in reader.app.message
        await reader.press("escape")
        assert isinstance(reader.app.screen, ReadingScreen)


@pytest.mark.parametrize(
    "keys", [("enter", "x", "enter"), ("tab", "x"), ("u",), ("e", "1", "enter"), ("tab", "r")]
)
async def test_a_correction_of_a_document_that_is_gone_is_not_a_crash(
    reading: Opener, library: Library, written: Callable[..., Document], keys: tuple[str, ...]
) -> None:
    library.add(written(*LONG), b"54")
    async with reading("54:2") as reader:
        await reader.press("i")
        assert isinstance(reader.app.screen, ReviewScreen)
        library.remove("54")
        await reader.press(*keys)
        await reader.press("escape", "escape")
        assert reader.app.is_running


async def test_the_review_of_a_document_that_is_gone_says_so(
    reading: Opener, library: Library, written: Callable[..., Document]
) -> None:
    library.add(written(*LONG), b"54")
    async with reading("54:2") as reader:
        await reader.press("i", "enter")
        library.remove("54")
        await reader.press("x", "enter")
        assert reader.app.message.startswith("There is no document “54”.")
        assert isinstance(reader.app.screen, ReadingScreen)


@pytest.mark.parametrize("on_screen", [True, False])
async def test_what_stands_against_a_message_is_said_and_its_receiver_stays(
    reading: Opener, monkeypatch: pytest.MonkeyPatch, on_screen: bool
) -> None:
    @dataclass
    class Sent(Message):
        heard: bool

    def hear(_self: object, event: Sent) -> None:
        if not event.heard:
            raise NotFoundError("There is no document “{id}”.", id="99")
        reader.app.say("heard")

    async with reading("52") as reader:
        receiver = reader.app.screen if on_screen else reader.app.screen.query_one(KeyBar)
        name = Sent(heard=False).handler_name
        monkeypatch.setattr(type(receiver), name, hear, raising=False)
        receiver.post_message(Sent(heard=False))
        await reader.rest()
        assert reader.app.message == "There is no document “99”."
        receiver.post_message(Sent(heard=True))
        await reader.rest()
        assert reader.app.message == "heard"


async def test_what_stands_against_work_in_the_background_is_said(reading: Opener) -> None:
    async def fail() -> None:
        raise NotFoundError("There is no document “{id}”.", id="99")

    async with reading("52") as reader:
        reader.app.screen.run_worker(fail())
        await reader.rest()
        assert reader.app.message == "There is no document “99”."
        assert reader.app.is_running
