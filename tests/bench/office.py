"""Small documents of the office programs, byte by byte, as tests and benchmarks need them."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO
from itertools import pairwise

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


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """A ZIP file with these parts."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            # Without the time of day: the same parts are the same bytes.
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def docx(body: str, *, before: str = "", **parts: str) -> bytes:
    """A Word document with this body, other parts by their names, and what stands `before` it."""
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
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{_TYPES}'
            '"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
            f'relationships+xml"/>{types}</Types>',
            "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="a" '
            f'Type="{_OFFICE}/officeDocument" Target="/word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{relations}'
            f'<Relationship Id="x" Type="{_OFFICE}/hyperlink" TargetMode="External" '
            'Target="file:///etc/passwd"/></Relationships>',
            "word/document.xml": before
            + f"<w:document {_NAMES}><w:body>{body}</w:body></w:document>",
            **{
                f"word/{name}.xml": f"<w:{root} {_NAMES}>{inner}</w:{root}>"
                for name, inner in parts.items()
                if (root := _ROOTS.get(name, name))
            },
        }
    )


_HANCOM = "http://www.hancom.co.kr/hwpml/2011"
_HWPX = f'xmlns:hp="{_HANCOM}/paragraph" xmlns:hs="{_HANCOM}/section" xmlns:hh="{_HANCOM}/head"'


def hwpx(*sections: str, header: str = "", **parts: str) -> bytes:
    """An HWPX document with these sections and this header; other parts by their names."""
    items = "".join(
        f'<opf:item id="s{at}" href="Contents/section{at}.xml"/>' for at in range(len(sections))
    )
    order = "".join(f'<opf:itemref idref="s{at}"/>' for at in range(len(sections)))
    return zipped(
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


def ole(streams: dict[str, bytes]) -> bytes:
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


def record(tag: int, level: int, data: bytes = b"") -> bytes:
    """The bytes of one HWP record."""
    size = min(len(data), 0xFFF)
    header = struct.pack("<I", tag | level << 10 | size << 20)
    return header + (struct.pack("<I", len(data)) if size == 0xFFF else b"") + data


def packed(data: bytes) -> bytes:
    """The bytes deflated, as the streams of an HWP file are."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def hwp(
    *sections: bytes, info: bytes = b"", flags: int = 1, streams: dict[str, bytes] | None = None
) -> bytes:
    """An HWP file with these sections of records, and these flags (1: packed)."""
    folder = "ViewText" if flags & 4 else "BodyText"
    header = b"HWP Document File".ljust(32, b"\0") + struct.pack("<II", 0x05010100, flags)
    pack = packed if flags & 1 else bytes
    return ole(
        {
            "FileHeader": header.ljust(256, b"\0"),
            "DocInfo": pack(info),
            **{f"{folder}/Section{at}": pack(it) for at, it in enumerate(sections)},
            **(streams or {}),
        }
    )


def hwp_paragraph(text: str, level: int = 0, shape: int = 0) -> bytes:
    """The records of a paragraph."""
    written = f"{text}\r".encode("utf-16-le")
    head = struct.pack("<IIHBBHHHI", len(written) // 2, 0, shape, 0, 0, 1, 0, 1, 0)
    return record(66, level, head) + record(67, level + 1, written)
