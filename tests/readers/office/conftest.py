"""Small documents of the office programs, and what is read of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scmtui.readers.docx import extract as extract_docx
from scmtui.readers.extracted import Extracted, Task
from scmtui.readers.hwp import extract as extract_hwp
from scmtui.readers.hwpx import extract as extract_hwpx
from tests.bench import office

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def zipped() -> Callable[[dict[str, str | bytes]], bytes]:
    return office.zipped


@pytest.fixture
def docx() -> Callable[..., bytes]:
    """The bytes of a Word document with this body; other parts by their names."""
    return office.docx


@pytest.fixture
def read_docx() -> Callable[..., Extracted]:
    """What is read of a Word document with this body and these parts."""
    return lambda body, **parts: extract_docx(office.docx(body, **parts), Task("a.docx"))


@pytest.fixture
def hwpx() -> Callable[..., bytes]:
    """The bytes of an HWPX document with these sections and this header."""
    return office.hwpx


@pytest.fixture
def read_hwpx() -> Callable[..., Extracted]:
    """What is read of an HWPX document with these sections and this header."""
    return lambda *sections, **parts: extract_hwpx(office.hwpx(*sections, **parts), Task("a.hwpx"))


@pytest.fixture
def ole() -> Callable[[dict[str, bytes]], bytes]:
    return office.ole


@pytest.fixture
def record() -> Callable[..., bytes]:
    """The bytes of one HWP record: tag, level, data."""
    return office.record


@pytest.fixture
def hwp() -> Callable[..., bytes]:
    """The bytes of an HWP file with these sections of records, and these flags (1: packed)."""
    return office.hwp


@pytest.fixture
def read_hwp() -> Callable[..., Extracted]:
    """What is read of an HWP file with these sections of records."""
    return lambda *sections, **told: extract_hwp(office.hwp(*sections, **told), Task("a.hwp"))


@pytest.fixture
def said() -> Callable[[Extracted, str], list[str]]:
    """What was left out as one kind."""
    return lambda found, kind: [it.text for it in found.dropped if it.kind == kind]
