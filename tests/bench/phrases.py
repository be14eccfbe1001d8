"""How fast phrases are followed, beside plain str.find over the same text in the same run.

    python -m tests.bench.phrases [--check] [--allow 1] [--large]

The documents are made by recombining the bundled texts: 57 meetings in two languages, of which the
English ones repeat made-up Latin words. With --large the history is measured in 100,000 paragraphs,
too, through the index of a library, which takes a minute to fill. With --check the exit status is 1
when a target is missed.
"""

from __future__ import annotations

import argparse
import gc
import random
import sys
import tempfile
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from scmtui import corpus
from scmtui.library.index import IndexFile
from scmtui.library.indexing import Writer
from scmtui.library.store import Indexed
from scmtui.model import Document, Kind, Paragraph, Part
from scmtui.phrases import Texts, fresh, glossary, history, texts, themed
from scmtui.shelf import Entry, Shelf
from scmtui.text import sentences
from scmtui.themes import taxonomy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

MEETINGS = 57
PARAGRAPHS = 22
LARGE = 100_000
PHRASES = (
    "현재의 전력 수준", "확장억제", "북한의 완전한 비핵화", "미래연합군사령부", "전작권 전환",
    "정권의 종말", "굳건한 연합방위태세", "한미동맹", "extended deterrence",
    "조건에 기초한 전작권 전환",
)  # fmt: skip
BUDGETS = {
    "made ready": 100.0,
    "first phrase": 30.0,
    "phrase": 30.0,
    "slowest phrase": 30.0,
    "phrase again": 30.0,
    "series": 300.0,
    "changes": 300.0,
    "large": 500.0,
}
"""Milliseconds on a quiet machine: the texts made ready, the first phrase, the median of others,
the slowest, and so on."""
TIMES_FIND = 60.0
"""On a busy one: so many times what str.find takes for the phrases in the same text."""


class Measured(NamedTuple):
    """What was done, and the milliseconds it took."""

    name: str
    ms: float


def made(seed: int = 1) -> list[Document]:
    """Communiqués of 57 meetings in two languages; one keeps most sentences of the one before."""
    chance = random.Random(seed)
    given = [corpus.document(facts.id) for facts in corpus.facts()]
    pool = [
        part.text[start:end]
        for document in given
        for paragraph in document.paragraphs
        for part in paragraph.parts
        for start, end in sentences(part.text)
    ]
    korean = [chance.choices(pool, k=chance.choice((2, 3, 3, 4))) for _ in range(PARAGRAPHS)]
    documents = []
    for meeting in range(1, MEETINGS + 1):
        for paragraph in korean:
            paragraph[chance.randrange(len(paragraph))] = chance.choice(pool)
        english = [_english(paragraph, chance) for paragraph in korean]
        for language, texts_ in (("ko", korean), ("en", english)):
            facts = replace(
                given[0].facts,
                id=str(meeting) if language == "ko" else f"{meeting}-en",
                meeting=meeting,
                language=language,
                kind=Kind.COMMUNIQUE,
                official=True,
                paragraphs=PARAGRAPHS,
            )
            documents.append(Document(facts, tuple(_paragraphs(texts_)), ""))
    return documents


def _paragraphs(texts_: Iterable[Sequence[str]]) -> Iterable[Paragraph]:
    for number, said in enumerate(texts_, 1):
        text = " ".join(said)
        yield Paragraph(number, "", (Part(text, 0, len(text)),), 0, len(text))


ENGLISH = """
the Ministers reaffirmed extended deterrence and the commitment of United States Forces Korea to
maintain current force level OPCON transition conditions alliance defense posture Secretary noted
"""


def _english(said: Sequence[str], chance: random.Random) -> list[str]:
    words = ENGLISH.split()
    return [f"{' '.join(chance.choices(words, k=14)).capitalize()}." for _ in said]


def _find(phrase: str, lines: Iterable[str]) -> list[bool]:
    return [phrase in line for line in lines]


def taken(work: Callable[[], object]) -> float:
    """The milliseconds of the processor that some work takes: others may be at work beside it."""
    gc.collect()
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def median(times: Sequence[float]) -> float:
    """The one in the middle."""
    return sorted(times)[len(times) // 2]


def small(documents: Sequence[Document]) -> list[Measured]:
    """What is measured on the documents of 57 meetings."""
    known = taxonomy()
    _ = known.lexicon
    ready = taken(lambda: texts(documents))
    searched = texts(documents)
    cold = [taken(partial(history, phrase, searched)) for phrase in PHRASES]
    warm = [taken(partial(history, phrase, searched)) for phrase in PHRASES]
    korean = [document for document in documents if document.facts.language == "ko"]
    return [
        Measured("made ready", ready),
        Measured("first phrase", cold[0]),
        Measured("phrase", median(cold[1:])),
        Measured("slowest phrase", max(cold[1:])),
        Measured("phrase again", median(warm)),
        Measured("series", taken(lambda: themed(korean, known).themes("share"))),
        Measured("changes", taken(lambda: fresh(korean[-1], korean[:-1]))),
        Measured("glossary", taken(lambda: glossary(searched))),
    ]


class Books:
    """Many documents, as a library gives them."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._kept = {document.id: document for document in documents}
        self._entries = tuple(
            Entry(it.facts, number, it.id) for number, it in enumerate(self._kept.values())
        )

    def entries(self) -> tuple[Entry, ...]:
        """Every document."""
        return self._entries

    def document(self, id: str) -> Document:  # noqa: A002 - its name
        """The document with this id."""
        return self._kept[id]

    def apart(self) -> Books:
        """The same documents."""
        return self

    def close(self) -> None:
        """Nothing is to be left."""


def large(folder: Path) -> list[Measured]:
    """What is measured on 100,000 paragraphs in the index of a library."""
    copies: list[Document] = []
    for seed in range(2, 3 + LARGE // (MEETINGS * PARAGRAPHS)):
        for it in made(seed):
            if it.facts.language == "ko":
                facts = replace(it.facts, id=f"x-{len(copies)}", meeting=None)
                copies.append(replace(it, facts=facts))
    shelf = Shelf(added=Books(copies))
    file = IndexFile(folder / "search.db")
    filled = taken(lambda: [None for _ in Writer(file).steps(shelf)])
    file.close()
    store = Indexed(shelf.volumes(), IndexFile(folder / "search.db"))
    searched = Texts(store)
    times = [taken(partial(history, phrase, searched)) for phrase in PHRASES]
    for phrase, ms in zip(PHRASES, times, strict=True):
        print(f"    {ms:9.1f}  ms {phrase}")
    store.close()
    return [
        Measured("filling", filled),
        Measured("large, first phrase", times[0]),
        Measured("large", median(times[1:])),
        Measured("large, slowest", max(times[1:])),
    ]


def main() -> int:
    """Measure everything; 1 when a target is missed and that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="exit with 1 when a target is missed")
    parser.add_argument(
        "--allow", type=float, default=1.0, help="times over a budget of time that still pass"
    )
    parser.add_argument("--large", action="store_true", help="also 100,000 paragraphs in an index")
    wanted = parser.parse_args()
    documents = made()
    lines = [part.text for it in documents for number in it.paragraphs for part in number.parts]
    find = median([taken(partial(_find, phrase, lines)) for phrase in PHRASES])
    size = sum(map(len, lines))
    print(f"{len(documents)} documents, {len(lines):,} paragraphs, {size:,} characters")
    print(f"    {find:9.2f}  ms for str.find")
    results = small(documents)
    if wanted.large:
        with tempfile.TemporaryDirectory() as folder:
            results += large(Path(folder))
    missed = []
    for name, ms in results:
        budget = max(BUDGETS.get(name, 0.0), TIMES_FIND * find) if name in BUDGETS else None
        print(f"    {ms:9.1f}  ms {name}{f'  (at most {budget:.0f})' if budget else ''}")
        if budget and ms > budget * wanted.allow:
            missed.append(f"{name}: {ms:.1f} ms, not {budget:.0f}")
    for target in missed:
        print(f"missed: {target}")
    return int(wanted.check and bool(missed))


if __name__ == "__main__":
    sys.exit(main())
