"""The library as plain files, and a library made of them again; what a damaged one still gives."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scmtui.library import Library, Place, Session
from scmtui.library.dumping import readable
from scmtui.model import Address, LibraryError, NotFoundError
from scmtui.positions import Position
from scmtui.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scmtui.model import Document

    Make = Callable[..., Document]


def stand(address: str = "44:1.1", quote: str = "양 장관은") -> Position:
    return Position(Address.parse(address), quote, "앞", "뒤")


@pytest.fixture
def full(library: Library, make_document: Make) -> Library:
    """A library with something of everything."""
    for id_ in ("44", "44", "45-en"):
        library.add(make_document(3, id_), f"the file {len(library.facts())}".encode())
    library.set_mark("a", stand())
    library.set_pin(stand(), stand("45-en:2"), together=False)
    library.keep(Session(Place(stand("44-2:2.1"), -4), {"theme": "opcon", "panes": 3}))
    library.notes.add(stand(), "# 메모\n둘째 줄 …")
    library.tags.add(stand("52:1"), "opcon")
    library.links.add(stand(), stand("52:2"), "까닭")
    for name in ("보고", "초안"):
        tray = library.trays.add(name).number
        library.trays.put(tray, "heading", text=name)
        library.trays.put(tray, "line", text="—")
        library.trays.put(tray, "pair", stand(), stand("52:3"), at=0)
        library.trays.put(tray, "line", text="—")
    return library


def everything(library: Library) -> dict[str, object]:
    """All that a reader can see in a library."""
    return {
        "documents": [library.document(it.id) for it in library.facts()],
        "originals": [library.original(it.id) for it in library.facts()],
        "marks": library.marks(),
        "pins": library.pins(),
        "session": library.last_session(),
        "notes": library.notes.all(),
        "tags": library.tags.all(),
        "links": library.links.all(),
        "trays": [
            (it.name, [item._replace(number=0) for item in library.trays.items(it.number)])
            for it in library.trays.all()
        ],
    }


def other(tmp_path: Path) -> Library:
    return Library(tmp_path / "other")


def test_what_is_dumped_makes_the_library_again(full: Library, tmp_path: Path) -> None:
    written = full.dump(tmp_path / "dump")
    assert written == {
        "documents": 3, "places": 1, "marks": 1, "pins": 1, "notes": 1, "tags": 1, "links": 1,
        "trays": 2, "items": 8,
    }  # fmt: skip
    with closing(other(tmp_path)) as again:
        loaded = again.load(tmp_path / "dump")
        assert loaded.added == written
        assert not loaded.there
        assert not loaded.taken
        assert not loaded.unread
        assert everything(again) == everything(full)
        twice = again.load(tmp_path / "dump")
        assert (twice.added, twice.there) == (Counter(), written)
        assert twice.change is None
        assert everything(again) == everything(full)
        assert again.undo()
        assert again.facts() == ()
        assert [*again.notes.all(), *again.trays.all()] == []
        assert again.redo()
        assert everything(again) == everything(full)


def test_the_files_are_private_and_can_be_read_without_the_program(
    full: Library, tmp_path: Path
) -> None:
    full.dump(folder := tmp_path / "deep" / "dump")
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    assert {path.stat().st_mode & 0o777 for path in folder.rglob("*") if path.is_dir()} == {0o700}
    text = (folder / "documents" / "44.txt").read_text()
    assert text == readable(full.document("44"))
    assert "\n44-2 · " in (folder / "documents" / "44-2.txt").read_text()
    for paragraph in full.document("44").paragraphs:
        assert all(part.text in text for part in paragraph.parts)
        assert f"\n{paragraph.number}. " in text
    records = [json.loads(line) for line in (folder / "documents.jsonl").read_text().splitlines()]
    assert [(folder / it["original"]).read_bytes() for it in records] == [
        full.original(it["id"]) for it in records
    ]
    readme = (folder / "README.md").read_text()
    files = [path for path in files if path.parent == folder and path.name != "README.md"]
    assert len(files) == 11
    assert all(f"`{path.name}`" in readme for path in files)


def test_nothing_that_is_there_is_changed(
    full: Library, tmp_path: Path, make_document: Make
) -> None:
    full.dump(tmp_path / "dump")
    with closing(other(tmp_path)) as there:
        there.add(make_document(9, "44"), b"another")
        there.set_mark("a", stand("52:9"))
        there.keep(Session(Place(stand("52:8")), {"theme": "other"}))
        there.trays.put(there.trays.add("보고").number, "line", text="내 줄")
        before = everything(there)
        loaded = there.load(tmp_path / "dump")
        assert loaded.renamed == {"44": "44-2", "44-2": "44-3"}
        assert loaded.taken == (("marks", "a"),)
        after = everything(there)
        assert after["marks"] == before["marks"]
        assert after["session"] == before["session"]
        assert there.original("44") == b"another"
        assert there.original("44-2") == full.original("44")
        assert str(there.notes.all()[0].position.address) == "44-2:1.1"
        assert [str(it.address) for pin in there.pins() for it in pin[:2]] == [
            "44-2:1.1",
            "45-en:2",
        ]
        report, _ = there.trays.all()
        assert [it.text for it in there.trays.items(report.number)] == [
            "내 줄", "", "보고", "—", "—",
        ]  # fmt: skip
        again = there.load(tmp_path / "dump")
        assert not again.added
        there.undo()
        assert everything(there) == before


def test_what_comes_with_the_program_is_not_taken_in_again(
    library: Library, tmp_path: Path, bundled: dict[str, Document]
) -> None:
    facts = replace(bundled["52"].facts, title="고친 제목")
    library.replace("52", replace(bundled["52"], facts=facts), b"52")
    library.dump(tmp_path / "dump")
    with closing(other(tmp_path)) as again:
        assert again.load(tmp_path / "dump").added == {"documents": 1}
        assert [(it.id, it.title) for it in again.facts()] == [("52", "고친 제목")]


@pytest.mark.parametrize("name", ["there", "there/file"])
def test_a_dump_overwrites_nothing(full: Library, tmp_path: Path, name: str) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "file").write_text("mine")
    with pytest.raises(LibraryError, match="There is something in"):
        full.dump(tmp_path / name)
    assert [path.name for path in (tmp_path / "there").iterdir()] == ["file"]


def test_an_empty_folder_may_be_filled_and_a_failure_leaves_nothing(
    full: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder := tmp_path / "empty").mkdir()
    monkeypatch.setattr("scmtui.library.dumping.readable", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        full.dump(folder)
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]
    assert list(folder.iterdir()) == []
    monkeypatch.undo()
    full.dump(folder)
    assert (folder / "README.md").exists()


def test_without_a_library_there_is_nothing_to_dump(library: Library, tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="There is no library yet"):
        library.dump(tmp_path / "dump")


def test_a_folder_of_something_else_is_refused(library: Library, tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="was not written by scmtui dump"):
        library.load(tmp_path)
    (tmp_path / "format.json").write_text('{"format": 2}')
    with pytest.raises(LibraryError, match="newer version"):
        library.load(tmp_path)
    with pytest.raises(LibraryError, match="There is no folder or library"):
        library.load(tmp_path / "nothing")
    (tmp_path / "letter.db").write_text("no database " * 1000)
    with pytest.raises(LibraryError, match="is not a library of this program"):
        library.load(tmp_path / "letter.db")
    with closing(sqlite3.connect(tmp_path / "foreign.db")) as foreign:
        foreign.execute("CREATE TABLE bookmarks (url)")
    with pytest.raises(LibraryError, match="is not a library of this program"):
        library.load(tmp_path / "foreign.db")


OUTSIDE = {"id": "1", "asked": "1", "sha256": "", "added": "", "json": "../x", "original": None}
NOWHERE = {"number": 9, "address": "nowhere", "quote": "", "before": "", "after": "", "text": ""}
HOSTILE = (
    ("documents", '{"id": "44"}'),
    ("documents", "[" * 100_000),
    ("documents", json.dumps(OUTSIDE)),
    ("notes", json.dumps(NOWHERE | {"made": "", "changed": ""})),
    ("notes", '{"number": 9}'),
    ("notes", "null"),
    ("marks", '{"letter": "z", "address": "1:1", "quote": 1.5}'),
    ("tags", '{"tag": 99999999999999999999999}'),
    ("items", '{"number": 1, "tray": "no such tray", "rank": 0, "kind": "line"}'),
)


@pytest.mark.parametrize(("name", "line"), HOSTILE)
def test_what_cannot_be_read_is_counted_and_the_rest_is_taken_in(
    full: Library, tmp_path: Path, name: str, line: str
) -> None:
    written = full.dump(tmp_path / "dump")
    (tmp_path / "x").write_text("secret")
    with (tmp_path / "dump" / f"{name}.jsonl").open("a") as file:
        file.write(line + "\n")
    with closing(other(tmp_path)) as again:
        loaded = again.load(tmp_path / "dump")
        assert loaded.added == written
        assert loaded.unread == {name: 1}
        assert everything(again) == everything(full)


def test_text_that_acts_on_a_terminal_does_not_come_in(full: Library, tmp_path: Path) -> None:
    full.dump(tmp_path / "dump")
    documents = tmp_path / "dump" / "documents"
    poisoned = documents / "45-en.json"
    poisoned.write_text(poisoned.read_text().replace("양 장관은", "\\u001b]52;;x\\u0007", 1))
    (tmp_path / "dump" / "originals").joinpath(
        next(it.name for it in (tmp_path / "dump" / "originals").iterdir())
    ).write_bytes(b"other bytes")
    with (tmp_path / "dump" / "notes.jsonl").open("a") as file:
        record = {"number": 7, "address": "52:1", "quote": "", "before": "", "after": ""}
        record |= {"text": "메모\x1b[2J\u202e", "made": "", "changed": ""}
        file.write(json.dumps(record) + "\n")
    with closing(other(tmp_path)) as again:
        loaded = again.load(tmp_path / "dump")
        assert loaded.unread == {"documents": 1, "originals": 1}
        assert len(again.facts()) == 2
        assert [it.text for it in again.notes.all()][-1] == "메모"


@given(name=st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_a_file_may_have_any_name(
    tmp_path_factory: pytest.TempPathFactory, make_document: Make, name: str
) -> None:
    folder = tmp_path_factory.mktemp("named")
    document = make_document(1, "44")
    provenance = replace(document.facts.provenance, file=name)
    with closing(Library(folder / "library")) as library:
        document = replace(document, facts=replace(document.facts, provenance=provenance))
        library.add(document, b"file")
        library.dump(folder / "dump")
    (file,) = (folder / "dump" / "originals").iterdir()
    assert file.read_bytes() == b"file"


ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(texts=st.lists(ANY, max_size=4), tags=st.lists(ANY, max_size=3), quote=ANY)
def test_whatever_was_written_comes_back_clean(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], tags: list[str], quote: str
) -> None:
    folder = tmp_path_factory.mktemp("law")
    with closing(Library(folder / "one")) as library:
        library.set_mark("a", stand(quote=quote))
        for text in texts:
            library.notes.add(stand(quote=quote), text)
        for tag in tags:
            library.tags.add(stand("52:1"), tag)
        library.dump(folder / "dump")
    with closing(Library(folder / "two")) as again:
        loaded = again.load(folder / "dump")
        assert not loaded.unread
        assert [it.text for it in again.notes.all()] == [clean(text).text for text in texts]
        assert {it.tag for it in again.tags.all()} == {clean(tag).text for tag in tags}
        assert again.marks()["a"].quote == clean(quote).text


# What a damaged library still gives


def test_another_library_is_taken_in_like_a_dump(full: Library, tmp_path: Path) -> None:
    backup = full.back_up()
    with closing(other(tmp_path)) as again:
        assert again.load(backup).added["documents"] == 3
        assert everything(again) == everything(full)


def test_a_damaged_library_gives_what_can_still_be_read(
    full: Library, tmp_path: Path, folder: Path, make_document: Make
) -> None:
    for number in range(10, 40):
        full.add(make_document(8, str(number)), b"%d" % number * 3000)
    full.close()
    raw = (folder / "library.db").read_bytes()
    pages = len(raw) // 4096
    best = 0
    for page in range(3, pages, 9):
        harmed = tmp_path / f"harmed-{page}.db"
        harmed.write_bytes(raw[: page * 4096] + bytes(4096) + raw[(page + 1) * 4096 :])
        with closing(Library(tmp_path / f"again-{page}")) as again:
            loaded = again.load(harmed)
            there = sum(loaded.added.values())
            best = max(best, there)
            for facts in again.facts():
                assert again.document(facts.id).facts == facts
                if not loaded.unread:
                    assert again.original(facts.id)
        assert harmed.read_bytes()[page * 4096 : page * 4096 + 9] == bytes(9)
    assert best >= 33


def test_entries_before_and_behind_a_damaged_page_are_read(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    for number in range(120):
        library.notes.add(stand(), f"{number} " + "긴 메모 " * 40)
    library.close()
    file = folder / "library.db"
    with closing(sqlite3.connect(file)) as connection:
        ((root,),) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'notes'")
    raw = file.read_bytes()
    page = raw[(root - 1) * 4096 : root * 4096]
    assert page[0] == 5  # a page that only points to others
    children = [
        int.from_bytes(page[at : at + 4])
        for cell in range(int.from_bytes(page[3:5]))
        for at in [int.from_bytes(page[12 + 2 * cell : 14 + 2 * cell])]
    ]
    harmed = children[len(children) // 2]
    (tmp_path / "harmed.db").write_bytes(
        raw[: (harmed - 1) * 4096] + b"\xff" * 4096 + raw[harmed * 4096 :]
    )
    with closing(other(tmp_path)) as again:
        loaded = again.load(tmp_path / "harmed.db")
        assert loaded.unread == {"notes": 1}
        numbers = [int(it.text.split()[0]) for it in again.notes.all()]
    assert 100 < len(numbers) < 120
    assert {0, 119} < set(numbers)


@pytest.mark.parametrize("table", ["texts", "originals"])
def test_without_a_table_the_others_are_read(
    full: Library, folder: Path, tmp_path: Path, table: str
) -> None:
    full.close()
    with closing(sqlite3.connect(folder / "library.db")) as connection:
        connection.execute(f"DROP TABLE {table}")
    with closing(other(tmp_path)) as again:
        loaded = again.load(folder / "library.db")
        assert loaded.unread == {table: 3}
        assert loaded.added["notes"] == 1
        assert len(again.facts()) == (3 if table == "originals" else 0)


def test_a_damaged_text_is_dumped_as_it_is(full: Library, tmp_path: Path) -> None:
    full._file.write(lambda it: it.execute("UPDATE texts SET json = '{' WHERE number = 1"))
    full.dump(tmp_path / "dump")
    assert (tmp_path / "dump" / "documents" / "44.json").read_text() == "{"
    assert not (tmp_path / "dump" / "documents" / "44.txt").exists()
    with closing(other(tmp_path)) as again:
        assert again.load(tmp_path / "dump").unread == {"documents": 1}
        assert len(again.facts()) == 2


def test_a_dump_without_a_file_gives_the_rest(full: Library, tmp_path: Path) -> None:
    full.dump(tmp_path / "dump")
    (tmp_path / "dump" / "tags.jsonl").unlink()
    (tmp_path / "dump" / "links.jsonl").write_bytes(b"\xff\xfe")
    with closing(other(tmp_path)) as again:
        loaded = again.load(tmp_path / "dump")
        assert loaded.unread == {"links": 1}
        assert loaded.added["notes"] == 1
        assert loaded.added["tags"] == 0


def test_headings_and_lead_ins_stand_in_the_readable_text(make_document: Make) -> None:
    document = make_document(2)
    first, second = document.paragraphs
    headed = replace(
        document, paragraphs=(replace(first, number=0), replace(second, heading="제목"))
    )
    blocks = readable(headed).split("\n\n")
    assert blocks[2] == first.parts[0].text
    assert "2. 제목" in blocks


def test_a_document_that_is_not_there_is_none_in_the_new_library(tmp_path: Path) -> None:
    with closing(other(tmp_path)) as library, pytest.raises(NotFoundError):
        library.document("44")
