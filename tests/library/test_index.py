"""The index: made again when it is damaged or another one's, shared, left whole by a kill."""

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

from scmtui.library import index as index_module
from scmtui.library.index import FULL_TEXT, IndexFile, supported
from scmtui.library.indexing import SLICE, Writer
from scmtui.library.store import Indexed
from scmtui.search import Index
from scmtui.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from scmtui.model import Document

    Make = Callable[..., Document]


def sql(path: Path, *statements: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        rows = []
        for statement in statements:
            rows = connection.execute(statement).fetchall()
        return rows


def fill(path: Path, shelf: Shelf) -> None:
    with closing(IndexFile(path)) as file:
        for _ in Writer(file).steps(shelf):
            pass


def found(path: Path, shelf: Shelf, query: str = "전작권") -> list[str]:
    """The addresses that a query finds through the index, which must have no problem."""
    store = Indexed(shelf.volumes(), IndexFile(path))
    hits = Index(store).search(query, limit=500, all_=True).hits
    assert store.problem is None
    store.close()
    return [str(hit.address) for hit in hits]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "search.db"


@pytest.fixture
def shelf(varied: Make, books: Callable[..., object]) -> Shelf:
    return Shelf(added=books(*(varied(15, id_) for id_ in ("44", "45", "x-a"))))  # type: ignore[arg-type]


@pytest.fixture
def filled(path: Path, shelf: Shelf) -> Path:
    fill(path, shelf)
    return path


def test_the_sqlite_here_can_search_texts() -> None:
    assert supported()


def test_the_file_is_private_and_its_own(filled: Path) -> None:
    assert filled.stat().st_mode & 0o777 == 0o600
    assert filled.parent.stat().st_mode & 0o777 == 0o700
    assert sql(filled, "PRAGMA application_id") == [(index_module.APPLICATION,)]
    with closing(IndexFile(filled)) as file:
        assert file.check()


# Documents come and go


def counts(path: Path) -> dict[str, object]:
    tables = ("documents", "passages", "runs", "names")
    return {table: sql(path, f"SELECT count(*) FROM {table}")[0][0] for table in tables}


def test_what_is_taken_off_the_shelf_goes_out_of_the_index(
    path: Path, varied: Make, books: Callable[..., object]
) -> None:
    few = Shelf(added=books(varied(15, "44")))  # type: ignore[arg-type]
    many = Shelf(added=books(*(varied(15, id_) for id_ in ("44", "45", "46-en", "x-a"))))  # type: ignore[arg-type]
    fill(path, few)
    before, hits = counts(path), found(path, few)
    fill(path, many)
    assert counts(path) != before
    assert found(path, many) != hits
    fill(path, few)
    assert counts(path) == before
    assert found(path, few) == hits
    with closing(IndexFile(path)) as file:
        assert file.check()
        missing = "SELECT count(*) FROM runs WHERE passages <= 0"
        assert file.connection().execute(missing).fetchall() == [(0,)]
    for table in ("words", "trigrams"):
        assert sql(path, f"SELECT count(*) FROM {table} WHERE {table} MATCH 'zzz*'") == [(0,)]


def test_another_text_of_a_document_takes_the_place_of_the_old_one(
    path: Path, varied: Make, books: Callable[..., object]
) -> None:
    for seed in (1, 2, 1):
        shelf = Shelf(added=books(varied(15, "44", seed)))  # type: ignore[arg-type]
        fill(path, shelf)
        store = Indexed(shelf.volumes(), IndexFile(path))
        texts = [passage.texts for passage in store.passages([], {"44"})]
        store.close()
        paragraphs = shelf.document("44").paragraphs
        assert texts == [(it.heading, *(part.text for part in it.parts)) for it in paragraphs]


def test_only_what_is_in_the_index_is_searched(path: Path, shelf: Shelf) -> None:
    with closing(IndexFile(path)) as file:
        steps = Writer(file).steps(shelf)
        assert next(steps) == (0, 74, 0)
        store = Indexed(shelf.volumes(), IndexFile(path))
        assert store.progress == (0, 74, 0)
        assert not Index(store).search("전작권").hits
        assert next(steps) == (74, 74, 0)
        assert store.progress == (74, 74, 0)
        assert Index(store).search("전작권").hits
        assert not list(steps)
        store.close()


def test_a_large_shelf_is_written_in_slices(
    path: Path, make_document: Make, books: Callable[..., object]
) -> None:
    size = SLICE // 4
    shelf = Shelf(added=books(*(make_document(size, f"x-{n}") for n in range(6))))  # type: ignore[arg-type]
    with closing(IndexFile(path)) as file:
        done = [progress.done for progress in Writer(file).steps(shelf)]
    assert done == [0, 29 + 4 * size, 29 + 6 * size]


def test_a_document_that_cannot_be_read_does_not_stop_the_others(
    path: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    from scmtui.model import LibraryError

    document = Shelf.document

    def damaged(self: Shelf, id: str) -> Document:  # noqa: A002 - its name
        if id == "44":
            raise LibraryError("damaged")
        return document(self, id)

    monkeypatch.setattr(Shelf, "document", damaged)
    fill(path, shelf)
    assert {hit.split(":")[0] for hit in found(path, shelf)} == {"57-article", "52", "45", "x-a"}


# Damage


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-10_000])


def overwritten(path: Path) -> None:
    raw = path.read_bytes()
    path.write_bytes(raw[:16_384] + b"\xa5" * (len(raw) - 16_384))


def letter(path: Path) -> None:
    path.write_bytes(b"This is a letter to the editor. " * 1000)


def another_format(path: Path) -> None:
    sql(path, "PRAGMA user_version = 999")


def other_streams(path: Path) -> None:
    sql(path, "UPDATE about SET value = 'of another version' WHERE name = 'streams'")


def no_tables(path: Path) -> None:
    sql(path, "DROP TABLE about")


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def deleted(path: Path) -> None:
    path.unlink()


HARMS = (cut, overwritten, letter, another_format, other_streams, no_tables, emptied, deleted)


@pytest.mark.parametrize("harm", HARMS)
def test_an_index_that_cannot_be_used_is_made_again(
    filled: Path, shelf: Shelf, harm: Callable[[Path], None]
) -> None:
    hits = found(filled, shelf)
    harm(filled)
    store = Indexed(shelf.volumes(), IndexFile(filled))
    assert store.progress.done == 0
    assert store.problem is None
    store.close()
    fill(filled, shelf)
    assert found(filled, shelf) == hits
    with closing(IndexFile(filled)) as file:
        assert file.check()


def test_damage_that_is_found_while_searching_empties_the_index_and_nothing_else(
    filled: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    from scmtui.library import sqlite

    monkeypatch.setattr(sqlite, "SMALL", 0)  # as in an index too large to look over at once
    hits = found(filled, shelf)
    raw = bytearray(filled.read_bytes())
    for (page,) in sql(filled, "SELECT pageno FROM dbstat WHERE name = 'words_data'"):
        assert isinstance(page, int)
        raw[(page - 1) * 8192 : page * 8192] = b"\xff" * 8192
    filled.write_bytes(raw)
    store = Indexed(shelf.volumes(), IndexFile(filled))
    search = Index(store)
    assert store.progress.done == 74
    assert not search.search("전작권").hits
    assert store.progress.done == 0
    assert store.problem is None
    fill(filled, shelf)
    assert [str(hit.address) for hit in search.search("전작권", limit=500, all_=True).hits] == hits
    store.close()


@pytest.mark.parametrize("table", FULL_TEXT)
def test_a_check_finds_what_is_wrong_inside(filled: Path, table: str) -> None:
    sql(filled, f"DELETE FROM {table}_data WHERE id > 10")
    with closing(IndexFile(filled)) as file:
        assert not file.check()


def test_trouble_that_is_no_damage_is_told(
    filled: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Indexed(shelf.volumes(), IndexFile(filled))
    assert store.progress.done == 74

    def broken(self: IndexFile) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(IndexFile, "connection", broken)
    assert not Index(store).search("전작권").hits
    assert "cannot be used: the disk reports an error" in str(store.problem)
    assert not store.runs().begun("A")
    monkeypatch.undo()
    assert filled.exists()
    store.close()


# Several sessions


def test_a_session_sees_what_another_one_writes(path: Path, shelf: Shelf) -> None:
    store = Indexed(shelf.volumes(), IndexFile(path))
    assert store.progress.done == 0
    assert not store.runs().begun("LWBLS@@]WB")
    fill(path, shelf)
    assert store.progress.done == 74
    assert store.runs().begun("LWBLS@@]WB")
    store.close()


def test_a_session_follows_when_another_one_throws_the_index_away(
    filled: Path, shelf: Shelf
) -> None:
    store = Indexed(shelf.volumes(), IndexFile(filled))
    hits = Index(store).search("전작권").hits
    with closing(IndexFile(filled)) as other:
        other.connection()
        other.discard()
        assert store.progress.done == 0
        other.discard()  # which is another one's by now
    assert filled.exists()
    fill(filled, shelf)
    assert Index(store).search("전작권").hits == hits
    store.close()


def test_what_another_session_adds_just_now_is_not_searched_yet(
    path: Path, varied: Make, books: Callable[..., object]
) -> None:
    few = Shelf(added=books(varied(15, "44")))  # type: ignore[arg-type]
    many = Shelf(added=books(varied(15, "44"), varied(15, "x-a")))  # type: ignore[arg-type]
    fill(path, few)
    store = Indexed(few.volumes(), IndexFile(path))
    rows = store.passages([], {facts.id for facts in store.documents})
    first = next(rows)
    fill(path, many)
    others = [passage.facts.id for passage in rows]
    assert first.facts.id == "57-article"
    assert set(others) == {"57-article", "52", "44"}
    assert "x-a" not in {facts.id for facts in store.documents}
    assert list(store.passages([], {"x-a"})) == []
    store.close()


FILLER = """
import sys
from pathlib import Path
from scmtui.library import Library
from scmtui.library.index import IndexFile
from scmtui.library.indexing import Writer
from scmtui.library import indexing
from scmtui.shelf import Shelf

indexing.SLICE = 20
shelf = Shelf(added=Library(Path(sys.argv[1])))
for progress in Writer(IndexFile(Path(sys.argv[2]))).steps(shelf):
    print(progress.done, flush=True)
"""


@pytest.fixture
def filler(
    folder: Path, path: Path, open_library: Callable[[], object], varied: Make
) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """`filler()`: another process that fills the index from a library with 40 documents."""
    from scmtui.library import Library

    library = open_library()
    assert isinstance(library, Library)
    for number in range(100, 140):
        library.add(varied(10, str(number)), b"%d" % number)
    started: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        command = [sys.executable, "-c", FILLER, str(folder), str(path)]
        pipe = subprocess.PIPE
        started.append(subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("seed", range(4))
def test_a_session_killed_while_it_fills_leaves_whole_slices(
    filler: Callable[[], subprocess.Popen[str]],
    open_library: Callable[[], object],
    path: Path,
    seed: int,
) -> None:
    process = filler()
    assert process.stdout
    assert process.stdout.readline() == "0\n"
    time.sleep(random.Random(seed).uniform(0, 0.3))
    process.send_signal(signal.SIGKILL)
    process.wait()
    shelf = Shelf(added=open_library())  # type: ignore[arg-type]
    with closing(IndexFile(path)) as file:
        assert file.check()
        file.connection()
    sizes = "SELECT count(*) FROM passages GROUP BY key >> 24"
    kept = [size for (size,) in sql(path, sizes)]
    assert kept.count(10) == len(kept) - sum(size in (9, 20) for size in kept)
    assert len(kept) == sql(path, "SELECT count(*) FROM documents")[0][0]
    fill(path, shelf)
    with closing(IndexFile(path)) as file:
        assert file.check()
    assert len(found(path, shelf, "scm:100..139")) >= 400


def test_two_sessions_that_fill_at_once_share_the_work(
    filler: Callable[[], subprocess.Popen[str]],
    open_library: Callable[[], object],
    path: Path,
) -> None:
    both = [filler(), filler()]
    for process in both:
        printed, errors = process.communicate(timeout=120)
        assert (process.returncode, errors) == (0, "")
        assert printed.splitlines()[-1] == "429"
    assert sql(path, "SELECT count(*), count(DISTINCT key >> 24) FROM passages") == [(429, 42)]
    with closing(IndexFile(path)) as file:
        assert file.check()
    assert os.listdir(path.parent) == [path.name]  # noqa: PTH208 - no draft is left behind
