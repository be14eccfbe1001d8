"""What the reader added to the library, as every command finds it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from scmtui import cli, frame
from scmtui.library import Library
from scmtui.settings import paths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from scmtui.model import Document

    Run = Callable[..., Any]


@pytest.fixture
def library(home: Path) -> Iterator[Library]:
    """The reader's library, as the command line finds it."""
    library = Library(paths().data)
    yield library
    library.close()


@pytest.fixture
def added(library: Library, bundled: dict[str, Document]) -> str:
    """The id of a document that the reader added."""
    document = bundled["52"]
    facts = replace(document.facts, id="51", meeting=51, title="제51차 공동성명")
    return library.add(replace(document, facts=facts), b"51").facts.id


def test_what_was_added_is_there_for_every_command(run: Run, added: str) -> None:
    assert [it["id"] for it in run("list", "--json").record["documents"]] == [
        "57-article", "52", "51",
    ]  # fmt: skip
    assert run("show", "51:12").out.startswith("제51차 공동성명\n")
    assert "51:12" in run("themes", "51").out
    hits = run("search", "scm:51", "전작권", "--json").record["hits"]
    assert {hit["address"] for hit in hits} == {"51:11", "51:12"}
    assert "alike 20" in run("compare", "51", "52").out
    assert run("show", "51:1", "--exact").out.startswith("1.")


def test_rules_that_are_off_are_off_for_what_was_added(
    run: Run, added: str, config: Callable[..., Path]
) -> None:
    assert "(SCM)가" in run("show", "51:1").out
    config('tidy_off = ["particle-after-bracket", "blanks-in-brackets", "bracket-after-word"]')
    assert "( SCM ) 가" in run("show", "51:1").out


def test_the_last_screen_is_forgotten_when_the_library_changes(run: Run, added: str) -> None:
    file = paths().cache / frame.NAME
    file.parent.mkdir(parents=True)
    file.write_text(added)
    run("list")
    assert file.exists()
    run("remove", added, "--yes")
    assert not file.exists()


def test_without_a_library_none_is_made(run: Run, home: Path) -> None:
    for arguments in (["list"], ["search", "전작권"], ["compare", "52", "57"], ["show", "52"]):
        assert run(*arguments).status == 0
    assert list(home.iterdir()) == []


def test_a_library_that_cannot_be_read_is_told_and_the_rest_is_there(
    run: Run, added: str, library: Library
) -> None:
    library.close()
    (file,) = paths().data.glob("*.db")
    file.write_bytes(b"nothing like a library " * 1000)
    printed = run("list")
    assert printed.status == 0
    assert printed.err.startswith(f"scmtui: “{file}” is not a library")
    assert {"57-article", "52"} <= {line.split()[0] for line in printed.out.splitlines()}


def test_a_document_of_the_library_opens_the_screens(
    run: Run, added: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["51:99"]) == 1
    assert "There is no paragraph 99 in 51." in capsys.readouterr().err
    assert cli.main(["51:9"]) == 2  # the output is no terminal
    assert "The screens need a terminal" in capsys.readouterr().err


def test_a_number_is_the_official_text_and_the_other_copy_has_a_name(
    run: Run, library: Library, bundled: dict[str, Document]
) -> None:
    own = bundled["52"]
    for number, official in enumerate((False, True)):
        facts = replace(own.facts, id="54", meeting=54, official=official, title=f"{official}")
        library.add(replace(own, facts=facts), str(number).encode())
    printed = run("show", "54")
    assert printed.out.startswith("True\n")
    assert "54 is taken as 54-2 (Joint communiqué · official)." in printed.err
    assert "(Joint communiqué · not official) is called 54-1 here." in printed.err
    printed = run("show", "54-1")
    assert printed.out.startswith("False\n")
    assert "54-1 is taken as 54 (Joint communiqué · not official)." in printed.err
    assert "called" not in printed.err
    assert run("show", "54:3").err == ""
