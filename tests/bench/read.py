"""How well files are read: errors in their text, paragraph numbers, pages a second, memory.

    python tests/bench/read.py [FOLDER…]

A folder has a `manifest.json`: {"files": {name: {"truth": name of a text or null, "password": …}}}.
The text is compared with the truth character by character (Levenshtein distance over the length
of the truth), white space made single blanks, and once more without any blanks. Beside it stand
what pdfplumber's own `extract_text` and pypdfium2 make of the same PDF, lines joined by blanks.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[2]))

from rapidfuzz.distance import Levenshtein

from scmtui import readers
from scmtui.model import Document, ScmError

SAMPLES = Path(__file__).parents[1] / "samples"
HANGUL = re.compile("[가-힣]")


class Result(NamedTuple):
    """What came of one file."""

    name: str
    format: str
    seconds: float
    megabytes: float
    pages: int
    text: str
    numbers: list[list[int]]
    error: str = ""


def read(path: Path, password: str) -> Result:
    """Read one file, in this process and the one that it starts."""
    pages = 0

    def told(_done: int, total: int) -> None:
        nonlocal pages
        pages = total

    began = time.perf_counter()
    documents: tuple[Document, ...] = ()
    error = ""
    try:
        documents = readers.read(
            path, frozenset({"line-breaks"}), password=password, told=told
        ).documents
    except ScmError as refused:
        error = str(refused)
    return Result(
        path.name,
        documents[0].facts.provenance.format if documents else path.suffix[1:],
        time.perf_counter() - began,
        resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
        pages,
        " ".join(map(whole, sorted(documents, key=lambda it: it.facts.language != "ko"))),
        [[it.number for it in document.paragraphs if it.number] for document in documents],
        error,
    )


def whole(document: Document) -> str:
    """All of a document: what stands before its paragraphs, these, and what stands after them."""
    items = document.paragraphs
    pieces = [document.source[: items[0].start]] if items else []
    for item in items:
        pieces += [f"{item.number}."] if item.number else []
        pieces += [item.heading, *(part.text for part in item.parts)]
    pieces += [document.source[items[-1].end :]] if items else []
    return " ".join(pieces)


def apart(path: Path, password: str) -> Result:
    """The same in a process of its own, so that its memory is that of this file."""
    command = [sys.executable, __file__, "--one", str(path), password]
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    return Result(*json.loads(done.stdout))


def extract_text(path: Path, password: str) -> str:
    """What pdfplumber makes of a PDF by itself."""
    import pdfplumber

    with pdfplumber.open(path, password=password) as pdf:
        return " ".join(page.extract_text() for page in pdf.pages)


def pdfium(path: Path, password: str) -> str:
    """What pypdfium2 makes of a PDF."""
    import pypdfium2  # type: ignore[import-untyped]

    pdf = pypdfium2.PdfDocument(path, password=password or None)
    return " ".join(page.get_textpage().get_text_range() for page in pdf)


def errors(text: str, truth: str, *, divided: bool = False) -> tuple[float, float]:
    """The share of wrong characters, with blanks and without; Korean first where it is divided."""
    if divided:
        lines = truth.splitlines()
        truth = " ".join(sorted(lines, key=lambda line: not HANGUL.search(line)))
    one, other = " ".join(text.split()), " ".join(truth.split())
    blind, sighted = one.replace(" ", ""), other.replace(" ", "")
    return (
        Levenshtein.distance(one, other) / len(other) * 100,
        Levenshtein.distance(blind, sighted) / len(sighted) * 100,
    )


def in_order(numbers: list[list[int]]) -> bool:
    """Whether the paragraphs of each document count from 1."""
    return all(those == list(range(1, len(those) + 1)) and those for those in numbers)


def measure(folder: Path, name: str, entry: dict[str, Any]) -> dict[str, Any]:
    """One line of the table."""
    password = entry.get("password") or ""
    found = apart(folder / name, password)
    row: dict[str, Any] = found._asdict() | {"wrong": None, "ordered": in_order(found.numbers)}
    if not entry.get("truth") or found.error:
        return row | {"missed": bool(entry.get("truth"))}
    truth = (folder / entry["truth"]).read_text("utf-8")
    row["wrong"], row["solid"] = errors(found.text, truth, divided=len(found.numbers) > 1)
    if found.format == "pdf":
        row["plumber"] = errors(extract_text(folder / name, password), truth)[0]
        row["pdfium"] = errors(pdfium(folder / name, password), truth)[0]
    return row | {"missed": False}


def show(row: dict[str, Any]) -> None:
    """Print one line of the table."""
    speed = f"{row['pages'] / row['seconds']:5.1f}/s" if row["pages"] else "       "
    line = f"{row['name']:36} {row['seconds']:6.2f} s {speed} {row['megabytes']:5.0f} MB"
    if row["wrong"] is None:
        print(f"{line}  {'MISSED ' if row['missed'] else ''}{row['error'] or 'read'}")
        return
    others = "".join(f"{row[it]:8.2f}" for it in ("plumber", "pdfium") if it in row)
    numbers = "in order" if row["ordered"] else str(row["numbers"])
    print(f"{line}{row['wrong']:7.2f}{row['solid']:7.2f}{others}  {numbers}")


def summarise(rows: list[dict[str, Any]]) -> None:
    """Print what holds for each format."""
    for form in sorted({row["format"] for row in rows}):
        those = [row for row in rows if row["format"] == form and row["wrong"] is not None]
        if not those:
            continue
        wrong = [row["wrong"] for row in those]
        close = sum(it <= 2 for it in wrong)
        ordered = sum(row["ordered"] for row in those)
        pages, seconds = (sum(row[it] for row in those) for it in ("pages", "seconds"))
        print(
            f"{form}: {len(those)} files, error {median(wrong):.2f} % (median), {max(wrong):.2f} %"
            f" at most, {close} at or below 2 %; numbers in order in {ordered};"
            f" {pages / seconds:.1f} pages/s starting included;"
            f" {max(row['megabytes'] for row in those):.0f} MB at most"
        )


def main(folders: list[Path]) -> None:
    """Measure every file of every folder."""
    rows = []
    print(f"{'':36} {'':>8} {'pages':>7} {'':>8}{'error':>7}{'solid':>7} plumber  pdfium")
    for folder in folders:
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))["files"]
        for name, entry in manifest.items():
            rows.append(measure(folder, name, entry))
            show(rows[-1])
    summarise(rows)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(read(Path(sys.argv[2]), sys.argv[3])))
    else:
        manifests = sorted(SAMPLES.glob("*/manifest.json"))
        main([Path(it) for it in sys.argv[1:]] or [it.parent for it in manifests])
