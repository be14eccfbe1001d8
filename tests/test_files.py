"""Files to choose from, and the paths in what was typed, pasted or dropped."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path
from shlex import quote
from urllib.parse import quote as percent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scmtui import files
from scmtui.files import entries, files_in, looks_like_path, paths_in, size_in_words

HOSTILE = "공동\x1b]52;c;eA==\x07성명\u202e[SCM].txt"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder."""
    made = tmp_path / "문서"
    made.mkdir()
    return made


def test_a_folder_is_listed_folders_first_each_by_name(folder: Path) -> None:
    for name in ("b.pdf", "A.txt", "가.hwp", ".hidden.txt"):
        (folder / name).write_text("x", encoding="utf-8")
    (folder / "z").mkdir()
    listed = entries(folder)
    assert [one.name for one in listed] == ["z", ".hidden.txt", "A.txt", "b.pdf", "가.hwp"]
    assert [one.folder for one in listed] == [True, False, False, False, False]
    assert [one.hidden for one in listed] == [False, True, False, False, False]
    assert listed[2].size == 1
    assert listed[2].changed


def test_what_is_neither_a_file_nor_a_folder_is_not_listed(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    (folder / "nowhere.txt").symlink_to(folder / "gone")
    (folder / "there.txt").write_text("x", encoding="utf-8")
    (folder / "link.txt").symlink_to(folder / "there.txt")
    assert [one.name for one in entries(folder)] == ["link.txt", "there.txt"]


def test_names_are_shown_cleaned_and_opened_as_they_are(folder: Path) -> None:
    (folder / HOSTILE).write_text("x", encoding="utf-8")
    (folder / unicodedata.normalize("NFD", "한미.txt")).write_text("x", encoding="utf-8")
    raw = os.fsencode(folder) + b"/\xff\xfe.txt"
    Path(os.fsdecode(raw)).write_text("x", encoding="utf-8")
    listed = entries(folder)
    assert {one.name for one in listed} == {"공동성명[SCM].txt", "한미.txt", ".txt"}
    assert all(one.path.read_text(encoding="utf-8") == "x" for one in listed)


def test_a_long_folder_is_listed_in_part(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_ENTRIES", 3)
    for number in range(5):
        (folder / f"{number}.txt").write_text("x", encoding="utf-8")
    assert len(entries(folder)) == 3


def test_the_files_of_a_folder_are_those_that_are_likely_to_be_read(folder: Path) -> None:
    for name in ("a.PDF", "b.hwpx", "c.exe", "d", ".e.txt"):
        (folder / name).write_text("x", encoding="utf-8")
    (folder / "f.txt").mkdir()
    assert [path.name for path in files_in(folder)] == ["a.PDF", "b.hwpx"]


def test_the_folders_below_are_looked_through_the_nearest_first(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.txt", "나/c.txt", "나/다/d.pdf", "나/e.exe", ".git/f.txt", "나/.g.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x", encoding="utf-8")
    (folder / "나" / "loop").symlink_to(folder)
    (folder / "나" / "h.txt").symlink_to(folder / "a.txt")
    found = files.below(folder)
    assert [one.name for one in found] == ["나/c.txt", "나/h.txt", "나/다/d.pdf"]
    assert found[0].path == folder / "나" / "c.txt"
    assert files.below(folder / "none") == []
    assert files.below(folder, seconds=0) == []
    monkeypatch.setattr(files, "MOST_BELOW", 1)
    assert len(files.below(folder)) == 1


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (12_345, "12 KB"),
        (1_449_000, "1.4 MB"),
        (250_000_000, "250 MB"),
        (3_200_000_000, "3.2 GB"),
    ],
)
def test_sizes_are_short(size: int, words: str) -> None:
    assert size_in_words(size) == words


@pytest.mark.parametrize("typed", ["/tmp", "~/a", "./a", "../a", "..", "file:///a", "'/a b'"])
def test_a_path_is_told_from_a_name(typed: str) -> None:
    assert looks_like_path(typed)
    assert not looks_like_path("공동성명 54")


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """Two files whose names are awkward to type."""
    both = (tmp_path / "제54차 공동성명 (최종).txt", tmp_path / "it's 55.txt")
    for path in both:
        path.write_text("x", encoding="utf-8")
    return both


@pytest.mark.parametrize(
    "written",
    [
        lambda paths: "\n".join(map(str, paths)),
        lambda paths: "\r\n".join(f"  {path}  " for path in paths),
        lambda paths: " ".join(quote(str(path)) for path in paths),
        lambda paths: "\n".join(f"file://{percent(str(path))}" for path in paths),
        lambda paths: " ".join(f"file://{percent(str(path))}" for path in paths),
        lambda paths: " ".join(
            "".join(f"\\{c}" if c in " ()'" else c for c in str(path)) for path in paths
        ),
        lambda paths: "\n".join(path.name for path in paths),
        lambda paths: "\n".join(unicodedata.normalize("NFD", str(path)) for path in paths),
    ],
)
def test_pasted_paths_are_understood_however_they_are_written(
    two: tuple[Path, Path], written: object
) -> None:
    assert callable(written)
    assert paths_in(written(two), two[0].parent) == list(two)


def test_a_whole_line_is_a_path_before_it_is_words(two: tuple[Path, Path]) -> None:
    assert paths_in(str(two[1])) == [two[1]]


def test_a_tilde_is_the_home_folder(home: Path) -> None:
    (home / "a.txt").write_text("x", encoding="utf-8")
    assert paths_in("~/a.txt") == [home / "a.txt"]
    assert paths_in("~") == [home]
    assert paths_in("~nobody-is-called-so/a") == [Path.cwd() / "~nobody-is-called-so/a"]


def test_each_path_is_given_once_and_need_not_be_there(tmp_path: Path) -> None:
    assert paths_in("none.txt\nnone.txt\n\n", tmp_path) == [tmp_path / "none.txt"]
    assert paths_in("no such file.txt", tmp_path) == [tmp_path / "no such file.txt"]
    assert paths_in("'a b' c\\ d", tmp_path) == [tmp_path / "a b", tmp_path / "c d"]


@given(st.text())
def test_whatever_is_pasted_gives_paths(text: str) -> None:
    for path in paths_in(text, Path("/nowhere")):
        assert path.is_absolute()
        assert "\0" not in str(path)
