"""Adding documents: choosing files, reading them in the background, reviewing, keeping, undoing."""

from __future__ import annotations

import asyncio
import threading
import time
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.events import Key, Paste
from textual.widgets import Input

from scmtui.evidence import DOUBT, ONLY_ITSELF
from scmtui.model import Document, PasswordError, ReadError, Remark
from scmtui.readers import process
from scmtui.readers.contents import documents
from scmtui.readers.corrections import corrected
from scmtui.settings import Settings
from scmtui.tui.add.files import FilesScreen
from scmtui.tui.add.intake import Intake, State
from scmtui.tui.add.review import ReviewScreen
from scmtui.tui.add.screen import AddScreen
from scmtui.tui.reading import ReadingScreen

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet
    from contextlib import AbstractAsyncContextManager

    from scmtui.model import Correction
    from scmtui.readers.extracted import Task
    from tests.tui.conftest import Reader

    Rules = AbstractSet[str]
    Opener = Callable[..., AbstractAsyncContextManager[Reader]]

SIZES = [(120, 40), (80, 24), (60, 20)]
POISON = "\x1b]52;c;aGk=\x07[@click=app.quit]x[SCM]\u202e한미.txt"


@pytest.fixture
def folder(tmp_path: Path, bundled: dict[str, Document], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the program is started in, with a communiqué and another file."""
    made = tmp_path / "문서"
    made.mkdir()
    source = bundled["52"].source
    for number in (54, 55):
        text = source.replace("제52차", f"제{number}차").replace("2020년", f"20{number - 32}년")
        (made / f"제{number}차 공동성명.txt").write_text(text, encoding="utf-8")
    (made / "picture.png").write_bytes(b"\x89PNG")
    (made / ".hidden.txt").write_text("x", encoding="utf-8")
    (made / "더").mkdir()
    monkeypatch.chdir(made)
    return made


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Files are read in this process: that is quicker, and their own process is tested once."""
    if "child" not in request.fixturenames:
        monkeypatch.setattr(
            process, "documents", lambda data, task, rules, stop=None: documents(data, task, rules)
        )


@pytest.fixture
def child() -> None:
    """Files are read in a process of their own, as they are."""


def intake(reader: Reader) -> Intake:
    return reading_screen(reader).intake


def reading_screen(reader: Reader) -> ReadingScreen:
    found = reader.app.screen_stack[0]
    assert isinstance(found, ReadingScreen)
    return found


def communiques(folder: Path) -> list[Path]:
    return sorted(folder.glob("제*"))


def emptied(folder: Path) -> Path:
    """The folder without its communiqués."""
    for path in communiques(folder):
        path.unlink()
    return folder


def ids(reader: Reader) -> list[str]:
    return [facts.id for facts in reading_screen(reader).documents]


def files(reader: Reader) -> list[str]:
    screen = reader.app.screen
    assert isinstance(screen, FilesScreen)
    return [entry.name for entry, _spans in screen.files._rows]


def review(reader: Reader) -> ReviewScreen:
    screen = reader.app.screen
    assert isinstance(screen, ReviewScreen)
    return screen


def fact(reader: Reader, name: str) -> str:
    facts = review(reader)._subject.document.facts
    return str(getattr(facts, name))


async def to_fact(reader: Reader, name: str) -> None:
    rows = review(reader).facts
    places = [n for n, row in enumerate(rows._rows) if row.stated and row.stated.fact == name]
    rows.cursor = places[0]
    await reader.rest()


# Choosing files


async def test_a_file_is_chosen_reviewed_saved_opened_and_undone(
    reading: Opener, folder: Path
) -> None:
    async with reading("52") as reader:
        await reader.press("o")
        assert files(reader) == ["더", "제54차 공동성명.txt", "제55차 공동성명.txt"]
        await reader.press("j", "enter")
        assert review(reader).bar.title == "제54차 한미안보협의회의(SCM) 공동성명"
        assert fact(reader, "held") == "2022-10-14"
        await reader.press("s")
        assert isinstance(reader.app.screen, AddScreen)
        told = "It was added as 54. u takes it out again. "
        told += "Nobody has said that it is official, so it is not; i corrects that. "
        doubts = len(intake(reader).files[0].drafts[0].document.doubts) - 1
        assert reader.app.message == f"{told}{doubts} doubt{'s are' if doubts > 1 else ' is'} left."
        assert ids(reader) == ["57-article", "54", "52"]
        await reader.press("enter")
        assert str(reading_screen(reader).address) == "54:1.1"
        await reader.press("u")
        assert reader.app.message == "Undone: document 54."
        assert ids(reader) == ["57-article", "52"]
        assert str(reading_screen(reader).address) == "52:1.1"
        await reader.press("ctrl+r")
        assert ids(reader) == ["57-article", "54", "52"]


@pytest.mark.parametrize("query", ["ㄱㄷㅅㅁ 54", "rhdehd 54", "54차공동", "54ㅊ"])
async def test_a_name_is_found_as_it_is_typed(reading: Opener, folder: Path, query: str) -> None:
    for path in communiques(folder):
        path.rename(folder / unicodedata.normalize("NFD", path.name))
    async with reading("52") as reader:
        await reader.press("o", "slash")
        await reader.type(query)
        assert files(reader) == ["제54차 공동성명.txt"]
        await reader.press("enter")
        assert review(reader).bar.title.startswith("제54차")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("cr_tw", ["cr_twocol.txt", "a_cr_two.txt"]),
        ("ty_f", ["ty_footnotes.txt"]),
        ("FOOT", ["ty_footnotes.txt"]),
        ("소개_서", ["국방_소개_서울.txt"]),
    ],
)
async def test_a_part_of_a_name_is_found_as_it_is_written(
    reading: Opener, folder: Path, query: str, found: list[str]
) -> None:
    for name in ("a_cr_two", "cr_twocol", "ty_footnotes", "국방_소개_서울"):
        (folder / f"{name}.txt").write_text("말이다.", encoding="utf-8")
    async with reading("52") as reader:
        await reader.press("o", "slash")
        await reader.type(query)
        assert files(reader) == found


async def test_what_is_typed_right_after_the_key_goes_into_the_field(
    reading: Opener, folder: Path
) -> None:
    (folder / "cr_twocol.txt").write_text("말이다.", encoding="utf-8")
    async with reading("52") as reader:
        await reader.press("o")
        driver = reader.app._driver
        assert driver
        for key in "/cr_tw":  # at once, as a terminal far away sends it
            name = {"/": "slash", "_": "underscore"}.get(key, key)
            driver.send_message(Key(name, key))
        await reader.rest()
        assert reader.app.screen.query_one(Input).value == "cr_tw"
        assert files(reader) == ["cr_twocol.txt"]
        assert not intake(reader).files


async def test_a_folder_that_is_typed_as_a_path_is_not_said_to_hold_nothing(
    reading: Opener, folder: Path
) -> None:
    (folder / "더" / "a.txt").write_text("말이다.", encoding="utf-8")
    async with reading("52") as reader:
        await reader.press("o", "slash")
        await reader.type(f"{folder}/qq")
        assert reader.app.message == "No name here fits what is typed."
        await reader.press("backspace", "backspace")
        await reader.type("더/")
        assert files(reader) == ["a.txt"]
        assert not reader.app.message


async def test_a_name_is_found_in_the_folders_below_too(reading: Opener, folder: Path) -> None:
    (folder / "더" / "비전 성명.txt").write_text("말이다.", encoding="utf-8")
    async with reading("52") as reader:
        await reader.press("o", "slash")
        await reader.type("ㅂㅈ")
        assert files(reader) == ["더/비전 성명.txt"]
        await reader.press("enter")
        assert [file.name for file in intake(reader).files] == ["비전 성명.txt"]


async def test_folders_are_walked_and_the_way_back_is_kept(reading: Opener, folder: Path) -> None:
    async with reading("52") as reader:
        await reader.press("o", "enter")
        assert files(reader) == []
        assert "empty" in reader.app.message
        await reader.press("h")
        screen = reader.app.screen
        assert isinstance(screen, FilesScreen)
        assert screen.files.under
        assert screen.files.under.name == "더"
        await reader.press("ㅓ", "ㅗ")
        assert screen.folder == folder.parent
        await reader.press("tilde")
        assert screen.folder == Path.home()
        await reader.press("escape", "o")
        screen = reader.app.screen
        assert isinstance(screen, FilesScreen)
        assert screen.folder == Path.home()
    async with reading() as reader:
        assert reading_screen(reader).folder == Path.home()


async def test_files_that_cannot_be_read_and_hidden_ones_are_shown_when_asked(
    reading: Opener, folder: Path
) -> None:
    async with reading("52") as reader:
        await reader.press("o", "f")
        assert "picture.png" in files(reader)
        assert ".hidden.txt" not in files(reader)
        await reader.press("full_stop")
        assert ".hidden.txt" in files(reader)
        await reader.press("f")
        assert "picture.png" not in files(reader)


async def test_many_files_are_marked_and_read(reading: Opener, folder: Path) -> None:
    (folder / "더" / "셋.txt").write_text("제56차 SCM 공동성명\n1. 말이다.\n", encoding="utf-8")
    async with reading("52") as reader:
        await reader.press("o", "space")
        assert "Only files" in reader.app.message
        await reader.press("a", "a")
        screen = reader.app.screen
        assert isinstance(screen, FilesScreen)
        assert screen.files.marked == ()
        await reader.press("r")
        assert "Mark files first" in reader.app.message
        await reader.press("a", "enter", "space")
        assert screen.bar.said == "3 files marked"
        await reader.press("enter")
        screen = reader.app.screen
        assert isinstance(screen, AddScreen)
        assert [file.state for file in intake(reader).files] == [State.READ] * 3
        await reader.press("a")
        assert reader.app.message == "3 documents were added."
        assert ids(reader) == ["57-article", "56", "55", "54", "52"]


async def test_a_folder_that_cannot_be_opened_leaves_the_list(
    reading: Opener, folder: Path
) -> None:
    async with reading("52") as reader:
        await reader.press("o")
        (folder / "더").rmdir()
        await reader.press("enter")
        assert "cannot be opened" in reader.app.message
        assert files(reader)[0] == "더"


async def test_a_path_is_typed_in_the_field_and_leads_to_its_folder(
    reading: Opener, folder: Path
) -> None:
    async with reading("52") as reader:
        await reader.press("o", "slash")
        field = reader.app.screen.query_one("PathField")
        field.value = f"{folder.parent}/문"  # type: ignore[attr-defined]
        await reader.rest()
        assert files(reader) == ["문서"]
        field.value = f"{folder}/제55차 공동성명.txt"  # type: ignore[attr-defined]
        await reader.press("enter")
        assert review(reader).bar.title.startswith("제55차")


async def test_several_paths_are_pasted_or_dropped(reading: Opener, folder: Path) -> None:
    async with reading("52") as reader:
        await reader.press("o")
        first, second = communiques(folder)
        screen = reader.app.screen
        assert screen.focused
        screen.focused.post_message(Paste(f"'{first}'\nfile://{second}\n"))
        await reader.rest()
        assert [file.path for file in intake(reader).files] == [first, second]


async def test_a_file_dropped_on_the_text_is_read(reading: Opener, folder: Path) -> None:
    async with reading("52") as reader:
        await reader.press("escape")
        for text in ("some words", "/none/at/all.txt", f"/{'x' * 5000}.txt"):
            reading_screen(reader).text.post_message(Paste(text))
            await reader.rest()
            assert isinstance(reader.app.screen, ReadingScreen)
        reading_screen(reader).text.post_message(Paste(f"'{communiques(folder)[0]}' "))
        await reader.rest()
        assert review(reader).bar.title.startswith("제54차")


@pytest.mark.parametrize("where", ["list", "field"])
async def test_a_path_that_is_not_there_is_told(reading: Opener, folder: Path, where: str) -> None:
    async with reading("52") as reader:
        await reader.press("o", *(["slash"] if where == "field" else []))
        screen = reader.app.screen
        assert screen.focused
        screen.focused.post_message(Paste("/none/at/all.txt"))
        await reader.rest()
        assert "There is no file “/none/at/all.txt”." in reader.app.message


async def test_a_path_is_typed_on_the_command_line(reading: Opener, folder: Path) -> None:
    async with reading("52") as reader:
        await reader.press("colon")
        await reader.type("add 제54차 공동성명.txt")
        await reader.press("enter")
        assert review(reader).bar.title.startswith("제54차")
        await reader.press("escape", "escape", "colon")
        await reader.type("add none.txt")
        await reader.press("enter")
        assert "There is no file" in reader.app.message


async def test_among_thousands_of_names_the_keys_do_not_wait(reading: Opener, folder: Path) -> None:
    for number in range(1500):
        (folder / f"{number}.txt").touch()
    async with reading("52") as reader:
        await reader.press("o", "slash")
        await reader.type("공동")
        assert files(reader) == ["제54차 공동성명.txt", "제55차 공동성명.txt"]


# Reading in the background


class Slow:
    """A reading that goes on until it is stopped, and counts."""

    def __init__(self) -> None:
        self.stopped: list[str] = []
        self.begun = threading.Semaphore(0)

    def __call__(
        self, data: bytes, task: Task, rules: Rules, stop: threading.Event | None = None
    ) -> tuple[Document, ...]:
        task.told(3, 12)
        self.begun.release()
        assert stop
        stop.wait(20)
        self.stopped.append(task.file)
        raise ReadError("“{file}” was stopped.", file=task.file)


async def press(reader: Reader, *keys: str) -> None:
    """Press keys while files are being read."""
    for key in keys:
        await reader._pilot.press(key)
    await reader._pilot.pause()


async def begun(reader: Reader, count: int, slow: Slow) -> None:
    for _turn in range(count):
        await asyncio.to_thread(slow.begun.acquire, timeout=10)
    await reader._pilot.pause()


async def test_a_reading_shows_how_far_it_is_and_can_be_stopped(
    reading: Opener, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Slow()
    monkeypatch.setattr(process, "documents", slow)
    monkeypatch.setattr("scmtui.tui.add.intake.MOST_AT_ONCE", 1)
    async with reading("52") as reader:
        await reader.press("o")
        await press(reader, "a", "r")
        await begun(reader, 1, slow)
        assert "3 of 12" in reader.screen
        assert "waiting" in reader.screen
        assert "reading 2" in reader.screen
        before = time.perf_counter()
        await press(reader, "j", "k")
        assert time.perf_counter() - before < 1
        await press(reader, "d")
        await begun(reader, 1, slow)
        assert [file.state for file in intake(reader).files] == [State.STOPPED, State.READING]
        await reader.press("ctrl+x")
        assert "1 reading was stopped." in reader.app.message
        assert slow.stopped == ["제54차 공동성명.txt", "제55차 공동성명.txt"]
        assert [file.state for file in intake(reader).files] == [State.STOPPED] * 2
        await reader.press("d", "d")
        assert intake(reader).files == ()


async def test_closing_the_screen_stops_nothing_and_o_comes_back(
    reading: Opener, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Slow()
    monkeypatch.setattr(process, "documents", slow)
    async with reading("52") as reader:
        await reader.press("o", "j")
        await press(reader, "enter")
        await begun(reader, 1, slow)
        await press(reader, "escape")
        assert isinstance(reader.app.screen, ReadingScreen)
        assert "waits behind o" in reader.app.message
        assert slow.stopped == []
        await press(reader, "j", "o")
        assert isinstance(reader.app.screen, AddScreen)
        await press(reader, "escape")
    assert slow.stopped == ["제54차 공동성명.txt"]


@pytest.mark.usefixtures("child")
async def test_a_file_is_read_in_a_process_of_its_own(reading: Opener, folder: Path) -> None:
    async with reading("52") as reader:
        await reader.press("o", "j", "enter")
        assert review(reader).bar.title.startswith("제54차")


async def test_what_is_wrong_with_a_file_stands_in_its_row(reading: Opener, folder: Path) -> None:
    (folder / "빈.txt").touch()
    async with reading("52") as reader:
        await reader.press("o", "a", "r")
        assert "“빈.txt” is empty. Nothing was changed." in reader.screen
        assert [file.state for file in intake(reader).files] == [
            State.FAILED,
            State.READ,
            State.READ,
        ]
        await reader.press("a", "escape", "o")
        assert isinstance(reader.app.screen, FilesScreen)  # nothing is left to decide


async def test_a_password_is_asked_for_never_shown_and_not_kept(
    reading: Opener, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = []

    def locked(data: bytes, task: Task, rules: Rules, stop: object = None) -> tuple[Document, ...]:
        given.append(task.password)
        if task.password != "qqxx":
            raise PasswordError("“{file}” opens with a password only.", file=task.file)
        return documents(data, task, rules)

    monkeypatch.setattr(process, "documents", locked)
    async with reading("52") as reader:
        await reader.press("o", "j", "enter")
        assert "opens with a password only" in reader.screen
        await reader.type("zzyy")
        assert "zzyy" not in reader.screen
        await reader.press("enter")
        assert intake(reader).files[0].state is State.LOCKED
        assert reader.app.message == "That password does not open it."
        await reader.type("qqxx")
        assert "qqxx" not in reader.screen
        await reader.press("enter")
        assert given == ["", "zzyy", "qqxx"]
        assert intake(reader)._passwords == {}
        assert intake(reader).files[0].state is State.READ


async def test_esc_leaves_the_password_first(
    reading: Opener, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(data: bytes, task: Task, rules: Rules, stop: object = None) -> tuple[Document, ...]:
        raise PasswordError("“{file}” opens with a password only.", file=task.file)

    monkeypatch.setattr(process, "documents", locked)
    async with reading("52") as reader:
        await reader.press("o", "j", "enter", "x", "escape")
        assert isinstance(reader.app.screen, AddScreen)
        assert not reader.app.screen.query("PasswordField")
        await reader.press("escape")
        assert isinstance(reader.app.screen, ReadingScreen)


async def test_leaving_tells_once_of_what_is_not_saved(reading: Opener, folder: Path) -> None:
    async with reading("52") as reader:
        await reader.press("o", "j", "enter", "escape", "escape", "q")
        assert "1 document that was read is not saved." in reader.app.message
        assert reader.app.is_running
        await reader.press("o")
        assert review(reader).bar.title.startswith("제54차")
        await reader.press("s", "escape")
        await reader._pilot.press("q")
        await reader._pilot.pause()
        assert reader.app.return_code == 0
        assert not reader.app.is_running


# Keeping


async def test_the_same_file_twice_changes_nothing_and_says_so(
    reading: Opener, folder: Path
) -> None:
    async with reading("52") as reader:
        for _turn in range(2):
            await reader.press("o", "j", "enter")
            if isinstance(reader.app.screen, ReviewScreen):
                await reader.press("s", "escape")
        screen = reader.app.screen
        assert isinstance(screen, AddScreen)
        assert "It is there already as 54; nothing was changed." in reader.screen
        await reader.press("s")
        assert "nothing was changed" in reader.app.message
        assert ids(reader) == ["57-article", "54", "52"]
        await reader.press("enter")
        assert str(reading_screen(reader).address) == "54:1.1"


@pytest.fixture
def copy(folder: Path, bundled: dict[str, Document]) -> Path:
    """Another copy of the 52nd communiqué, alone in its folder, without its paragraph 3."""
    emptied(folder)
    paragraph = bundled["52"].paragraphs[2]
    source = bundled["52"].source
    file = folder / "copy.txt"
    file.write_text(
        source[: paragraph.start] + "3. 다른 말이다.\n" + source[paragraph.end :], encoding="utf-8"
    )
    return file


async def test_another_copy_stands_beside_the_first(reading: Opener, copy: Path) -> None:
    async with reading("52") as reader:
        await reader.press("o", "j", "enter", "escape", "a")
        assert "1 is a copy of one that is there" in reader.app.message
        assert "52 is official and this text is not. s keeps both, w w" in reader.screen
        await reader.press("s")
        assert ids(reader) == ["57-article", "52", "52-2"]


async def to_the_question(reader: Reader) -> None:
    rows = review(reader).facts
    (rows.cursor,) = (
        n for n, row in enumerate(rows._rows) if row.doubt and row.doubt.kind == DOUBT
    )
    await reader.rest()


@pytest.mark.parametrize(("answer", "official"), [("yes", True), ("", False)])
async def test_whether_it_is_official_is_one_question(
    reading: Opener, folder: Path, answer: str, official: bool
) -> None:
    async with reading("52") as reader:
        await reader.press("o", "j", "enter")
        before = len(review(reader)._subject.document.doubts)
        assert " 54 · Joint communiqué · not official · " in reader.lines[0]
        (row,) = (it for it in reader.lines if it.startswith((" Official ", "▌Official ")))
        assert "? no" in row
        await to_the_question(reader)
        assert "Enter says it." in reader.screen
        await reader.press("enter")
        await reader.type(answer)
        await reader.press("enter")
        document = review(reader)._subject.document
        assert len(document.doubts) == before - 1
        assert document.facts.official is official
        assert ("not official" in reader.lines[0]) is not official
        await reader.press("s")
        assert "Nobody has said" not in reader.app.message
        assert reading_screen(reader).shelf.document("54").facts.official is official


async def test_a_question_that_is_not_answered_is_answered_with_no(
    reading: Opener, folder: Path
) -> None:
    async with reading("52") as reader:
        await reader.press("o", "j", "enter")
        await reader.press("s")
        assert "Nobody has said that it is official, so it is not" in reader.app.message
        assert not reading_screen(reader).shelf.document("54").facts.official


async def test_another_meeting_may_have_an_official_text_to_compare_with(
    reading: Opener, copy: Path
) -> None:
    async with reading("52") as reader:
        await reader.press("o", "j", "enter")
        (doubt,) = (it for it in review(reader)._subject.document.doubts if it.kind == DOUBT)
        assert doubt.text.startswith("It differs from 52, which is official, in 1 paragraph")
        await to_fact(reader, "meeting")
        await reader.press("enter", "5", "5", "enter")
        (doubt,) = (it for it in review(reader)._subject.document.doubts if it.kind == DOUBT)
        assert doubt.text == ONLY_ITSELF


async def test_another_copy_takes_the_place_of_the_first_with_its_marks(
    reading: Opener, copy: Path
) -> None:
    async with reading("52:3") as reader:
        await reader.press("m", "a", "}", "m", "b", "o", "j", "enter", "w")
        assert "52 is official and this text is not" in reader.app.message  # its words differ
        await reader.press("w")
        assert "It has taken the place of 52." in reader.app.message
        assert "1 mark or note needs a look" in reader.app.message
        assert ids(reader) == ["57-article", "52"]
        screen = reading_screen(reader)
        assert screen.document
        assert "다른 말이다" in screen.document.source
        await reader.press("u")
        assert "다른 말이다" not in screen.shelf.document("52").source
        assert intake(reader).files[0].drafts[0].open
        await reader.press("escape", "'", "a")
        assert str(screen.address) == "52:3.1"


@pytest.fixture
def page(folder: Path) -> Path:
    """A page of a ministry with the 52nd communiqué, which is not official, alone in its folder."""
    emptied(folder)
    sample = Path(__file__).parents[1] / "samples" / "html" / "ministry_table.html"
    (folder / "page.html").write_bytes(sample.read_bytes())
    return folder


@pytest.mark.parametrize("leave", [(), ("escape",)])
async def test_the_official_text_is_replaced_only_by_a_second_word(
    reading: Opener, page: Path, leave: tuple[str, ...]
) -> None:
    async with reading("52") as reader:
        await reader.press("o", "j", "enter", *leave, "w")
        assert "52 is official and this text is not" in reader.app.message
        screen = reading_screen(reader)
        assert screen.shelf.document("52").facts.official
        await reader.press("w")
        assert "It has taken the place of 52." in reader.app.message
        await reader.press("escape")
        assert "not official" in reader.lines[1]
        (row,) = (line for line in reader.lines if "52 2020-10-14" in line)
        assert "unofficial" in row
        await reader.press("u")
        assert "not official" not in reader.lines[1]
        (row,) = (line for line in reader.lines if "52 2020-10-14" in line)
        assert "unofficial" not in row


async def test_a_number_that_is_typed_opens_the_official_text(reading: Opener, page: Path) -> None:
    async with reading("57") as reader:
        library = reading_screen(reader).places.library
        document = reading_screen(reader).shelf.document("52")
        for number, official in enumerate((False, True)):
            facts = replace(document.facts, id="54", meeting=54, official=official)
            library.add(replace(document, facts=facts), str(number).encode())
        await reader.press("colon", "5", "4", "enter")
        assert str(reading_screen(reader).address) == "54-2:1.1"
        assert "54 is taken as 54-2" in reader.app.message
        await reader.press("colon", "5", "4", "minus", "1", "enter")
        assert str(reading_screen(reader).address) == "54:1.1"


async def test_what_is_found_by_its_name_is_read_with_what_is_marked(
    reading: Opener, folder: Path
) -> None:
    async with reading("52") as reader:
        await reader.press("o", "j", "space", "slash")
        await reader.type("55")
        await reader.press("enter")
        assert [file.name[:4] for file in intake(reader).files] == ["제54차", "제55차"]


async def test_the_same_text_from_two_files_is_counted_once(reading: Opener, folder: Path) -> None:
    first, second = communiques(folder)
    second.write_bytes(first.read_bytes())
    async with reading("52") as reader:
        await reader.press("o", "a", "r", "a")
        assert reader.app.message == "1 document was added."
        assert ids(reader) == ["57-article", "54", "52"]


async def test_q_leaves_the_files(reading: Opener, folder: Path) -> None:
    async with reading("52") as reader:
        await reader.press("o", "q")
        assert isinstance(reader.app.screen, ReadingScreen)
        assert reader.app.is_running


async def test_there_must_be_a_copy_to_take_its_place(reading: Opener, folder: Path) -> None:
    async with reading("52") as reader:
        await reader.press("o", "j", "enter", "w")
        assert "no other copy" in reader.app.message
        await reader.press("escape", "w")
        assert "no other copy" in reader.app.message


@pytest.fixture
def several(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that holds two documents."""

    def both(data: bytes, task: Task, rules: Rules, stop: object = None) -> tuple[Document, ...]:
        (first,) = documents(data, task, rules)
        second = replace(first, facts=replace(first.facts, id="54-en", language="en"))
        return first, second

    monkeypatch.setattr(process, "documents", both)


@pytest.mark.usefixtures("several")
async def test_a_file_with_several_documents_shows_each(reading: Opener, folder: Path) -> None:
    async with reading("52") as reader:
        await reader.press("o", "j", "enter")
        assert isinstance(reader.app.screen, AddScreen)
        assert "2 documents" in reader.screen
        await reader.press("k", "s")
        assert "no document in this row" in reader.app.message
        await reader.press("enter", "enter")
        assert fact(reader, "id") == "54"
        await reader.press("]", "d")
        assert fact(reader, "id") == "54-en"
        await reader.press("]", "d")
        assert "no further document" in reader.app.message
        await reader.press("d")
        assert "left out" in reader.screen
        await reader.press("a")
        assert ids(reader) == ["57-article", "54", "52"]
        await reader.press("j", "j", "d", "s")
        assert ids(reader) == ["57-article", "54", "54-en", "52"]


# Reviewing and correcting


async def test_a_fact_is_corrected_checked_taken_back_and_undone(
    reading: Opener, folder: Path
) -> None:
    async with reading("52") as reader:
        await reader.press("o", "j", "enter")
        await to_fact(reader, "held")
        await reader.press("e")
        field = reader.app.screen.query_one("FactField")
        field.value = "soon"  # type: ignore[attr-defined]
        await reader.press("enter")
        assert "“soon” is not a day." in reader.app.message
        assert reader.app.screen.query("FactField")
        field.value = "2022. 11. 3."  # type: ignore[attr-defined]
        await reader.press("enter")
        assert not reader.app.screen.query("FactField")
        assert fact(reader, "held") == "2022-11-03"
        assert "✎ 3 November 2022" in reader.screen
        assert "it was read as “14 October 2022”" in reader.screen
        await reader.press("backspace")
        assert fact(reader, "held") == "2022-10-14"
        await reader.press("u")
        assert reader.app.message == "Undone: Held 14 October 2022 → 3 November 2022."
        assert fact(reader, "held") == "2022-11-03"
        await reader.press("u")
        assert reader.app.message == "Undone: Held 3 November 2022 → 14 October 2022."
        await reader.press("ctrl+r")
        assert reader.app.message == "Redone: Held 14 October 2022 → 3 November 2022."
        await reader.press("ctrl+r", "u")
        assert fact(reader, "held") == "2022-11-03"
        await to_fact(reader, "meeting")
        await reader.press("backspace")
        assert "not corrected" in reader.app.message


async def test_the_number_of_the_meeting_gives_the_id_and_esc_leaves_the_field(
    reading: Opener, folder: Path
) -> None:
    async with reading("52") as reader:
        await reader.press("o", "j", "enter")
        await to_fact(reader, "meeting")
        await reader.press("enter", "5", "6", "escape")
        assert fact(reader, "id") == "54"
        await reader.press("enter", "5", "6", "enter", "s")
        assert ids(reader) == ["57-article", "56", "52"]


@pytest.fixture
def broken(folder: Path, bundled: dict[str, Document]) -> Path:
    """A communiqué whose lines were cut wherever they were full."""
    text = "제54차 한미안보협의회의(SCM) 공동성명\n2022년 11월 3일, 워싱턴 D.C.\n\n"
    for item in bundled["52"].paragraphs:
        whole = f"{item.number}. {item.parts[0].text}".replace("제52차", "제54차")
        text += "\n".join(whole[at : at + 37].strip() for at in range(0, len(whole), 37)) + "\n"
    file = folder / "0.txt"
    file.write_text(text, encoding="utf-8")
    return file


async def test_doubtful_joins_are_shown_walked_joined_and_split(
    reading: Opener, broken: Path
) -> None:
    async with reading("52") as reader:
        await reader.press("o", "j", "enter")
        screen = review(reader)
        doubts = [it for it in screen._subject.document.doubts if it.at is not None]
        assert doubts
        await reader.press("tab", "n")
        seam = screen.text._at
        assert seam
        assert seam.at == doubts[0].at
        assert not seam.sure
        part = seam.address.paragraph, (seam.address.part or 1) - 1

        def shown() -> str:
            document = screen._subject.document
            paragraph = document.paragraph(part[0] or 0)
            assert paragraph
            return paragraph.parts[part[1]].text

        before = shown()
        await reader.press("x" if seam.now.value == "" else "r")
        assert shown() != before
        assert shown().replace(" ", "") == before.replace(" ", "")
        assert len(screen._subject.document.doubts) < len(doubts) + 10
        assert doubts[0].at not in {it.at for it in screen._subject.document.doubts}
        await reader.press("backspace")
        assert shown() == before
        count = sum(len(it.parts) for it in screen._subject.document.paragraphs)
        for _turn in range(2):
            await reader.press("x")
        assert sum(len(it.parts) for it in screen._subject.document.paragraphs) == count + 1
        await reader.press("u", "u", "u", "u")
        assert shown() == before
        assert screen._subject.document.corrections == ()


async def test_a_correction_of_a_long_text_is_made_beside_the_keys(
    reading: Opener, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scmtui.tui.add.text.LONG", 10)
    held = threading.Event()

    def slowly(document: Document, what: Correction) -> Document:
        held.wait(10)
        return corrected(document, what)

    monkeypatch.setattr("scmtui.tui.add.text.corrected", slowly)
    async with reading("52") as reader:
        await reader.press("o", "j", "enter", "tab", ")")
        await press(reader, "x", "x")
        assert "still being made" in reader.app.message
        held.set()
        await reader.rest()
        assert len(review(reader)._subject.document.paragraphs[0].parts) == 2
        left = len(review(reader)._subject.document.doubts)
        assert f" · {left} doubts" in reader.lines[0]
        assert reader.app.message == f"A part begins here. {left} doubts are left."
        await reader.press("x")
        assert [it.kind for it in review(reader)._subject.document.corrections] == ["paragraph"]


async def test_places_without_a_doubt_are_walked_and_parts_made_and_joined(
    reading: Opener, folder: Path
) -> None:
    async with reading("52") as reader:
        await reader.press("o", "j", "enter", "tab", "r")
        screen = review(reader)
        assert "Nothing meets here" in reader.app.message
        await reader.press("backspace")
        assert "not corrected" in reader.app.message
        await reader.press("n")
        assert "doubt" in reader.app.message
        await reader.press("(")
        assert "no further place" in reader.app.message
        await reader.press(")", "x")
        document = screen._subject.document
        assert len(document.paragraphs[0].parts) == 2
        assert "✎" in reader.screen
        await reader.press("x")
        assert [it.kind for it in screen._subject.document.corrections] == ["paragraph"]
        await reader.press("x")
        assert "It cannot be set further apart." in reader.app.message
        await reader.press("r", "r")
        assert len(screen._subject.document.paragraphs[0].parts) == 1


async def test_a_doubt_is_shown_in_the_text_from_the_list(reading: Opener, broken: Path) -> None:
    async with reading("52") as reader:
        await reader.press("o", "j", "enter")
        rows = review(reader).facts
        rows.cursor = next(n for n, row in enumerate(rows._rows) if row.doubt and row.doubt.at)
        await reader.press("enter")
        assert review(reader).text.has_focus
        assert review(reader).text._at
        await reader.press("escape")
        assert review(reader).facts.has_focus
        await reader.press("escape")
        assert isinstance(reader.app.screen, AddScreen)


async def test_a_doubt_about_a_fact_leads_to_its_line(reading: Opener, folder: Path) -> None:
    async with reading("52") as reader:
        await reader.press("o", "j", "enter")
        screen = review(reader)
        doubts = {n: row.doubt.kind for n, row in enumerate(screen.facts._rows) if row.doubt}
        assert set(doubts.values()) == {"catalogue", DOUBT}
        screen.facts.cursor = max(n for n, kind in doubts.items() if kind == "catalogue")
        await reader.press("enter")
        assert str(screen.text.address) == "54:1.1"
        assert screen.text.has_focus
        await reader.press("escape")
        screen.facts.post_message(screen.facts.Pointed(Remark("title", "x")))
        await reader.rest()
        assert "not about a place" in reader.app.message


async def test_a_document_that_is_there_is_corrected_at_once_and_undone(reading: Opener) -> None:
    async with reading("52:2") as reader:
        await reader.press("i")
        assert "SHA-256" in reader.screen
        await reader.press("s")
        assert "kept at once" in reader.app.message
        await reader.press("d")
        assert ":remove 52" in reader.app.message
        await to_fact(reader, "title")
        await reader.press("enter")
        reader.app.screen.query_one("FactField").value = "[고친 제목]"  # type: ignore[attr-defined]
        await reader.press("enter")
        assert reading_screen(reader).shelf.document("52").facts.title == "[고친 제목]"
        await reader.press("escape")
        assert "[고친 제목]" in reader.lines[0]
        assert str(reading_screen(reader).address) == "52:2.1"
        await reader.press("u")
        assert "제52차" in reader.lines[0]


async def test_a_correction_that_gives_another_id_opens_it(reading: Opener, folder: Path) -> None:
    async with reading("52") as reader:
        await reader.press("o", "j", "enter", "s", "enter", "}", "i")
        await to_fact(reader, "meeting")
        await reader.press("enter", "5", "6", "enter")
        assert ids(reader) == ["57-article", "54", "52"]
        await reader.press("escape")
        assert ids(reader) == ["57-article", "56", "52"]
        assert str(reading_screen(reader).address) == "56:2.1"
        await reader.press("i", "u")
        assert reader.app.message.startswith("Undone: Meeting 56 → 54")
        await reader.press("escape")
        assert ids(reader) == ["57-article", "54", "52"]


# Removing


@pytest.mark.parametrize("typed", ["remove", "remove 54"])
async def test_a_document_is_removed_without_a_question_and_put_back(
    reading: Opener, folder: Path, typed: str
) -> None:
    async with reading("52") as reader:
        await reader.press("o", "j", "enter", "s", "enter", "colon")
        await reader.type(typed)
        await reader.press("enter")
        assert reader.app.message == "54 was taken out of the library. u puts it back."
        assert ids(reader) == ["57-article", "52"]
        assert str(reading_screen(reader).address) == "52:1.1"
        await reader.press("u")
        assert ids(reader) == ["57-article", "54", "52"]


async def test_what_comes_with_the_program_cannot_be_removed(reading: Opener) -> None:
    async with reading("52") as reader:
        await reader.press("g", "x")
        assert "comes with scmtui" in reader.app.message
        assert ids(reader) == ["57-article", "52"]


# How it looks


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("width", [1, 2])
async def test_a_poisoned_file_acts_on_nothing(
    reading: Opener, folder: Path, size: tuple[int, int], width: int
) -> None:
    emptied(folder)
    text = f"제54차 SCM 공동성명 [/] {POISON}\n\n1. {POISON} [@click=app.quit]말[/]이다.\n"
    (folder / POISON).write_text(text, encoding="utf-8")
    settings = Settings(ambiguous_width=width)  # type: ignore[arg-type]
    async with reading("52", size=size, settings=settings) as reader:

        def calm() -> None:
            bad = {c for line in reader.lines for c in line if unicodedata.category(c)[0] == "C"}
            assert not bad
            assert reader.app.is_running

        for keys in (["o", "j"], ["space", "slash", "한"], ["escape", "enter"], ["tab"], ["tab"]):
            await reader.press(*keys)
            calm()
        for _row in review(reader).facts._rows:
            await reader.press("j")
            calm()
        assert "[@click=app.quit]" in str(fact(reader, "title"))
        for keys in (["s"], ["u"], ["d"], ["d"], ["s", "enter"], ["g", "x"], ["i"]):
            await reader.press(*keys)
            calm()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("tongue", ["en", "ko"])
async def test_every_size_shows_what_is_needed(
    reading: Opener, broken: Path, size: tuple[int, int], tongue: str, speak: Callable[[str], None]
) -> None:
    speak(tongue)
    async with reading("52", size=size) as reader:
        await reader.press("o")
        assert "제54차 공동성명.txt" in reader.screen
        assert "2026" in reader.screen or f"{time.localtime().tm_year}" in reader.screen
        await reader.press("j", "enter")
        assert ("Joint communiqué" if tongue == "en" else "공동성명") in reader.screen
        assert review(reader).facts.size.height >= 6
        assert (review(reader).text.size.height > 0) is (size[0] >= 80)
        await reader.press("tab")
        assert "개최되었다" in "".join(reader.screen.split())
        await reader.press("escape", "escape")
        assert "0.txt" in reader.screen


async def test_a_text_is_no_wider_than_the_reader_wishes(reading: Opener, folder: Path) -> None:
    async with reading("52", settings=Settings(width=40), size=(160, 40)) as reader:
        for keys in (["i"], ["escape", "o", "j", "enter"]):
            await reader.press(*keys)
            assert review(reader).text._page.cells == 40


async def test_what_is_doubtful_is_told_without_colours(
    reading: Opener, broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with reading("52") as reader:
        await reader.press("o", "j", "enter")
        doubtful = [line for line in reader.lines if " ?" in line]
        assert doubtful
        assert "✓" in reader.screen or "≠" in reader.screen
