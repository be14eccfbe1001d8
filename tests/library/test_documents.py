"""Documents in the library: whole or not at all, given back as they came, removed and put back."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scmtui import corpus
from scmtui.library import Library
from scmtui.library.file import LibraryFile
from scmtui.library.schema import MIGRATIONS
from scmtui.model import (
    Address,
    AddressError,
    Document,
    Facts,
    Kind,
    LibraryError,
    NotFoundError,
    Paragraph,
    Part,
    Provenance,
    Remark,
)
from scmtui.positions import Position

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Make = Callable[..., Document]


def sql(file: Path, *statements: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        rows = []
        for statement in statements:
            rows = connection.execute(statement).fetchall()
        return rows


LONG_AGO = "UPDATE documents SET removed = datetime('now', '-8 days') WHERE removed IS NOT NULL"


def stored(file: Path) -> list[int]:
    """How many documents, texts and originals the file holds."""
    tables = ("documents", "texts", "originals")
    return [int(str(sql(file, f"SELECT count(*) FROM {table}")[0][0])) for table in tables]


def as_added(document: Document, original: bytes, id_: str | None = None) -> Document:
    """The document as the library gives it back."""
    provenance = replace(document.facts.provenance, sha256=sha256(original).hexdigest())
    if not provenance.added:
        provenance = replace(provenance, added=date.today())  # noqa: DTZ011 - the reader's day
    facts = replace(document.facts, id=id_ or document.id, provenance=provenance)
    return replace(document, facts=facts)


def test_what_is_added_comes_back_with_the_bytes_of_its_file(
    open_library: Callable[[], Library], make_document: Make
) -> None:
    document = make_document(3, "44")
    library = open_library()
    addition = library.add(document, b"the file")
    expected = as_added(document, b"the file")
    assert addition == (expected.facts, True)
    for it in (library, open_library()):
        assert it.facts() == (expected.facts,)
        assert it.document("44") == expected
        assert it.original("44") == b"the file"


LINE = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
DAYS = st.none() | st.dates()


@st.composite
def documents(draw: st.DrawFn) -> Document:
    paragraphs = []
    for number in range(draw(st.integers(0, 3))):
        parts = tuple(
            Part(text, number, number + len(text)) for text in draw(st.lists(LINE, max_size=3))
        )
        paragraphs.append(Paragraph(number, draw(LINE), parts, number, number + 9))
    meeting = draw(st.none() | st.integers(1, 999))
    facts = Facts(
        id=f"x-{draw(st.sampled_from('abc'))}" if meeting is None else str(meeting),
        meeting=meeting,
        kind=draw(st.sampled_from(Kind)),
        language=draw(st.sampled_from(("ko", "en"))),
        title=draw(LINE),
        provenance=Provenance(draw(LINE), "txt", "", draw(LINE), draw(LINE), draw(DAYS)),
        held=draw(DAYS),
        published=draw(DAYS),
        place=draw(LINE),
        official=draw(st.booleans()),
        paragraphs=len(paragraphs),
    )
    remarks = st.builds(Remark, LINE, LINE, st.none() | st.builds(Address, st.just(facts.id)))
    doubts, dropped = (tuple(draw(st.lists(remarks, max_size=2))) for _ in range(2))
    return Document(facts, tuple(paragraphs), draw(LINE), doubts, dropped)


@given(document=documents(), original=st.binary(max_size=50))
def test_the_library_gives_back_what_it_took(
    tmp_path_factory: pytest.TempPathFactory, document: Document, original: bytes
) -> None:
    with closing(Library(tmp_path_factory.mktemp("library"))) as library:
        facts, new = library.add(document, original)
        assert new
        given_back = library.document(facts.id)
        assert given_back == as_added(document, original, facts.id)
        assert library.original(facts.id) == original
        assert not library.add(document, original).new


def test_the_same_document_twice_changes_nothing_and_says_so(
    open_library: Callable[[], Library], make_document: Make, folder: Path
) -> None:
    first = open_library().add(make_document(3, "44"), b"one")
    library = open_library()
    before = library.entries()
    again = library.add(make_document(3, "44"), b"one")
    assert again == (first.facts, False)
    assert library.entries() is before
    assert stored(folder / "library.db") == [1, 1, 1]
    assert library.undo() is None


def test_what_comes_with_the_program_is_there_already(
    library: Library, bundled: dict[str, Document]
) -> None:
    seed = (corpus.assets().parent / "tests" / "samples" / "scm52-communique.ko.txt").read_bytes()
    facts, new = library.add(bundled["52"], seed)
    assert (facts, new) == (bundled["52"].facts, False)
    assert library.facts() == ()


def test_another_document_of_the_same_id_gets_the_next_free_number(
    library: Library, make_document: Make
) -> None:
    ids = [
        library.add(make_document(count, id_), bytes([count])).facts.id
        for count, id_ in enumerate(("44", "44", "44-2", "52", "x-2024", "x-2024", "44"), 1)
    ]
    assert ids == ["44", "44-2", "44-3", "52-2", "x-2024", "x-2024-2", "44-4"]
    assert len(library.document("44-3").paragraphs) == 3
    library.remove("44-2")
    assert library.add(make_document(9, "44"), b"nine").facts.id == "44-2"


def test_one_file_may_hold_two_documents(
    library: Library, make_document: Make, folder: Path
) -> None:
    for id_ in ("44", "44-en"):
        assert library.add(make_document(2, id_), b"both").new
    assert stored(folder / "library.db") == [2, 2, 1]
    library.remove("44")
    sql(folder / "library.db", LONG_AGO)
    library.close()
    assert stored(folder / "library.db") == [1, 1, 1]
    assert library.original("44-en") == b"both"


def test_a_document_without_a_proper_id_is_refused(library: Library, make_document: Make) -> None:
    with pytest.raises(AddressError):
        library.add(make_document(1, "한미"), b"")


@pytest.mark.parametrize("ask", [Library.document, Library.original, Library.remove])
def test_what_was_not_added_cannot_be_had_or_removed(
    library: Library, ask: Callable[[Library, str], object]
) -> None:
    with pytest.raises(NotFoundError, match="There is no document “44” in the library"):
        ask(library, "44")
    with pytest.raises(NotFoundError, match="“52” comes with scmtui; it was not added"):
        ask(library, "52")


def test_a_file_that_is_not_kept_is_told_apart_from_a_document_that_is_not_there(
    library: Library, bundled: dict[str, Document]
) -> None:
    library.replace("52", replace(bundled["52"], paragraphs=bundled["52"].paragraphs[:3]))
    assert len(library.document("52").paragraphs) == 3
    with pytest.raises(NotFoundError, match="The file that “52” came from is not in the library"):
        library.original("52")


# Removing


def test_what_was_removed_is_put_back_and_removed_again(
    library: Library, make_document: Make
) -> None:
    first = library.add(make_document(3, "44"), b"one")
    library.remove("44")
    assert library.facts() == ()
    with pytest.raises(NotFoundError):
        library.document("44")
    assert library.undo() == ("documents", "44", None, (1,), ())
    assert library.facts() == (first.facts,)
    assert library.original("44") == b"one"
    assert library.undo()  # and the adding, too
    assert library.facts() == ()
    assert library.redo()
    assert library.document("44").facts == first.facts
    assert library.redo()
    assert library.facts() == ()


def test_undo_goes_through_documents_and_marks_in_order(
    library: Library, make_document: Make
) -> None:
    library.set_mark("a", Position(Address("44", 1)))
    library.add(make_document(3, "44"), b"one")
    library.set_mark("b", Position(Address("44", 2)))
    tables = [change.table for _ in range(3) if (change := library.undo())]
    assert tables == ["marks", "documents", "marks"]


def test_a_document_cannot_be_put_back_under_an_id_that_is_taken(
    open_library: Callable[[], Library], make_document: Make
) -> None:
    here, there = open_library(), open_library()
    here.add(make_document(3, "44"), b"one")
    here.remove("44")
    there.add(make_document(4, "44"), b"another")
    with pytest.raises(LibraryError, match="Another session has changed this since"):
        here.undo()
    assert here.original("44") == b"another"


def test_another_session_can_put_back_what_was_removed(
    open_library: Callable[[], Library], make_document: Make
) -> None:
    first = open_library()
    facts = first.add(make_document(3, "44"), b"one").facts
    first.remove("44")
    first.close()
    later = open_library()
    ((found, when),) = later.removed()
    assert (found, when[:10]) == (facts, f"{datetime.now(UTC):%Y-%m-%d}")
    assert later.put_back("44") == facts
    assert later.original("44") == b"one"
    assert later.removed() == ()
    assert later.undo()
    assert later.facts() == ()
    with pytest.raises(NotFoundError, match="No document “45” was removed in the last 7 days"):
        later.put_back("45")


def test_of_several_removed_under_one_id_the_last_is_put_back(
    library: Library, make_document: Make
) -> None:
    for count in (1, 2):
        library.add(make_document(count, "44"), bytes([count]))
        library.remove("44")
    assert library.put_back("44").paragraphs == 2
    with pytest.raises(LibraryError, match="There is another document “44” now"):
        library.put_back("44")
    assert library.facts()[0].paragraphs == 2


def test_what_was_removed_is_swept_after_some_days(
    open_library: Callable[[], Library], make_document: Make, folder: Path
) -> None:
    killed, later = open_library(), open_library()
    killed.add(make_document(3, "44"), b"one")
    killed.remove("44")
    sql(folder / "library.db", LONG_AGO)
    later.add(make_document(3, "45"), b"two")
    later.close()
    assert stored(folder / "library.db") == [1, 1, 1]
    with pytest.raises(LibraryError, match="Another session has changed this since"):
        killed.undo()
    assert killed.facts() == later.facts()


def test_sweeping_waits_for_a_session_in_which_it_can_be_done(
    open_library: Callable[[], Library], make_document: Make, folder: Path
) -> None:
    library = open_library()
    library.add(make_document(3, "44"), b"one")
    library.remove("44")
    sql(folder / "library.db", "PRAGMA user_version = 99")
    library._file._shut()
    library.close()
    assert stored(folder / "library.db") == [1, 1, 1]


def test_knowing_what_there_is_reads_no_text_and_asks_once(
    open_library: Callable[[], Library], make_document: Make
) -> None:
    first = open_library()
    for number in range(10, 40):
        first.add(make_document(3, str(number)), b"one")
    library = open_library()
    assert library.last_session() is None
    connection = library._file._connection
    assert connection
    asked: list[str] = []
    connection.set_trace_callback(asked.append)
    assert len(library.facts()) == 30
    assert len(asked) == 2
    assert not any("texts" in it or "originals" in it for it in asked)
    library.facts()
    assert len(asked) == 3


# Several sessions, damage, versions


def test_a_session_sees_what_another_one_adds_and_removes(
    open_library: Callable[[], Library], make_document: Make
) -> None:
    here, there = open_library(), open_library()
    assert here.facts() == ()
    there.add(make_document(3, "44"), b"one")
    assert [facts.id for facts in here.facts()] == ["44"]
    before = here.entries()
    there.set_mark("a", Position(Address("44", 1)))
    assert here.entries() is before
    there.remove("44")
    assert here.facts() == ()


def test_a_library_that_was_deleted_has_no_documents(
    library: Library, make_document: Make, folder: Path
) -> None:
    library.add(make_document(3, "44"), b"one")
    (folder / "library.db").unlink()
    assert library.facts() == ()


@pytest.mark.parametrize(
    "harm",
    ["json = '{'", "json = '[]'", "json = replace(json, '\"facts\"', '\"fakts\"')"],
)
def test_a_text_that_cannot_be_read_says_what_to_do(
    library: Library, make_document: Make, folder: Path, harm: str
) -> None:
    library.add(make_document(3, "44"), b"one")
    sql(folder / "library.db", f"UPDATE texts SET {harm}")
    with pytest.raises(LibraryError, match="“44” in the library is damaged"):
        library.document("44")
    assert library.original("44") == b"one"


@pytest.mark.parametrize("harm", ["kind = 'novel'", "held = 'long ago'", "id = 'nowhere'"])
def test_one_unreadable_entry_does_not_hide_the_others(
    open_library: Callable[[], Library], make_document: Make, folder: Path, harm: str
) -> None:
    first = open_library()
    for id_ in ("44", "45"):
        first.add(make_document(2, id_), id_.encode())
    sql(folder / "library.db", f"UPDATE documents SET {harm} WHERE id = '44'")
    library = open_library()
    assert [facts.id for facts in library.facts()] == ["45"]
    assert "is damaged" in str(library.problem)


def test_a_library_from_before_there_were_documents_takes_them(
    folder: Path, open_library: Callable[[], Library], make_document: Make
) -> None:
    old = LibraryFile(folder, MIGRATIONS[:1])
    old.write(lambda it: it.execute("INSERT INTO marks VALUES ('a', '52:1', '', '', '', '')"))
    old.close()
    library = open_library()
    assert library.add(make_document(2, "44"), b"one").new
    assert set(library.marks()) == {"a"}
    assert [path.name for path in (folder / "backups").glob("*-version-1.db")]


WRITER = """
import sys
from dataclasses import replace
from pathlib import Path
from scmtui import corpus
from scmtui.library import Library

library = Library(Path(sys.argv[1]))
document = corpus.document("52")
print("ready", flush=True)
for number in range(int(sys.argv[2]), 1000):
    facts = replace(document.facts, id=str(number), meeting=number)
    library.add(replace(document, facts=facts), b"%d" % number * 20_000)
    if number % 3 == 0:
        library.remove(str(number))
    print(number, flush=True)
"""


@pytest.fixture
def writer(folder: Path) -> Iterator[Callable[[int], subprocess.Popen[str]]]:
    """`writer(first)`: another process that adds documents from the meeting `first` on."""
    started: list[subprocess.Popen[str]] = []

    def start(first: int) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", WRITER, str(folder), str(first)]
        started.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
        assert started[-1].stdout
        assert started[-1].stdout.readline() == "ready\n"
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("seed", range(4))
def test_a_session_killed_while_it_adds_leaves_all_or_nothing(
    writer: Callable[[int], subprocess.Popen[str]],
    open_library: Callable[[], Library],
    folder: Path,
    seed: int,
) -> None:
    both = [writer(first) for first in (100, 550)]
    time.sleep(random.Random(seed).uniform(0.1, 0.5))
    for process in both:
        process.send_signal(signal.SIGKILL)
    reported = {
        int(line)
        for process in both
        if process.stdout
        for line in process.stdout.read().splitlines()[:-1]  # the last one may have been cut
    }
    library = open_library()
    kept = {facts.meeting for facts in library.facts()}
    assert kept >= {number for number in reported if number % 3}
    for facts in library.facts():
        assert library.original(facts.id) == b"%d" % (facts.meeting or 0) * 20_000
        assert len(library.document(facts.id).paragraphs) == 20
    assert library.problem is None
    assert len(set(stored(folder / "library.db"))) == 1
    assert sql(folder / "library.db", "PRAGMA integrity_check") == [("ok",)]
