"""The formats that are read, and how a file tells by its content which it has."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import PurePath

from scmtui.language import N_
from scmtui.model import ReadError

READERS = {
    "pdf": "scmtui.readers.pdf",
    "docx": "scmtui.readers.docx",
    "hwpx": "scmtui.readers.hwpx",
    "hwp": "scmtui.readers.hwp",
    "html": "scmtui.readers.html",
    "md": "scmtui.readers.md",
    "txt": "scmtui.readers.txt",
}
"""The modules that read a format, by its name; each has `extract(data, task) -> Extracted`."""

LARGEST = {"pdf": 100_000_000, "docx": 50_000_000, "hwpx": 50_000_000, "hwp": 50_000_000}
"""Bytes of a file that are read at most, by format."""

LARGEST_TEXT = 5_000_000
"""The same for what is text throughout: a hundred times a communiqué and more."""

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = (
    (b"HWP Document File V", "HWP 3"),
    (rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!DOCTYPE HWPML[^>]{0,200}>\s*)?<HWPML\b", "HWPML"),
    (rb"\{\\rtf", "RTF"),
    (rb"%!PS", "PostScript"),
    (rb"\x89PNG", "PNG"),
    (rb"\xff\xd8\xff", "JPEG"),
    (rb"GIF8[79]a", "GIF"),
    (rb"II\*\x00|MM\x00\*", "TIFF"),
    (rb"RIFF.{4}WEBP", "WebP"),
    (rb"BM.{4}\x00{4}", "BMP"),
    (rb".{4}ftyp(?:hei|mif|avif)", "HEIF"),
    (rb"\x1f\x8b", "gzip"),
    (rb"BZh\d", "bzip2"),
    (rb"\xfd7zXZ\x00", "xz"),
    (rb"\x28\xb5\x2f\xfd", "zstd"),
    (rb"7z\xbc\xaf\x27\x1c", "7z"),
    (rb"Rar!\x1a\x07", "RAR"),
    (rb"\x7fELF", "ELF"),
    (rb"SQLite format 3\x00", "SQLite"),
)
_HTML = (
    rb"(?:\s|<!--(?:(?!-->).){0,2000}-->|<\?xml[^>]{0,200}>)*"
    rb"<(?:!doctype\s+html|(?:html|head|body|title|meta|div|article|section|main|table|center|p"
    rb"|h[1-6]|ol|ul)(?=[\s>/]))"
)
_TEXT_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_MARKDOWN = {".md", ".markdown", ".mdown", ".mkd"}
_WEB = {".html", ".htm", ".xhtml"}
_PACKED = {".pdf", ".docx", ".hwpx", ".hwp"}
"""What a name ends in that no text has: without the marks of its format the file is damaged."""
_MOST_ENTRIES = 10_000


def detect(data: bytes, name: str) -> str:
    """The format of a file, by its content, and where that leaves it open by its name.

    Raises ReadError for a format that is known and not read here.
    """
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_ZIP):
        return _zipped(data, name)
    if data.startswith(_OLE):
        hangul = b"HWP Document File" in data and "FileHeader".encode("utf-16-le") in data
        if not hangul:
            raise refused("OLE", name)
        return "hwp"
    for signature, other in _OTHERS:
        if re.match(signature, data[:600], re.DOTALL):
            raise refused(other, name)
    return _written(data, name)


def _written(data: bytes, name: str) -> str:
    """Which of the formats that are text throughout it is."""
    suffix = PurePath(name).suffix.lower()
    beginning = _beginning(data)
    piece = suffix in _WEB and re.search(rb"<[A-Za-z!/]", beginning)
    if piece or re.match(_HTML, beginning, re.DOTALL | re.IGNORECASE):
        return "html"
    if suffix in _PACKED:
        raise ReadError(
            "“{file}” is no {format} file, though its name says so.",
            kept=N_("Nothing was changed."),
            todo=N_("It may be damaged: download or copy it again. A text needs a name in .txt."),
            file=name,
            format=suffix[1:].upper(),
        )
    return "md" if suffix in _MARKDOWN else "txt"


def refused(other: str, name: str) -> ReadError:
    """The error that names a format which is not read here."""
    return ReadError(
        "“{file}” is a {format} file, which cannot be read here.",
        kept=N_("Nothing was changed."),
        todo=N_("Save it as PDF, DOCX, HWPX or plain text in the program it was made with."),
        file=name,
        format=other,
    )


def _zipped(data: bytes, name: str) -> str:
    """Which of the formats that are ZIP files it is, by what is in it, else by its name."""
    import zipfile

    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = {entry.filename for entry in archive.infolist()[:_MOST_ENTRIES]}
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError):
        names = set()
    if "word/document.xml" in names:
        return "docx"
    if "Contents/content.hpf" in names or b"mimetypeapplication/hwp+zip" in data[:100]:
        return "hwpx"
    suffix = PurePath(name).suffix.lower().removeprefix(".")
    # What is torn has no names left, and its own reader says best what is wrong with it.
    if names or suffix not in {"docx", "hwpx"}:
        raise refused("ZIP", name)
    return suffix


def _beginning(data: bytes) -> bytes:
    """The first characters of what may be a text, one byte for each that is ASCII."""
    start = data[:4096]
    for mark, encoding in _TEXT_MARKS.items():
        if start.startswith(mark):
            return start[len(mark) :].decode(encoding, "replace").encode("ascii", "replace")
    for odd, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        # What begins as a page or a text of the West does has a zero in every other place.
        if len(start) > 8 and not any(start[odd:16:2]) and all(start[1 - odd : 16 : 2]):
            return start.decode(encoding, "replace").encode("ascii", "replace")
    return start
