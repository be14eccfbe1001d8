"""Comparing on the command line: rows and redlines, in a pipe, on a terminal and for programs."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from scmtui import corpus
from scmtui.cli.page import Page
from scmtui.cli.pairs import MODES, Pairs
from scmtui.compare import Comparison, Row
from scmtui.library import Library
from scmtui.model import Address, Document, Kind, Paragraph, Part
from scmtui.positions import position
from scmtui.settings import paths
from scmtui.text import sentences, width
from scmtui.themes import taxonomy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    Run = Callable[..., Any]

SAID = "scmtui: 57 is taken as 57-article (Article about the meeting · not official).\n"


def plain(text: str) -> str:
    return re.sub(r"\x1b\[[\d;]*m", "", text)


def rebuilt(document: Document, texts: list[list[str]], facts: Mapping[str, Any]) -> Document:
    """A document whose paragraphs have these parts, with other facts."""
    paragraphs = []
    source = ""
    for number, parts in enumerate(texts, 1):
        start = len(source)
        placed = []
        for text in parts:
            placed.append(Part(text, len(source), len(source) + len(text)))
            source += text + "\n"
        paragraphs.append(Paragraph(number, "", tuple(placed), start, len(source) - 1))
    known = replace(document.facts, paragraphs=len(paragraphs), **facts)
    return Document(known, tuple(paragraphs), source)


@pytest.fixture
def library(home: Path) -> Iterator[Library]:
    """The reader's library, as the command line finds it."""
    library = Library(paths().data)
    yield library
    library.close()


@pytest.fixture
def moved(library: Library, bundled: dict[str, Document]) -> tuple[Address, Address]:
    """A 51st communiqué like the 52nd, but a sentence of one stands in another paragraph."""
    texts = [[part.text for part in it.parts] for it in bundled["52"].paragraphs]
    (start, end), *_ = sentences(texts[18][0])
    sentence = texts[18][0][start:end]
    texts[18][0] = texts[18][0][end:].strip()
    texts[3][-1] += f" {sentence}"
    document = rebuilt(bundled["52"], texts, {"id": "51", "meeting": 51})
    assert library.add(document, b"").facts.id == "51"
    return Address("51", 4, len(texts[3]), len(sentences(texts[3][-1]))), Address("52", 19, 1, 1)


def test_each_row_is_a_line_in_a_pipe(run: Run) -> None:
    printed = run("compare", "52", "57")
    assert (printed.status, printed.err) == (0, SAID)
    head, rows = printed.out.split("\n\n")
    assert "20 and 9 paragraphs" in head
    found = [re.split(r" {2,}", line, maxsplit=4) for line in rows.splitlines()]
    record = run("compare", "52", "57", "--json").record["others"][0]["rows"]
    assert len(found) == len(record)
    missing = "no counterpart in 57-article (not official)"
    for (sort, left, right, score, text), row in zip(found, record, strict=True):
        assert left == (", ".join(row["left"]) or "no counterpart in 52")
        if row["kind"] == "left":
            assert (sort, right, score) == ("only left", missing, "-")
            assert not re.search(r"\[-|\{\+", text)
        elif row["kind"] == "right":
            assert (sort, score) == ("only right", "-")
            assert right == f"{row['right'][0]} (not official)"
        else:
            assert score == f"{row['score']:.2f}"
            assert "[-" in text
            assert "{+" in text
    lines = zip(rows.splitlines(), found, strict=True)
    assert len({width(line.removesuffix(cells[-1])) for line, cells in lines}) == 1


def test_the_counts_add_up(run: Run) -> None:
    for others in (["57"], ["52"]):
        out = run("compare", "52", *others).out
        (line,) = (line for line in out.splitlines() if " paragraphs · " in line)
        whole, *sorts = line.split(" · ")
        rows = run("compare", "52", *others, "--json").record["others"][0]["rows"]
        assert sum(int(sort.rsplit(" ", 1)[1]) for sort in sorts) == len(rows)
        left, right = re.findall(r"\d+", whole)
        assert int(left) == sum(len(row["left"]) for row in rows) == 20
        assert int(right) == sum(len(row["right"]) for row in rows)


def test_the_record_gives_back_both_texts(run: Run, bundled: dict[str, Document]) -> None:
    record = run("compare", "52", "57", "--json").record
    assert list(record) == ["base", "others"]
    assert record["base"]["id"] == "52"
    (other,) = record["others"]
    assert other["document"]["id"] == "57-article"
    assert other["document"]["official"] is False
    kinds = {row["kind"] for row in other["rows"]}
    assert kinds <= {"pair", "split", "merged", "moved", "left", "right"}
    for row in other["rows"]:
        pairs = [(left, right) for left in row["left"] for right in row["right"]]
        assert [(it["left"], it["right"]) for it in row["redline"]] == pairs
        assert 0 <= row["score"] <= 1
        assert not pairs or row["reasons"]
        for it in row["redline"]:
            for side, document in (("left", "52"), ("right", "57-article")):
                at = Address.parse(it[side])
                paragraph = bundled[document].paragraph(at.paragraph or 0)
                assert paragraph
                place = 1 if side == "left" else 2
                assert "".join(run[place] for run in it["heading"]) == paragraph.heading
                text = "".join(run[place] for run in it["runs"])
                assert text == corpus.passage(bundled[document], at)
            assert {run[0] for run in it["runs"]} <= set("=-+~<>")
            assert {len(run) for run in it["runs"]} == {4}


def test_a_theme_narrows_both_sides(run: Run) -> None:
    for theme in ("opcon", "전작권 전환", "ㅈㅈㄱ", "OPCON transition"):
        record = run("compare", "52", "57", "--theme", theme, "--json").record
        rows = record["others"][0]["rows"]
        assert {tuple(row["left"]) for row in rows} <= {("52:11", "52:12"), ("52:11",), ("52:12",)}
        assert {address for row in rows for address in row["right"]} == {"57-article:2"}
    out = run("compare", "52", "57", "--theme", "opcon").out
    assert "OPCON transition · 2 and 1 paragraphs" in out


def test_a_theme_that_neither_is_about_is_not_found(run: Run, config: Callable[..., Any]) -> None:
    config('[[theme]]\nid = "moon"\nname = { en = "Moon" }\nen = "moon landing"\n', "themes.toml")
    printed = run("compare", "52", "57-article", "--theme", "moon")
    assert printed.status == 1
    assert printed.err == (
        "scmtui: Nothing about “Moon” is found in 52 (Joint communiqué · official);"
        " 57-article (Article about the meeting · not official).\n"
    )
    record = run("compare", "52", "57", "--theme", "moon", "--json").record
    assert record["others"][0]["rows"] == []


def test_a_document_without_any_text_has_nothing_to_compare(
    run: Run, library: Library, bundled: dict[str, Document]
) -> None:
    library.add(rebuilt(bundled["52"], [], {"id": "50", "meeting": 50}), b"")
    printed = run("compare", "50", "50")
    assert printed.status == 1
    assert "Nothing stands in 50" in printed.err


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["52"], 2, "It is written like this: scmtui compare A B [C…]"),
        (["52", "99"], 1, "There is no document on the 99th meeting."),
        (["52:1", "52:99"], 1, "There is no paragraph 99 in 52."),
        (["52", "57-article:2"], 2, "A whole document cannot be set beside a passage."),
        (["52:1", "57-article"], 2, "A whole document cannot be set beside a passage."),
        (["52", "52", "--mode", "rows"], 2, "“rows” is no way to look at a comparison. The modes"),
        (["52", "52", "--mode="], 2, "“” is no way to look at a comparison."),
        (["52", "52", "--theme", "zzzqq"], 2, "There is no theme “zzzqq”. See: scmtui themes"),
        (["52", "52", "--theme", " "], 2, "There is no theme “ ”."),
        (["52", "52", "--width", "39"], 2, "“--width” takes a number from 40 to 1000, not “39”."),
        (["52", "\x1b[2J52"], 0, ""),
        (["52", "5\x07x"], 2, "“5x” is not an address."),
    ],
)
def test_what_cannot_be_compared_is_said(
    run: Run, arguments: list[str], status: int, says: str
) -> None:
    printed = run("compare", *arguments)
    assert printed.status == status
    assert printed.err.startswith(f"scmtui: {says}" if says else "")
    assert printed.err.count("\n") == bool(says)
    assert bool(printed.out) == (status == 0)
    assert "\x1b" not in printed.out + printed.err


def test_the_same_text_has_no_change(run: Run) -> None:
    out = run("compare", "52", "52").out
    assert "20 and 20 paragraphs · alike 20\n" in out
    assert not re.search(r"\[-|\{\+|\[<|\{>", out)
    changes = run("compare", "52", "52", "--mode", "changes").out
    assert changes.endswith("\n\n— 20 paragraphs alike —\n")


def test_only_changes_are_shown_where_that_is_asked_for(
    run: Run, moved: tuple[Address, Address], on_terminal: Callable[..., None]
) -> None:
    record = run("compare", "51", "52", "--json").record["others"][0]["rows"]
    changed = [row["left"][0] for row in record if any(r[0] in "-+<>" for r in runs_of(row))]
    assert sorted(changed) == ["51:19", "51:4"]
    lines = run("compare", "51", "52", "--mode", "changes").out.split("\n\n")[1].splitlines()
    assert [line.split()[0] for line in lines] == ["—", "changed", "—", "changed", "—"]
    assert lines[0] == "— 3 paragraphs alike —"
    assert lines[-1] == "— 1 paragraph alike —"
    on_terminal(120)
    blocks = run("compare", "51", "52", "--mode", "changes").out.split("\n\n")
    assert [block.split(" ")[0] for block in blocks[1:]] == ["—", "51:4", "—", "51:19", "—"]


def runs_of(row: dict[str, Any]) -> list[list[Any]]:
    return [run for redline in row["redline"] for run in redline["runs"]]


def test_a_sentence_that_moved_names_its_other_end(
    run: Run, moved: tuple[Address, Address], bundled: dict[str, Document]
) -> None:
    away, here = moved
    (other,) = run("compare", "51", "52", "--json").record["others"]
    assert other["moves"] == [{"id": 1, "left": str(away), "right": str(here)}]
    ends = [run for row in other["rows"] for run in runs_of(row) if run[3] == 1]
    assert [run[0] for run in ends] == ["<", ">"]
    sentence = corpus.passage(bundled["52"], here)
    out = run("compare", "51", "52").out
    assert f"[<{here} {sentence}<]" in out
    assert f"{{>{away} {sentence}>}}" in out


def test_passages_of_any_size_are_compared(run: Run, bundled: dict[str, Document]) -> None:
    for one, two in (("52:11", "57:2"), ("52:11.1", "57:2.1"), ("52:11.1.2", "57:2.1.1")):
        record = run("compare", one, two, "--json").record
        ((row,),) = (other["rows"] for other in record["others"])
        other = two.replace("57", "57-article")
        assert (row["kind"], row["left"], row["right"]) == ("pair", [one], [other])
        assert 0 < row["score"] < 1
        (redline,) = row["redline"]
        left = "".join(run[1] for run in redline["runs"])
        assert left == corpus.passage(bundled["52"], Address.parse(one))
        printed = run("compare", one, other)
        assert printed.status == 0
        line = printed.out.splitlines()[-1]
        assert re.match(rf"changed  {re.escape(one)}  {other}  0\.\d\d  ", line)
        assert " paragraphs · " not in printed.out


def test_several_others_stand_beside_the_first(run: Run, moved: tuple[Address, Address]) -> None:
    printed = run("compare", "52", "51", "57")
    assert printed.out.startswith(run("compare", "52", "51").out + "\n")
    assert printed.out.endswith(run("compare", "52", "57").out)
    record = run("compare", "52", "51", "57", "--json").record
    assert [it["document"]["id"] for it in record["others"]] == ["51", "57-article"]
    passages = run("compare", "52:1", "51:1", "57-article:0", "--json").record
    assert [it["rows"][0]["right"] for it in passages["others"]] == [["51:1"], ["57-article:0"]]


def test_two_languages_are_set_beside_one_another_without_a_redline(
    run: Run, library: Library, bundled: dict[str, Document], on_terminal: Callable[..., None]
) -> None:
    english = [["The Minister."], ["The Secretary.", "Both pledged."]]
    library.add(rebuilt(bundled["52"], english, {"id": "52-en", "language": "en"}), b"")
    printed = run("compare", "52-en", "52", "--mode", "redline")
    assert "in two languages 2 · only right 18" in printed.out
    lines = printed.out.split("\n\n")[1].splitlines()
    assert [re.split(r" {2,}", line)[:3] for line in lines[:4]] == [
        ["in two languages", "1.00", "52-en:1"],
        ["in two languages", "1.00", "52:1"],
        ["in two languages", "1.00", "52-en:2"],
        ["in two languages", "1.00", "52:2"],
    ]
    assert re.match(r"only right +- +- +no counterpart in 52-en$", lines[4])
    on_terminal(120)
    out = run("compare", "52-en", "52").out
    assert "52-en:1 ↔ 52:1 · in two languages 1.00 · the same number" in out
    assert "[-" not in out


def test_pairs_of_the_readers_own_are_kept(
    run: Run, library: Library, bundled: dict[str, Document]
) -> None:
    one, two = bundled["52"], bundled["57-article"]
    library.set_pin(
        position(two, Address("57-article", 1)), position(one, Address("52", 19)), together=True
    )
    library.set_pin(
        position(one, Address("52", 13)), position(two, Address("57-article", 6)), together=False
    )
    record = run("compare", "52", "57", "--json").record["others"][0]["rows"]
    (row,) = (row for row in record if row["left"] == ["52:19"])
    assert row["right"] == ["57-article:1"]
    assert row["reasons"][0] == {"kind": "pinned", "names": []}
    assert not any("52:13" in row["left"] and "57-article:6" in row["right"] for row in record)
    assert "put together by you" in run("compare", "52", "57", "--width", "100").out


def test_a_row_that_is_split_may_have_moved_too(bundled: dict[str, Document]) -> None:
    one, two = bundled["52"], bundled["57-article"]
    row = Row("split", (Address("52", 4),), (Address("57-article", 1), Address("57-article", 2)))
    page = Page(100, 100, coloured=False)
    rows = (replace(row, score=0.5, moved=True),)
    Pairs(page, Comparison(one, two, rows, taxonomy()), "redline").show(rows)
    assert "52:4 ↔ 57-article:1, 57-article:2 · split 0.50 · moved\n" in str(page)


@pytest.mark.parametrize("cells", [40, 60, 99, 100, 160])
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("coloured", [False, True])
def test_on_a_terminal_no_line_is_wider_than_it(
    run: Run, on_terminal: Callable[..., None], cells: int, mode: str, coloured: bool
) -> None:
    on_terminal(cells, coloured=coloured)
    printed = run("compare", "52", "57", "--mode", mode)
    assert printed.status == 0
    lines = [plain(line) for line in printed.out.splitlines()]
    assert [line for line in lines if width(line) > cells or line != line.rstrip()] == []
    columns = [line for line in lines if " |" in line]
    assert bool(columns) == (mode == "columns" or (mode == "changes" and cells >= 100))
    assert len({width(line[: line.index(" |")]) for line in columns}) <= 1


@pytest.mark.parametrize(("cells", "shape"), [(99, "interleaved"), (100, "columns")])
def test_a_terminal_has_columns_when_they_have_room(
    run: Run, on_terminal: Callable[..., None], cells: int, shape: str
) -> None:
    on_terminal(cells)
    assert run("compare", "52", "57") == run("compare", "52", "57", "--mode", shape)


def test_a_width_can_be_wished_for_anywhere(run: Run, on_terminal: Callable[..., None]) -> None:
    wished = run("compare", "52", "57", "--width", "130")
    on_terminal(130)
    assert run("compare", "52", "57").out != wished.out  # the setting caps a terminal's texts
    on_terminal(50)
    assert run("compare", "52", "57", "--width", "130") == wished
    assert max(map(width, wished.out.splitlines())) in range(125, 131)


def test_columns_in_a_pipe_have_a_width_of_their_own(run: Run) -> None:
    columns = run("compare", "52", "57", "--mode", "columns").out
    assert columns == run("compare", "52", "57", "--mode", "columns", "--width", "120").out
    assert " | " in columns


def test_columns_hold_both_texts_whole(run: Run, bundled: dict[str, Document]) -> None:
    out = run("compare", "52:6", "57:3", "--mode", "columns", "--width", "90").out
    rows = [line for line in out.split("\n\n")[1].splitlines() if " |" in line]
    at = rows[0].index(" |")
    for side, address in ((0, Address("52", 6)), (1, Address("57-article", 3))):
        cells = [row.split(" |")[side].strip() for row in rows]
        text = re.sub(r"\[-|-\]|\{\+|\+\}", "", "".join(cells))
        document = bundled[address.document]
        paragraph = document.paragraph(address.paragraph or 0)
        assert paragraph
        whole = str(address.paragraph) + paragraph.heading + corpus.passage(document, address)
        assert "".join(text.split()) == "".join(whole.split())
    assert at > 0


def test_paragraphs_of_a_row_are_told_apart(run: Run, on_terminal: Callable[..., None]) -> None:
    on_terminal(120)
    out = run("compare", "52", "57", "--theme", "opcon").out
    assert re.search(r"^11  \[-양 장관은 .* \| 2   \{\+전작권 전환 추진", out, re.MULTILINE)
    assert re.search(r"^12  ", out, re.MULTILINE)
    on_terminal(80)
    out = run("compare", "52", "57", "--theme", "opcon").out
    for address in ("52:11  ", "52:12  ", "57-article:2  "):
        assert re.search(rf"^{address}", out, re.MULTILINE)


def test_styles_say_what_marks_say(run: Run, on_terminal: Callable[..., None]) -> None:
    on_terminal(120)
    marked = run("compare", "52:20", "57:8", "--mode", "redline").out
    on_terminal(120, coloured=True)
    styled = run("compare", "52:20", "57:8", "--mode", "redline").out
    assert "[-" not in styled
    gone = re.findall(r"\x1b\[9;31m(.*?)\x1b\[0m", styled)
    new = re.findall(r"\x1b\[4;32m(.*?)\x1b\[0m", styled)

    def joined(pieces: list[str]) -> str:
        return "".join("".join(pieces).split())

    text = " ".join(line.strip() for line in marked.splitlines())
    assert joined(gone) == joined(re.findall(r"\[-(.*?)-\]", text))
    assert joined(new) == joined(re.findall(r"\{\+(.*?)\+\}", text))
    assert joined(gone)
    assert joined(new)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("cells", [None, 80, 120])
def test_whatever_stands_on_one_side_only_says_what_the_other_is(
    run: Run, on_terminal: Callable[..., None], mode: str, cells: int | None
) -> None:
    if cells:
        on_terminal(cells)
    out = " ".join(run("compare", "52", "57", "--mode", mode).out.split())
    assert "57-article is not official: what it leaves out may stand in the communiqué." in out
    only = sum(row["kind"] == "left" for row in rows_of(run, "52", "57"))
    assert out.count("no counterpart in 57-article (not official)") >= only > 5
    assert "57-article:1 (not official)" in out
    assert "what it leaves out" not in run("compare", "52", "52").out


def rows_of(run: Run, *addresses: str) -> list[dict[str, Any]]:
    found = run("compare", *addresses, "--json").record["others"][0]["rows"]
    assert isinstance(found, list)
    return found


def test_in_korean_all_is_said_in_korean(
    run: Run, config: Callable[..., Any], on_terminal: Callable[..., None]
) -> None:
    config('language = "ko"')
    for cells in (None, 80, 120):
        if cells:
            on_terminal(cells)
        out = run("compare", "52", "57").out
        assert "비공식" in out
        for english in ("official", "paragraphs", "changed", "only", "counterpart", "moved"):
            assert english not in out
    assert "표시" in run("help", "compare").out


def test_a_document_of_the_readers_own_acts_on_nothing(
    run: Run, library: Library, bundled: dict[str, Document], on_terminal: Callable[..., None]
) -> None:
    texts = [["[-거짓-] {+표시+} [/b] %s {0}"], ["장관은 \tSCM에서"]]
    own = rebuilt(
        bundled["52"],
        texts,
        {"id": "49", "meeting": 49, "kind": Kind.OTHER, "title": "{0} [@click]"},
    )
    id_ = library.add(own, b"").facts.id
    for arguments in (["compare", "52", id_], ["compare", id_, "52"], ["search", "거짓"]):
        for cells in (40, 120):
            on_terminal(cells)
            printed = run(*arguments)
            assert printed.status == 0
            assert "[-거짓-] {+표시+} [/b]" in " ".join(printed.out.split()) or cells == 40
            assert "\t" not in printed.out
