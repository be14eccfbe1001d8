"""What every test stands on: a home of its own, English unless it asks, documents to read."""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from hatch_build import compile_catalogues
from scmtui import language
from scmtui.model import Document, Facts, Kind, Paragraph, Part, Provenance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LOCALE = Path(__file__).parents[1] / "assets" / "locale"

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

NOT_THE_TESTS_WISH = ("LC_ALL", "LC_MESSAGES", "LANGUAGE", "NO_COLOR", "COLUMNS", "LINES")
WORDS = """
양 장관은 한미동맹의 연합방위태세를 점검하고 북한의 핵·미사일 위협에 대한 확장억제 협력과
조건에 기초한 전시작전통제권 전환을 지속 추진하기로 하였으며 주한미군의 역할을 재확인하였다
"""


@pytest.fixture(scope="session", autouse=True)
def _catalogues() -> None:
    """Compile the translations as they stand, so that no test speaks yesterday's Korean."""
    compile_catalogues(LOCALE)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty home folder: no test reads or writes what belongs to the person who runs it."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    for name in NOT_THE_TESTS_WISH:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    yield home
    language.use("en", LOCALE)


@pytest.fixture
def speak() -> Callable[[str], None]:
    """`speak("ko")` turns the interface to Korean until the test ends."""
    return lambda wanted: language.use(wanted, LOCALE)


@pytest.fixture(scope="session")
def bundled() -> dict[str, Document]:
    """The documents that come with the program, by id."""
    from scmtui import corpus

    return {facts.id: corpus.document(facts.id) for facts in corpus.facts()}


@pytest.fixture(scope="session")
def make_document() -> Callable[..., Document]:
    """`make_document(n, id="99")`: n numbered paragraphs of Korean, the same on every run."""
    return synthetic


def synthetic(count: int, id: str = "99") -> Document:  # noqa: A002 - the word for it
    """A document of `count` paragraphs with one to three parts each; its spans fit its source."""
    chance = random.Random(f"{id} {count}")
    paragraphs = []
    source = ""
    for number in range(1, count + 1):
        start = len(source)
        source += f"{number}. "
        parts = []
        for _ in range(chance.choice((1, 1, 2, 3))):
            text = " ".join(chance.choices(WORDS.split(), k=chance.randint(6, 60))) + "."
            parts.append(Part(text, len(source), len(source) + len(text)))
            source += text + "\n"
        paragraphs.append(Paragraph(number, "", tuple(parts), start, len(source) - 1))
    facts = Facts(
        id=id,
        meeting=int(id) if id.isdigit() else None,
        kind=Kind.OTHER,
        language="ko",
        title=f"{count}개 항의 시험 문서",
        provenance=Provenance(file=f"{id}.txt", format="txt", sha256="0" * 64),
        paragraphs=count,
    )
    return Document(facts, tuple(paragraphs), source)
