"""A file is opened, decoded and cleaned, or refused in a sentence."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scmtui import readers, text
from scmtui.model import ReadError
from scmtui.readers.formats import LARGEST_TEXT

if TYPE_CHECKING:
    from collections.abc import Callable

    from scmtui.model import Document

SAMPLES = Path(__file__).parent / "samples"
SEED = SAMPLES / "scm52-communique.ko.txt"


def shown(document: Document) -> list[tuple[int, str, list[str]]]:
    """Numbers, headings and parts, to compare two documents by."""
    return [
        (item.number, item.heading, [part.text for part in item.parts])
        for item in document.paragraphs
    ]


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str | bytes], Path]:
    """`written("…")`: a file with this text or these bytes."""

    def write(content: str | bytes) -> Path:
        path = tmp_path / "some.txt"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def test_reading_again_by_other_rules_keeps_the_facts(written: Callable[[str], Path]) -> None:
    (read,) = readers.read(
        written("제52차 SCM 공동성명\u200b\n1. 회의 ( SCM ) 가 열렸다.\n//끝//")
    ).documents
    assert readers.reread(read, text.RULES) == read
    other = readers.reread(read, frozenset())
    assert other.facts == read.facts
    assert shown(other) == [(1, "", ["회의 ( SCM ) 가 열렸다.\n//끝//"])]
    assert [it.text for it in other.dropped] == ["invisible characters: 1"]


def test_what_cleaning_removed_is_told(written: Callable[[str], Path]) -> None:
    (document,) = readers.read(written("1. \x1b[31m하나\u200b\u200b다.\u202e")).documents
    assert shown(document) == [(1, "", ["하나다."])]
    assert [(it.kind, it.text) for it in document.dropped] == [
        ("cleaned", "characters that turn the direction of writing: 1"),
        ("cleaned", "escape sequences: 1"),
        ("cleaned", "invisible characters: 2"),
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "“some.txt” is empty."),
        (b" \n\t\n\xe2\x80\x8b", "“some.txt” holds no text."),
        (b"\n" * LARGEST_TEXT, "“some.txt” holds no text."),
        (b"\n" * (LARGEST_TEXT + 1), "“some.txt” is larger than 5 MB."),
        (b"a\n" * 100_001, "“some.txt” has more than 100000 lines."),
        (b"PK\x03\x04....", "“some.txt” is a ZIP file, which cannot be read here."),
        (bytes(range(256)) * 8, "“some.txt” is not a text that can be read."),
        (b"\x00\x01\x02\x03" * 50, "“some.txt” is not a text that can be read."),
        (b"\xff\xfe\x00\xd8\x00", "“some.txt” is not a text that can be read."),
        ("고요".encode("utf-16")[:-1], "“some.txt” is not a text that can be read."),
    ],
)
def test_what_is_no_text_is_refused_in_a_sentence(
    written: Callable[[bytes], Path], content: bytes, told: str
) -> None:
    with pytest.raises(ReadError) as refusal:
        readers.read(written(content))
    assert str(refusal.value).startswith(f"{told} Nothing was changed.")


def test_only_files_are_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "link").symlink_to(SEED)
    assert readers.read(tmp_path / "link").documents[0].facts.id == "52"
    for path, told in [
        (tmp_path / "none.txt", "There is no file “none.txt”."),
        (tmp_path, f"“{tmp_path.name}” is a folder."),
        (tmp_path / "pipe", "“pipe” is not a file with text in it."),
        (Path("/dev/zero"), "“zero” is not a file with text in it."),
        (tmp_path / "loop", "“loop” cannot be read: its links lead in a circle."),
        (tmp_path / "a\0b", "“ab” cannot be read: embedded null byte."),
    ]:
        with pytest.raises(ReadError) as refusal:
            readers.read(path)
        assert str(refusal.value) == f"{told} Nothing was changed."


def test_a_file_that_may_not_be_read(
    written: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    path = written("1. 하나다.")
    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(ReadError, match=r"You may not read “some\.txt”"):
        readers.read(path)
