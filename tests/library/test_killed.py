"""Killed at any moment of a step, the library opens with all of that step or nothing of it."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import sys
import warnings
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from scmtui import corpus, disk
from scmtui.library import Library, Place, Session, backups
from scmtui.library.sqlite import check
from scmtui.model import Address, Document, Paragraph, Part
from scmtui.positions import position

if TYPE_CHECKING:
    from collections.abc import Callable

    Make = Callable[..., Document]
    Step = Callable[[Library, Path], object]

MOMENTS = int(os.environ.get("SCMTUI_MOMENTS", "8"))
"""At how many moments of a step a process is killed."""
FEWEST = 8
"""Moments that the shortest step has at least."""
EVERY = 50
"""Instructions of the virtual machine of SQLite that are one moment."""
STATEMENTS = Path(__file__).parents[1] / "samples" / "library-version-2.sql"


class Clock:
    """Counts what a process does; at the moment `last` it is killed as by kill -9."""

    def __init__(self, last: int) -> None:
        self.moment = 0
        self._last = last

    def tick(self, *_: object) -> int:
        self.moment += 1
        if self.moment == self._last:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0

    def start(self) -> None:
        """Count files opened, linked, renamed and removed, statements, and their instructions."""
        connect = sqlite3.connect

        def counted(*arguments: Any, **options: Any) -> sqlite3.Connection:  # noqa: ANN401
            connection: sqlite3.Connection = connect(*arguments, **options)
            connection.set_progress_handler(self.tick, EVERY)
            connection.set_trace_callback(self.tick)
            return connection

        sqlite3.connect = counted  # type: ignore[assignment]
        sys.addaudithook(lambda event, _: self.tick() if event.startswith(("open", "os.")) else 0)


def run(step: Step, folder: Path, last: int) -> int:
    """Do a step in a child process that is killed at a moment; 0: how many moments it takes."""
    reading, writing = os.pipe()
    with warnings.catch_warnings():  # newer Pythons warn where the tests run in threads
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if not child:
        status = 1
        try:
            clock = Clock(last)
            clock.start()
            library = Library(folder / "library")
            step(library, folder)
            library.close()
            os.write(writing, str(clock.moment).encode())
            status = 0
        finally:
            os._exit(status)
    os.close(writing)
    told = os.read(reading, 99)
    os.close(reading)
    ended = os.waitpid(child, 0)[1]
    assert ended == (signal.SIGKILL if last else 0)
    return int(told or 0)


def seen(folder: Path) -> tuple[object, ...]:
    """All that a reader sees in the library, and outside of it."""
    with closing(Library(folder / "library")) as library:
        facts = library.facts()
        assert library.problem is None
        (verdict,) = library._file.read("PRAGMA integrity_check") or [("ok",)]
        assert verdict == ("ok",)
        counted = library._file.read("SELECT count(*) FROM texts") or [(0,)]
        found = (
            [(library.document(it.id), library.original(it.id)) for it in facts],
            [it.facts.id for it in library.removed()],
            library.marks(),
            [(it.position.address, it.text, it.lost) for it in library.notes.all()],
            [[item.text for item in library.trays.items(it.number)] for it in library.trays.all()],
            library.last_session(),
            counted,
        )
    for backup in (folder / "library" / backups.FOLDER).glob("*.db"):
        with closing(sqlite3.connect(backup)) as connection:
            check(connection)
    return found


def dumped(folder: Path) -> bool:
    """Whether there is a dump, and then a whole one."""
    if not (folder / "dump").exists():
        return False
    with closing(Library(folder / "again")) as again:
        assert not again.load(folder / "dump").unread
    shutil.rmtree(folder / "again")
    return True


OLD = ("제1차 회의가 서울에서 개최되었다.", "양 장관은 확장억제를 강화하기로 하였다.")


def written(*texts: str) -> Document:
    document = corpus.document("52")
    paragraphs = tuple(
        Paragraph(n, "", (Part(text, 0, len(text)),), 0, 0) for n, text in enumerate(texts, 1)
    )
    facts = replace(document.facts, id="44", meeting=44, paragraphs=len(paragraphs))
    return Document(facts, paragraphs, "\n".join(texts))


def first(library: Library, folder: Path) -> None:
    library.set_mark("z", position(written(*OLD), Address("44", 1, 1)))


def add(library: Library, folder: Path) -> None:
    library.add(written(*OLD, "셋째 항이다."), b"new" * 9000)


def change(library: Library, folder: Path) -> None:
    library.replace("44", written("머리말이다.", *OLD), b"better" * 5000)


def remove(library: Library, folder: Path) -> None:
    library.remove("44")


def collect(library: Library, folder: Path) -> None:
    (tray,) = library.trays.all()
    library.trays.put(tray.number, "line", text="처음", at=0)


def back_up(library: Library, folder: Path) -> None:
    library.back_up()


def restore(library: Library, folder: Path) -> None:
    library.restore(folder / "backup.db")


def dump(library: Library, folder: Path) -> None:
    library.dump(folder / "dump")


def load(library: Library, folder: Path) -> None:
    library.load(folder / "other")


def look_over(library: Library, folder: Path) -> None:
    list(library.examine(folder / "cache"))


STEPS: list[Step] = [add, change, remove, collect, back_up, restore, dump, load, look_over]


@pytest.fixture
def template(folder: Path, tmp_path: Path) -> Path:
    """A folder with a library, a backup of another state, and a dump of another library."""
    above = tmp_path / "template"
    old = written(*OLD)
    with closing(Library(above / "library")) as library:
        library.set_mark("a", position(old, Address("44", 2, 1)))
        library.back_up(above / "backup.db")
        library.add(old, b"old" * 9000)
        library.notes.add(position(old, Address("44", 1)), "메모")
        library.keep(Session(Place(position(old, Address("44", 1, 1)), 2), {"panes": 3}))
        tray = library.trays.add("보고").number
        for text in "가나":
            library.trays.put(tray, "line", text=text)
    with closing(Library(above / "elsewhere")) as other:
        for number in range(45, 50):
            document = written(*OLD)
            facts = replace(document.facts, id=str(number), meeting=number)
            other.add(replace(document, facts=facts), b"other")
        other.notes.add(position(old, Address("52", 1)), "다른 메모")
        other.dump(above / "other")
    return above


def check_every_moment(step: Step, template: Path, tmp_path: Path) -> None:
    """Kill the step at moments from the first to the last; each time all or nothing of it is."""

    def copy(name: str) -> Path:
        return shutil.copytree(template, tmp_path / name, symlinks=True)

    whole = copy("whole")
    before = seen(whole), dumped(whole)
    moments = run(step, whole, 0)
    after = seen(whole), dumped(whole)
    assert moments > FEWEST
    last = min(MOMENTS, moments) - 1
    outcomes = set()
    for number in range(last + 1):
        folder = copy(f"killed-{number}")
        run(step, folder, 1 + number * (moments - 1) // last)
        found = seen(folder), dumped(folder)
        assert found in (before, after)
        outcomes.add(found == before)
        if found == before:  # and nothing is in the way of doing it again
            run(step, folder, 0)
            assert (seen(folder), dumped(folder)) == after
        shutil.rmtree(folder)
    assert outcomes == {True, False} or before == after


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
def test_all_or_nothing_of_a_step_is_there(step: Step, template: Path, tmp_path: Path) -> None:
    check_every_moment(step, template, tmp_path)


def test_a_first_start_leaves_a_library_or_none(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "template").mkdir()
    check_every_moment(first, tmp_path / "template", tmp_path)


def test_an_update_is_there_or_not(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "template" / "library" / "library.db"
    disk.private_folder(file.parent)
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(STATEMENTS.read_text(encoding="utf-8"))
        connection.execute(f"PRAGMA application_id = {backups.APPLICATION}")
        connection.execute("PRAGMA user_version = 2")

    def update(library: Library, folder: Path) -> None:
        library.facts()

    check_every_moment(update, tmp_path / "template", tmp_path)


def test_what_a_killed_session_left_half_written_is_cleared_away(
    template: Path, tmp_path: Path
) -> None:
    for number in range(6):
        folder = shutil.copytree(template, tmp_path / f"killed-{number}")
        moments = run(back_up, shutil.copytree(template, tmp_path / f"whole-{number}"), 0)
        run(back_up, folder, moments * (number + 2) // 9)
        with closing(Library(folder / "library")) as library:
            list(library.examine(folder / "cache"))
        hidden = [path.name for path in (folder / "library").rglob(".*")]
        assert hidden == []
