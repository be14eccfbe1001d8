"""The themes in an index are those that are found in the documents, as they are now."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from scmtui.library import theming
from scmtui.library.index import IndexFile
from scmtui.library.indexing import Writer
from scmtui.library.theming import IndexedThemes
from scmtui.model import Address
from scmtui.search import ThemeLabels
from scmtui.shelf import Shelf
from scmtui.themes import taxonomy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from scmtui.model import Document
    from scmtui.themes import Taxonomy

    Make = Callable[..., Document]

THEMES = taxonomy()


@pytest.fixture
def file(tmp_path: Path) -> Iterator[IndexFile]:
    with closing(IndexFile(tmp_path / "search.db")) as file:
        yield file


def put(file: IndexFile, shelf: Shelf, known: Taxonomy = THEMES) -> list[int]:
    """Bring the index up to date; how many paragraphs were left before each slice."""
    for _ in Writer(file).steps(shelf):
        pass
    return list(theming.steps(file, shelf, known, lambda: None))


def touching(labels: IndexedThemes | ThemeLabels, shelf: Shelf) -> dict[str, set[Address]]:
    every = [
        Address(document.id, paragraph.number)
        for document in shelf.documents()
        for paragraph in document.paragraphs
    ]
    return {
        theme.id: {at for at in every if at in labels.touching(theme.id)} for theme in labels.themes
    }


def alike(file: IndexFile, shelf: Shelf, known: Taxonomy = THEMES) -> bool:
    found = touching(ThemeLabels(shelf.documents(), known), shelf)
    return any(found.values()) and touching(IndexedThemes(file, known), shelf) == found


@pytest.fixture
def added(varied: Make, books: Callable[..., object]) -> object:
    return books(*(varied(200, id_) for id_ in ("44", "45")))


def test_the_themes_are_those_of_the_documents(file: IndexFile, added: object) -> None:
    shelf = Shelf(added=added)  # type: ignore[arg-type]
    assert put(file, shelf) == [429, 200]
    assert alike(file, shelf)
    assert put(file, shelf) == []


def test_documents_that_come_and_go_are_followed(
    file: IndexFile, added: object, varied: Make
) -> None:
    shelf = Shelf(added=added)  # type: ignore[arg-type]
    put(file, shelf)
    labels = IndexedThemes(file, THEMES)
    before = touching(labels, shelf)
    added.put(varied(50, "44", 7))  # type: ignore[attr-defined]
    assert put(file, shelf) == [50]
    assert alike(file, shelf)
    with closing(sqlite3.connect(file.path)) as other:
        places = "SELECT count(*) FROM touches WHERE place NOT IN (SELECT place FROM documents)"
        assert other.execute(places).fetchall() == [(0,)]
    assert touching(IndexedThemes(file, THEMES), shelf) != before


def test_what_was_asked_before_is_asked_again_when_another_session_has_written(
    file: IndexFile, added: object, varied: Make
) -> None:
    shelf = Shelf(added=added)  # type: ignore[arg-type]
    put(file, shelf)
    labels = IndexedThemes(file, THEMES)
    touching(labels, shelf)
    added.put(varied(50, "44", 7))  # type: ignore[attr-defined]
    with closing(IndexFile(file.path)) as other:
        put(other, shelf)
    assert touching(labels, shelf) == touching(ThemeLabels(shelf.documents(), THEMES), shelf)


def test_other_themes_are_found_anew(file: IndexFile, added: object) -> None:
    shelf = Shelf(added=added)  # type: ignore[arg-type]
    put(file, shelf)
    fewer = replace(THEMES, themes=THEMES.themes[1:])
    assert put(file, shelf, fewer) == [429, 200]
    assert alike(file, shelf, fewer)


def test_two_sessions_do_not_write_the_same(
    file: IndexFile, added: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = Shelf(added=added)  # type: ignore[arg-type]
    put_by = theming._touched

    def late(*given: object) -> Iterator[tuple[str, int]]:
        monkeypatch.setattr(theming, "_touched", put_by)
        with closing(IndexFile(file.path)) as other:
            put(other, shelf)
        return put_by(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(theming, "_touched", late)
    assert put(file, shelf) == [429]
    assert alike(file, shelf)


def test_a_document_that_was_taken_away_just_now_touches_nothing(
    file: IndexFile, added: object, varied: Make
) -> None:
    shelf = Shelf(added=added)  # type: ignore[arg-type]
    for _ in Writer(file).steps(shelf):
        pass
    added.put(varied(200, "44"))  # type: ignore[attr-defined]
    assert list(theming.steps(file, shelf, THEMES, lambda: None)) == [229]
    labels = IndexedThemes(file, THEMES)
    assert not any(
        Address("45", number) in labels.touching(theme.id)
        for number in range(200)
        for theme in THEMES.themes
    )


def test_where_the_index_cannot_be_read_nothing_is_touched(
    file: IndexFile, added: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(file, Shelf(added=added))  # type: ignore[arg-type]
    labels = IndexedThemes(file, THEMES)

    def broken(self: IndexFile) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(IndexFile, "connection", broken)
    assert not labels.touching("opcon").documents
    assert "the disk reports an error" in str(file.problem)
