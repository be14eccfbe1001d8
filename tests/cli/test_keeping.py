"""The commands that show and keep the library, as the reader types them."""

from __future__ import annotations

import io
import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from scmtui.cli import library as commands
from scmtui.cli import terminal
from scmtui.library import Library
from scmtui.model import Address
from scmtui.positions import Position, position
from scmtui.settings import paths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scmtui.model import Document

    Run = Callable[..., Any]


@pytest.fixture
def library(home: Path) -> Iterator[Library]:
    """The reader's library, as the command line finds it."""
    library = Library(paths().data)
    yield library
    library.close()


@pytest.fixture
def added(library: Library, bundled: dict[str, Document]) -> Document:
    """A document that the reader added, with a note on it."""
    document = bundled["52"]
    facts = replace(document.facts, id="51", meeting=51, title="제51차 공동성명")
    library.add(document := replace(document, facts=facts), b"51" * 4000)
    library.notes.add(position(document, Address("51", 3)), "메모")
    return document


def test_without_a_library_every_command_says_so_and_makes_none(
    run: Run, home: Path, tmp_path: Path
) -> None:
    printed = run("library")
    assert (printed.status, printed.out) == (1, "")
    assert "There is no library yet" in printed.err
    assert run("library", "--json").record == {"rows": []}
    assert run("restore").status == 1
    assert run("doctor").status == 0
    for command in (["backup"], ["dump", str(tmp_path / "dump")]):
        printed = run(*command)
        assert printed.status == 3
        assert "There is no library yet" in printed.err
    assert run("remove", "51").status == 1
    assert list(home.iterdir()) == []
    assert not (tmp_path / "dump").exists()


def test_the_library_is_shown(run: Run, added: Document, library: Library) -> None:
    library.back_up()
    printed = run("library")
    assert printed.status == 0
    lines = printed.out.splitlines()
    assert lines[0] == str(paths().data / "library.db")
    assert "1 document · 1 note" in printed.out
    row = next(line for line in lines if line.startswith("51 "))
    assert "8.0 kB" in row
    assert row.endswith("제51차 공동성명")
    assert "by-hand-" in lines[-1]
    record = run("library", "--json").record
    assert [(it["id"], it["bytes"], it["paragraphs"]) for it in record["rows"]] == [
        ("51", 8000, 20)
    ]
    assert record["counts"]["notes"] == 1
    assert record["need_a_look"] == 0
    assert len(record["backups"]) == 1
    library.remove("51")
    printed = run("library")
    assert "scmtui remove --undo" in printed.out
    assert "1 thing that you attached to a text needs a look" in printed.err
    assert [it["id"] for it in run("library", "--json").record["removed"]] == ["51"]


def test_a_document_is_removed_and_put_back(run: Run, added: Document) -> None:
    printed = run("remove", "51", "--yes")
    assert printed.out == "Removed: 51 (제51차 공동성명)\n"
    assert "For 7 days this puts it back: scmtui remove --undo 51" in printed.err
    assert run("show", "51").status == 1
    printed = run("remove", "51", "--yes")
    assert printed.status == 1
    assert "There is no document “51” in the library" in printed.err
    assert run("remove", "--undo", "51").out == "Put back: 51, 제51차 공동성명\n"
    assert run("show", "51").status == 0
    assert run("remove", "--undo", "51").status == 1


def test_what_was_replaced_changes_places_with_what_replaced_it(
    run: Run, added: Document, library: Library
) -> None:
    better = replace(added, facts=replace(added.facts, title="고친 제목"))
    library.replace("51", better, b"better")
    for title in ("제51차 공동성명", "고친 제목"):
        assert run("remove", "--undo", "51").out == f"Put back: 51, {title}\n"
        assert run("show", "51").out.startswith(f"{title}\n")


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (["51", "99"], 1, "no document “99”"),
        (["52"], 1, "comes with scmtui; it was not added"),
        (["51:"], 2, "is not an address"),
        ([], 2, "It is written like this"),
    ],
)
def test_nothing_is_removed_when_one_is_not_there(
    run: Run, added: Document, words: list[str], status: int, told: str
) -> None:
    printed = run("remove", *words, "--yes")
    assert printed.status == status
    assert told in printed.err
    assert run("show", "51").status == 0


@pytest.mark.parametrize(("answer", "gone"), [("y", True), ("예", True), ("", False), ("n", False)])
def test_at_a_terminal_it_asks(
    run: Run, added: Document, monkeypatch: pytest.MonkeyPatch, answer: str, gone: bool
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{answer}\n"))
    monkeypatch.setattr(terminal, "answers", lambda: True)
    printed = run("remove", "51")
    assert "Remove 51 (제51차 공동성명)? [y/N]" in printed.err
    assert printed.status == (0 if gone else 1)
    assert ("Nothing was changed." in printed.err) is not gone
    monkeypatch.undo()


def test_where_nobody_can_be_asked_it_is_shown_and_not_done(
    run: Run, added: Document, library: Library
) -> None:
    printed = run("remove", "51")
    assert (printed.status, printed.out) == (2, "Would be removed: 51 (제51차 공동성명)\n")
    assert printed.err == "scmtui: Nothing was changed. With --yes it is done.\n"
    backup = library.back_up()
    library.remove("51")
    printed = run("restore", backup.stem)
    assert printed.status == 2
    assert printed.out == f"The library would become what it is in “{backup}”.\n"
    assert run("show", "51").status == 1


def test_a_passage_is_not_taken_for_its_document(run: Run, added: Document) -> None:
    for words in (["51:3"], ["--undo", "51:3"]):
        printed = run("remove", *words, "--yes")
        assert printed.status == 2
        assert "“51:3” is a passage" in printed.err
    assert run("show", "51").status == 0


def test_what_comes_with_the_program_is_put_back_from_under_what_replaced_it(
    run: Run, library: Library, bundled: dict[str, Document]
) -> None:
    own = bundled["52"]
    copy = replace(own, facts=replace(own.facts, title="베낀 글", official=False))
    for data in (b"copy", b"another"):  # what was removed before is not what was replaced now
        library.replace("52", copy, data)
        shown = run("remove", "--undo").out
        assert any("52" in it and "comes with scmtui" in it for it in shown.splitlines())
        assert run("remove", "52", "--undo").out == f"Put back: 52, {own.facts.title}\n"
        assert run("show", "52").out.startswith(own.facts.title)
    assert run("remove", "52", "--undo").out == "Put back: 52, 베낀 글\n"
    printed = run("remove", "52", "--yes")
    assert "The document 52 that comes with scmtui is there again." in printed.err


def test_what_can_be_put_back_is_listed(run: Run, added: Document) -> None:
    printed = run("remove", "--undo")
    assert (printed.status, printed.out) == (1, "")
    assert "Nothing was removed or replaced." in printed.err
    run("remove", "51", "--yes")
    printed = run("remove", "--undo")
    assert printed.out.startswith("51 ")
    assert "scmtui remove --undo ID" in printed.err


def test_backups_are_made_shown_and_gone_back_to(
    run: Run, added: Document, library: Library, tmp_path: Path
) -> None:
    made = run("backup", "--json").record
    assert made["bytes"] > 8000
    assert run("backup", str(tmp_path / "mine.db")).out.strip().endswith("mine.db”.")
    assert run("backup", str(tmp_path / "mine.db")).status == 3
    library.remove("51")
    rows = run("restore", "--json").record["rows"]
    assert [it["file"] for it in rows] == [made["file"]]
    name = made["file"].rpartition("/")[2].removesuffix(".db")
    printed = run("restore")
    assert printed.out.splitlines()[-1].startswith(name)
    assert "scmtui restore NAME" in printed.err
    printed = run("restore", name, "--yes")
    assert printed.status == 0
    assert "The one before was kept as" in printed.err
    assert run("show", "51").status == 0
    library.remove("51")
    refused = run("restore", str(tmp_path / "mine.db"), "--json")
    assert (refused.status, refused.out) == (2, "")
    record = run("restore", str(tmp_path / "mine.db"), "--json", "--yes").record
    assert record["file"] == str(tmp_path / "mine.db")
    assert "before-restore-" in record["kept"]
    assert run("show", "51").status == 0
    printed = run("restore", "library-1999-01-01")
    assert printed.status == 1
    assert "There is no backup “library-1999-01-01”" in printed.err


def test_what_is_dumped_is_loaded_elsewhere(
    run: Run, added: Document, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.set_mark("a", position(added, Address("51", 2)))
    folder = str(tmp_path / "dump")
    assert run("dump", folder).out.endswith("1 document, 1 note, 1 mark.\n")
    assert run("dump", folder).status == 3
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "new"))
    printed = run("load", folder)
    assert printed.out == "Added: 1 document, 1 note, 1 mark.\n"
    assert run("show", "51").status == 0
    assert run("load", folder).out == (
        "Added: nothing.\nThere already: 1 document, 1 note, 1 mark.\n"
    )
    there = Library(paths().data)
    there.set_mark("a", Position(Address("52", 1)))
    there.close()
    notes = tmp_path / "dump" / "notes.jsonl"
    notes.write_text(notes.read_text() + "?\n")
    printed = run("load", folder)
    assert "1 entry could not be read and was left out." in printed.err
    assert "the library has others of these: a." in printed.err
    record = run("load", folder, "--json").record
    assert record["left_out"] == [{"table": "marks", "key": "a"}]
    assert record["unread"] == {"notes": 1}
    assert run("dump", str(tmp_path / "again"), "--json").record["written"]["documents"] == 1
    assert run("load", str(tmp_path / "nowhere")).status == 3


def test_a_document_that_gets_another_id_is_told_of(
    run: Run, added: Document, library: Library, tmp_path: Path
) -> None:
    library.dump(tmp_path / "dump")
    library.replace("51", replace(added, facts=replace(added.facts, title="고친 제목")), b"other")
    assert "51 is 51-2 here." in run("load", str(tmp_path / "dump")).out


ASKED = (
    ["library"],
    ["note"],
    ["note", "52:1"],
    ["note", "52:1", "메모"],
    ["note", "--remove", "1"],
    ["tag"],
    ["tag", "52:1", "전작권"],
    ["mark"],
    ["mark", "a"],
    ["mark", "a", "52:1"],
    ["tray"],
    ["tray", "보고"],
    ["tray", "보고", "52:1"],
    ["export", "보고"],
    ["show", "51"],
    ["remove", "51", "--yes"],
    ["remove", "--undo"],
    ["backup"],
    ["dump", "dump"],
    ["51"],
)
"""What cannot be answered without the library."""


@pytest.mark.parametrize("put", [Path.mkdir, os.mkfifo])
def test_a_library_that_cannot_be_opened_is_no_answer(
    run: Run, home: Path, put: Callable[[Path], None]
) -> None:
    paths().data.mkdir(parents=True)
    put(file := paths().data / "library.db")
    for arguments in ASKED:
        printed = run(*arguments)
        assert (printed.status, printed.out) == (3, ""), arguments
        assert printed.err.startswith(f"scmtui: The library “{file}” cannot be used: it is a ")
        assert printed.err.count("scmtui: ") == 1, arguments
    for arguments in (["list"], ["show", "52:1"], ["search", "억제"]):
        printed = run(*arguments)
        assert printed.status == 0
        assert printed.err.startswith(f"scmtui: The library “{file}” cannot be used")
    printed = run("doctor")
    assert printed.status == 3
    assert [it.split()[0] for it in printed.out.splitlines()].count("WRONG") == 1


def test_a_lost_library_that_no_backup_replaces_is_not_called_empty(run: Run, home: Path) -> None:
    file = paths().data / "library.db"
    for arguments in (["note"], ["library"], ["show", "51"]):
        paths().data.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"nothing like a library " * 1000)
        printed = run(*arguments)
        assert (printed.status, printed.out) == (3, "")
        assert printed.err.startswith(f"scmtui: “{file}” is not a library of this program. It was")
    printed = run("library")  # and so it is told on every other day
    assert printed.status == 1
    assert printed.err.count("There is no library now; what can still be read comes back") == 3


def test_a_home_that_no_folder_can_be_made_in_is_told(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/dev/null")
    printed = run("note", "52:1", "메모")
    assert printed.status == 3
    assert printed.err.startswith("scmtui: The folder “/dev/null/scmtui” cannot be made: ")


def test_the_doctor_says_what_he_found_and_ends_with_a_status(
    run: Run, added: Document, library: Library
) -> None:
    printed = run("doctor")
    assert printed.status == 0
    assert {line.split("  ")[0] for line in printed.out.splitlines()} <= {"well", "look"}
    library._file.write(lambda it: it.execute("UPDATE originals SET bytes = x'00'"))
    for backup in library.backups():
        backup.path.unlink()
    printed = run("doctor", "--json")
    assert printed.status == 3
    rows = json.loads(printed.out)["rows"]
    assert ("originals", "wrong") in {(it["check"], it["state"]) for it in rows}


def test_everything_is_said_in_korean_too(
    run: Run, added: Document, library: Library, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LANG", "ko_KR.UTF-8")
    library.remove("51")
    for command in (
        ["library"], ["restore"], ["doctor"], ["backup"], ["dump", str(tmp_path / "d")],
        ["load", str(tmp_path / "d")], ["remove", "--undo", "51"],
    ):  # fmt: skip
        printed = run(*command)
        assert any("가" <= letter <= "힣" for letter in printed.out + printed.err), command


@pytest.mark.parametrize(
    ("count", "shown"),
    [(0, "0 B"), (999, "999 B"), (18_141, "18.1 kB"), (5_000_000, "5.0 MB"), (10**10, "10.0 GB")],
)
def test_sizes_are_read_easily(count: int, shown: str) -> None:
    assert commands.size(count) == shown
