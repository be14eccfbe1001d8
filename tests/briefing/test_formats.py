"""Formats: the same bytes each time, everything literally, nothing that runs."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from scmtui.briefing import FORMATS, LAYOUTS, format_of
from scmtui.briefing.blocks import Item, said
from scmtui.briefing.collected import Briefing
from scmtui.briefing.docx import docx as to_word
from scmtui.briefing.hwpx import hwpx as to_hangul
from scmtui.briefing.plain import CELLS, escaped, markdown, text
from scmtui.readers import docx, hwpx
from scmtui.readers.extracted import Task
from scmtui.text import width

NASTY = "<script>alert(1)</script>"


class Seen(HTMLParser):
    """The words of a page, and the elements that it is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.words = ""
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.words += data


def seen(page: str) -> Seen:
    found = Seen()
    found.feed(page)
    return found


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", FORMATS)
def test_the_same_briefing_makes_the_same_bytes(opcon: Briefing, name: str, layout: str) -> None:
    written = FORMATS[name].write(opcon, layout)
    assert written
    assert written == FORMATS[name].write(opcon, layout)


def test_html_shows_every_word_and_runs_none(nasty: Briefing) -> None:
    page = seen(FORMATS["html"].write(nasty, "quotes").decode())
    assert not page.tags & {"script", "link", "img", "iframe", "a", "object"}
    assert page.words.count(nasty.title) == 7  # head, title, heading, line, quote, citation, remark
    assert nasty.entries[2].left[0].text.split("\n")[0] in page.words
    assert nasty.entries[2].left[0].citation in page.words


def test_markdown_shows_every_word(nasty: Briefing) -> None:
    written = FORMATS["md"].write(nasty, "quotes").decode()
    page = seen(MarkdownIt("commonmark").enable("table").render(written))
    assert "script" not in page.tags
    for words in (nasty.title, nasty.entries[2].left[0].citation):
        assert words in page.words


@pytest.mark.parametrize(
    "words",
    [
        "[52:11]",
        "(2020. 10. 14., 워싱턴 D.C.)",
        "「2015년 계획」(수정 1호)",
        "57-article",
        "11.4 국방비",
    ],
)
def test_markdown_reads_well_raw(words: str) -> None:
    assert escaped(words) == words


@pytest.mark.parametrize(
    "words", ["[a](b)", "[a][b]", "[a]: http://x", "![a](b)", "[x] y", "--- -"]
)
def test_markdown_makes_no_link_of_words(words: str) -> None:
    page = seen(MarkdownIt("commonmark").enable("table").render(f"{escaped(words)}\n\n[a] [b]"))
    assert page.tags == {"p"}
    assert page.words.strip().startswith(words)


@pytest.mark.parametrize("words", ["1. 하나", "- 둘", "# 셋", "> 넷", "+ 넷", "==", "a|b", "* *"])
def test_what_begins_a_line_of_markdown_is_a_word(words: str) -> None:
    page = seen(MarkdownIt("commonmark").enable("table").render(escaped(words)))
    assert page.tags == {"p"}
    assert page.words.strip() == words


def test_a_redline_in_markdown_is_struck_and_inserted_beside_particles() -> None:
    line = (*said("국방비", "gone"), *said("(SCM)", "new"), *said("는"))
    assert markdown([Item(line, 1)]) == "- <del>국방비</del><ins>(SCM)</ins>는\n\n"


def test_text_is_as_wide_as_the_page_and_stands_straight(opcon: Briefing) -> None:
    for layout in LAYOUTS.values():
        lines = text(layout(opcon)).splitlines()
        assert max(map(width, lines)) <= CELLS
        frames = [line for line in lines if line.startswith(("|", "+"))]
        assert {width(line) for line in frames} <= {CELLS, *map(width, frames[-1:])}


@pytest.mark.parametrize("name", ["docx", "hwpx"])
def test_an_office_document_reads_back_as_it_was_written(nasty: Briefing, name: str) -> None:
    written = FORMATS[name].write(nasty, "quotes")
    read = {"docx": docx, "hwpx": hwpx}[name].extract(written, Task(f"brief.{name}")).text
    for words in (nasty.title, nasty.entries[2].left[0].text, nasty.entries[2].left[0].citation):
        assert words in read


@pytest.mark.parametrize("name", ["docx", "hwpx"])
def test_an_office_document_strikes_and_underlines(opcon: Briefing, name: str) -> None:
    gone = Item(said("빠진 말", "gone")), Item(said("새 말", "new"))
    package = zipfile.ZipFile(io.BytesIO({"docx": to_word, "hwpx": to_hangul}[name](gone)))
    parts = {"docx": "word/document.xml", "hwpx": "Contents/header.xml"}
    xml = package.read(parts[name]).decode()
    assert re.search(r"<w:strike/>|strikeout shape=\"SOLID\"", xml, re.IGNORECASE)
    assert re.search(r"<w:u w:val=\"single\"/>|underline type=\"BOTTOM\"", xml, re.IGNORECASE)


def test_hwpx_passes_the_librarys_own_validation(opcon: Briefing) -> None:
    from hwpx import HwpxDocument

    document = HwpxDocument.open(FORMATS["hwpx"].write(opcon, "brief"))
    assert not document.validate().issues


def test_a_spreadsheet_takes_nothing_for_a_formula(nasty: Briefing) -> None:
    written = FORMATS["csv"].write(nasty, "quotes").decode("utf-8-sig")
    _head, *rows = csv.reader(io.StringIO(written))
    for row in rows:
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)
    assert rows[1][7] == f"'={nasty.title}"
    assert rows[2][3] == nasty.entries[2].left[0].text


def test_json_holds_everything(opcon: Briefing) -> None:
    record = json.loads(FORMATS["json"].write(opcon, "quotes"))
    (entry,) = record["entries"]
    assert [it["address"] for it in entry["left"]] == ["52:11", "52:12"]
    assert entry["left"][0]["text"] == opcon.entries[0].left[0].text
    left = "\n".join(it.text for it in opcon.entries[0].left)
    assert "".join(run[1] for run in entry["runs"]) == left
    assert [it["official"] for it in record["sources"]] == [True, False]


def test_reference_managers_get_the_sources(opcon: Briefing) -> None:
    bibtex = FORMATS["bib"].write(opcon, "quotes").decode()
    assert bibtex.count("@misc{scm-") == 2
    assert bibtex.count("{") == bibtex.count("}")
    assert "note = {unofficial}" in bibtex
    one, other = json.loads(FORMATS["csl"].write(opcon, "quotes"))
    assert one["issued"] == {"date-parts": [[2020, 10, 14]]}
    assert other["note"] == "unofficial"


def test_a_document_of_word_tells_the_day_of_its_latest_source(opcon: Briefing) -> None:
    from docx import Document

    about = Document(io.BytesIO(FORMATS["docx"].write(opcon, "brief"))).core_properties
    assert about.created
    assert f"{about.created:%Y-%m-%d}" == "2025-11-14"
    empty = Document(io.BytesIO(FORMATS["docx"].write(Briefing("빈 것", ()), "brief")))
    assert empty.core_properties.created


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("a.docx", "docx"),
        ("a.b/c.HTML", "html"),
        ("a.htm", "html"),
        ("refs.csl.json", "csl"),
        ("refs.json", "json"),
        ("refs.bibtex", "bib"),
        ("x.pdf", "pdf"),
        ("a.md/plain", ""),
        (".hidden", ""),
    ],
)
def test_the_ending_of_a_file_says_its_format(file: str, name: str) -> None:
    assert format_of(file) == name
