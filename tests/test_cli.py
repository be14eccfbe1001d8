"""The command line: what it prints for people and for programs, and how it says what is wrong."""

from __future__ import annotations

import gc
import hashlib
import io
import json
import os
import pty
import re
import signal
import subprocess
import sys
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scmtui import __main__, __version__, cli, corpus
from scmtui.cli import commands, manual, records, terminal
from scmtui.model import Address, Document, TerminalError
from scmtui.settings import Settings
from scmtui.text import fold, sentences, width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from scmtui.model import SettingsError

    Run = Callable[..., "Printed"]

PROGRAM = (sys.executable, "-m", "scmtui")
FULL = Path("/dev/full")


class Printed(NamedTuple):
    """What a run of the program left."""

    status: int
    out: str
    err: str

    @property
    def record(self) -> dict[str, Any]:
        found = json.loads(self.out)
        assert isinstance(found, dict)
        assert found.pop("schema") == 1
        return found


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """`run("show", "52")`: the command line within this process, its output into a pipe."""

    def call(*arguments: str) -> Printed:
        status = cli.main(arguments)
        return Printed(status, *capsys.readouterr())

    return call


@pytest.fixture
def on_terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """`on_terminal(60)`: the output goes to a terminal of 60 cells, `coloured` or not."""

    def pretend(cells: int, *, coloured: bool = False) -> None:
        monkeypatch.setattr(terminal, "columns", lambda: cells)
        monkeypatch.setattr(terminal, "coloured", lambda: coloured)

    return pretend


@pytest.fixture
def config(home: Path) -> Callable[[str], Path]:
    """`config(text)` writes the reader's config.toml."""

    def write(text: str, name: str = "config.toml") -> Path:
        file = home / "config" / "scmtui" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    return write


@pytest.fixture
def communique(tmp_path: Path, bundled: dict[str, Document]) -> Path:
    """The text of the 52nd communiqué in a file of the reader's."""
    file = tmp_path / "communique.txt"
    file.write_text(bundled["52"].source, encoding="utf-8")
    return file


# What programs read


def test_a_whole_document_is_shown_with_its_paragraphs(
    run: Run, bundled: dict[str, Document]
) -> None:
    printed = run("show", "52", "--json")
    assert (printed.status, printed.err) == (0, "")
    assert "한미안보협의회의(SCM)가" in printed.out
    document, paragraphs = printed.record["document"], printed.record["paragraphs"]
    assert [it["number"] for it in paragraphs] == list(range(1, 21))
    assert [it["address"] for it in paragraphs] == [f"52:{n}" for n in range(1, 21)]
    assert [it["parts"] for it in paragraphs] == [
        [part.text for part in paragraph.parts] for paragraph in bundled["52"].paragraphs
    ]
    assert all(it["themes"] for it in paragraphs)
    assert document == {
        "id": "52",
        "meeting": 52,
        "kind": "communique",
        "language": "ko",
        "title": "제52차 한미안보협의회의(SCM) 공동성명",
        "held": "2020-10-14",
        "published": None,
        "place": "워싱턴 D.C.",
        "official": True,
        "source": {
            "file": "scm52-communique.ko.txt",
            "format": "txt",
            "sha256": hashlib.sha256(bundled["52"].source.encode()).hexdigest(),
            "origin": bundled["52"].facts.provenance.origin,
            "rights": bundled["52"].facts.provenance.rights,
            "added": None,
        },
    }


def test_a_bare_meeting_is_the_best_text_on_it_and_the_program_says_which(run: Run) -> None:
    printed = run("show", "57", "--json")
    assert printed.err == (
        "scmtui: 57 is taken as 57-article (Article about the meeting · not official).\n"
    )
    assert printed.record["document"]["id"] == "57-article"
    assert printed.record["document"]["official"] is False
    paragraphs = printed.record["paragraphs"]
    assert [it["address"] for it in paragraphs] == [f"57-article:{n}" for n in range(9)]
    assert [bool(it["heading"]) for it in paragraphs] == [False] + [True] * 8
    assert "카테고리의 다른 글" not in printed.out


def test_the_full_id_is_shown_without_a_word(run: Run) -> None:
    printed = run("show", "57-article:3", "--json")
    assert printed.err == ""
    assert [it["number"] for it in printed.record["paragraphs"]] == [3]


@pytest.mark.parametrize("address", ["52:11", "52:11.1", "52:11.1.2"])
def test_an_address_shows_only_what_stands_there(
    run: Run, bundled: dict[str, Document], address: str
) -> None:
    (paragraph,) = run("show", address, "--json").record["paragraphs"]
    assert paragraph["address"] == address
    assert paragraph["number"] == 11
    assert paragraph["parts"] == [corpus.passage(bundled["52"], Address.parse(address))]


def test_the_themes_of_a_sentence_are_those_whose_words_it_has(run: Run) -> None:
    (whole,) = run("show", "52:11", "--json").record["paragraphs"]
    count = len(sentences(whole["parts"][0]))
    of_sentences = [
        set(run("show", f"52:11.1.{n}", "--json").record["paragraphs"][0]["themes"])
        for n in range(1, count + 1)
    ]
    assert set.union(*of_sentences) == set(whole["themes"])
    assert any(themes < set(whole["themes"]) for themes in of_sentences)


def test_exact_parts_are_spans_of_the_source(run: Run, bundled: dict[str, Document]) -> None:
    (paragraph,) = run("show", "52:11", "--exact", "--json").record["paragraphs"]
    (part,) = paragraph["parts"]
    assert part in bundled["52"].source
    assert "\n" in part
    assert "".join(part.split()) == "".join(bundled["52"].paragraphs[10].parts[0].text.split())


def test_the_list_names_every_document_newest_meeting_first(run: Run) -> None:
    found = run("list", "--json").record
    assert list(found) == ["documents"]
    assert [(it["id"], it["paragraphs"]) for it in found["documents"]] == [
        ("57-article", 9),
        ("52", 20),
    ]
    shown = run("show", "52", "--json").record["document"]
    assert found["documents"][1] == {**shown, "paragraphs": 20}


def test_all_meetings_are_listed_when_asked_for(run: Run) -> None:
    meetings = run("list", "--all", "--json").record["meetings"]
    assert [it["number"] for it in meetings] == list(range(57, 0, -1))
    assert meetings[0]["documents"] == ["57-article"]
    assert meetings[0]["place"] == {"ko": "서울", "en": "Seoul"}
    assert meetings[-1]["held"] == "1968-05-28"
    assert meetings[1]["documents"] == []


def test_themes_come_with_reasons_that_stand_in_the_text(
    run: Run, bundled: dict[str, Document]
) -> None:
    themes = run("themes", "52", "--json").record["themes"]
    assert {"opcon", "extended-deterrence"} <= {theme["id"] for theme in themes}
    for theme in themes:
        assert set(theme) == {"id", "name", "paragraphs"}
        for paragraph in theme["paragraphs"]:
            assert 0 < paragraph["strength"] <= 1
            for reason in paragraph["reasons"]:
                assert reason["address"].startswith(paragraph["address"])
                text = corpus.passage(bundled["52"], Address.parse(reason["address"]))
                for start, end in reason["spans"]:
                    assert fold(text[start:end]).replace(" ", "") == fold(reason["term"]).replace(
                        " ", ""
                    )


def test_themes_are_named_in_the_language_of_the_interface(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def name() -> str:
        (theme,) = (
            it for it in run("themes", "52:12", "--json").record["themes"] if it["id"] == "opcon"
        )
        return str(theme["name"])

    assert name() == "OPCON transition"
    monkeypatch.setenv("LANG", "ko_KR.UTF-8")
    assert name() == "전작권 전환"


def test_the_themes_of_an_address_are_only_its_own(run: Run) -> None:
    for address in ("52:12", "52:12.1", "52:12.1.1"):
        themes = run("themes", address, "--json").record["themes"]
        assert {it["address"] for theme in themes for it in theme["paragraphs"]} == {address}


def test_without_an_address_the_themes_of_every_document_are_told(run: Run) -> None:
    themes = run("themes", "--json").record["themes"]
    documents = {it["address"].partition(":")[0] for theme in themes for it in theme["paragraphs"]}
    assert documents == {"52", "57-article"}


def test_a_file_is_read_and_nothing_is_kept(run: Run, communique: Path, home: Path) -> None:
    found = run("read", str(communique), "--json").record
    (document,) = found.pop("documents")
    assert found == document
    assert document["document"]["title"] == "제52차 한미안보협의회의(SCM) 공동성명"
    assert [it["number"] for it in document["paragraphs"]] == list(range(1, 21))
    assert document["dropped"] == [{"kind": "end-mark", "text": "//끝//"}]
    assert document["doubts"] == []
    assert list(home.iterdir()) == []


def test_several_files_are_read_and_one_that_cannot_be_holds_up_no_other(
    run: Run, communique: Path, tmp_path: Path
) -> None:
    printed = run("read", str(communique), str(tmp_path / "none.txt"), "--json")
    assert printed.status == 3
    assert printed.err.startswith("scmtui: There is no file “none.txt”.")
    assert list(printed.record) == ["documents"]
    assert len(printed.record["documents"]) == 1


@given(text=st.text(st.characters()))
def test_json_brings_every_text_back_and_acts_on_no_terminal(text: str) -> None:
    written = records.dumps({"text": text})
    assert json.loads(written)["text"] == text
    assert all(character.isprintable() or character == "\n" for character in written)
    written.encode()


def test_json_is_one_object_of_readable_text(run: Run) -> None:
    out = run("show", "52:1", "--json").out
    assert "대한민국" in out
    assert "\\u" not in out
    assert out.endswith("}\n")


# What people read


def test_in_a_pipe_every_part_is_a_line_that_begins_with_its_address(
    run: Run, bundled: dict[str, Document]
) -> None:
    title, occasion, blank, *lines = run("show", "57-article").out.splitlines()
    assert title == bundled["57-article"].facts.title
    assert occasion == (
        "Article about the meeting · not official · held 4 November 2025, 서울"
        " · published 14 November 2025"
    )
    assert blank == ""
    expected = []
    for paragraph in bundled["57-article"].paragraphs:
        at = f"57-article:{paragraph.number}"
        if paragraph.heading:
            expected.append((at, paragraph.heading))
            expected += [(f"{at}.{n}", part.text) for n, part in enumerate(paragraph.parts, 1)]
        else:
            expected += [(at, part.text) for part in paragraph.parts]
    assert [tuple(line.split(maxsplit=1)) for line in lines] == expected
    assert len({len(line) - len(line.split(maxsplit=1)[1]) for line in lines}) == 1


@pytest.mark.parametrize("cells", [40, 60, 80, 120, 200])
@pytest.mark.parametrize(
    "arguments",
    [["show", "52"], ["show", "57"], ["list", "--all"], ["themes"], ["read", "FILE"]],
    ids=" ".join,
)
def test_on_a_terminal_no_line_is_wider_than_it(
    run: Run,
    on_terminal: Callable[..., None],
    communique: Path,
    cells: int,
    arguments: list[str],
) -> None:
    on_terminal(cells)
    lines = run(*(str(communique) if it == "FILE" else it for it in arguments)).out.splitlines()
    assert lines
    assert [line for line in lines if width(line) > cells or line != line.rstrip()] == []


def test_on_a_terminal_a_part_is_wrapped_between_words_beside_its_number(
    run: Run, on_terminal: Callable[..., None], bundled: dict[str, Document]
) -> None:
    on_terminal(60)
    block = run("show", "52:11").out.split("\n\n")[1].splitlines()
    assert block[0].startswith("11  ")
    assert all(line.startswith("    ") for line in block[1:])
    text = bundled["52"].paragraphs[10].parts[0].text
    assert " ".join(line[4:] for line in block) == text


def test_the_setting_caps_the_width_of_the_text(
    run: Run, on_terminal: Callable[..., None], config: Callable[..., Path]
) -> None:
    config("width = 40")
    on_terminal(200)
    block = run("show", "52:11").out.split("\n\n")[1].splitlines()
    assert max(map(width, block)) in range(38, 45)


def test_styles_are_for_terminals_that_want_them(
    run: Run, on_terminal: Callable[..., None]
) -> None:
    plain = run("show", "57").out
    on_terminal(80)
    assert "\x1b" not in plain + run("show", "57").out
    on_terminal(80, coloured=True)
    styled = run("show", "57").out
    assert "\x1b[1m전작권 전환 추진" in styled
    on_terminal(80)
    assert re.sub(r"\x1b\[\d*m", "", styled) == run("show", "57").out


@pytest.mark.parametrize("arguments", [["list"], ["show", "57-article"], ["show", "57:1"]])
@pytest.mark.parametrize("cells", [None, 80])
def test_what_is_not_official_says_so_in_words(
    run: Run, on_terminal: Callable[..., None], arguments: list[str], cells: int | None
) -> None:
    if cells:
        on_terminal(cells)
    assert "Article about the meeting · not official" in run(*arguments).out


@pytest.mark.parametrize(
    "arguments",
    [
        ["show", "57:1", "--exact"],
        ["show", "57-article:1", "--exact"],
        ["themes"],
        ["themes", "57"],
    ],
)
def test_where_the_text_has_no_room_for_it_it_is_said_beside(
    run: Run, arguments: list[str]
) -> None:
    printed = run(*arguments)
    assert printed.err.count("not official") == 1
    assert "not official" not in run("themes", "52").err


def test_the_list_is_in_columns(run: Run) -> None:
    lines = run("list", "--all").out.splitlines()
    assert len(lines) == 57
    assert lines[0].split()[:3] == ["57-article", "2025-11-04", "서울"]
    assert lines[1].startswith("56          2024-10-30  Washington, D.C.  no document")
    starts = {
        width(line[: line.index(kind)])
        for line in lines
        for kind in ("no doc", "official")
        if kind == "no doc" and kind in line
    }
    assert len(starts) == 1


def test_the_source_is_printed_to_the_last_character(
    run: Run, bundled: dict[str, Document]
) -> None:
    for id_, document in bundled.items():
        printed = run("show", id_, "--exact").out
        digest = hashlib.sha256(printed.encode()).hexdigest()
        assert digest == document.facts.provenance.sha256
    assert run("show", "52:1", "--exact").out == corpus.exact(bundled["52"], Address("52", 1))
    assert "( SCM ) 가" in run("show", "52:1", "--exact").out


def test_on_a_terminal_even_the_source_acts_on_nothing(
    run: Run, on_terminal: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corpus, "exact", lambda *_: "1.  양 장관은\x1b]52;c;eA==\x07 …")
    assert "\x1b]52" in run("show", "52:1", "--exact").out
    on_terminal(80)
    assert run("show", "52:1", "--exact").out == "1.  양 장관은 …\n"


def test_a_file_is_shown_as_it_would_be_read(run: Run, communique: Path, tmp_path: Path) -> None:
    doubtful = tmp_path / "doubtful.txt"
    doubtful.write_text("1. 첫째이다.\n\n3. 셋째이다.\n", encoding="utf-8")
    out = run("read", str(communique), str(doubtful)).out
    assert "Address   52 · ko · 20 paragraphs" in out
    assert "Left out  //끝//" in out
    assert re.search(r"Doubt .*After paragraph 1 comes paragraph 3\.", out)
    assert "52:20  " in out


def test_what_the_reader_wrote_into_a_themes_file_acts_on_nothing(
    run: Run, config: Callable[..., Path]
) -> None:
    config(
        '[[theme]]\nid = "opcon"\nname = { en = "OPCON\\u001b[2J" }\nko = "전작권\\u202e"\n'
        'en = "OPCON"\n[[extend]]\nid = "cfc"\nko = "미래연합사"\n',
        "themes.toml",
    )
    for arguments in (["themes", "52"], ["themes", "52", "--json"]):
        printed = run(*arguments)
        assert printed.status == 0
        assert not set("\x1b\u202e") & set(printed.out + printed.err)


def test_without_a_theme_the_status_says_so(run: Run, config: Callable[..., Path]) -> None:
    config('[[theme]]\nid = "alliance"\nname = { en = "x" }\nen = "nowhere"\n', "themes.toml")
    printed = run("themes", "52:1.1.2")
    assert (printed.status, printed.out) == (1, "")
    assert printed.err == "scmtui: No theme is touched there.\n"
    assert run("themes", "52:1.1.2", "--json").record == {"themes": []}


# Settings


def test_a_rule_that_is_switched_off_is_not_followed(run: Run, config: Callable[..., Path]) -> None:
    config('tidy_off = ["particle-after-bracket", "blanks-in-brackets", "bracket-after-word"]')
    assert "( SCM ) 가" in run("show", "52:1").out


def test_settings_that_cannot_be_used_are_reported_and_the_rest_counts(
    run: Run, config: Callable[..., Path]
) -> None:
    file = config('language = "ko"\nwidth = 3\ntidy_off = ["brackets", "end-mark"]\n')
    printed = run("show", "52:1")
    assert printed.status == 0
    assert "공식" in printed.out
    first, second = printed.err.splitlines()
    assert first.startswith(f"scmtui: {file}:2: ")
    assert second.startswith(f"scmtui: {file}:3: ")
    assert "brackets" in second


def test_themes_of_the_reader_that_cannot_be_used_are_reported(
    run: Run, config: Callable[..., Path]
) -> None:
    file = config("[[theme]\n", "themes.toml")
    printed = run("themes", "52:12")
    assert printed.status == 0
    assert "opcon" in printed.out
    assert printed.err.startswith(f"scmtui: {file}:1: ")


# Help


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["help"], ["52", "--help"]])
def test_the_help_names_every_command(run: Run, arguments: list[str]) -> None:
    printed = run(*arguments)
    assert (printed.status, printed.err) == (0, "")
    for name, entry in manual.COMMANDS.items():
        assert f"  {entry.written(name)}" in printed.out


@pytest.mark.parametrize("tongue", ["en", "ko"])
def test_the_help_is_in_columns_and_fits_a_terminal(
    run: Run, tongue: str, config: Callable[..., Path]
) -> None:
    config(f'language = "{tongue}"')
    pages = [run("--help"), *(run("help", name) for name in manual.COMMANDS)]
    assert all(page.status == 0 for page in pages)
    for page in pages:
        assert [line for line in page.out.splitlines() if width(line) > 80] == []
        for block in page.out.split("\n\n"):
            rows = [row for row in block.splitlines()[1:] if "   " in row or "  " in row.strip()]
            starts = [
                width(row) - width(re.split(r"(?<=\S) {2,}(?=\S)", row, maxsplit=1)[-1])
                for row in rows
            ]
            assert len(set(starts)) <= 1, block


@pytest.mark.parametrize("name", manual.COMMANDS)
def test_every_command_explains_itself(run: Run, name: str) -> None:
    assert run(name, "--help").out == run("help", name).out
    assert run("help", name).out.startswith(f"scmtui {name}")


def test_what_is_explained_can_be_done() -> None:
    assert set(manual.COMMANDS) == set(commands.COMMANDS)


@pytest.mark.parametrize(
    "line", [line for entry in manual.COMMANDS.values() for line in entry.examples]
)
def test_every_example_of_the_help_works(
    run: Run, communique: Path, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    monkeypatch.chdir(communique.parent)
    assert run(*line.split()).status == 0


def test_the_version_is_told(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--version").out == f"scmtui {__version__}\n"
    done = subprocess.run([*PROGRAM, "--version"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"scmtui {__version__}\n", "")


# What goes wrong


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["show", "52:0.0"], 2, "“52:0.0” is not an address. Write 52, 52:12,"),
        (["show", "어디"], 2, "“어디” is not an address."),
        (["show", "99"], 1, "There is no document on the 99th meeting."),
        (["show", "52-en"], 1, "There is no document “52-en”."),
        (["show", "52:21"], 1, "There is no paragraph 21 in 52."),
        (["show", "52:1.9"], 1, "There is no part 9 in 52:1."),
        (["show", "52:1.1.99"], 1, "There is no sentence 99 in 52:1.1."),
        (["show", "52:21", "--json"], 1, "There is no paragraph 21 in 52."),
        (["themes", "99"], 1, "There is no document on the 99th meeting."),
        (["show"], 2, "It is written like this: scmtui show ADDRESS [--exact] [--json]"),
        (["show", "52", "57"], 2, "It is written like this: scmtui show ADDRESS"),
        (["list", "52"], 2, "It is written like this: scmtui list [--all] [--json]"),
        (["show", "52", "--exakt"], 2, "“--exakt” cannot be used here. See: scmtui show --help"),
        (["list", "-x"], 2, "“-x” cannot be used here. See: scmtui list --help"),
        (["list", "--json=yes"], 2, "“--json” cannot be used here."),
        (["--jsn"], 2, "“--jsn” cannot be used here. See: scmtui --help"),
        (["lst"], 2, "“lst” is neither a command nor an address. Did you mean list?"),
        (["qqqqqq"], 2, "“qqqqqq” is neither a command nor an address. See: scmtui --help"),
        (["52:"], 2, "“52:” is not an address."),
        (["99"], 1, "There is no document on the 99th meeting."),
        (["57:9"], 1, "There is no paragraph 9 in 57-article."),
        (["help", "fly"], 2, "There is no command “fly”. The commands are list, show,"),
        (["read", "none.txt"], 3, "There is no file “none.txt”."),
        (["show", "\x1b[2J52:\udcff"], 2, "“52:” is not an address."),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(
    run: Run, arguments: list[str], status: int, says: str
) -> None:
    printed = run(*arguments)
    assert printed.status == status
    assert printed.out == ""
    assert printed.err.startswith(f"scmtui: {says}")
    assert printed.err.count("\n") == 1
    assert "\x1b" not in printed.err


def test_what_is_wrong_is_said_in_the_language_of_the_interface(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    assert run("show", "어디").err.startswith("scmtui: “어디”")
    assert "십시오" in run("show", "어디").err


def test_an_address_may_be_typed_in_any_form_of_the_letters(run: Run) -> None:
    assert run("show", " 52:1 ").status == 0
    assert run("show", "５２:1").status == 2


def test_ctrl_c_ends_quietly(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setitem(commands.COMMANDS, "list", stop)
    assert run("list") == (130, "", "")
    monkeypatch.setattr(cli, "main", stop)
    monkeypatch.setattr(sys, "argv", ["scmtui", "list"])
    assert __main__.main() == 130


# Pipes and terminals


def started(
    *arguments: str,
    stdout: int = subprocess.PIPE,
    environ: Mapping[str, str] = MappingProxyType({}),
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*PROGRAM, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        env={**os.environ, **environ},
        check=False,
    )


@pytest.mark.parametrize(
    "environ",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LANG": "C", "PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "cp949"},
    ],
)
def test_a_pipe_gets_utf_8_whatever_the_locale(environ: dict[str, str]) -> None:
    done = started("show", "52:1", environ=environ)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "대한민국 국방부장관".encode() in done.stdout


def test_a_reader_that_goes_away_is_no_error() -> None:
    for arguments in (["show", "52"], ["--version"]):
        out, away = os.pipe()
        os.close(out)
        done = started(*arguments, stdout=away)
        os.close(away)
        assert (done.returncode, done.stderr) == (terminal.BROKEN_PIPE, b"")


@pytest.mark.skipif(not FULL.exists(), reason="there is no such device here")
@pytest.mark.parametrize("arguments", [["show", "52"], ["--version"], ["--help"]])
def test_output_that_is_lost_is_reported(arguments: list[str]) -> None:
    with FULL.open("wb") as full:
        done = started(*arguments, stdout=full.fileno())
    assert done.returncode == 3
    assert done.stderr == b"scmtui: The output could not be written: No space left on device.\n"


@pytest.mark.parametrize("arguments", ["list", "--version", ""])
def test_closed_streams_are_no_reason_for_a_traceback(arguments: str) -> None:
    def shell(redirections: str) -> subprocess.CompletedProcess[str]:
        line = f'"$0" -m scmtui {arguments} {redirections}'
        return subprocess.run(
            ["/bin/sh", "-c", line, sys.executable], capture_output=True, text=True, check=False
        )

    done = shell(">&-")
    assert done.returncode == (3 if arguments else 2)
    assert done.stderr.count("\n") == 1
    assert shell("2>&-").returncode == (0 if arguments else 2)
    assert shell(">&- 2>&-").returncode == (3 if arguments else 2)
    assert shell("<&-").returncode == (0 if arguments else 2)


def in_terminal(*arguments: str, environ: dict[str, str] | None = None) -> tuple[int, str]:
    """The exit status and the output of the program in a pseudo-terminal."""
    child, descriptor = pty.fork()
    if not child:
        os.execve(sys.executable, [*PROGRAM, *arguments], {**os.environ, **(environ or {})})
    out = b""
    try:
        while piece := os.read(descriptor, 65536):
            out += piece
    except OSError:  # how Linux says that the other end is closed
        pass
    os.close(descriptor)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), out.decode("utf-8", "replace")


def test_on_a_real_terminal_text_is_wrapped_and_styled() -> None:
    status, out = in_terminal("show", "52:11", environ={"TERM": "xterm", "COLUMNS": "50"})
    assert status == 0
    assert out.startswith("\x1b[1m제52차")
    assert max(width(re.sub(r"\x1b\[\d*m", "", line)) for line in out.splitlines()) <= 50
    for environ in ({"TERM": "dumb"}, {"TERM": "xterm", "NO_COLOR": "1"}):
        assert "\x1b" not in in_terminal("show", "52:11", environ=environ)[1]


def test_a_terminal_in_another_encoding_gets_what_it_can_show() -> None:
    _, out = in_terminal("list", environ={"TERM": "dumb", "PYTHONIOENCODING": "ascii"})
    assert "한미안보협의회의" in out


@pytest.mark.parametrize(
    ("environ", "says"),
    [
        ({"TERM": "dumb"}, "TERM is “dumb”"),
        ({"TERM": ""}, "TERM is “”"),
        ({"TERM": "xterm", "LC_ALL": "ja_JP.eucJP"}, "this one is in eucJP"),
        ({"TERM": "xterm", "LC_ALL": "en_US.ISO-8859-1"}, "this one is in ISO-8859-1"),
        ({"TERM": "xterm", "LC_ALL": "en_US.nonsense@x"}, "this one is in nonsense"),
        ({"TERM": "xterm", "PYTHONIOENCODING": "latin-1"}, "this one is in iso8859-1"),
    ],
)
def test_a_terminal_that_cannot_show_the_screens_is_refused(
    environ: dict[str, str], says: str
) -> None:
    status, out = in_terminal("52", environ=environ)
    assert status == 2
    assert says in out
    assert out.startswith("scmtui: The screens need a terminal")
    assert len(out.splitlines()) == 1


class Stream:
    """A standard stream, in so far as it is asked what it is."""

    def __init__(self, *, tty: bool | None = True, encoding: str = "utf-8") -> None:
        self.tty = tty
        self.encoding = encoding

    def isatty(self) -> bool:
        if self.tty is None:
            raise ValueError("I/O operation on closed file")
        return self.tty


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """`checked(stdin=False)`: the check, where that stream is no terminal (None: is closed)."""

    def check(encoding: str = "utf-8", term: str = "xterm-256color", **ttys: bool | None) -> None:
        with monkeypatch.context() as streams:
            for name in ("stdin", "stdout", "stderr"):
                stream = Stream(tty=ttys.get(name, True), encoding=encoding)
                streams.setattr(sys, name, stream)
            streams.setenv("TERM", term)
            streams.delenv("LC_CTYPE", raising=False)
            terminal.check()

    return check


@pytest.mark.parametrize("term", ["", "dumb", "unknown"])
def test_a_terminal_without_a_cursor_is_refused(checked: Callable[..., None], term: str) -> None:
    with pytest.raises(TerminalError, match=f"TERM is “{term}”"):
        checked(term=term)


@pytest.mark.parametrize("encoding", ["latin-1", "euc-kr", "nonsense"])
@pytest.mark.parametrize("named", [True, False])
def test_a_terminal_in_another_encoding_is_refused(
    checked: Callable[..., None], monkeypatch: pytest.MonkeyPatch, encoding: str, named: bool
) -> None:
    monkeypatch.setenv("LANG", f"ko_KR.{encoding}@x" if named else "ko_KR")
    with pytest.raises(TerminalError, match=f"this one is in {encoding}"):
        checked(encoding="utf-8" if named else encoding)


@pytest.mark.parametrize(
    ("stream", "encoding"),
    [
        (Stream(encoding="utf-8"), "utf-8"),
        (Stream(encoding="cp949"), "cp949"),
        (Stream(encoding="latin-1"), "utf-8"),
        (Stream(encoding="nonsense"), "utf-8"),
        (Stream(tty=False, encoding="cp949"), "utf-8"),
    ],
)
def test_a_terminal_keeps_its_encoding_when_that_can_show_hangul(
    stream: Stream, encoding: str
) -> None:
    assert terminal._encoding(cast("TextIO", stream)) == encoding


def test_a_terminal_says_how_wide_it_is_and_whether_it_has_styles(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    assert terminal.columns() is None
    assert not terminal.coloured()
    monkeypatch.setattr(sys, "stdout", Stream())
    monkeypatch.setenv("COLUMNS", "77")
    assert terminal.columns() == 77
    assert terminal.coloured()


def test_a_program_that_puts_streams_of_its_own_in_the_place_gets_the_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out, err = io.StringIO(), io.StringIO()
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    assert cli.main(["show", "57:1"]) == 0
    assert out.getvalue().startswith("[제57차")
    assert err.getvalue().startswith("scmtui: 57:1 is taken as")


def test_without_any_stream_nothing_is_printed_and_nothing_raised(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["scmtui", "--version"])
    with monkeypatch.context() as streams:
        streams.setattr(sys, "stdout", None)
        for status in (run("list").status, __main__.main()):
            assert status == 3
        assert capsys.readouterr().err.endswith("written: there is no standard output.\n")
        streams.setattr(sys, "stderr", None)
        assert run("list").status == 3
    assert __main__.main() == 0
    assert capsys.readouterr().out == f"scmtui {__version__}\n"


@pytest.mark.parametrize("locale", ["C", "C.UTF-8", "ko_KR.utf8", "ko_KR", ""])
def test_a_terminal_in_utf_8_is_taken(
    checked: Callable[..., None], monkeypatch: pytest.MonkeyPatch, locale: str
) -> None:
    monkeypatch.setenv("LANG", locale)
    checked()


@pytest.mark.parametrize(
    ("name", "side"), [("stdin", "input"), ("stdout", "output"), ("stderr", "output")]
)
@pytest.mark.parametrize("tty", [False, None])
def test_a_stream_that_is_no_terminal_is_refused(
    checked: Callable[..., None], name: str, side: str, tty: bool | None
) -> None:
    with pytest.raises(TerminalError, match=f"the {side} is none"):
        checked(**{name: tty})


# The screens


@pytest.fixture
def screens(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[Any, ...]]]:
    """What the screens are asked to open, in their place; with a terminal that they can use."""
    opened: list[tuple[Any, ...]] = []

    def run(
        addresses: tuple[Address, ...], settings: Settings, problems: tuple[SettingsError, ...]
    ) -> int:
        steering = {name: os.environ[name] for name in os.environ if name.startswith("TEXTUAL")}
        opened.append((addresses, settings, problems, steering, gc.isenabled()))
        return 7

    module = ModuleType("scmtui.tui.app")
    module.__dict__["run"] = run
    monkeypatch.setitem(sys.modules, "scmtui.tui.app", module)
    monkeypatch.setattr(terminal, "check", lambda: None)
    for name in ("TEXTUAL_DRIVER", "TEXTUAL_PRESS", "TEXTUAL_LOG", "TEXTUAL_DEBUG"):
        monkeypatch.setenv(name, "x")
    monkeypatch.setenv("TEXTUAL_DISABLE_KITTY_KEY", "0")
    yield opened
    gc.enable()


def test_addresses_open_the_screens_there(run: Run, screens: list[tuple[Any, ...]]) -> None:
    assert run("52:3", "57:2", "57-article").status == 7
    ((addresses, settings, problems, steering, collecting),) = screens
    assert addresses == (Address("52", 3), Address("57-article", 2), Address("57-article"))
    assert (settings, problems) == (Settings(), ())
    assert steering == {"TEXTUAL_DISABLE_KITTY_KEY": "1"}
    assert not collecting


def test_nothing_at_all_opens_the_screens_where_the_reader_was(
    run: Run, screens: list[tuple[Any, ...]], config: Callable[..., Path]
) -> None:
    config("kitty_keyboard = true\nwidth = 2\n")
    assert run() == (7, "", "")
    ((addresses, settings, (problem,), steering, _),) = screens
    assert addresses == ()
    assert settings == Settings(kitty_keyboard=True)
    assert "“width” must be" in str(problem)
    assert steering == {}


def test_a_wrong_address_opens_nothing(run: Run, screens: list[tuple[Any, ...]]) -> None:
    assert run("52", "99").status == 1
    assert run("52", "nowhere").status == 2
    assert screens == []


def test_a_running_program_can_be_interrupted() -> None:
    code = """
import sys, time
from scmtui import __main__, cli
cli.main = lambda _: print("on", flush=True) or time.sleep(30)
sys.exit(__main__.main())
"""
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=20)
    assert (process.returncode, errors) == (130, b"")
