"""The command line within this process, and what it stands on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from scmtui import cli
from scmtui.cli import terminal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scmtui.model import Document

    Run = Callable[..., "Printed"]


class Printed(NamedTuple):
    """What a run of the program left."""

    status: int
    out: str
    err: str

    @property
    def record(self) -> dict[str, Any]:
        found = json.loads(self.out)
        assert isinstance(found, dict)
        assert found.pop("schema") == 1
        return found


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """`run("show", "52")`: the command line within this process, its output into a pipe."""

    def call(*arguments: str) -> Printed:
        status = cli.main(arguments)
        return Printed(status, *capsys.readouterr())

    return call


@pytest.fixture
def on_terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """`on_terminal(60)`: the output goes to a terminal of 60 cells, `coloured` or not."""

    def pretend(cells: int, *, coloured: bool = False) -> None:
        monkeypatch.setattr(terminal, "columns", lambda: cells)
        monkeypatch.setattr(terminal, "coloured", lambda: coloured)

    return pretend


@pytest.fixture
def config(home: Path) -> Callable[[str], Path]:
    """`config(text)` writes the reader's config.toml."""

    def write(text: str, name: str = "config.toml") -> Path:
        file = home / "config" / "scmtui" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    return write


@pytest.fixture
def communique(tmp_path: Path, bundled: dict[str, Document]) -> Path:
    """The text of the 52nd communiqué in a file of the reader's."""
    file = tmp_path / "communique.txt"
    file.write_text(bundled["52"].source, encoding="utf-8")
    return file
