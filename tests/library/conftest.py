"""A library in a folder of its own, on a disk of this machine."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

import pytest

from scmtui import disk
from scmtui.library import Library, Place, Session
from scmtui.model import Address, Document, Facts, Kind, Paragraph, Part, Provenance
from scmtui.positions import Position
from scmtui.shelf import Entry

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


class Books:
    """Added documents without a library."""

    def __init__(self, *documents: Document) -> None:
        self.put(*documents)

    def put(self, *documents: Document) -> None:
        """Have these documents and no others."""
        self._documents = {it.id: it for it in documents}
        self._entries = tuple(
            Entry(it.facts, 1 + number, str(hash(it)))
            for number, it in enumerate(self._documents.values())
        )

    def entries(self) -> tuple[Entry, ...]:
        return self._entries

    def document(self, id: str) -> Document:  # noqa: A002 - its name
        return self._documents[id]

    def apart(self) -> Books:
        return self

    def close(self) -> None:
        pass


@pytest.fixture(scope="session")
def books() -> type[Books]:
    """`books(*documents)`: added documents, `put` replaces them."""
    return Books


PHRASES = """
전작권 전환|확장억제|한미동맹의 연합방위태세를|U.S.-ROK alliance|9·19 군사합의를|제52차 SCM에서
對美 협력|3.5%로 1,234명|미래연합사(F-CFC)의 FOC 검증을|핵·미사일 위협에|“현재의 전력 수준”을 유지
양 장관은 ( SCM ) 가|rokus exercise|USFK|고 양이|가 ㄱㄴ 나|Combined Forces Command (CFC)
전시작전통제권(전작권)|United States Forces Korea|AI 우주·사이버 분야에서|2025. 11. 4.
국방비전과 국방비|ÜNÏON été
"""


def _varied(count: int, id_: str = "x-varied", seed: int = 0) -> Document:
    """A document of `count` paragraphs in several scripts, some with headings and two parts."""
    chance = random.Random(f"{id_} {seed}")
    phrases = PHRASES.strip().replace("\n", "|").split("|")
    words = " ".join(phrases).split()
    paragraphs = []
    for number in range(1, count + 1):
        texts = []
        for _ in range(chance.choice((1, 1, 2))):
            size = chance.randint(2, 7)
            chosen = chance.choices(phrases, k=size) + chance.choices(words, k=size)
            chance.shuffle(chosen)
            texts.append(" ".join(chosen) + ".")
        heading = chance.choice(phrases) if chance.random() < 0.2 else ""
        parts = tuple(Part(text, 0, len(text)) for text in texts)
        paragraphs.append(Paragraph(number, heading, parts, 0, 0))
    meeting = int(found[0]) if (found := re.match(r"\d+", id_)) else None
    kind = chance.choice(tuple(Kind))
    language = "en" if "-en" in id_ else "ko"
    provenance = Provenance(f"{id_}.txt", "txt", "0" * 64)
    facts = Facts(id_, meeting, kind, language, id_, provenance, paragraphs=count)
    return Document(facts, tuple(paragraphs), "")


@pytest.fixture(scope="session")
def varied() -> Callable[..., Document]:
    """`varied(n, id, seed)`: a document of n paragraphs in several scripts."""
    return _varied
