"""Bytes become characters: the encodings that Korean text comes in, declared or not."""

from __future__ import annotations

import codecs
import re

from scmtui.language import N_, _
from scmtui.model import ReadError, Remark

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY = r"[\x00-\x06\x0e-\x1a\x1c-\x1f]"
"""Controls that no text holds; escape sequences are another matter and are cleaned away."""

_WRITTEN = r"[\t\n\r\f -~\u00a0-\u00ff\u2010-\u2027\u3000-\u303f\u3131-\u318e\u4e00-\u9fff가-힣]"
_PAGES = {
    "utf-8": "utf-8",
    "euc-kr": "cp949",
    "cp949": "cp949",
    "uhc": "cp949",
    "windows-949": "cp949",
    "ks_c_5601-1987": "cp949",
    "ksc5601": "cp949",
    "ms949": "cp949",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "windows-1252": "cp1252",
    "us-ascii": "cp1252",
    "johab": "johab",
    "iso-2022-kr": "iso2022_kr",
}
"""What a declared encoding is in truth: programs declare the standard and write what extends it."""


def decoded(data: bytes, file: str, declared: str = "") -> str:
    """The text in the bytes of a file: by its mark, else UTF-8, else as declared, else cp949.

    UTF-16 without a mark is found by what it holds. Raises ReadError for anything else.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            found = _strictly(data[len(mark) :], encoding)
            break
    else:
        found = _unmarked(data, _PAGES.get(declared.lower(), ""))
    if found is None:
        raise ReadError(
            "“{file}” is not a text that can be read.",
            kept=N_("Nothing was changed."),
            todo=N_("Save it as plain text in UTF-8."),
            file=file,
        )
    return found


def _unmarked(data: bytes, declared: str) -> str | None:
    """The text of bytes without a mark; UTF-8 before what is declared, for it is hardly chance."""
    for encoding in filter(None, ("utf-8", declared, "cp949")):
        found = _strictly(data, encoding)
        if found is not None:
            return found
    return next(filter(None, (_wide(data, it) for it in ("utf-16-le", "utf-16-be"))), None)


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        found = data.decode(encoding)
    except UnicodeError:
        return None
    return None if len(re.findall(_BINARY, found)) * 100 > len(found) else found


def _wide(data: bytes, encoding: str) -> str | None:
    """The text of bytes that are UTF-16 if nearly all of them make characters that one writes."""
    found = _strictly(data, encoding)
    if not found or len(re.findall(_WRITTEN, found)) < len(found) * 0.95:
        return None
    return found


def forgiving(data: bytes, file: str, declared: str = "") -> tuple[str, tuple[Remark, ...]]:
    """The same for what has some broken bytes, and the doubt that says how many characters.

    More than one character in a hundred is not some. Raises ReadError then.
    """
    try:
        return decoded(data, file, declared), ()
    except ReadError:
        known = _PAGES.get(declared.lower(), "")
        tried = []
        for encoding in dict.fromkeys(filter(None, ("utf-8", known, "cp949"))):
            found = data.decode(encoding, "replace")
            tried.append((found.count("\ufffd"), found))
        lost, found = min(tried, key=lambda it: it[0])
        if lost * 100 > len(found) or re.search(_BINARY, found):
            raise
        told = _("{count} characters were broken and are shown as “�”.").format(count=lost)
        return found, (Remark("broken", told),)
