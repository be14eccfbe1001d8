"""The file around an HWP document: its streams, unpacked and deciphered within caps."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from scmtui.language import N_
from scmtui.model import ReadError
from scmtui.readers.formats import refused
from scmtui.readers.hwp.records import DISTRIBUTED
from scmtui.readers.package import PART, RATIO, SMALL, TOTAL, damaged, locked, unsafe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from olefile import OleFileIO

    from scmtui.readers.extracted import Task

_BROKEN = (
    *(OSError, LookupError, ValueError, TypeError, AttributeError, ArithmeticError),
    *(RecursionError, struct.error),
)
"""What olefile raises on files that break the rules."""
_COMPRESSED, _PASSWORD, _DISTRIBUTION, _CHANGES = 1 << 0, 1 << 1, 1 << 2, 1 << 14
_PROTECTED = _PASSWORD | 1 << 4 | 1 << 8 | 1 << 10
"""A password, or one of the kinds of rights management."""
_RIGHTS = {
    _DISTRIBUTION: N_(
        "A distribution copy (배포용 문서): it is marked against changing and copying."
    ),
    1 << 15: N_("The file carries a mark of the Korea Open Government License (공공누리)."),
    1 << 11: N_("The file carries a Creative Commons mark (CCL)."),
}
"""What the flags say of the rights to a file; the first one counts."""
_SECTIONS = 1_000
_ENTRIES = 10_000
"""Streams that a file may have; one with a thousand pictures has about as many."""
_OTHERS = {"WordDocument": "DOC", "Workbook": "XLS", "PowerPoint Document": "PPT"}
"""Streams that tell of other programs."""


class Container:
    """The streams of one HWP file."""

    def __init__(self, data: bytes, task: Task) -> None:
        """Open the file in `data`. Raises ReadError when it is not one that can be read."""
        self._task = task
        self._left = TOTAL
        self.whole = True
        """Whether every stream so far came to its own end."""
        try:
            self._ole = _opened(data, task)
        except _BROKEN as error:
            raise damaged(task) from error
        header = self._stream("FileHeader")
        if header is None:
            raise self._of_others()
        if not header.startswith(b"HWP Document File") or len(header) < 40:
            raise damaged(task)
        (self._flags,) = struct.unpack_from("<I", header, 36)
        if self._flags & _PROTECTED:
            raise locked(task)

    @property
    def distributed(self) -> bool:
        """Whether it is a distribution copy (배포용 문서), whose text is enciphered."""
        return bool(self._flags & _DISTRIBUTION)

    @property
    def records_changes(self) -> bool:
        """Whether changes are recorded in it."""
        return bool(self._flags & _CHANGES)

    @property
    def rights(self) -> str:
        """What the file says of the rights to it, or ""."""
        return next((told for flag, told in _RIGHTS.items() if self._flags & flag), "")

    def _of_others(self) -> ReadError:
        """What to say of a file of another program in the same kind of container."""
        if self._stream("EncryptedPackage") is not None:
            return locked(self._task)
        found = (form for name, form in _OTHERS.items() if self._stream(name) is not None)
        return refused(next(found, "OLE"), self._task.file)

    def _stream(self, name: str) -> bytes | None:
        try:
            if not self._ole.exists(name):
                return None
            data: bytes = self._ole.openstream(name).read()
        except _BROKEN as error:
            raise damaged(self._task) from error
        return data

    def information(self) -> bytes:
        """The stream that tells of shapes and numberings."""
        data = self._stream("DocInfo")
        return b"" if data is None else self._unpacked(data)

    def sections(self) -> Iterator[bytes]:
        """The streams of the text, one a section. Raises ReadError."""
        folder = "ViewText" if self.distributed else "BodyText"
        for number in range(_SECTIONS):
            data = self._stream(f"{folder}/Section{number}")
            if data is None:
                if not number:
                    raise undeciphered(self._task) if self.distributed else damaged(self._task)
                return
            yield self._deciphered(data) if self.distributed else self._unpacked(data)

    def _unpacked(self, data: bytes) -> bytes:
        if self._flags & _COMPRESSED:
            room = min(PART, self._left, max(SMALL, len(data) * RATIO))
            stream = zlib.decompressobj(-15)
            try:
                data = stream.decompress(data, room + 1)
            except zlib.error as error:
                raise damaged(self._task) from error
            self.whole = self.whole and stream.eof
            if len(data) > room:
                raise unsafe(self._task)
        self._left -= len(data)
        return data

    def _deciphered(self, data: bytes) -> bytes:
        try:
            return self._unpacked(deciphered(data))
        except ReadError as error:
            raise undeciphered(self._task) from error


def _opened(data: bytes, task: Task) -> OleFileIO[str]:
    """The compound file in `data`; one with too many entries is not walked through."""
    from olefile import OleFileIO

    # The type is generic for the type checker only.
    class Capped(OleFileIO):  # type: ignore[type-arg]
        fat: Sequence[int]
        sector_size: int

        def loaddirectory(self, sect: int) -> None:
            at, count = sect, 0
            while at < len(self.fat) and count <= _ENTRIES:
                at, count = self.fat[at], count + self.sector_size // 128
            if count > _ENTRIES:
                raise unsafe(task)
            super().loaddirectory(sect)

    return Capped(BytesIO(data))


def undeciphered(task: Task) -> ReadError:
    """A distribution copy whose text is enciphered in another way."""
    return ReadError(
        "“{file}” is a distribution copy (배포용 문서) whose text cannot be deciphered.",
        kept="Nothing was changed.",
        todo="Open it in Hangul and print it as PDF, or ask for the document itself.",
        file=task.file,
    )


def deciphered(data: bytes) -> bytes:
    """The stream in a section of a distribution copy; nothing when it has none.

    Its first record hides the key under the numbers of a known generator; the rest is AES-128 by
    blocks of 16 bytes.
    """
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    if len(data) < 260 + 16 or struct.unpack_from("<I", data)[0] & 0x3FF != DISTRIBUTED:
        return b""
    hidden = data[4:260]
    mask = _mask(struct.unpack_from("<I", hidden)[0])
    plain = bytes(one ^ other for one, other in zip(hidden, mask, strict=True))
    start = 4 + (hidden[0] & 0xF)
    # Hangul deciphers no other way; the text is meant to be read by all who have the program.
    cipher = Cipher(algorithms.AES(plain[start : start + 16]), modes.ECB())  # noqa: S305
    body = data[260 : 260 + (len(data) - 260) // 16 * 16]
    return cipher.decryptor().update(body)


def _mask(seed: int) -> bytes:
    """The numbers that the record of a distribution copy is hidden under."""
    numbers = _rand(seed)
    mask = bytearray()
    while len(mask) < 256:
        byte = next(numbers) & 0xFF
        mask += bytes([byte]) * ((next(numbers) & 0xF) + 1)
    # The seed itself lies open.
    return bytes(4) + bytes(mask[4:256])


def _rand(seed: int) -> Iterator[int]:
    while True:
        seed = (seed * 214013 + 2531011) & 0xFFFFFFFF
        yield seed >> 16 & 0x7FFF
