"""The text of HWP 5 documents."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from scmtui.model import ReadError
from scmtui.readers.extracted import Extracted, Task
from scmtui.readers.hwp import extract

if TYPE_CHECKING:
    from collections.abc import Iterator

Read = Callable[..., Extracted]
Said = Callable[[Extracted, str], list[str]]
PARAGRAPH, TEXT, CONTROL, LIST, SHAPE, TABLE = 66, 67, 71, 72, 76, 77
EQUATION, ART, MEMOS = 88, 90, 93


def rec(tag: int, level: int, data: bytes = b"") -> bytes:
    return struct.pack("<I", tag | level << 10 | len(data) << 20) + data


def wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def string(text: str) -> bytes:
    return struct.pack("<H", len(wide(text)) // 2) + wide(text)


def sign(code: int) -> str:
    """A control in the text, eight code units long."""
    return chr(code) + "\ud7ff" * 6 + chr(code)


def p(text: str, *below: bytes, level: int = 0, shape: int = 0) -> bytes:
    head = struct.pack("<IIHBBHHHI", len(text) + 1, 0, shape, 0, 0, 1, 0, 1, 0)
    told = rec(TEXT, level + 1, wide(text + "\r")) if text else b""
    return rec(PARAGRAPH, level, head) + told + b"".join(below)


def control(name: str, data: bytes = b"", level: int = 1) -> bytes:
    return rec(CONTROL, level, name.encode()[::-1] + data)


def listing(*paragraphs: str, level: int = 2, data: bytes = bytes(8)) -> bytes:
    return rec(LIST, level, data) + b"".join(p(it, level=level) for it in paragraphs)


def cell(column: int, row: int, *paragraphs: str) -> bytes:
    return listing(*paragraphs, data=bytes(8) + struct.pack("<HHHH", column, row, 1, 1))


def level_of(form: str, code: int) -> bytes:
    return struct.pack("<IHHI", code << 5, 0, 0, 0xFFFFFFFF) + string(form)


def numbering(*levels: tuple[str, int], start: int = 0, starts: tuple[int, ...] = ()) -> bytes:
    seven = [*levels, *[("", 0)] * 7][:7]
    told = b"".join(level_of(*it) for it in seven) + struct.pack("<H", start)
    return rec(23, 1, told + struct.pack(f"<{len(starts)}I", *starts))


def bullet(char: str) -> bytes:
    return rec(24, 1, bytes(12) + wide(char))


def shape(kind: int = 0, key: int = 0, level: int = 0, newer: int | None = None) -> bytes:
    head = kind << 23 | min(level, 7) << 25
    data = struct.pack("<I", head) + bytes(26) + struct.pack("<H", key) + bytes(22)
    return rec(25, 1, data + (b"" if newer is None else struct.pack("<I", newer)))


def test_each_paragraph_is_a_line_and_so_is_what_follows_a_break(read_hwp: Read) -> None:
    found = read_hwp(p("하나") + p("둘\n셋") + p(""), p("넷 😀"))
    assert found.text == "하나\n둘\n셋\n넷 😀"
    assert read_hwp(p("풀린 글"), flags=0).text == "풀린 글"


def test_signs_stand_for_their_characters(read_hwp: Read) -> None:
    inline = f"a{sign(9)}b\x18c\x1ed\x1fe{sign(4)}f\x19g"
    assert read_hwp(p(inline)).text == "a\tb-c d efg"


def test_numbers_and_bullets_stand_in_front(read_hwp: Read) -> None:
    info = (
        rec(17, 0)
        + numbering(("^1.", 0), ("^2)", 8), ("^1.^3", 3), starts=(1, 3, 1, 1, 1, 1, 1))
        + numbering(("제^1조", 30), ("^n", 0), start=7, starts=(7, 1))
        + bullet("\uf06e")
        + shape()
        + b"".join(shape(2, 1, level) for level in range(3))
        + shape(1, 0, 0)
        + shape(1, 0, 1)
        + shape(3, 1)
        + shape(2, 9)
    )
    section = control("secd", bytes(14) + struct.pack("<H", 2))
    kinds = (1, 2, 2, 3, 1, 4, 5, 6, 7, 99)
    body = p(sign(2), section) + b"".join(p("글", shape=kind) for kind in kinds)
    heads = ["1. ", "다) ", "라) ", "1.i ", "2. ", "제7조 ", "7.1 ", "■ ", "", ""]
    assert read_hwp(body, info=info).text.split("\n") == [f"{head}글" for head in heads]


def test_newer_files_have_ten_levels_and_old_ones_one_start(read_hwp: Read) -> None:
    ten = b"".join(level_of("", 0) for _ in range(7)) + struct.pack("<H7I", 0, *[1] * 7)
    ten += level_of("[^8]", 9) + level_of("^9", 0) + level_of("", 0) + struct.pack("<3I", 2, 1, 1)
    info = rec(23, 0, ten) + shape(2, 1, 6, newer=7) + numbering(("^1-", 0), start=4) + shape(2, 2)
    assert read_hwp(p("글") + p("글", shape=1), info=info).text == "[㉯] 글\n4- 글"


def test_headers_footers_comments_and_notes_are_kept_apart(read_hwp: Read, said: Said) -> None:
    number = control("atno", struct.pack("<IHHHH", 0x21, 3, 0, ord("<"), ord(">")), level=3)
    note = rec(LIST, 2, bytes(8)) + p(f"{sign(18)} 각주", number, level=2)
    text = f"{sign(16)}{sign(16)}본{sign(17)}{sign(17)}{sign(15)}문"
    found = read_hwp(
        p(
            text,
            control("head") + listing("머리말"),
            control("foot") + listing("꼬리말"),
            control("fn  ") + note,
            control("en  ") + listing("미주", "둘째"),
            control("tcmt") + listing("설명"),
        )
    )
    assert found.text == "본문"
    assert said(found, "running-head") == ["머리말"]
    assert said(found, "footer") == ["꼬리말"]
    assert said(found, "footnote") == ["<III> 각주", "미주\n둘째"]
    assert said(found, "comment") == ["설명"]


def test_memos_are_comments(read_hwp: Read, said: Said) -> None:
    found = read_hwp(p("글", rec(MEMOS, 1, bytes(4)) + listing("메모")))
    assert found.text == "글"
    assert said(found, "comment") == ["메모"]


def test_rows_are_lines_and_captions_stand_where_they_are_told(read_hwp: Read) -> None:
    def table(side: int, place: int = 0) -> bytes:
        caption = listing("표 제목", data=bytes(8) + struct.pack("<I", side))
        cells = cell(0, 0, "가", "나") + cell(1, 0, "다") + cell(0, 1, "라")
        return control("tbl ", struct.pack("<I", place)) + caption + rec(TABLE, 2) + cells

    assert read_hwp(p(sign(11), table(2))).text == "표 제목\n가 나\t다\n라"
    assert read_hwp(p(sign(11), table(3))).text == "가 나\t다\n라\n표 제목"
    inline = read_hwp(p(f"앞{sign(11)}뒤", table(3, 1)))
    assert inline.text == "앞\n가 나\t다\n라\n표 제목\n뒤"


def test_boxes_stand_where_they_are_seen(read_hwp: Read) -> None:
    def box(place: int, *lines: str, caption: str = "") -> bytes:
        told = listing(caption, data=bytes(12)) if caption else b""
        inner = rec(SHAPE, 2) + listing(*lines, level=3)
        return control("gso ", struct.pack("<I", place)) + told + inner

    assert read_hwp(p(f"{sign(11)}글", box(0, "상자", "둘째"))).text == "상자\n둘째\n글"
    assert (
        read_hwp(p(f"글{sign(11)} 뒤", box(0, "상자", caption="제목"))).text == "글 뒤\n상자\n제목"
    )
    assert read_hwp(p(f"글 {sign(11)} 뒤", box(1, "상자"))).text == "글 상자 뒤"
    group = rec(SHAPE, 2) + rec(SHAPE, 3) + listing("안", level=4) + rec(SHAPE, 3)
    group += rec(ART, 4, bytes(32) + string("글맵시"))
    assert read_hwp(p(sign(11), control("gso ", bytes(4)) + group)).text == "안\n글맵시"


def test_what_is_drawn_from_text_is_read(read_hwp: Read, said: Said) -> None:
    found = read_hwp(
        p(
            f"{sign(23)}{sign(23)}{sign(11)}{sign(18)}{sign(3)}{sign(18)}",
            control("tdut", string("韓") + string("한")),
            control("tcps", string("①")),
            control("eqed") + rec(EQUATION, 2, bytes(4) + string("x  over y")),
            control("atno", struct.pack("<IHHHH", 0, 9, 0, 0, 0)),
            control("%clk"),
            control("atno", struct.pack("<IHHHH", 0xFF4, 9, 0, 0, 0)),
        )
    )
    assert found.text == "韓①x over y9"
    assert said(found, "ruby") == ["한"]


def test_controls_without_a_sign_are_read_at_the_end(read_hwp: Read) -> None:
    art = rec(SHAPE, 2) + rec(ART, 3, bytes(32) + string("남은 것"))
    assert read_hwp(p("글", control("gso ", bytes(4)) + art)).text == "글\n남은 것"
    assert read_hwp(p(f"글{sign(11)}")).text == "글"


def enciphered(section: bytes, seed: int = 0xBEEF) -> bytes:
    """A section of a distribution copy, made as its format says."""
    key = bytes(range(65, 81))
    start = 4 + (seed & 0xF)
    plain = bytearray(256)
    plain[start : start + 16] = key

    def numbers() -> Iterator[int]:
        state = seed
        while True:
            state = (state * 214013 + 2531011) % 2**32
            yield state // 65536 % 32768

    source, mask = numbers(), b""
    while len(mask) < 256:
        value = next(source) % 256
        mask += bytes([value] * (next(source) % 16 + 1))
    hidden = struct.pack("<I", seed) + bytes(
        one ^ other for one, other in zip(plain[4:], mask[4:256], strict=True)
    )
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(section) + packer.flush()
    cipher = Cipher(algorithms.AES(key), modes.ECB()).encryptor()
    return rec(28, 0, hidden) + cipher.update(packed.ljust(-(-len(packed) // 16) * 16, b"\0"))


def test_a_distribution_copy_is_deciphered_and_says_what_it_is(hwp: Callable[..., bytes]) -> None:
    streams = {"ViewText/Section0": enciphered(p("감춘 글")), "BodyText/Section0": p("안내문")}
    found = extract(hwp(flags=5, streams=streams), Task("a.hwp"))
    assert found.text == "감춘 글"
    assert "배포용" in found.rights


@pytest.mark.parametrize(
    "section", [b"", p("글"), enciphered(b""), enciphered(p("글"))[:-16] + bytes(16), bytes(999)]
)
def test_a_distribution_copy_that_cannot_be_deciphered_is_refused(
    hwp: Callable[..., bytes], section: bytes
) -> None:
    streams = {"ViewText/Section0": section, "BodyText/Section0": p("안내문")}
    with pytest.raises(ReadError, match="배포용"):
        extract(hwp(flags=5, streams=streams), Task("a.hwp"))
    with pytest.raises(ReadError, match="배포용"):
        extract(hwp(flags=5, streams={"BodyText/Section0": p("안내문")}), Task("a.hwp"))


@pytest.mark.parametrize("flag", [1 << 1, 1 << 4, 1 << 8, 1 << 10])
def test_a_protected_document_is_refused(hwp: Callable[..., bytes], flag: int) -> None:
    with pytest.raises(ReadError, match="locked"):
        extract(hwp(p("글"), flags=1 | flag), Task("a.hwp"))


def test_marks_of_rights_are_told(read_hwp: Read) -> None:
    assert "공공누리" in read_hwp(p("글"), flags=1 | 1 << 15 | 1 << 11).rights
    assert "CCL" in read_hwp(p("글"), flags=1 | 1 << 11).rights
    assert read_hwp(p("글")).rights == ""


def test_recorded_changes_are_a_doubt(read_hwp: Read) -> None:
    assert [it.kind for it in read_hwp(p("글"), flags=1 | 1 << 14).doubts] == ["changes"]


def test_a_file_that_breaks_off_is_a_doubt(read_hwp: Read, hwp: Callable[..., bytes]) -> None:
    cut = p("가") + p("나")[:-3]
    assert [it.kind for it in read_hwp(cut).doubts] == ["damage"]
    assert read_hwp(cut).text.startswith("가")
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    open_end = packer.compress(p("가") * 3000) + packer.flush(zlib.Z_SYNC_FLUSH)
    found = extract(hwp(streams={"BodyText/Section0": open_end}), Task("a.hwp"))
    assert [it.kind for it in found.doubts] == ["damage"]


@pytest.mark.parametrize(
    ("streams", "told"),
    [
        ({"WordDocument": b"x"}, "a DOC file"),
        ({"Unheard of": b"x"}, "an? OLE file"),
        ({"EncryptedPackage": b"x"}, "locked"),
        ({"FileHeader": b"x"}, "damaged"),
        ({"FileHeader": b"HWP Document File".ljust(256, b"\0")}, "damaged"),
    ],
)
def test_other_files_in_the_same_container_are_named(
    ole: Callable[[dict[str, bytes]], bytes], streams: dict[str, bytes], told: str
) -> None:
    with pytest.raises(ReadError, match=told):
        extract(ole(streams), Task("a.hwp"))


def test_bombs_are_refused(
    hwp: Callable[..., bytes], read_hwp: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ReadError, match="damaged"):
        extract(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 200, Task("a.hwp"))
    with pytest.raises(ReadError, match="far more"):
        read_hwp(bytes(60 << 20))
    with pytest.raises(ReadError, match="damaged"):
        extract(hwp(streams={"BodyText/Section0": b"\xff" * 100}), Task("a.hwp"))
    with pytest.raises(ReadError, match="deeply"):
        read_hwp(b"".join(rec(PARAGRAPH, level) for level in range(200)))
    monkeypatch.setattr("scmtui.readers.hwp.records.RECORDS", 1000)
    with pytest.raises(ReadError, match="far more"):
        read_hwp(rec(TEXT, 0) * 1002)


def test_too_many_streams_are_not_walked_through(
    ole: Callable[[dict[str, bytes]], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scmtui.readers.hwp.container._ENTRIES", 50)
    with pytest.raises(ReadError, match="far more"):
        extract(ole({f"n{at}": b"" for at in range(60)}), Task("a.hwp"))
    with pytest.raises(ReadError, match="OLE"):
        extract(ole({f"n{at}": b"" for at in range(40)}), Task("a.hwp"))


def test_a_text_longer_than_a_header_can_tell(read_hwp: Read, record: Callable[..., bytes]) -> None:
    long = "긴 글 " * 2000
    head = struct.pack("<IIHBBHHHI", 1, 0, 0, 0, 0, 1, 0, 1, 0)
    found = read_hwp(record(PARAGRAPH, 0, head) + record(TEXT, 1, wide(long + "\r")))
    assert found.text == long
    assert read_hwp(record(PARAGRAPH, 0, head) + struct.pack("<I", 0xFFF00043)).doubts
