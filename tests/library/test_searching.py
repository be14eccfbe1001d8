"""Searching a shelf: in memory or through an index, with the same hits, whatever happens to it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from scmtui.library import index as index_module
from scmtui.library import searching
from scmtui.library.index import IndexFile
from scmtui.library.searching import ShelfSearch
from scmtui.model import Address, LibraryError
from scmtui.positions import position
from scmtui.search import Labels, ThemeLabels, index
from scmtui.shelf import Shelf
from scmtui.themes import taxonomy

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from scmtui.library import Library
    from scmtui.library.indexing import Progress
    from scmtui.model import Document
    from scmtui.search import Results

    Make = Callable[..., Document]

ALL = 29
"""Paragraphs that come with the program."""
QUERIES = (
    "전작권", "ㅈㅈㄱ", "확장억재", "wjswkrrnjs", "전작ㄱ", "국방비 -사드", '"미래연합사" or FOC',
    "theme:opcon", "-theme:opcon 연합", "kind:article 전환", "/전.권/", "뷁뷁뷁", "scm:nowhere",
)  # fmt: skip


@pytest.fixture(autouse=True)
def few_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "MOST_IN_MEMORY", ALL + 10)


@pytest.fixture
def shelf(varied: Make, books: Callable[..., object]) -> Shelf:
    return Shelf(added=books(*(varied(15, id_) for id_ in ("44", "45", "x-a"))))  # type: ignore[arg-type]


@pytest.fixture
def search(shelf: Shelf, tmp_path: Path) -> Iterator[ShelfSearch]:
    search = ShelfSearch(shelf, tmp_path / "cache")
    yield search
    search.close()


def file(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "search.db"


def complete(search: ShelfSearch) -> None:
    for _ in search.complete():
        pass


def in_memory(shelf: Shelf, query: str) -> Results:
    documents = shelf.documents()
    labels = Labels(ThemeLabels(documents, taxonomy()))
    return index(documents).search(query, limit=500, labels=labels, all_=True)


def alike(search: ShelfSearch, shelf: Shelf) -> bool:
    """Whether everything is found as it is in memory."""
    for query in QUERIES:
        here, there = search.search(query, limit=500, all_=True), in_memory(shelf, query)
        assert str(here.problem) == str(there.problem)
        if here._replace(problem=None) != there._replace(problem=None):
            return False
    return True


def prepared(search: ShelfSearch) -> Progress:
    search.prepare()
    return search.progress


def wait(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_small_shelf_is_searched_in_memory(tmp_path: Path) -> None:
    shelf = Shelf()
    search = ShelfSearch(shelf, tmp_path / "cache")
    search.prepare()
    assert search.progress == (ALL, ALL, ALL)
    assert list(search.complete()) == []
    thread = search.warm()
    assert thread
    assert alike(search, shelf)
    thread.join()
    assert search.problem is None
    search.close()
    assert not (tmp_path / "cache").exists()


def test_a_large_shelf_is_found_through_an_index_as_in_memory(
    search: ShelfSearch, shelf: Shelf, tmp_path: Path
) -> None:
    assert search.progress == (0, 74, 0)
    assert not search.search("전작권").hits
    steps = list(search.complete())
    assert steps[0] == (0, 74, 0)
    assert steps[-1] == search.progress == (74, 74, 74)
    assert alike(search, shelf)
    assert file(tmp_path).exists()
    assert search.warm() is None
    assert search.problem is None
    assert list(search.complete()) == []


def test_themes_are_left_for_later_when_nobody_asks_for_them(search: ShelfSearch) -> None:
    steps = list(search.complete(themed=False))
    assert steps[-1] == search.progress == (74, 74, 0)
    assert search.search("전작권").hits
    assert not search.search("theme:opcon 전작권").hits
    assert list(search.complete(themed=False)) == []
    complete(search)
    assert search.search("theme:opcon 전작권").hits


def test_the_background_fills_what_is_missing(search: ShelfSearch, shelf: Shelf) -> None:
    assert search.progress == (0, 74, 0)
    wait(lambda: prepared(search).complete)
    assert alike(search, shelf)
    assert search.problem is None


def test_an_index_that_is_closed_while_it_is_filled_can_be_filled_on(
    search: ShelfSearch, shelf: Shelf, tmp_path: Path
) -> None:
    search.prepare()
    search.close()
    other = ShelfSearch(shelf, tmp_path / "cache")
    complete(other)
    assert alike(other, shelf)
    other.close()


def test_rules_that_are_off_have_an_index_of_their_own(
    tmp_path: Path, varied: Make, books: Callable[..., object]
) -> None:
    shelf = Shelf({"brackets"}, books(varied(15, "44")))  # type: ignore[arg-type]
    search = ShelfSearch(shelf, tmp_path)
    complete(search)
    search.close()
    assert [path.name for path in tmp_path.glob("*.db")] == ["search-brackets.db"]


# Documents come and go


def test_documents_that_come_and_go_are_followed(
    tmp_path: Path, varied: Make, books: Callable[..., object]
) -> None:
    added = books(varied(15, "44"), varied(15, "x-a"))
    shelf = Shelf(added=added)  # type: ignore[arg-type]
    search = ShelfSearch(shelf, tmp_path)
    complete(search)
    added.put(varied(15, "44", 2), varied(20, "45"))  # type: ignore[attr-defined]
    shelf.facts()  # somebody else sees it first
    assert search.progress.total == ALL + 35
    assert not search.progress.complete
    complete(search)
    assert alike(search, shelf)
    added.put()  # type: ignore[attr-defined]
    assert search.progress == (ALL, ALL, ALL)
    assert alike(search, shelf)
    search.close()


def test_what_another_session_adds_is_searched(
    open_library: Callable[[], Library], tmp_path: Path, varied: Make
) -> None:
    shelf = Shelf(added=open_library())
    search = ShelfSearch(shelf, tmp_path / "cache")
    open_library().add(varied(40, "44"), b"44")
    search.prepare()
    wait(lambda: prepared(search) == (69, 69, 69))
    assert search.search("scm:44", limit=500, all_=True).total >= 40
    other = open_library()
    other.remove("44")
    other.add(varied(30, "x-b"), b"b")
    wait(lambda: prepared(search) == (59, 59, 59))
    assert alike(search, shelf)
    search.close()


def test_what_the_reader_tagged_and_noted_is_asked_for(
    open_library: Callable[[], Library], tmp_path: Path, varied: Make
) -> None:
    library = open_library()
    library.add(varied(40, "44"), b"44")
    shelf = Shelf(added=library)
    search = ShelfSearch(shelf, tmp_path / "cache", written=library)
    complete(search)
    document = shelf.document("44")
    place = position(document, Address("44", 7, 1))
    assert not search.search("tag:중요").hits
    library.tags.add(place, "중요")
    library.notes.add(place, "나중에 다시 볼 것")
    for query in ("tag:중요", "note:다시", "tag:중요 note:나중에"):
        assert {hit.address.paragraph for hit in search.search(query).hits} == {7}
    assert not search.search("tag:중요 -note:나중에").hits
    search.close()


# Trouble


@pytest.mark.parametrize("harm", ["deleted", "cut", "garbage"])
def test_an_index_that_is_harmed_while_it_is_open_is_made_again(
    search: ShelfSearch, shelf: Shelf, tmp_path: Path, harm: str
) -> None:
    complete(search)
    assert search.search("전작권").hits
    path = file(tmp_path)
    if harm == "deleted":
        path.unlink()
    elif harm == "cut":
        with path.open("r+b") as raw:
            raw.truncate(20_000)
    else:
        path.write_bytes(b"garbage" * 10_000)
    for query in QUERIES:
        search.search(query)
    wait(lambda: prepared(search).complete and alike(search, shelf))
    assert search.problem is None


def test_an_index_that_is_damaged_while_it_is_completed_is_made_again(
    search: ShelfSearch, shelf: Shelf, tmp_path: Path
) -> None:
    steps = search.complete()
    next(steps)
    next(steps)
    file(tmp_path).write_bytes(b"garbage" * 10_000)
    for suffix in ("-wal", "-shm"):
        file(tmp_path).with_name(f"search.db{suffix}").unlink(missing_ok=True)
    for _ in steps:
        pass
    search.search("전작권")  # which may be the first that sees the damage
    complete(search)
    assert alike(search, shelf)


def test_a_folder_that_cannot_be_used_is_told_and_a_temporary_one_used(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cache").write_text("no folder")
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    search = ShelfSearch(shelf, tmp_path / "cache")
    search.prepare()
    wait(lambda: prepared(search).complete)
    assert alike(search, shelf)
    assert "cannot be used" in str(search.problem)
    assert "temporary" in str(search.problem)
    assert list((tmp_path / "tmp").rglob("search.db"))
    search.close()
    assert not list((tmp_path / "tmp").iterdir())


def test_without_any_folder_the_texts_are_searched_in_memory(
    search: ShelfSearch, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: IndexFile) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(IndexFile, "connection", broken)
    assert prepared(search).complete
    assert alike(search, shelf)
    assert "the disk is read-only" in str(search.problem)


def test_a_sqlite_that_cannot_search_texts_is_told(
    search: ShelfSearch, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "supported", lambda: False)
    assert prepared(search).complete
    assert alike(search, shelf)
    assert "FTS5" in str(search.problem)


@pytest.mark.parametrize("background", [True, False])
def test_on_a_full_disk_what_could_be_written_is_searched(
    search: ShelfSearch, monkeypatch: pytest.MonkeyPatch, background: bool
) -> None:
    opened = IndexFile._open

    def small(self: IndexFile) -> sqlite3.Connection:
        connection = opened(self)
        connection.execute("PRAGMA max_page_count = 40")
        return connection

    monkeypatch.setattr(IndexFile, "_open", small)
    if background:
        search.prepare()
        wait(lambda: search.problem is not None)
        assert prepared(search) == (0, 74, 0)
    else:
        complete(search)
    assert "is full" in str(search.problem)
    assert search.search("전작권").problem is None


def test_a_document_that_cannot_be_read_is_told_and_the_others_searched(
    varied: Make, books: Callable[..., object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = Shelf(added=books(varied(5, "44")))  # type: ignore[arg-type]
    document = Shelf.document

    def damaged(self: Shelf, id: str) -> Document:  # noqa: A002 - its name
        if id == "44":
            raise LibraryError("damaged")
        return document(self, id)

    monkeypatch.setattr(Shelf, "document", damaged)
    search = ShelfSearch(shelf, tmp_path)
    assert search.search("전작권").hits
    assert str(search.problem) == "damaged"
    search.close()


def test_a_query_that_would_take_long_is_a_problem_unless_all_is_asked_for(
    search: ShelfSearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    complete(search)
    monkeypatch.setattr(searching, "MOST_COST", 200.0)
    for query in ("-양", "ㅇ -양", "/[ㄱ-힣]{90}/"):
        results = search.search(query)
        assert "too much to look through" in str(results.problem)
        assert not results.hits
        assert search.search(query, all_=True).problem is None
    assert search.search("국방비전").problem is None
    assert search.problem is None


def test_hostile_queries_are_answered(search: ShelfSearch) -> None:
    complete(search)
    hostile = (
        "가" * 10_000, "\x00\x1b[2J\x07", '"unfinished', "/(a+)+$/", "((((", "*", "a*", "^가",
        "'; DROP TABLE words;--", '" OR "', "NEAR(가 나)", "🙂" * 500, "%" * 300, "-", "or or or",
        "\u202e가",
        " ".join("가나다라마바사아자차카타파하"), "".join(map(chr, range(1, 0x300))),
    )  # fmt: skip
    for query in hostile:
        start = time.perf_counter()
        search.search(query)
        assert time.perf_counter() - start < 1, query
    assert search.problem is None
    assert index_module.supported()
