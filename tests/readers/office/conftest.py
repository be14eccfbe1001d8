"""Small documents of the office programs, made as the tests need them."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from scmtui.readers.docx import extract as extract_docx
from scmtui.readers.extracted import Extracted, Task
from scmtui.readers.hwp import extract as extract_hwp
from scmtui.readers.hwpx import extract as extract_hwpx

if TYPE_CHECKING:
    from collections.abc import Callable

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMES = (
    f'xmlns:w="{_W}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_ROOTS = {"header1": "hdr", "footer1": "ftr"}


def _zipped(parts: dict[str, str | bytes]) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _docx(body: str, **parts: str) -> bytes:
    relations = "".join(
        f'<Relationship Id="r{name}" Type="{_OFFICE}/{name.rstrip("1")}" Target="{name}.xml"/>'
        for name in parts
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{kind}.{what}+xml"/>'
        for name in ("document", *parts)
        for what in [f"{name}.main" if name == "document" else name.rstrip("1")]
    )
    return _zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{_TYPES}'
            '"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
            f'relationships+xml"/>{types}</Types>',
            "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="a" '
            f'Type="{_OFFICE}/officeDocument" Target="/word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{relations}'
            f'<Relationship Id="x" Type="{_OFFICE}/hyperlink" TargetMode="External" '
            'Target="file:///etc/passwd"/></Relationships>',
            "word/document.xml": f"<w:document {_NAMES}><w:body>{body}</w:body></w:document>",
            **{
                f"word/{name}.xml": f"<w:{root} {_NAMES}>{inner}</w:{root}>"
                for name, inner in parts.items()
                if (root := _ROOTS.get(name, name))
            },
        }
    )


@pytest.fixture
def zipped() -> Callable[[dict[str, str | bytes]], bytes]:
    return _zipped


@pytest.fixture
def docx() -> Callable[..., bytes]:
    """The bytes of a Word document with this body; other parts by their names."""
    return _docx


@pytest.fixture
def read_docx() -> Callable[..., Extracted]:
    """What is read of a Word document with this body and these parts."""
    return lambda body, **parts: extract_docx(_docx(body, **parts), Task("a.docx"))


_HANCOM = "http://www.hancom.co.kr/hwpml/2011"
_HWPX = f'xmlns:hp="{_HANCOM}/paragraph" xmlns:hs="{_HANCOM}/section" xmlns:hh="{_HANCOM}/head"'


def _hwpx(*sections: str, header: str = "", **parts: str) -> bytes:
    items = "".join(
        f'<opf:item id="s{at}" href="Contents/section{at}.xml"/>' for at in range(len(sections))
    )
    order = "".join(f'<opf:itemref idref="s{at}"/>' for at in range(len(sections)))
    return _zipped(
        {
            "mimetype": "application/hwp+zip",
            "Contents/content.hpf": '<opf:package xmlns:opf="http://www.idpf.org/2007/opf/">'
            f"<opf:manifest>{items}</opf:manifest><opf:spine>{order}</opf:spine></opf:package>",
            "Contents/header.xml": f"<hh:head {_HWPX}>{header}</hh:head>",
            **{
                f"Contents/section{at}.xml": f"<hs:sec {_HWPX}>{inner}</hs:sec>"
                for at, inner in enumerate(sections)
            },
            **{name.replace("__", "/") + ".xml": inner for name, inner in parts.items()},
        }
    )


@pytest.fixture
def hwpx() -> Callable[..., bytes]:
    """The bytes of an HWPX document with these sections and this header."""
    return _hwpx


@pytest.fixture
def read_hwpx() -> Callable[..., Extracted]:
    """What is read of an HWPX document with these sections and this header."""
    return lambda *sections, **parts: extract_hwpx(_hwpx(*sections, **parts), Task("a.hwpx"))


def _ole(streams: dict[str, bytes]) -> bytes:
    """A compound file with streams of any size, in storages one deep."""
    names: list[str] = ["Root Entry"]
    for name in streams:
        folder, _, _own = name.rpartition("/")
        names += [it for it in (folder, name) if it and it not in names]
    sectors: list[bytes] = []
    chains: dict[int, int] = {}

    def place(data: bytes) -> int:
        if not data:
            return 0xFFFFFFFE
        first = len(sectors)
        for at in range(0, len(data), 512):
            chains[len(sectors)] = len(sectors) + 1 if at + 512 < len(data) else 0xFFFFFFFE
            sectors.append(data[at : at + 512].ljust(512, b"\0"))
        return first

    small, table = b"", []
    starts: dict[str, int] = {}
    for name, data in streams.items():
        if len(data) >= 4096:
            starts[name] = place(data)
            continue
        starts[name] = len(small) // 64
        count = -(-len(data) // 64)
        table += [*range(starts[name] + 1, starts[name] + count), 0xFFFFFFFE][:count]
        small += data.ljust(count * 64, b"\0")
    root = place(small)
    mini = place(struct.pack(f"<{len(table)}I", *table).ljust(-(-len(table) // 128) * 512, b"\xff"))
    directory = place(_directory(names, streams, starts, (root, len(small))))
    own = range(len(sectors), len(sectors) + 1 + len(sectors) // 127)
    chains |= dict.fromkeys(own, 0xFFFFFFFD)
    numbers = [chains.get(at, 0xFFFFFFFF) for at in range(128 * len(own))]
    head = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, len(own), directory),
        *(0, 4096, mini, -(-len(table) // 128), 0xFFFFFFFE, 0),
    )
    allocated = struct.pack("<109I", *own, *[0xFFFFFFFF] * (109 - len(own)))
    fat = struct.pack(f"<{len(numbers)}I", *numbers)
    return head + allocated + b"".join(sectors) + fat


def _directory(
    names: list[str], streams: dict[str, bytes], starts: dict[str, int], root: tuple[int, int]
) -> bytes:
    """The entries of all names, each storage with its children in one chain."""
    children: dict[str, list[int]] = {}
    for at, name in enumerate(names[1:], 1):
        children.setdefault(name.rpartition("/")[0] or "Root Entry", []).append(at)
    after = {one: other for chain in children.values() for one, other in pairwise(chain)}
    entries = []
    for at, name in enumerate(names):
        own = name.rpartition("/")[2].encode("utf-16-le") + b"\0\0"
        kind = 5 if not at else 2 if name in streams else 1
        start, size = (
            root if not at else (starts.get(name, 0xFFFFFFFE), len(streams.get(name, b"")))
        )
        child = children.get(name, [0xFFFFFFFF])[0]
        entries.append(
            own.ljust(64, b"\0")
            + struct.pack(
                "<HBBIII", len(own), kind, 1, 0xFFFFFFFF, after.get(at, 0xFFFFFFFF), child
            )
            + bytes(36)
            + struct.pack("<IQ", start, size)
        )
    blank = bytes(68) + b"\xff" * 12 + bytes(48)
    return b"".join(entries) + blank * (-len(entries) % 4)


def _record(tag: int, level: int, data: bytes = b"") -> bytes:
    size = min(len(data), 0xFFF)
    header = struct.pack("<I", tag | level << 10 | size << 20)
    return header + (struct.pack("<I", len(data)) if size == 0xFFF else b"") + data


def _packed(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def _hwp(
    *sections: bytes, info: bytes = b"", flags: int = 1, streams: dict[str, bytes] | None = None
) -> bytes:
    folder = "ViewText" if flags & 4 else "BodyText"
    header = b"HWP Document File".ljust(32, b"\0") + struct.pack("<II", 0x05010100, flags)
    pack = _packed if flags & 1 else bytes
    return _ole(
        {
            "FileHeader": header.ljust(256, b"\0"),
            "DocInfo": pack(info),
            **{f"{folder}/Section{at}": pack(it) for at, it in enumerate(sections)},
            **(streams or {}),
        }
    )


@pytest.fixture
def ole() -> Callable[[dict[str, bytes]], bytes]:
    return _ole


@pytest.fixture
def record() -> Callable[..., bytes]:
    """The bytes of one HWP record: tag, level, data."""
    return _record


@pytest.fixture
def hwp() -> Callable[..., bytes]:
    """The bytes of an HWP file with these sections of records, and these flags (1: packed)."""
    return _hwp


@pytest.fixture
def read_hwp() -> Callable[..., Extracted]:
    """What is read of an HWP file with these sections of records."""
    return lambda *sections, **told: extract_hwp(_hwp(*sections, **told), Task("a.hwp"))


@pytest.fixture
def said() -> Callable[[Extracted, str], list[str]]:
    """What was left out as one kind."""
    return lambda found, kind: [it.text for it in found.dropped if it.kind == kind]
