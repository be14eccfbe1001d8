"""What the commands print for people, on a terminal and in a pipe."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

import pytest

from scmtui import corpus
from scmtui.model import Address, Document
from scmtui.text import width

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Any]


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
    assert re.search(r"Address +52 · ko · 20 paragraphs", out)
    assert re.search(r"Left out +//끝//", out)
    assert re.search(r"Held +14 October 2020 · “.*” · The catalogue .* same\.", out)
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
