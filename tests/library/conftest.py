"""A library in a folder of its own, on a disk of this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scmtui import disk
from scmtui.library import Library, Place, Session
from scmtui.model import Address
from scmtui.positions import Position

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LOCAL = "1 1 0:1 / / rw - ext4 disk rw\n"


def stand(address: str = "52:1.1", quote: str = "양 장관은") -> Position:
    return Position(Address.parse(address), quote, "앞", "뒤")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a library on a disk of this machine, whatever disk the tests run on."""
    (tmp_path / "mounts").write_text(LOCAL)
    monkeypatch.setattr(disk, "MOUNTS", tmp_path / "mounts")
    return tmp_path / "data" / "scmtui"


@pytest.fixture
def open_library(folder: Path) -> Iterator[Callable[[], Library]]:
    """`open_library()` begins one more session with the same library."""
    opened: list[Library] = []

    def begin() -> Library:
        opened.append(Library(folder))
        return opened[-1]

    yield begin
    for library in opened:
        library.close()


@pytest.fixture
def library(open_library: Callable[[], Library]) -> Library:
    return open_library()


@pytest.fixture
def filled(folder: Path) -> Path:
    """The file of a library with a mark and a place, closed and without a backup."""
    library = Library(folder)
    library.set_mark("a", stand())
    library.keep(Session(Place(stand("57-article:2.1"), 3), {"theme": "opcon", "panes": 2}))
    library.close()
    for backup in (folder / "backups").iterdir():
        backup.unlink()
    return folder / "library.db"
