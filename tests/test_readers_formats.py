"""A file tells by its content which format it has; its name decides only what is left open."""

from __future__ import annotations

import io
import zipfile
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from scmtui import text
from scmtui.model import ReadError, Remark
from scmtui.readers import READERS, contents, detect, formats
from scmtui.readers.extracted import Extracted, Task

if TYPE_CHECKING:
    from collections.abc import Callable

    from scmtui.model import Document

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HWP = OLE + b"\0" * 504 + "FileHeader".encode("utf-16-le") + b"\0" * 400 + b"HWP Document File"


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            entry = zipfile.ZipInfo(name)  # of one date: the bytes name the test
            archive.writestr(entry, "application/hwp+zip" if name == "mimetype" else "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "form"),
    [
        (b"%PDF-1.7\n", "a.txt", "pdf"),
        (b"junk before it\n%PDF-1.4\n", "a", "pdf"),
        (zipped("[Content_Types].xml", "word/document.xml"), "a.hwpx", "docx"),
        (zipped("mimetype", "Contents/section0.xml"), "a.zip", "hwpx"),
        (zipped("Contents/content.hpf"), "a", "hwpx"),
        (zipped("word/document.xml")[:-40], "a.docx", "docx"),
        (zipped("mimetype")[:-40], "a.HWPX", "hwpx"),
        (HWP, "a.doc", "hwp"),
        (b"<!DOCTYPE html><html>", "a.txt", "html"),
        (b"\xef\xbb\xbf\n <!-- saved -->\n<HTML lang='ko'>", "a.pdf", "html"),
        (b'<?xml version="1.0" encoding="euc-kr"?><html>', "a", "html"),
        ("\ufeff<div class='x'>글</div>".encode("utf-16-le"), "a", "html"),
        ("\ufeff<p>글</p>".encode("utf-16-be"), "a", "html"),
        (b"<table><tr><td>", "a", "html"),
        ("# 제목\n- 하나".encode(), "a.md", "md"),
        ("# 제목".encode(), "a.Markdown", "md"),
        ("# 제목".encode(), "a.txt", "txt"),
        ("제52차".encode("cp949"), "a.ksc", "txt"),
        (b"<b> is the sign for", "a.txt", "txt"),
        (b"<people> is no tag", "a.txt", "txt"),
        (b"", "a", "txt"),
    ],
)
def test_the_content_decides(data: bytes, name: str, form: str) -> None:
    assert detect(data, name) == form


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (zipped("xl/workbook.xml"), "ZIP"),
        (zipped("a.txt")[:-40], "ZIP"),
        (b"PK\x05\x06" + b"\0" * 18, "ZIP"),
        (OLE + b"\0" * 2000, "OLE"),
        (OLE + b"\0" * 600 + b"HWP Document File", "OLE"),
        (b"HWP Document File V3.00 \x1a\1\2\3\4\5", "HWP 3"),
        (b'<?xml version="1.0"?><HWPML Style="embed">', "HWPML"),
        (rb"{\rtf1\ansi", "RTF"),
        (b"%!PS-Adobe-3.0", "PostScript"),
        (b"\x89PNG\r\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"GIF89a", "GIF"),
        (b"RIFF\0\0\0\0WEBP", "WebP"),
        (b"\0\0\0\x18ftypheic", "HEIF"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"7z\xbc\xaf\x27\x1c", "7z"),
        (b"\x7fELF", "ELF"),
        (b"SQLite format 3\0", "SQLite"),
    ],
)
def test_what_is_not_read_is_refused_by_name(data: bytes, named: str) -> None:
    with pytest.raises(ReadError) as refusal:
        detect(data, "a.txt")
    assert str(refusal.value).startswith(f"“a.txt” is a {named} file, which cannot be read here.")
    assert "Save it as PDF, DOCX, HWPX or plain text" in str(refusal.value)


@pytest.mark.parametrize("suffix", ["pdf", "docx", "HWPX", "hwp"])
def test_a_text_in_the_name_of_another_format_is_refused(suffix: str) -> None:
    with pytest.raises(ReadError) as refusal:
        detect(b"hello", f"a.{suffix}")
    assert str(refusal.value).startswith(f"“a.{suffix}” is no {suffix.upper()} file, though its")


def test_every_format_has_its_module() -> None:
    for module in READERS.values():
        assert callable(import_module(module).extract)


def extracts(monkeypatch: pytest.MonkeyPatch, extract: Callable[[bytes, Task], Extracted]) -> None:
    module = type("module", (), {"extract": staticmethod(extract)})
    monkeypatch.setattr(contents, "import_module", lambda _: module)


def made(data: bytes = b"x") -> Document:
    (document,) = contents.documents(data, Task("a.txt"), text.RULES)
    return document


def refused(data: bytes = b"x") -> str:
    with pytest.raises(ReadError) as refusal:
        contents.documents(data, Task("a.txt"), text.RULES)
    return str(refusal.value)


def test_what_a_format_left_out_is_told_and_clean(monkeypatch: pytest.MonkeyPatch) -> None:
    found = Extracted(
        "1. 하나다.\x1b[2J",
        (Remark("footnote", "1\x1b]52;c;eA==\x07 각주"),),
        (Remark("hyphen", "con|sult\u202e"),),
        "Free for all.",
    )
    extracts(monkeypatch, lambda *_: found)
    document = made()
    assert [(it.kind, it.text) for it in document.dropped] == [
        ("footnote", "1 각주"),
        ("cleaned", "escape sequences: 1"),
    ]
    assert ("hyphen", "con|sult") in [(it.kind, it.text) for it in document.doubts]
    assert document.facts.provenance.rights == "Free for all."


@pytest.mark.parametrize("error", [KeyError("x"), RecursionError(), ValueError("x"), OSError("x")])
def test_whatever_a_library_raises_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_: object) -> Extracted:
        raise error

    extracts(monkeypatch, fail)
    assert refused().startswith("“a.txt” is damaged and cannot be read as TXT. Nothing was changed")


def test_memory_that_runs_out_is_no_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> Extracted:
        raise MemoryError

    extracts(monkeypatch, fail)
    with pytest.raises(MemoryError):
        made()


def test_a_format_whose_module_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(formats.READERS, "txt", "scmtui.readers.none")
    assert refused().startswith("“a.txt” is a TXT file, which cannot be read here.")


def test_too_many_characters_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "MOST_CHARACTERS", 10)
    assert refused("열 글자보다 긴 글이다.".encode()).startswith(
        "“a.txt” holds more than 10 characters. Nothing was changed."
    )
