"""Files that were made to do harm are refused at once, each in its own sentence; others are not."""

from __future__ import annotations

import base64 as b64
import random
import time
import zlib
from typing import TYPE_CHECKING

import pytest

from scmtui.model import ReadError
from scmtui.readers import html, md, pdf
from scmtui.readers.extracted import Task
from scmtui.readers.html import sheets
from scmtui.readers.pdf import drawing, streams
from tests.bench.hostile import FILES, packed, page, refusal, stream
from tests.bench.office import docx, hwp, hwp_paragraph

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scmtui.readers.extracted import Extracted

LATE = 3.0
"""Seconds of a processor on a machine that does other things too; the benchmark asks for one."""


@pytest.mark.parametrize("name", FILES)
def test_it_is_refused_at_once(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name].make())
    told, _seconds, processor, megabytes = refusal(path)
    assert FILES[name].refused in told
    assert "Nothing was changed." in told
    assert processor < LATE
    assert megabytes < 500


def read_pdf(content: bytes, *more: bytes, resources: bytes = b"") -> Extracted:
    return pdf.extract(page(content, resources, more), Task("a.pdf"))


def lzw(data: bytes) -> bytes:
    """Bytes as codes of nine bits, of which one in 200 clears the table so that they stay so."""
    codes = [
        code for at, byte in enumerate(data) for code in ([256] if at % 200 == 0 else []) + [byte]
    ]
    bits = "".join(f"{code:09b}" for code in [*codes, 257])
    return int(bits.ljust(-(-len(bits) // 8) * 8, "0"), 2).to_bytes(-(-len(bits) // 8), "big")


LINE = b"BT /F 10 Tf 20 800 Td (1. The two sides met in Seoul.) Tj ET "


@pytest.mark.parametrize(
    "content",
    [
        packed(LINE),
        stream(zlib.compress(zlib.compress(LINE)), b"/Filter[/FlateDecode/FlateDecode]"),
        stream(LINE.hex().encode() + b">", b"/Filter/ASCIIHexDecode"),
        stream(b64.a85encode(LINE) + b"~>", b"/Filter/ASCII85Decode"),
        stream(bytes([len(LINE) - 1]) + LINE + b"\x80", b"/Filter/RunLengthDecode"),
        stream(bytes([len(LINE) - 1]) + LINE + b"\xf0 \x80", b"/Filter/RL"),
        stream(lzw(LINE), b"/Filter/LZWDecode"),
        stream(zlib.compress(LINE)[:-1] + b"x", b"/Filter/FlateDecode"),
        stream(zlib.compress(LINE)[:-4], b"/Filter/FlateDecode"),
        packed(LINE + b"% " * 100_000),
    ],
)
def test_every_filter_gives_its_bytes(content: bytes) -> None:
    assert read_pdf(content).text.strip() == "1. The two sides met in Seoul."


@pytest.mark.parametrize(
    "data", [b"", b"x", b"no zlib at all", zlib.compress(LINE)[:2] + b"\xff" * 9]
)
def test_what_does_not_inflate_is_nothing(data: bytes) -> None:
    with pytest.raises(ReadError, match="empty, or damaged"):
        read_pdf(stream(data, b"/Filter/FlateDecode"))


def test_a_table_of_differences_is_added_up() -> None:
    line = LINE.ljust(70)
    rows = [line[at : at + 10] for at in range(0, 70, 10)]
    told = b"/DecodeParms<</Predictor 12/Columns 10>>"
    up = [
        bytes((one - other) % 256 for one, other in zip(row, above, strict=True))
        for row, above in zip(rows, [bytes(10), *rows], strict=False)
    ]
    assert "Seoul" in read_pdf(packed(b"".join(b"\x02" + it for it in up), told)).text
    plain = b"/DecodeParms<</Predictor 1>>"
    assert "Seoul" in read_pdf(packed(LINE, plain)).text


@pytest.mark.parametrize(
    "content",
    [
        stream(b"", b"/Filter[/Fl/Fl/Fl/Fl/Fl]"),
        stream(bytes(streams.SLOW + 1), b"/Filter/LZWDecode"),
        stream(bytes(streams.SLOW + 1), b"/Filter/RunLengthDecode"),
        stream(b"00" * (streams.LINED + 1), b"/Filter/AHx/DecodeParms<</Predictor 12/Columns 9>>"),
    ],
)
def test_what_would_be_unpacked_byte_by_byte_has_a_cap(content: bytes) -> None:
    with pytest.raises(ReadError, match="far more"):
        read_pdf(content)


@pytest.mark.parametrize(
    "content",
    [
        stream(LINE, b"/Filter/Unheard"),
        stream(LINE, b"/Filter/Crypt"),
        packed(LINE, b"/DecodeParms<</Predictor 5>>"),
        packed(LINE, b"/DecodeParms<</Predictor 12/Columns 99999999>>"),
    ],
)
def test_what_is_packed_in_an_unknown_way_is_damaged(content: bytes) -> None:
    with pytest.raises(ReadError, match="damaged"):
        read_pdf(content)


def test_a_page_with_many_lines_keeps_its_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "SHAPES", 10)
    assert read_pdf(stream(b"0 0 m 9 9 l S " * 50 + LINE)).text.strip().endswith("Seoul.")


def test_forms_that_are_drawn_a_few_times_are_read() -> None:
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 600 900]/Resources<</Font<</F 5 0 R>>>>"
    found = read_pdf(
        stream(b"/X Do /X Do " + LINE), packed(LINE, form), resources=b"/XObject<</X 6 0 R>>"
    )
    assert found.text.count("Seoul") == 1


@pytest.mark.parametrize("limit", ["WRITTEN", "AGAIN", "GLYPHS"])
def test_what_one_page_holds_has_caps(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, limit, 10)
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 600 900]"
    with pytest.raises(ReadError, match="more on it than anybody can read"):
        read_pdf(
            stream(b"/X Do /X Do " + LINE), packed(LINE, form), resources=b"/XObject<</X 6 0 R>>"
        )


def read_html(style: str, body: str) -> str:
    return html.extract(f"<style>{style}</style><p>여기</p>{body}".encode(), Task("a.html")).text


def test_a_page_with_a_great_style_sheet_hides_what_it_says() -> None:
    """A page that was saved with all its style has tens of thousands of rules, and few count."""
    others = "".join(f".x{n} .y{n}:not(.z), #i{n} > a[href] {{color:red}}" for n in range(30_000))
    style = others + ".Hidden{display:none} div p.late{display:none}"
    assert (
        read_html(style, '<p class="Hidden">숨김</p><div><p class="late">숨김</p></div>') == "여기"
    )


@pytest.mark.parametrize(
    "selector",
    [
        ".A\\:b",
        ".A\\3a b",
        "p.A\\:b",
        "[class]",
        "p:not(.c)",
        "*",
        ":is(.c, .A\\:b)",
        "div>p",
        "#i",
    ],
)
def test_a_rule_is_never_passed_over(selector: str) -> None:
    body = '<div><p class="A:b" id="i">숨김</p></div>'
    assert (
        "숨김"
        not in html.extract(
            f"<style>{selector}{{display:none}}</style><i>여기</i>{body}".encode(), Task("a.html")
        ).text
    )


def test_what_rules_say_has_a_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_SAID", 10)
    with pytest.raises(ReadError, match="more rules of style"):
        read_html("p{display:block} i{display:block}" * 10, "<p>가<i>나</i></p>" * 20)


def test_many_attributes_in_a_script_or_a_comment_are_none() -> None:
    words = " ".join(f"a{n}=1" for n in range(2000))
    hidden = f"<script>if (a<b {words}) c()</script><!-- <p {words}> --><style>a<b {words}</style>"
    data = f"<p data-x='<b {words}>'>여기 있다.</p>{hidden}".encode()
    assert html.extract(data, Task("a.html")).text == "여기 있다."


LINES = {
    "blanks": " " * 9000 + "a",
    "brackets": "[" * 9000,
    "pictures": "![" * 4500,
    "links": "[a](" * 2200,
    "ticks": "``` a " * 1500,
    "dashes": "- " * 4500 + "a",
    "stars": "*a" * 4500,
    "marks": "\\*" * 4500,
    "cells": "|" + "a|" * 4500,
    "rule": "|" + " " * 9000 + "a",
}


@pytest.mark.parametrize("name", LINES)
def test_a_long_line_of_marks_takes_no_longer_than_others(name: str) -> None:
    began = time.process_time()
    md.extract((LINES[name] + "\n").encode() * 10, Task("a.md"))
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("[한미](https://a.b/c_(d)) 동맹", "한미 동맹"),
        ("![그림](a.png)문안", "문안"),
        ("`a*b` **굵게** \\*별\\* ~~지움~~", "a*b 굵게 *별* 지움"),
        ("``a ` b`` 뒤", "a ` b 뒤"),
        ("줄 끝  ", "줄 끝"),
        ("[각주][1] [1]", "각주 [1]"),
    ],
)
def test_marks_are_taken_away(written: str, shown: str) -> None:
    assert md.extract(written.encode(), Task("a.md")).text.strip() == shown


@pytest.mark.parametrize(
    "data",
    [
        docx('<w:p><w:r><w:t xml:space="preserve">' + "가나다 " * 2000 + "</w:t></w:r></w:p>" * 1),
        hwp(hwp_paragraph("가나다라 " * 3000)),
    ],
)
def test_a_text_that_repeats_itself_is_read(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / ("a.docx" if data.startswith(b"PK") else "a.hwp")
    path.write_bytes(data)
    assert refusal(path).told == ""


def test_text_by_chance_is_no_bomb() -> None:
    chance = random.Random(1)
    lines = (b"(%x)Tj T* " % chance.getrandbits(64) for _ in range(70))
    made: Callable[[bytes], Extracted] = read_pdf
    assert len(made(packed(b"BT /F 10 Tf 10 TL 20 800 Td " + b"".join(lines) + b"ET")).text) > 1000
