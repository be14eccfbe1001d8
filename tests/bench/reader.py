"""A reader's copy of the program for the benchmarks: a home and documents of its own."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from scmtui import corpus, frame
from scmtui.stored import dumps
from tests.bench.probe import SIZE, Program

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scmtui.model import Document

ROOT = Path(__file__).parents[2]
PYTHON = (sys.executable, "-P")
"""Without the folder that the benchmark is run in: the program's is the reader's own."""
PLAIN_APP = """
from textual.app import App
from textual.widgets import Static

class Bare(App):
    def compose(self):
        yield Static("READY")

Bare().run()
"""
"""What any program of this framework costs: the floor that starting is measured against."""


class Reader:
    """Someone with a home folder and documents; starts the program, and others to compare."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        (folder / "scmtui").symlink_to(ROOT / "scmtui")
        documents = folder / "assets" / "documents"
        documents.mkdir(parents=True)
        for path in (ROOT / "assets").iterdir():
            if path.name != "documents":
                (folder / "assets" / path.name).symlink_to(path)
        for path in (ROOT / "assets" / "documents").iterdir():
            (documents / path.name).symlink_to(path)
        self.bare = folder / "bare.py"
        self.bare.write_text(PLAIN_APP)
        self.environment = {
            "PYTHONPATH": str(folder),
            "PYTHONDONTWRITEBYTECODE": "",
            "HOME": str(folder),
            "LANG": "C.UTF-8",
            "TEXTUAL_DISABLE_KITTY_KEY": "1",
            **{
                f"XDG_{kind}_HOME": str(folder / kind)
                for kind in ("CONFIG", "DATA", "STATE", "CACHE")
            },
        }

    def add(self, document: Document) -> None:
        """Put a document among those of the program."""
        path = self._folder / "assets" / "documents" / f"{document.id}.json"
        path.write_text(dumps(document), "utf-8")

    def forget_frame(self) -> None:
        """Take away what the session before left to be shown first."""
        (self._folder / "CACHE" / "scmtui" / frame.NAME).unlink(missing_ok=True)

    def run(self, *words: str, size: tuple[int, int] = SIZE) -> Program:
        """Start Python with these arguments on a terminal."""
        return Program([*PYTHON, *words], size, self.environment)


@contextmanager
def reader() -> Iterator[Reader]:
    """A reader whose home and documents are gone afterwards."""
    with TemporaryDirectory(prefix="scmtui-bench-") as folder:
        yield Reader(Path(folder))


def long_document(paragraphs: int) -> Document:
    """The bundled communiqué repeated up to a number of paragraphs, as document `x-NUMBER`.

    Its first paragraph is one part that is longer than any pane: there a key moves by one line.
    """
    base = corpus.document("52")
    first = base.paragraphs[0]
    words = " ".join(part.text for item in base.paragraphs[:8] for part in item.parts)
    repeated = [
        replace(base.paragraphs[n % len(base.paragraphs)], number=n + 1) for n in range(paragraphs)
    ]
    repeated[0] = replace(first, parts=(replace(first.parts[0], text=words),))
    facts = replace(base.facts, id=f"x-{paragraphs}", meeting=None, paragraphs=paragraphs)
    return replace(base, facts=facts, paragraphs=tuple(repeated))


def first_words(document: Document) -> str:
    """A word of the document's first paragraph that no title has, to see when the text is there."""
    title = document.facts.title
    words = document.paragraphs[0].parts[0].text.split()
    return next(word for word in words[2:] if word not in title and word[:2] not in title)
