"""What the documents of office programs have in common: looks, signs, packages of still bytes.

What is gone is struck, what is new is underlined, and what both sides have is bold, so that it is
read without colour.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from scmtui.briefing.blocks import said

if TYPE_CHECKING:
    from scmtui.briefing.blocks import Line, Look, Table

SIGNS = ("□", "ㅇ", "-", "※")
HANGS = 1.3
"""Letters that a sign and the blank behind it take."""
SHADE = "F2F2F2"
"""Behind the heads of a table."""
BOLD: frozenset[Look] = frozenset(("strong", "shared"))
STRUCK: frozenset[Look] = frozenset(("gone", "away"))
UNDERLINED: frozenset[Look] = frozenset(("new", "here", "only"))
SLANTED: frozenset[Look] = frozenset(("away", "here"))
STILL = (1980, 1, 1, 0, 0, 0)
"""The date of every file in a package, since that of the clock would change the bytes."""


def still(package: bytes) -> bytes:
    """The same package with the date of every file in it the same."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            still = zipfile.ZipInfo(entry.filename, STILL)
            still.compress_type = entry.compress_type
            still.external_attr = 0o600 << 16
            new.writestr(still, _numbered(old.read(entry), entry.filename))
    return stream.getvalue()


def _numbered(part: bytes, name: str) -> bytes:
    """The part with its elements numbered in order; the library draws their numbers by lot."""
    if not re.fullmatch(r"Contents/section\d+\.xml", name):
        return part
    known: dict[bytes, int] = {}
    return re.sub(
        rb'\bid="(\d{6,})"', lambda it: b'id="%d"' % known.setdefault(it[1], len(known) + 1), part
    )


def rows(table: Table) -> list[tuple[tuple[Line, ...], ...]]:
    """The rows of a table, its heads as the first one."""
    heads = tuple((said(head, "strong"),) for head in table.heads)
    return [heads, *table.rows] if heads else list(table.rows)
