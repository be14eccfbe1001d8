"""The library gives back what it took, to several sessions at once."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scmtui.library import Library, Place, Session, sqlite
from scmtui.model import Address, LibraryError
from scmtui.positions import Position

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


def stand(address: str = "52:1.1", quote: str = "양 장관은") -> Position:
    return Position(Address.parse(address), quote, "앞", "뒤")


def sql(file: Path, *statements: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        rows = []
        for statement in statements:
            rows = connection.execute(statement).fetchall()
        return rows


def test_looking_into_a_library_that_is_not_there_makes_nothing(
    library: Library, folder: Path
) -> None:
    assert library.last_session() is None
    assert library.place("52") is None
    assert not library.places()
    assert not library.marks()
    assert library.undo() is library.redo() is None
    assert not library.changed_elsewhere()
    assert library.writable
    assert library.problem is None
    assert not folder.exists()


def test_the_next_session_finds_what_the_last_one_left(
    open_library: Callable[[], Library],
) -> None:
    session = Session(Place(stand("57-article:2.1"), -3), {"theme": "opcon", "panes": 2})
    first = open_library()
    first.keep(Session(Place(stand("52:3.1")), {"search": "전작권"}))
    first.keep(session)
    first.close()
    second = open_library()
    assert second.last_session() == session
    assert second.place("52") == Place(stand("52:3.1"))
    assert set(second.places()) == {"52", "57-article"}


def test_a_place_is_kept_for_each_document_and_the_last_one_counts(library: Library) -> None:
    library.keep(Session(Place(stand("52:3.1"))))
    library.keep(Session(Place(stand("57-article:1.1"))))
    library.keep(Session(Place(stand("52:9.2"), 4)))
    assert library.places() == {
        "52": Place(stand("52:9.2"), 4),
        "57-article": Place(stand("57-article:1.1")),
    }


def test_marks_are_set_moved_and_removed(open_library: Callable[[], Library]) -> None:
    library = open_library()
    library.set_mark("b", stand("52:2.1"))
    library.set_mark("a", stand("52:1.1"))
    library.set_mark("b", stand("57-article:3.1"))
    library.set_mark(Library.BEFORE, stand("52:7.1"))
    library.remove_mark("a")
    library.remove_mark("z")
    library.close()
    assert open_library().marks() == {"'": stand("52:7.1"), "b": stand("57-article:3.1")}


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
POSITIONS = st.builds(
    Position,
    st.builds(
        Address,
        st.sampled_from(["52", "57-article", "x-이름"]),
        st.integers(0, 99),
        st.integers(1, 9),
    ),
    TEXT,
    TEXT,
    TEXT,
)


@pytest.fixture(scope="module")
def shared_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    library = Library(tmp_path_factory.mktemp("shared"))
    yield library
    library.close()


@given(
    position=POSITIONS,
    row=st.integers(-999, 999),
    view=st.dictionaries(TEXT.filter(bool), TEXT | st.integers(-(2**63), 2**63 - 1), max_size=3),
)
def test_whatever_is_kept_comes_back_as_it_was(
    shared_library: Library, position: Position, row: int, view: dict[str, str | int]
) -> None:
    session = Session(Place(position, row), view)
    shared_library.keep(session)
    shared_library.set_mark("m", position)
    assert shared_library.last_session() == session
    assert shared_library.marks() == {"m": position}


def test_changes_are_undone_and_made_again_in_order(library: Library) -> None:
    one, two = stand("52:1.1"), stand("52:2.1")
    library.set_mark("a", one)
    library.set_mark("a", two)
    library.remove_mark("a")
    seen = [library.marks()]
    for _ in range(3):
        change = library.undo()
        assert change
        assert (change.table, change.key) == ("marks", "a")
        seen.append(library.marks())
    assert seen == [{}, {"a": two}, {"a": one}, {}]
    assert library.undo() is None
    for expected in reversed(seen[:-1]):
        assert library.redo()
        assert library.marks() == expected
    assert library.redo() is None


def test_a_new_change_ends_what_could_be_made_again(library: Library) -> None:
    library.set_mark("a", stand())
    library.undo()
    library.set_mark("b", stand())
    assert library.redo() is None
    assert set(library.marks()) == {"b"}


def test_the_place_before_and_what_changes_nothing_are_no_steps(library: Library) -> None:
    library.set_mark("a", stand())
    library.set_mark(Library.BEFORE, stand())
    library.remove_mark("z")
    assert library.undo()
    assert set(library.marks()) == {Library.BEFORE}


def test_undo_does_not_take_back_what_another_session_wrote(
    open_library: Callable[[], Library],
) -> None:
    here, there = open_library(), open_library()
    here.set_mark("b", stand())
    here.set_mark("a", stand("52:1.1"))
    there.set_mark("a", stand("52:9.1"))
    with pytest.raises(LibraryError, match="Another session has changed this since"):
        here.undo()
    assert here.marks()["a"] == stand("52:9.1")
    assert here.undo()
    assert set(here.marks()) == {"a"}


def test_a_session_sees_what_another_one_writes(open_library: Callable[[], Library]) -> None:
    here, there = open_library(), open_library()
    here.set_mark("a", stand("52:1.1"))
    there.set_mark("b", stand("52:2.1"))
    assert set(here.marks()) == set(there.marks()) == {"a", "b"}
    assert not here.changed_elsewhere()
    there.set_mark("c", stand())
    assert here.changed_elsewhere()
    here.set_mark("d", stand())
    assert not here.changed_elsewhere()


WRITER = """
import sys
from pathlib import Path
from scmtui import disk
from scmtui.library import Library, Place, Session
from scmtui.model import Address
from scmtui.positions import Position

disk.MOUNTS = Path(sys.argv[4])
folder, first, count = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
library = Library(folder)
print("ready", flush=True)
sys.stdin.readline()
for number in range(first, first + count):
    position = Position(Address("52", number, 1), f"{number}")
    library.set_mark(chr(0xAC00 + number), position)
    library.keep(Session(Place(position, number)))
    print(number, flush=True)
library.close()
"""


@pytest.fixture
def writer(folder: Path, tmp_path: Path) -> Iterator[Callable[[int, int], subprocess.Popen[str]]]:
    """`writer(first, count)`: another process, ready to write marks once its stdin gets a line."""
    started: list[subprocess.Popen[str]] = []

    def start(first: int, count: int) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [
                *(sys.executable, "-c", WRITER, str(folder), str(first), str(count)),
                str(tmp_path / "mounts"),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_two_sessions_that_write_at_once_lose_nothing(
    writer: Callable[[int, int], subprocess.Popen[str]], open_library: Callable[[], Library]
) -> None:
    both = [writer(first, 300) for first in (0, 1000)]
    for process in both:
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()
    for process in both:
        _, errors = process.communicate(timeout=120)
        assert (process.returncode, errors) == (0, "")
    numbers = {ord(letter) - 0xAC00 for letter in open_library().marks()}
    assert numbers == {*range(300), *range(1000, 1300)}


def test_two_sessions_on_a_network_drive_lose_nothing_either(
    writer: Callable[[int, int], subprocess.Popen[str]],
    open_library: Callable[[], Library],
    folder: Path,
    tmp_path: Path,
) -> None:
    (tmp_path / "mounts").write_text("1 1 0:1 / / rw - nfs4 server:/ rw\n")
    library = open_library()
    library.set_mark("a", stand())
    library.close()
    both = [writer(first, 60) for first in (0, 1000)]
    for process in both:
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()
    while any(process.poll() is None for process in both):
        assert open_library().marks()  # others read meanwhile
    assert [process.communicate()[1] for process in both] == ["", ""]
    assert sql(folder / "library.db", "PRAGMA journal_mode") == [("delete",)]
    assert len(open_library().marks()) == 121


def test_of_two_sessions_that_begin_a_library_the_second_joins_the_first(
    open_library: Callable[[], Library], monkeypatch: pytest.MonkeyPatch
) -> None:
    early, late = open_library(), open_library()
    link = os.link

    def link_late(source: Path, target: Path) -> None:
        monkeypatch.setattr(os, "link", link)
        early.set_mark("a", stand())
        link(source, target)

    monkeypatch.setattr(os, "link", link_late)
    late.set_mark("b", stand())
    assert set(early.marks()) == set(late.marks()) == {"a", "b"}


@pytest.mark.parametrize("seed", range(4))
def test_what_was_reported_as_written_outlives_a_killed_process(
    writer: Callable[[int, int], subprocess.Popen[str]],
    open_library: Callable[[], Library],
    folder: Path,
    seed: int,
) -> None:
    process = writer(0, 100_000)
    assert process.stdin
    assert process.stdout
    process.stdin.write("\n")
    process.stdin.flush()
    first = process.stdout.readline()  # however busy the machine is
    time.sleep(random.Random(seed).uniform(0, 0.4))
    process.send_signal(signal.SIGKILL)
    written = [int(line) for line in (first + process.stdout.read()).splitlines() if line]
    library = open_library()
    kept = {ord(letter) - 0xAC00 for letter in library.marks()}
    assert kept >= set(written[:-1])  # the last line may have been cut short
    assert library.problem is None
    assert first
    session = library.last_session()
    assert session
    assert session.place.row >= written[-2 if len(written) > 1 else -1]
    assert sql(folder / "library.db", "PRAGMA integrity_check") == [("ok",)]


def test_a_session_waits_its_turn_and_says_when_it_came_to_nothing(
    filled: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "WAIT", 0.1)
    with closing(sqlite3.connect(filled, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LibraryError, match=r"writing into the library for 0\.1 seconds"):
            library.set_mark("b", stand())
        other.execute("ROLLBACK")
    library.set_mark("b", stand())
    assert set(library.marks()) == {"a", "b"}
