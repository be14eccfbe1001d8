"""The whole library as plain files, from which it can be made again, and read without us."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from scmtui import stored
from scmtui.disk import drafts, private_file, private_folder
from scmtui.language import N_, _
from scmtui.library.contents import KEPT, Kept, Record
from scmtui.model import LibraryError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scmtui.library.contents import Contents
    from scmtui.model import Document

FORMAT = 1
LONGEST_NAME = 120
"""Bytes of the name of a file that comes from outside."""

README = N_("""# A library of scmtui as plain files

Everything that was in the library when this was written, apart from documents that had been
removed. `scmtui load` and the name of this folder puts it into a library again; what is there
already is not changed by that.

- `documents.jsonl`: one line a document: its id, the names of its files below, SHA-256 of the file
  that it came from.
- `documents/ID.txt`: the text to read. `documents/ID.json`: the document with all that is known of
  it, its source, and the spans of its paragraphs in characters of that.
- `originals/`: the files that the documents came from, byte by byte.
- `notes.jsonl`, `tags.jsonl`, `links.jsonl`, `marks.jsonl`, `pins.jsonl` (pairs of paragraphs put
  together, or parted), `trays.jsonl`, `items.jsonl` (what lies in the trays, by the number of the
  tray), `places.jsonl` (where you were): one entry a line. What stands in a text has its address,
  the words there (`quote`), and what stands before and after; `lost` is not 0 when they were not
  found again.
- `session.jsonl`: how the screen was left.
- `format.json`: the version of this form.

All files are UTF-8, but for those in `originals/`.
""")


class Dumped(Counter[str]):
    """How many entries of each table were written."""


def dump(contents: Contents, folder: Path) -> Dumped:
    """Write the contents of a library into a folder, which is there as a whole or not at all.

    Raises LibraryError when there is something in the folder already, and OSError.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise LibraryError(
            "There is something in “{folder}” already.",
            kept="Nothing was changed.",
            todo="Choose a new folder.",
            folder=folder,
        )
    private_folder(folder.parent)
    draft = folder.with_name(f".{folder.name}.{os.getpid()}")
    for left in drafts(folder.parent):  # by a session that was killed
        if left.name.startswith(f".{folder.name}."):
            shutil.rmtree(left, ignore_errors=True)
    try:
        written = _fill(contents, draft)
        draft.replace(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return written


def _fill(contents: Contents, folder: Path) -> Dumped:
    for each in (folder, folder / "documents", folder / "originals"):
        private_folder(each)
    written = Dumped()
    _write(folder / "README.md", _(README).encode())
    _write(folder / "format.json", json.dumps({"format": FORMAT}).encode())
    records = []
    for kept in contents.documents():
        records.append(_document(kept, folder))
        written["documents"] += 1
    _lines(folder / "documents.jsonl", records)
    for table in KEPT:
        written[table] = _lines(folder / f"{table}.jsonl", list(contents.entries(table)))
    _lines(folder / "session.jsonl", [contents.session()])
    return written


def _document(kept: Kept, folder: Path) -> Record:
    """Write the files of a document; the line that names them."""
    record: Record = dict(zip(Kept._fields[:4], kept, strict=False))
    name = kept.id if len(kept.id.encode()) <= LONGEST_NAME else kept.sha256
    record["json"] = f"documents/{name}.json"
    _write(folder / record["json"], kept.text.encode())
    try:
        document = stored.loads(kept.text)
    except stored.DAMAGE:
        return record | {"text": None, "original": None}
    document = replace(document, facts=replace(document.facts, id=kept.id))
    record["text"] = f"documents/{name}.txt"
    _write(folder / record["text"], readable(document).encode())
    record["original"] = None
    if kept.original is not None:
        file = document.facts.provenance.file
        record["original"] = f"originals/{kept.sha256[:16]}-{_file_name(file)}"
        if not (folder / record["original"]).exists():  # one file may hold two documents
            _write(folder / record["original"], kept.original)
    return record


def readable(document: Document) -> str:
    """A document as text: its title, what it is, and its numbered paragraphs."""
    known = document.facts
    told = (known.id, known.kind.value, known.language, known.held, known.place)
    head = [known.title, " · ".join(str(it) for it in told if it)]
    return "\n\n".join((*head, *_paragraphs(document))) + "\n"


def _paragraphs(document: Document) -> Iterator[str]:
    for paragraph in document.paragraphs:
        number = f"{paragraph.number}. " if paragraph.number else ""
        parts = [part.text for part in paragraph.parts]
        if paragraph.heading or not parts:
            yield f"{number}{paragraph.heading}"
            yield from parts
        else:
            yield f"{number}{parts[0]}"
            yield from parts[1:]


def _file_name(name: str) -> str:
    """A name from outside as the end of a file name."""
    safe = re.sub(r"[^\w.-]+", "-", name).strip(".-") or "file"
    stem, ending = Path(safe).stem, Path(safe).suffix
    while len(f"{stem}{ending}".encode()) > LONGEST_NAME:
        stem, ending = (stem[:-1], ending) if stem else ("file", "")
    return f"{stem}{ending}"


def _lines(path: Path, records: list[Record]) -> int:
    lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    _write(path, "".join(lines).encode())
    return len(records)


def _write(path: Path, data: bytes) -> None:
    private_file(path)
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
