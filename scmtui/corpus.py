"""What comes with the program, documents and meetings, and what stands at an address.

Each bundled document is one JSON file under `assets/documents/`, named by its id; another file
there is another document. `python -m scmtui.corpus FOLDER FILE…` makes them from the texts.
"""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scmtui import text
from scmtui.language import N_
from scmtui.model import (
    Address,
    Document,
    Facts,
    Kind,
    Meeting,
    Name,
    NotFoundError,
    Paragraph,
    Part,
    ReadError,
)
from scmtui.stored import DAMAGE, dumps, loads

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

_DAMAGE = (OSError, *DAMAGE)
"""What reading a file raises that is not as it was made."""

_KINDS = tuple(Kind)
"""From the one that says most about a meeting to the one that says least."""


@cache
def assets() -> Path:
    """The folder of what comes with the program: in the installed package, or in a checkout."""
    here = Path(__file__).parent
    return inside if (inside := here / "assets").is_dir() else here.parent / "assets"


@cache
def meetings() -> tuple[Meeting, ...]:
    """The meetings of the catalogue, by number. Raises ReadError when it is damaged."""
    import tomllib

    path = assets() / "meetings.toml"
    try:
        entries = tomllib.loads(path.read_text("utf-8"))["meeting"]
        return tuple(sorted(map(_meeting, entries), key=lambda meeting: meeting.number))
    except _DAMAGE as error:
        raise _damaged(path) from error


def _meeting(entry: dict[str, Any]) -> Meeting:
    names = {key: Name(**value) for key, value in entry.items() if isinstance(value, dict)}
    return Meeting(**(entry | names))


def _damaged(path: Path) -> ReadError:
    return ReadError(
        "“{file}”, which comes with scmtui, cannot be read.",
        kept=N_("Nothing of yours is lost."),
        todo=N_("Please install scmtui again."),
        file=path.name,
    )


@cache
def facts() -> tuple[Facts, ...]:
    """What is known of the bundled documents, the newest meeting first.

    Raises ReadError when one of them is damaged.
    """
    return tuple(sorted((found.facts for found in _bundled().values()), key=_newest_first))


def _newest_first(known: Facts) -> tuple[object, ...]:
    return -(known.meeting or 0), _KINDS.index(known.kind), known.language != "ko", known.id


@cache
def _bundled() -> dict[str, Document]:
    documents = {}
    for path in sorted((assets() / "documents").glob("*.json")):
        try:
            found = loads(path.read_text("utf-8"))
        except _DAMAGE as error:
            raise _damaged(path) from error
        documents[found.id] = found
    return documents


def document(id: str, rules: AbstractSet[str] = text.RULES) -> Document:  # noqa: A002 - its name
    """The bundled document with this id, tidied by the rules that are on.

    Raises NotFoundError when there is none.
    """
    if id not in _bundled():
        raise _no_document(N_("There is no document “{id}”."), facts(), id=id)
    found = _bundled()[id]
    if rules >= text.RULES:
        return found
    from scmtui import readers

    return readers.reread(found, rules)


def resolve(
    address: Address, known: Iterable[Facts], language: str, *, typed: bool = False
) -> Address:
    """The address of a document that is there: a bare `57` is the best one on that meeting.

    That is the official Korean communiqué, else the one in `language` that says most. An id that
    is there is that document, as it is cited; but where a reader has `typed` a number alone, the
    official communiqué goes before another copy with that id, which `57-1` leads to. Raises
    NotFoundError when none of the `known` documents will do.
    """
    known = tuple(known)
    id_ = address.document
    if any(it.id == id_ for it in known):
        best = _official(id_, known) if typed and address.paragraph is None else None
        return replace(address, document=best) if best else address
    first = id_.removesuffix("-1")
    if first != id_ and any(it.id == first for it in known):
        return replace(address, document=first)
    if not id_.isdecimal():
        raise _no_document(N_("There is no document “{id}”."), known, id=id_)
    number = int(id_)
    those = [it for it in known if it.meeting == number]
    if not those:
        what = N_("There is no document on the {ordinal} meeting.")
        raise _no_document(what, known, ordinal=ordinal(number), number=id_)
    best = _official(id_, those)
    if best is None:
        best = min(those, key=lambda it: (it.language != language, *_newest_first(it))).id
    return replace(address, document=best)


def _official(id_: str, known: Iterable[Facts]) -> str | None:
    """The id of the official Korean communiqué of a meeting that is written as a bare number."""
    found = [
        it.id
        for it in known
        if (it.kind, it.language) == (Kind.COMMUNIQUE, "ko")
        and it.official
        and str(it.meeting) == id_
    ]
    return id_ if id_ in found else next(iter(found), None)


def _no_document(what: str, known: Iterable[Facts], **values: str) -> NotFoundError:
    ids = ", ".join(it.id for it in sorted(known, key=lambda it: (it.meeting or 1000, it.id)))
    return NotFoundError(what, todo=N_("Documents: {ids}.") if ids else "", ids=ids, **values)


def ordinal(number: int) -> str:
    """A number as English counts with it: 1st, 52nd, 113th."""
    teens = number % 100 in {11, 12, 13}
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def passage(document: Document, address: Address) -> str:
    """The text at an address as it is shown, its parts on lines of their own.

    Raises NotFoundError when the document has nothing there.
    """
    if address.paragraph is None:
        return "\n".join(part.text for item in document.paragraphs for part in item.parts)
    paragraph = _paragraph(document, address)
    if address.part is None:
        return "\n".join(part.text for part in paragraph.parts)
    shown = _part(paragraph, address).text
    return shown[slice(*_sentence(shown, address))] if address.sentence else shown


def exact(document: Document, address: Address) -> str:
    """The characters of the source at an address, number, heading and broken lines included.

    Raises NotFoundError when the document has nothing there.
    """
    if address.paragraph is None:
        return document.source
    paragraph = _paragraph(document, address)
    if address.part is None:
        return document.source[paragraph.start : paragraph.end]
    part = _part(paragraph, address)
    source = document.source[part.start : part.end]
    if not address.sentence:
        return source
    # Tidying changes nothing but blanks, so counting the others finds the sentence in the source.
    start, end = _sentence(part.text, address)
    solid = [match.start() for match in re.finditer(r"\S", source)]
    before = len("".join(part.text[:start].split()))
    inside = len("".join(part.text[start:end].split()))
    return source[solid[before] : solid[before + inside - 1] + 1]


def _paragraph(document: Document, address: Address) -> Paragraph:
    paragraph = document.paragraph(address.paragraph or 0)
    if paragraph is None:
        numbers = [item.number for item in document.paragraphs]
        raise NotFoundError(
            "There is no paragraph {number} in {document}.",
            todo=N_("It has the paragraphs {first} to {last}."),
            number=address.paragraph,
            document=document.id,
            first=min(numbers, default=0),
            last=max(numbers, default=0),
        )
    return paragraph


def _part(paragraph: Paragraph, address: Address) -> Part:
    assert address.part is not None
    if address.part > len(paragraph.parts):
        raise _missing(N_("There is no part {number} in {address}."), address, len(paragraph.parts))
    return paragraph.parts[address.part - 1]


def _sentence(shown: str, address: Address) -> tuple[int, int]:
    assert address.sentence is not None
    spans = text.sentences(shown)
    if address.sentence > len(spans):
        raise _missing(N_("There is no sentence {number} in {address}."), address, len(spans))
    return spans[address.sentence - 1]


def _missing(what: str, address: Address, last: int) -> NotFoundError:
    number = address.sentence or address.part
    last_one = N_("The last one is {last}.")
    return NotFoundError(what, todo=last_one, number=number, address=str(address.up), last=last)


def completed(document: Document) -> Document:
    """The document with what its text does not say and the catalogue of meetings does.

    What the text does say is compared with the catalogue.
    """
    from scmtui.readers.catalogue import checked

    known = document.facts
    meeting = next((it for it in meetings() if it.number == known.meeting), None)
    document = checked(document, meeting)
    if meeting is None:
        return document
    held = known.held or meeting.held
    place = known.place or meeting.place.in_language(known.language)
    return replace(document, facts=replace(known, held=held, place=place))


def make(folder: Path, files: Iterable[Path]) -> None:
    """Write the documents in each file into the folder, as the program brings it along."""
    from scmtui import readers

    for file in files:
        for read in readers.read(file).documents:
            made = completed(read)
            (folder / f"{made.id}.json").write_text(dumps(made), "utf-8")


if __name__ == "__main__":
    make(Path(sys.argv[1]), map(Path, sys.argv[2:]))
