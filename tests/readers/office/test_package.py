"""Archives and XML from strangers."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable

import pytest

from scmtui.model import ReadError
from scmtui.readers import package, xmltree
from scmtui.readers.docx import extract
from scmtui.readers.extracted import Task
from scmtui.readers.package import Package

TASK = Task("a.docx")
Zipped = Callable[[dict[str, str | bytes]], bytes]


def prefix(space: str) -> str:
    return f"{space}:"


def test_parts_are_found_whatever_their_case(zipped: Zipped) -> None:
    archive = Package(zipped({"Word/A.xml": "가", "../../etc/passwd": "나"}), TASK)
    assert archive.read("word/a.XML") == "가".encode()
    assert archive.read("word/b.xml") is None
    assert archive.names == ["word/a.xml", "../../etc/passwd"]


def test_a_part_that_grows_too_much_is_not_unpacked(zipped: Zipped) -> None:
    data = zipped({"a": bytes(2 << 20), "b": bytes(1000)})
    assert Package(data, TASK).read("b") == bytes(1000)
    with pytest.raises(ReadError, match="far more"):
        Package(data, TASK).read("a")


def test_a_bomb_is_refused_within_a_second(zipped: Zipped) -> None:
    relations = (
        '<R xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Type="x/numbering" Target="numbering.xml"/></R>'
    )
    parts = {"word/_rels/document.xml.rels": relations, "word/document.xml": "<a/>"}
    for name in ("word/document.xml", "word/numbering.xml"):
        data = zipped({**parts, name: bytes(60 << 20)})
        began = time.perf_counter()
        with pytest.raises(ReadError, match="far more"):
            extract(data, TASK)
        assert time.perf_counter() - began < 1


def test_a_part_that_lies_about_its_size_is_refused(zipped: Zipped) -> None:
    data = zipped({"a": bytes(100_000)})
    lying = data.replace((100_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    with pytest.raises(ReadError):
        Package(lying, TASK).read("a")


def test_all_parts_together_have_a_cap(zipped: Zipped, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "TOTAL", 250)
    archive = Package(zipped({name: bytes(100) for name in "abc"}), TASK)
    assert archive.read("a") == archive.read("b") == bytes(100)
    with pytest.raises(ReadError, match="far more"):
        archive.read("c")


def test_an_archive_with_too_many_entries_is_refused(zipped: Zipped) -> None:
    began = time.perf_counter()
    with pytest.raises(ReadError, match="far more"):
        Package(zipped({"a": ""}) + b"PK\x01\x02" * (package.ENTRIES + 1), TASK)
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize("data", [b"", b"hello", b"PK\x03\x04", b"PK\x05\x06"])
def test_what_is_no_archive_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match="damaged"):
        Package(data, TASK)


def test_only_the_usual_ways_of_packing_are_read() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a", "글")
    with pytest.raises(ReadError, match="damaged"):
        Package(packed.getvalue(), TASK).read("a")


def test_a_part_behind_a_password_is_named(zipped: Zipped) -> None:
    data = bytearray(zipped({"a": "글"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(ReadError, match="locked"):
        Package(bytes(data), TASK).read("a")


def test_a_damaged_part_is_refused(zipped: Zipped) -> None:
    data = bytearray(zipped({"a": "글" * 5000}))
    data[35:45] = b"\xff" * 10
    with pytest.raises(ReadError, match="damaged"):
        Package(bytes(data), TASK).read("a")


def test_names_have_the_prefixes_of_their_spaces() -> None:
    tree = xmltree.parse(
        b'<x:a xmlns:x="s" x:b="1" c="2">t<d/>u<!-- n --><?p?><![CDATA[<v>]]></x:a>', TASK, prefix
    )
    assert (tree.tag, tree.attrib) == ("s:a", {"s:b": "1", "c": "2"})
    assert "".join(tree.itertext()) == "tu<v>"
    assert tree.find("d") is not None


def test_skipped_elements_leave_nothing() -> None:
    tree = xmltree.parse(b"<a>1<b>2<c>3</c><b/>4</b>5<c>6</c></a>", TASK, prefix, {"b"})
    assert "".join(tree.itertext()) == "156"
    assert [child.tag for child in tree] == ["c"]


@pytest.mark.parametrize(
    "data",
    [
        b"<!DOCTYPE a><a/>",
        b'<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>',
        b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>',
        b'<?xml version="1.0"?><!DOCTYPE a SYSTEM "http://127.0.0.1/a.dtd"><a/>',
    ],
)
def test_no_part_defines_its_own_entities(data: bytes) -> None:
    with pytest.raises(ReadError, match="DTD"):
        xmltree.parse(data, TASK, prefix)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"text",
        b"<a>",
        b"<a></b>",
        b"<a>&e;</a>",
        b"<a>&#27;</a>",
        b"<a>\x1b</a>",
        b"<a>\xff</a>",
        b'<?xml version="1.0" encoding="nonsense"?><a/>',
        b'<?xml version="1.0" encoding="utf-7"?><a/>',
        b'<?xml version="1.0" encoding="zlib"?><a/>',
        b"<a/><a/>",
    ],
)
def test_what_is_no_xml_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match="damaged"):
        xmltree.parse(data, TASK, prefix)


def test_depth_and_number_have_caps(monkeypatch: pytest.MonkeyPatch) -> None:
    deep = b"<a>" * xmltree.DEPTH + b"</a>" * xmltree.DEPTH
    assert xmltree.parse(deep, TASK, prefix).tag == "a"
    with pytest.raises(ReadError, match="deeply"):
        xmltree.parse(b"<a>" * 1_000_000, TASK, prefix)
    monkeypatch.setattr(xmltree, "TAGS", 1000)
    with pytest.raises(ReadError, match="far more"):
        xmltree.parse(b"<a>" + b"<b/>" * 1000 + b"</a>", TASK, prefix)


def test_tables_within_tables_are_read_as_deep_as_xml_may_be(docx: Callable[..., bytes]) -> None:
    inner = "<w:p><w:r><w:t>글</w:t></w:r></w:p>"
    depth = (xmltree.DEPTH - 5) // 3
    body = "<w:tbl><w:tr><w:tc>" * depth + inner + "</w:tc></w:tr></w:tbl>" * depth
    assert extract(docx(body), TASK).text == "글"
    depth = (xmltree.DEPTH - 10) // 4
    box = "<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>"
    assert extract(docx(box[0] * depth + inner + box[1] * depth), TASK).text == "글"
