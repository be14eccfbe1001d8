"""Documents that were damaged, or made to do damage: read, or refused with a sentence."""

from __future__ import annotations

import os
import random
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scmtui.model import ReadError
from scmtui.readers import docx, hwp, hwpx
from scmtui.readers.extracted import Extracted, Task
from scmtui.readers.hwp.records import tree

SAMPLES = Path(__file__).parents[2] / "samples" / "office"
RUNS = int(os.environ.get("SCMTUI_MUTATIONS", "500")) // 2
"""Mutations of each of two kinds that a format is tried with; at night some ten thousand."""
Extract = Callable[[bytes, Task], Extracted]


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The bytes with some changed, taken out, put in, or cut off."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 3, 20))):
        at = chance.randrange(len(made))
        match chance.randrange(5):
            case 0:
                made[at] = chance.randrange(256)
            case 1:
                made[at : at + 4] = struct.pack("<I", chance.choice((0, 1, 0xFFFFFFFF, 0x7FFFFFFF)))
            case 2:
                del made[at : at + chance.randrange(1, 40)]
            case 3:
                made[at:at] = made[: chance.randrange(1, 40)]
            case _:
                made[at] ^= 1 << chance.randrange(8)
        if len(made) < 2:
            break
    return bytes(made[: chance.randrange(1, len(made))] if chance.random() < 0.1 else made)


def survives(extract: Extract, data: bytes) -> bool:
    """Whether the bytes are read; whatever is not, is refused with a sentence."""
    refused = None
    try:
        found = extract(data, Task("가.hwp"))
    except ReadError as error:
        refused = error
    if refused is None:
        return len(found.text) < 10_000_000
    assert "“가.hwp”" in str(refused)
    assert "Nothing was changed." in refused.sentences
    return False


def many(extract: Extract, make: Callable[[bytes], bytes], data: bytes) -> None:
    chance = random.Random(20261122)
    read = [survives(extract, make(mutated(data, chance))) for _ in range(RUNS)]
    assert any(read)
    assert not all(read)


DOCX = """
<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>글</w:t>
<w:fldChar w:fldCharType="begin"/><w:t>x</w:t><w:fldChar w:fldCharType="end"/></w:r></w:p>
<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p><w:ins><w:r><w:tab/></w:r></w:ins></w:p></w:tc>
</w:tr></w:tbl><w:p><w:pPr><w:pStyle w:val="a"/></w:pPr><w:r><w:sym w:char="F06C"/></w:r></w:p>
"""
NUMBERING = """
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="1"><w:start w:val="3"/><w:numFmt w:val="ganada"/>
<w:lvlText w:val="%1.%2."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/>
<w:lvlOverride w:ilvl="1"><w:startOverride w:val="7"/></w:lvlOverride></w:num>
"""
SECTION = """
<hp:p paraPrIDRef="1"><hp:run><hp:secPr outlineShapeIDRef="1"/><hp:t>글<hp:tab/>자</hp:t></hp:run>
</hp:p><hp:p paraPrIDRef="1"><hp:run><hp:tbl><hp:tr><hp:tc><hp:subList><hp:p><hp:run><hp:t>칸</hp:t>
</hp:run></hp:p></hp:subList></hp:tc></hp:tr></hp:tbl><hp:ctrl><hp:autoNum num="3"/></hp:ctrl>
</hp:run></hp:p>
"""
HEADER = """
<hh:numbering id="1"><hh:paraHead level="1" numFormat="DIGIT" start="1">^1.</hh:paraHead>
</hh:numbering><hh:paraPr id="1"><hh:heading type="OUTLINE" idRef="1" level="0"/></hh:paraPr>
"""


def whole(data: bytes) -> bytes:
    return data


def test_mutated_word_documents_are_read_or_refused(docx: Callable[..., bytes]) -> None:
    many(_docx, whole, docx(DOCX, numbering=NUMBERING))


def test_mutated_parts_of_word_documents_are_read_or_refused(
    zipped: Callable[[dict[str, str | bytes]], bytes],
) -> None:
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = f"<w:document {names}><w:body>{DOCX}</w:body></w:document>".encode()
    many(_docx, lambda data: zipped({"word/document.xml": data}), body)


def test_mutated_hwpx_documents_are_read_or_refused(hwpx: Callable[..., bytes]) -> None:
    many(_hwpx, whole, hwpx(SECTION, header=HEADER))


def test_mutated_sections_of_hwpx_documents_are_read_or_refused(
    zipped: Callable[[dict[str, str | bytes]], bytes],
) -> None:
    space = 'xmlns:hp="http://www.hancom.co.kr/hwpml/2011/paragraph"'
    section = f"<hp:sec {space}>{SECTION}</hp:sec>".encode()
    many(_hwpx, lambda data: zipped({"Contents/section0.xml": data}), section)


@pytest.fixture
def section(record: Callable[..., bytes]) -> bytes:
    """A section with text, a control, a table and a box."""

    def paragraph(text: str, level: int) -> bytes:
        head = struct.pack("<IIHBBHHHI", len(text) + 1, 0, 0, 0, 0, 1, 0, 1, 0)
        return record(66, level, head) + record(67, level + 1, text.encode("utf-16-le"))

    sign = "\x0b" + "x" * 6 + "\x0b"
    cell = record(72, 2, struct.pack("<QHHHH", 1, 0, 0, 1, 1)) + paragraph("칸", 2)
    table = record(71, 1, b" lbt" + bytes(40)) + record(77, 2, bytes(20)) + cell
    box = record(76, 2, bytes(40)) + record(72, 3, bytes(20)) + paragraph("상자", 3)
    drawing = record(71, 1, b" osg" + bytes(40)) + box
    number = record(71, 1, b"onta" + bytes(12))
    text = f"글{sign}자{sign}끝\x12xxxxxx\x12\n줄"
    return paragraph(text, 0) + table + drawing + number + paragraph("둘", 0)


def test_mutated_hwp_files_are_read_or_refused(hwp: Callable[..., bytes], section: bytes) -> None:
    many(_hwp, whole, hwp(section, info=section))


def test_mutated_sections_of_hwp_files_never_stop_it(
    hwp: Callable[..., bytes], section: bytes
) -> None:
    chance = random.Random(5)
    for _ in range(RUNS):
        made = mutated(section, chance)
        survives(_hwp, hwp(made, info=made, flags=chance.choice((0, 1))))


@pytest.mark.parametrize("sample", sorted(SAMPLES.iterdir()), ids=lambda path: path.name)
def test_cut_samples_are_read_or_refused(sample: Path) -> None:
    data = sample.read_bytes()
    extract = _docx if sample.suffix == ".docx" else _hwpx
    for part in range(8):
        survives(extract, data[: len(data) * part // 8])
        survives(extract, data[len(data) * part // 8 :])


@given(st.binary(max_size=300))
def test_any_bytes_are_records_or_end_early(data: bytes) -> None:
    try:
        found, ended = tree(data, Task("a.hwp"))
    except ReadError:
        return
    assert not (ended and 0 < len(data) < 4)
    assert len(found) <= len(data) // 4


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_or_read(data: bytes) -> None:
    for extract in (_docx, _hwpx, _hwp):
        for magic in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
            assert not survives(extract, magic + data)


_docx: Extract = docx.extract
_hwpx: Extract = hwpx.extract
_hwp: Extract = hwp.extract
