"""Files: whole or not at all, under a safe name, never through a link."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scmtui.briefing.file import LONGEST, name_for, write
from scmtui.model import ExportError

if TYPE_CHECKING:
    from pathlib import Path


@given(st.text())
def test_a_name_is_a_name_and_not_a_path(title: str) -> None:
    name = name_for(title, ".docx")
    assert name.endswith(".docx")
    assert len(name.encode()) <= LONGEST
    assert not set(name) & set("/\\\0\n")
    assert not name.startswith((".", "-"))


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("../../x", "x.md"),
        ("전작권 전환: 52/57", "전작권-전환-52-57.md"),
        ("...", "briefing.md"),
        ("가" * 300, "가" * 65 + ".md"),
    ],
)
def test_names_are_made_from_titles(title: str, name: str) -> None:
    assert name_for(title, ".md") == name


def test_a_file_is_private_and_replaced_only_when_that_is_said(tmp_path: Path) -> None:
    file = tmp_path / "brief.md"
    write(file, b"one")
    assert file.read_bytes() == b"one"
    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(ExportError, match="already"):
        write(file, b"two")
    assert file.read_bytes() == b"one"
    write(file, b"two", replace=True)
    assert file.read_bytes() == b"two"
    assert sorted(it.name for it in tmp_path.iterdir()) == ["brief.md", "home"]


@pytest.mark.parametrize("replace", [False, True])
def test_links_folders_and_pipes_are_left_alone(tmp_path: Path, *, replace: bool) -> None:
    target = tmp_path / "precious"
    target.write_text("mine")
    link, folder, pipe = tmp_path / "link", tmp_path / "folder", tmp_path / "pipe"
    link.symlink_to(target)
    folder.mkdir()
    os.mkfifo(pipe)
    for at in (link, folder, pipe):
        with pytest.raises(ExportError, match="not a file that can be written"):
            write(at, b"x", replace=replace)
    assert target.read_text() == "mine"


@pytest.mark.parametrize("replace", [False, True])
def test_a_full_disk_leaves_the_old_file_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, replace: bool
) -> None:
    file = tmp_path / "brief.md"
    if replace:
        file.write_bytes(b"old")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ExportError, match=r"the disk is full\. Nothing was written"):
        write(file, b"new", replace=replace)
    monkeypatch.undo()
    files = [it.read_bytes() for it in tmp_path.iterdir() if it.is_file()]
    assert files == ([b"old"] if replace else [])


@pytest.mark.parametrize("name", ["no/such/folder.md", "a\0b", "가" * 200 + ".md"])
def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(ExportError, match="cannot be written"):
        write(tmp_path / name, b"x")
