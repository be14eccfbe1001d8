"""Notes, tags, marks and trays on the command line, and the pages that are made of them."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from scmtui import corpus
from scmtui.cli import terminal
from scmtui.model import Address
from scmtui.settings import paths

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., Any]

SAMPLES = Path(__file__).parent.parent / "samples"


def test_a_note_is_written_shown_found_and_taken_away(run: Run) -> None:
    assert run("note").status == 1
    assert run("note", "52:12", "조건", "평가 방법").out == "Note 1 on 52:12.\n"
    assert "조건 평가 방법" in run("note", "52").out
    assert run("note", "52:11").status == 1
    (row,) = run("note", "--json").record["rows"]
    assert row["address"] == "52:12"
    assert row["text"] == "조건 평가 방법"
    assert run("search", "note:평가", "--json").record["hits"][0]["address"] == "52:12"
    assert run("note", "--remove", "1").out == "The note 1 is gone.\n"
    assert run("note", "--remove", "1").err == "scmtui: There is no note 1.\n"
    assert run("note", "52:99", "x").status == 1


def test_a_note_is_read_from_the_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("첫째 줄\n둘째\x1b]0;x\x07 줄\n"))
    run("note", "52:1", "-")
    assert run("note", "--json").record["rows"][0]["text"] == "첫째 줄\n둘째 줄"
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    assert run("note", "52:1", "-").status == 2


def test_tags_are_set_shown_found_and_taken_away(run: Run) -> None:
    assert run("tag", "52:12", "중점", "확인", "중점").out == "52:12: 중점, 확인\n"
    assert [it["tag"] for it in run("tag", "--json").record["rows"]] == ["중점", "확인"]
    assert run("search", "tag:중점", "--json").record["hits"][0]["address"] == "52:12"
    assert run("tag", "52:12", "중점", "--untag").out == "52:12: no longer 중점\n"
    assert run("tag", "52:12", "중점", "--untag").status == 1
    assert len(run("tag", "52:12", "--json").record["rows"]) == 1


def test_a_brief_carries_remarks_point_by_point(run: Run) -> None:
    page = run("brief", "52", "57", "--theme", "opcon", "--remark", "하나\n\n둘\x1b[31m").out
    assert page.index("## Remarks") < page.index("- 하나") < page.index("- 둘\n")
    assert page.index("- 둘") < page.index("## Sources")
    assert "Remarks" not in run("brief", "52", "57", "--theme", "opcon").out


@pytest.mark.parametrize(("name", "begins"), [("bibtex", "@misc"), ("bib", "@misc"), ("text", " ")])
def test_formats_are_known_by_the_names_that_others_give_them(
    run: Run, name: str, begins: str
) -> None:
    assert run("brief", "52", "57", "--format", name).out.startswith(begins)


def test_sources_are_cited_as_the_readers_template_says(run: Run) -> None:
    config = paths().config / "config.toml"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text('[citation]\ntemplate = "{{ id }} §{{ paragraph }}"\n', encoding="utf-8")
    page = run("brief", "52", "57", "--theme", "opcon", "--layout", "quotes").out
    assert "— 52 §11" in page
    assert "— 57-article §2 (unofficial)" in page
    assert "[52 §11]" in run("brief", "52", "57", "--theme", "opcon").out
    assert "§" not in run("brief", "52", "57", "--theme", "opcon", "--style", "ko").out
    config.write_text('[citation]\ntemplate = "{{ nope }}"\n', encoding="utf-8")
    told = run("brief", "52", "57", "--theme", "opcon", "--layout", "quotes")
    assert told.status == 0
    assert "“citation.template” cannot be used ('nope' is undefined)" in told.err
    assert "para. 11" in told.out
    refused = run("brief", "52", "57", "--style", "own")
    assert refused.status == 2
    assert "Nothing was written." in refused.err


def test_a_tray_says_what_was_collected_from_an_official_text(run: Run, tmp_path: Path) -> None:
    run("tray", "t", "52:11", "52:12")
    text = (SAMPLES / "scm52-communique.ko.txt").read_text(encoding="utf-8")
    copy = tmp_path / "copy.txt"
    copy.write_text(text.replace("지정된이행과업의", "지정된 이행과업의"), encoding="utf-8")
    added = run("add", str(copy), "--replace", "--official", "no", "--yes")
    assert added.status == 0, added.err
    rows = run("tray", "t", "--json").record["rows"]
    assert [it["needs_a_look"] for it in rows] == [True, True]
    exported = run("export", "t")
    assert "Needs a look: 52:11, 52:12" in exported.err
    assert "what stands at 52:11 now is not." in exported.out


def test_marks_are_set_shown_and_taken_away(run: Run) -> None:
    assert run("mark").status == 1
    assert run("mark", "a", "52:12").out == "52:12: mark a\n"
    assert "52:12" in run("mark", "a").out
    assert run("mark", "--json").record["rows"][0]["mark"] == "a"
    assert run("mark", "ab", "52:12").status == 2
    assert run("mark", "a", "--unmark").status == 0
    assert run("mark", "a", "--unmark").status == 1
    assert run("mark", "a").status == 1


def rows(run: Run, tray: str = "모음") -> list[tuple[str, ...]]:
    return [(it["kind"], *it["addresses"]) for it in run("tray", tray, "--json").record["rows"]]


def test_a_tray_takes_passages_pairs_headings_and_lines_in_order(run: Run) -> None:
    said = run("tray", "모음", "52:11", "52:11=57:2", "--heading", "전작권")
    assert said.out == "모음: 3 things\n"
    assert "57:2 is taken as 57-article:2" in said.err
    assert "in the tray already" in run("tray", "모음", "52:11").err
    run("tray", "모음", "--line", "나의 말")
    pair = ("pair", "52:11", "57-article:2")
    passage = ("passage", "52:11")
    assert rows(run) == [("heading",), passage, pair, passage, ("line",)]
    run("tray", "모음", "--take", "4")
    run("tray", "모음", "--move", "4", "--to", "1")
    assert rows(run) == [("line",), ("heading",), passage, pair]
    run("tray", "모음", "--move", "1")
    assert rows(run) == [("heading",), passage, pair, ("line",)]
    shown = run("tray", "모음").out
    assert "own line" in shown
    assert "pair" in shown
    assert run("tray", "모음", "--take", "9").status == 2


def test_a_tray_is_renamed_deleted_and_missed(run: Run) -> None:
    run("tray", "하나", "52:1")
    assert rows(run, "하나")
    assert run("tray", "하나", "--rename", "둘").status == 0
    assert run("tray").out == "둘 · 1 thing\n"
    assert run("tray", "하나").err == "scmtui: There is no tray “하나”. Trays: 둘.\n"
    assert run("tray", "둘", "--delete").status == 0
    assert run("tray").status == 1
    assert run("tray", "둘", "52:999").status == 1
    assert "none yet" in run("export", "둘").err


def test_what_is_exported_leads_back_to_the_words(run: Run) -> None:
    run("tray", "모음", "52:11", "57:2", "52:1.1.2")
    record = json.loads(run("export", "모음", "--format", "json").out)
    for entry in record["entries"]:
        (quoted,) = entry["left"]
        at = Address.parse(quoted["address"])
        shown = run("show", quoted["address"], "--json").record["paragraphs"][0]
        assert corpus.passage(corpus.document(at.document), at) in quoted["text"]
        assert all(part in quoted["text"] for part in shown["parts"])


def test_a_page_is_written_and_never_over_another_unasked(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "brief.docx"
    arguments = ("brief", "52", "57", "--theme", "전작권", "-o", str(file))
    said = run(*arguments)
    assert said.out == f"Written: {file}\n"
    assert "word/document.xml" in zipfile.ZipFile(file).namelist()
    before = file.read_bytes()
    assert run(*arguments).status == 3
    monkeypatch.setattr(terminal, "is_terminal", lambda stream: True)
    monkeypatch.setattr(terminal, "agrees", lambda question: False)
    assert run(*arguments).status == 1
    assert file.read_bytes() == before
    monkeypatch.setattr(terminal, "agrees", lambda question: True)
    assert run(*arguments).status == 0
    assert run(*arguments, "--yes", "--title", "제목").status == 0
    assert file.read_bytes() != before


def test_a_folder_gets_a_file_that_is_named_after_the_title(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    run("brief", "52", "57", "--title", "../../x", "--format", "txt", "-o", str(folder))
    assert [it.name for it in folder.iterdir()] == ["x.txt"]


def test_a_page_goes_into_the_pipe(
    capfdbinary: pytest.CaptureFixture[bytes], on_terminal: Callable[..., None]
) -> None:
    from scmtui import cli

    assert cli.main(("brief", "52", "57", "--theme", "opcon")) == 0
    assert capfdbinary.readouterr().out.startswith(b"# SCM 52")
    assert cli.main(("brief", "52", "57", "--format", "docx", "-o", "-")) == 0
    assert capfdbinary.readouterr().out.startswith(b"PK")
    on_terminal(80)
    assert cli.main(("brief", "52", "57", "--format", "docx")) == 2


@pytest.mark.parametrize("option", ["format", "layout", "style"])
def test_what_is_no_way_to_write_is_told(run: Run, option: str) -> None:
    said = run("brief", "52", "57", f"--{option}", "nope")
    assert said.status == 2
    assert f"“--{option}” is one of" in said.err


def test_a_theme_that_neither_names_is_nothing_found(run: Run) -> None:
    said = run("brief", "52:1", "57:2", "--theme", "cyber", "-o", "-")
    assert said.status == 1
    assert "about the theme" in said.err


def test_a_template_of_the_readers_is_a_layout(run: Run, home: Path, tmp_path: Path) -> None:
    folder = home / "config" / "scmtui" / "templates"
    folder.mkdir(parents=True)
    (folder / "memo.md").write_text("{{ title }}: {{ entries | length }}", encoding="utf-8")
    run("tray", "모음", "52:11", "52:12")
    assert run("export", "모음", "--layout", "memo.md").out == "모음: 2\n"
    run("export", "모음", "--layout", "memo.md", "-o", str(tmp_path))
    assert (tmp_path / "모음.md").read_text(encoding="utf-8") == "모음: 2\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("tray", "모음", "52:1", "--delete"),
        ("tray", "모음", "--take", "1", "--move", "1"),
        ("tray", "모음", "--rename", "x", "--heading", "y"),
        ("note", "52:1", "말", "--remove", "1"),
        ("tag", "52:1", "--untag"),
    ],
)
def test_what_does_not_go_together_changes_nothing(run: Run, arguments: tuple[str, ...]) -> None:
    run("tray", "모음", "52:11")
    run("note", "52:11", "하나")
    before = run("tray", "모음", "--json").out + run("note", "--json").out
    assert run(*arguments).status == 2
    assert run("tray", "모음", "--json").out + run("note", "--json").out == before


def test_an_empty_heading_begins_no_tray(run: Run) -> None:
    assert run("tray", "새것", "--heading", " ").status == 2
    assert run("tray").status == 1


@pytest.mark.parametrize("name", ["가" * 200 + ".md", "a\0b.md", "no/such/folder.md"])
def test_a_file_that_cannot_be_is_a_sentence(run: Run, tmp_path: Path, name: str) -> None:
    said = run("brief", "52", "57", "--theme", "opcon", "-o", str(tmp_path / name))
    assert said.status == 3
    assert "cannot be written" in said.err


def test_an_ending_that_is_no_format_is_refused(run: Run, tmp_path: Path) -> None:
    said = run("brief", "52", "57", "-o", str(tmp_path / "x.pdf"))
    assert said.status == 2
    assert "not “pdf”" in said.err
    assert not (tmp_path / "x.pdf").exists()


def test_nothing_typed_reaches_the_terminal_as_a_command(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "\x1b[31mq.md"
    title = "a\x1b[0mb\udcff"
    said = run("brief", "52", "57", "--theme", "opcon", "--title", title, "-o", str(file))
    assert said.status == 0
    assert "\x1b" not in said.out
    assert "\x1b" not in file.read_text(encoding="utf-8")


def test_a_tag_is_one_short_line(run: Run) -> None:
    run("tag", "52:1", "#두\n말 " + "x" * 100)
    (row,) = run("tag", "--json").record["rows"]
    assert row["tag"].startswith("두 말 x")
    assert len(row["tag"]) == 60


def test_without_an_input_there_are_no_words(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert run("note", "52:1", "-").status == 2


def test_a_folder_that_may_not_be_looked_at_is_told(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    run("note", "52:1", "하나")
    monkeypatch.setattr(type(paths().data), "is_dir", refused)
    said = run("show", "52:1.1.1")
    assert said.status == 0
