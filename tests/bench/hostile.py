"""Files that were made to do harm, each of a way of its own, and how fast they are refused.

    python -m tests.bench.hostile [--keep FOLDER] [NAME…]

Every file is read as the program reads it, in a process that is started for it. The table has the
seconds from the start of that process to the sentence, those of a processor, and megabytes. The
exit status is 1 when one takes more than a second of a processor, or is not refused.
"""

from __future__ import annotations

import argparse
import io
import random
import resource
import sys
import time
import zipfile
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from scmtui import readers
from scmtui.model import ScmError
from tests.bench.office import docx, hwp, hwp_paragraph, hwpx

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

BUDGET = 1.0
"""Seconds of a processor, the start of the process included."""


def pdf(objects: Sequence[bytes]) -> bytes:
    """A PDF of these objects, of which the first is its catalogue."""
    body, places = b"%PDF-1.7\n", []
    for number, it in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, it)
    table = b"".join(b"%010d 00000 n \n" % it for it in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return body + head + table + tail % (len(objects) + 1, len(body))


def stream(data: bytes, told: bytes = b"") -> bytes:
    """A stream with what is told of it."""
    return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (told, len(data), data)


def packed(data: bytes, told: bytes = b"") -> bytes:
    """A stream that is deflated."""
    return stream(zlib.compress(data, 9), told + b"/Filter/FlateDecode")


def page(content: bytes, resources: bytes = b"", more: Iterable[bytes] = ()) -> bytes:
    """A PDF of one page with a font, and more objects from number 6 on."""
    told = b"/Font<</F 5 0 R>>" if not resources.startswith(b"/Font") else b""
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<%b>>>>"
            % (told + resources),
            content,
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            *more,
        ]
    )


def _grown(piece: bytes, times: int) -> bytes:
    """What inflates to a piece repeated so many times, without making it first."""
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(piece) for _ in range(times)) + packer.flush()


def _flate() -> bytes:
    return page(stream(_grown(b" " * 1_000_000, 300), b"/Filter/FlateDecode"))


def _flate_twice() -> bytes:
    twice = zlib.compress(_grown(bytes(1_000_000), 300), 9)
    return page(stream(twice, b"/Filter[/FlateDecode/FlateDecode]"))


def _runs() -> bytes:
    once = zlib.compress(b"\x81 " * 10_000_000, 9)
    return page(stream(once, b"/Filter[/FlateDecode/RunLengthDecode]"))


def _glyphs() -> bytes:
    return page(packed(b"BT /F 1 Tf 10 TL 20 800 Td " + b"(abcdefghij)Tj T* " * 60_000 + b"ET"))


def _glyphs_of_chance() -> bytes:
    chance = random.Random(1)
    lines = (b"(%x)Tj T* " % chance.getrandbits(64) for _ in range(60_000))
    return page(packed(b"BT /F 1 Tf 10 TL 20 800 Td " + b"".join(lines) + b"ET"))


def _forms() -> bytes:
    chance = random.Random(1)
    form = b"".join(b"q %d 0 0 1 0 0 cm Q " % chance.getrandbits(30) for _ in range(4000))
    named = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
    return page(stream(b"/X Do " * 5000), b"/XObject<</X 6 0 R>>", [packed(form, named)])


def _codes() -> bytes:
    told = b"begincmap\n1 beginbfrange\n" + b"<0000> <ffff> <0000>\n" * 20_000
    return _font(packed(told + b"endbfrange endcmap"), b"")


def _widths() -> bytes:
    return _font(stream(b""), b"/W[0 999999999 500]")


def _font(codes: bytes, widths: bytes) -> bytes:
    """A page with a font that gives letters and widths to its codes."""
    return page(
        stream(b"BT /F 10 Tf 20 800 Td <00410042> Tj ET"),
        b"/Font<</F 6 0 R>>",
        [
            b"<</Subtype/Type0/Encoding/Identity-H/DescendantFonts[7 0 R]/ToUnicode 8 0 R>>",
            b"<</Subtype/CIDFontType2/CIDSystemInfo<<>>%b>>" % widths,
            codes,
        ],
    )


def _html(body: str, style: str = "") -> bytes:
    return f"<html><head><style>{style}</style></head><body>{body}</body></html>".encode()


_TEXT = "<p>1. 가나다라마바사.</p>" * 50


def _attributes() -> bytes:
    return _html("<p " + " ".join(f"a{n}=1" for n in range(200_000)) + ">1. 가나다라.</p>")


def _rules() -> bytes:
    return _html("<div>" * 300 + _TEXT, ("*" + " *" * 30 + "{display:block}") * 500)


def _numbering(levels: int) -> str:
    level = '<w:start w:val="1"/><w:lvlText w:val="%1."/>'
    told = "".join(f'<w:lvl w:ilvl="{n}">{level}</w:lvl>' for n in range(levels))
    return (
        f'<w:abstractNum w:abstractNumId="1">{told}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )


def _items(count: int) -> str:
    item = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr></w:pPr>'
        "<w:r><w:t>가나다라</w:t></w:r></w:p>"
    )
    return "".join(item.format(n * 50) for n in range(count))


def _entries() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
        for number in range(20_000):
            archive.writestr(f"word/{number}.xml", "")
    return out.getvalue()


class Hostile(NamedTuple):
    """How a file is made, and words of the sentence that refuses it."""

    make: Callable[[], bytes]
    refused: str


_FAR_MORE = "unpacks to far more than a document needs"
_DEEP = "nested too deeply"
_CROWDED = "a page with more on it than anybody can read"

FILES = {
    "flate.pdf": Hostile(_flate, _FAR_MORE),
    "flate-twice.pdf": Hostile(_flate_twice, _FAR_MORE),
    "runs.pdf": Hostile(_runs, _FAR_MORE),
    "glyphs.pdf": Hostile(_glyphs, _FAR_MORE),
    "glyphs-of-chance.pdf": Hostile(_glyphs_of_chance, _CROWDED),
    "forms.pdf": Hostile(_forms, _CROWDED),
    "codes.pdf": Hostile(_codes, _FAR_MORE),
    "widths.pdf": Hostile(_widths, _FAR_MORE),
    "list.md": Hostile(lambda: "\n".join("  " * n + "* a" for n in range(2000)).encode(), _DEEP),
    "quotes.md": Hostile(lambda: b">" * 2_000_000 + b"a", _DEEP),
    "attributes.html": Hostile(_attributes, "an element with more than 500 attributes"),
    "tags.html": Hostile(lambda: b"<html>" + b"<a " * 1_500_000, "more than 500 attributes"),
    "rules.html": Hostile(_rules, "more rules of style than can be followed"),
    "elements.html": Hostile(lambda: _html("<tr><td>가" * 400_000), "more than 100000 elements"),
    "deep.html": Hostile(lambda: _html("<div>" * 20_000 + _TEXT), _DEEP),
    "lists.docx": Hostile(lambda: docx(_items(2000), numbering=_numbering(100_000)), _FAR_MORE),
    "levels.docx": Hostile(lambda: docx(_items(2000), numbering=_numbering(20_000)), "more levels"),
    "paragraphs.docx": Hostile(lambda: docx("<w:p/>" * 1_400_000), _FAR_MORE),
    "deep.docx": Hostile(lambda: docx("<w:sdt>" * 5000 + "</w:sdt>" * 5000), _DEEP),
    "entries.docx": Hostile(_entries, _FAR_MORE),
    "entity.docx": Hostile(
        lambda: docx(
            "<w:p><w:r><w:t>&a;</w:t></w:r></w:p>",
            before='<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">]>',
        ),
        "a DTD",
    ),
    "paragraphs.hwpx": Hostile(lambda: hwpx("<hp:p/>" * 1_400_000), _FAR_MORE),
    "deep.hwpx": Hostile(lambda: hwpx("<hp:p><hp:run>" * 500 + "</hp:run></hp:p>" * 500), _DEEP),
    "paragraphs.hwp": Hostile(lambda: hwp(hwp_paragraph("가나다라") * 150_000), _FAR_MORE),
    "zeros.hwp": Hostile(lambda: hwp(bytes(100_000_000)), _FAR_MORE),
}
"""Every file by its name."""


class Refusal(NamedTuple):
    """How a file was refused, and what that took."""

    told: str
    seconds: float
    processor: float
    megabytes: int


def refusal(path: Path) -> Refusal:
    """Read one file as the program does; an empty sentence if it is a document."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    told = ""
    try:
        readers.read(path)
    except ScmError as error:
        told = str(error)
    seconds = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Refusal(told, seconds, processor, after.ru_maxrss // 1024)


def main() -> int:
    """Read the arguments and the files; 0 if all were refused in time."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--keep", type=Path, help="a folder to leave the files in")
    parser.add_argument("names", nargs="*", default=list(FILES))
    given = parser.parse_args()
    missed = 0
    with TemporaryDirectory() as folder:
        for name in given.names:
            path = (given.keep or Path(folder)) / name
            path.write_bytes(FILES[name].make())
            told, seconds, processor, _most = refusal(path)
            late = processor > BUDGET or FILES[name].refused not in told
            missed += late
            size = f"{path.stat().st_size / 1000:7.0f} kB"
            shown = f"{name:22}{size}{seconds:6.2f} s{processor:6.2f} s  {told[:90] or 'read'}"
            print(f"{shown}{'  MISSED' if late else ''}", flush=True)
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
