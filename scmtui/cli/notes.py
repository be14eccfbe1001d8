"""What the reader writes beside the texts: notes, tags, marks and trays on the command line."""

from __future__ import annotations

import sys
from itertools import count
from typing import TYPE_CHECKING, Any

from scmtui.briefing.collected import from_tray
from scmtui.briefing.replaced import Past
from scmtui.cli import records
from scmtui.cli.addresses import locate
from scmtui.cli.briefing import no_tray
from scmtui.cli.page import QUIET, STRONG
from scmtui.cli.request import NOTHING_FOUND, Answer
from scmtui.language import N_, _, ngettext
from scmtui.library.notes import as_tag
from scmtui.model import Address, NotFoundError, UsageError
from scmtui.positions import position
from scmtui.text import cut, safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scmtui.briefing.collected import Entry
    from scmtui.cli.page import Page
    from scmtui.cli.request import Request
    from scmtui.library.notes import Note, Tag
    from scmtui.library.trays import Item, Tray
    from scmtui.positions import Position

LONGEST = 100_000
"""Characters of a note, at most."""
_KINDS = {"heading": N_("heading"), "line": N_("own line"), "pair": N_("pair")}
"""Words for what is no passage."""
OWN = ("heading", "line")
"""What the reader can write into a tray."""
INPUT = "-"
"""Stands for standard input in the place of words."""


def note(request: Request) -> Answer:
    """Write a note on a passage, or show those that there are."""
    if "remove" in request.options:
        _only_one(request, *(["ADDRESS"] if request.words else []), "remove")
        return _remove_note(request)
    if len(request.words) < 2:
        found = _within(request, request.library.notes.all() if request.library else ())
        return _listed(request, "notes", [_note_row(it) for it in found])
    at, notes = _place(request, request.words[0])
    words = _words(request.words[1:])
    made = request.kept.notes.add(at, words)
    told = _("Note {number} on {address}.").format(number=made.number, address=at.address)
    return Answer(f"{told}\n", notes)


def tag(request: Request) -> Answer:
    """Tag a passage, or show the tags that there are."""
    if len(request.words) < 2 and "untag" not in request.options:
        found = _within(request, request.library.tags.all() if request.library else ())
        return _listed(request, "tags", [_tag_row(it) for it in found])
    if len(request.words) < 2:
        raise UsageError("Name the passage and the tags: scmtui tag ADDRESS TAG… --untag")
    at, notes = _place(request, request.words[0])
    names = tuple(dict.fromkeys(as_tag(_words((word,))) for word in request.words[1:]))
    if "untag" in request.options:
        return _untag(request, at.address, names)
    for name in names:
        request.kept.tags.add(at, name)
    told = _("{address}: {tags}").format(address=at.address, tags=", ".join(names))
    return Answer(f"{told}\n", notes)


def mark(request: Request) -> Answer:
    """Set a mark, take one away, or show those that there are."""
    if not request.words:
        marks = request.library.marks() if request.library else {}
        rows = [{"mark": letter, **_position_row(at)} for letter, at in marks.items()]
        return _listed(request, "marks", rows)
    letter = request.words[0]
    if not (len(letter) == 1 and letter.isascii() and letter.isalpha()):
        raise UsageError("A mark is one letter from a to z or A to Z, not “{mark}”.", mark=letter)
    if "unmark" in request.options:
        if not request.library or letter not in request.library.marks():
            raise NotFoundError("There is no mark “{mark}”.", mark=letter)
        request.library.remove_mark(letter)
        return Answer(_("The mark {mark} is gone.").format(mark=letter) + "\n")
    if len(request.words) < 2:
        at = (request.library.marks() if request.library else {}).get(letter)
        if at is None:
            raise NotFoundError("There is no mark “{mark}”.", mark=letter)
        return _listed(request, "marks", [{"mark": letter, **_position_row(at)}])
    at, notes = _place(request, request.words[1])
    request.kept.set_mark(letter, at)
    told = _("{address}: mark {mark}").format(address=at.address, mark=letter)
    return Answer(f"{told}\n", notes)


def tray(request: Request) -> Answer:
    """Put passages into a tray, change it, or show what lies in it."""
    if not request.words:
        there = request.library.trays.all() if request.library else ()
        rows = [{"tray": it.name, "items": it.size, "made": it.made} for it in there]
        return _listed(request, "trays", rows)
    name, *words = (_words((word,)) for word in request.words)
    own = {it: _words((request.options[it],)) for it in OWN if it in request.options}
    _only_one(request, *(["ADDRESS"] if words or own else []), "take", "move", "rename", "delete")
    if words or own:
        return _collect(request, name, words, own)
    known = _tray(request, name)
    trays = request.kept.trays
    if "rename" in request.options:
        trays.rename(known.number, _words((request.options["rename"],)))
    elif "delete" in request.options:
        trays.remove(known.number)
        return Answer(_("The tray “{name}” is gone.").format(name=name) + "\n")
    elif "take" in request.options or "move" in request.options:
        _arrange(request, known)
    items = trays.items(known.number)
    find, past = request.shelf.document, Past(request.kept.removed())
    entries = from_tray(name, items, find, "short", past).entries
    rows = [_item_row(*it) for it in zip(count(1), items, entries, strict=False)]
    return _listed(request, "items", rows)


def _only_one(request: Request, *ways: str) -> None:
    """Raise UsageError when a tray is to be changed in several ways at once."""
    asked = [
        it if it.isupper() else f"--{it}" for it in ways if it.isupper() or it in request.options
    ]
    if len(asked) > 1:
        raise UsageError("These do not go together: {options}.", options=", ".join(asked))


def _collect(request: Request, name: str, words: Sequence[str], own: Mapping[str, str]) -> Answer:
    """Put headings, lines, passages (52:11) and pairs (52:11=57:2) into a tray."""
    placed = [[_place(request, end) for end in word.split("=", 1)] for word in words]
    notes = [note for ends in placed for _at, told in ends for note in told]
    trays = request.kept.trays
    known = next((it for it in trays.all() if it.name == name), None) or trays.add(name)
    there = {(it.one, it.other) for it in trays.items(known.number)}
    for kind, text in own.items():
        trays.put(known.number, kind, text=text)
    for ends in placed:
        one, other = ends[0][0], ends[1][0] if len(ends) > 1 else None
        if (one, other) in there:
            notes.append(_("{address} is in the tray already.").format(address=one.address))
        trays.put(known.number, "pair" if other else "passage", one, other)
    size = len(trays.items(known.number))
    told = ngettext("{tray}: {count} thing", "{tray}: {count} things", size)
    return Answer(told.format(tray=name, count=size) + "\n", tuple(notes))


def _arrange(request: Request, known: Tray) -> None:
    """Take something out of a tray, or move it to another place in it."""
    trays = request.kept.trays
    items = trays.items(known.number)
    for option in ("take", "move"):
        number = request.number(option, 1, max(1, len(items)))
        if number is None:
            continue
        if number > len(items):
            raise NotFoundError("There is nothing in the tray yet.")
        if option == "take":
            trays.take(items[number - 1].number)
        else:
            to = request.number("to", 1, len(items)) or len(items)
            trays.move(items[number - 1].number, to - 1)


def _tray(request: Request, name: str) -> Tray:
    there = request.library.trays.all() if request.library else ()
    known = next((it for it in there if it.name == name), None)
    if known is None:
        raise no_tray(name, [it.name for it in there])
    return known


def _remove_note(request: Request) -> Answer:
    number = request.number("remove", 1, 10**9 - 1)
    there = request.library.notes.all() if request.library else ()
    if not any(it.number == number for it in there):
        raise NotFoundError("There is no note {number}.", number=number)
    assert number
    request.kept.notes.remove(number)
    return Answer(_("The note {number} is gone.").format(number=number) + "\n")


def _untag(request: Request, address: Address, names: Sequence[str]) -> Answer:
    tags = request.kept.tags
    gone = [it for it in tags.all() if it.position.address == address and it.tag in names]
    if not gone:
        raise NotFoundError("{address} has no such tag.", address=address)
    for it in gone:
        tags.remove(it.number)
    told = _("{address}: no longer {tags}")
    return Answer(told.format(address=address, tags=", ".join(it.tag for it in gone)) + "\n")


def _place(request: Request, word: str) -> tuple[Position, tuple[str, ...]]:
    """The position at an address, which is there, and what is to be said of it."""
    address, notes = locate(word, request.shelf)
    document = request.shelf.document(address.document)
    return position(document, address), notes


def _words(words: Iterable[str]) -> str:
    """The reader's words, clean; those of standard input for a dash."""
    written = " ".join(words)
    if written == INPUT:
        written = sys.stdin.read(LONGEST + 1) if sys.stdin else ""
    clean = safe(written).strip()
    if not clean or len(clean) > LONGEST:
        raise UsageError("There are no words, or more than {count}.", count=LONGEST)
    return clean


def _within(request: Request, found: Iterable[Any]) -> list[Any]:
    """Those on a passage or in it; all of them when none is named."""
    if not request.words:
        return list(found)
    wanted, _notes = locate(request.words[0], request.shelf)
    return [it for it in found if _covers(wanted, it.position.address)]


def _covers(wide: Address, narrow: Address) -> bool:
    while narrow != wide:
        if narrow.up == narrow:
            return False
        narrow = narrow.up
    return True


def _position_row(at: Position) -> dict[str, Any]:
    return {"address": str(at.address), "quote": at.quote}


def _note_row(it: Note) -> dict[str, Any]:
    row = {"number": it.number, **_position_row(it.position), "text": it.text}
    return row | {"made": it.made, "changed": it.changed, "needs_a_look": it.lost}


def _tag_row(it: Tag) -> dict[str, Any]:
    return {"tag": it.tag, **_position_row(it.position), "made": it.made, "needs_a_look": it.lost}


def _item_row(number: int, it: Item, entry: Entry) -> dict[str, Any]:
    ends = [str(end.address) for end in (it.one, it.other) if end]
    quote = it.one.quote if it.one else ""
    return {
        "number": number,
        "kind": it.kind,
        "addresses": ends,
        "text": it.text,
        "quote": quote,
        "needs_a_look": any(end.needs_a_look for end in (*entry.left, *entry.right)),
    }


def _listed(request: Request, what: str, rows: Sequence[dict[str, Any]]) -> Answer:
    """Rows as JSON, or a line each: what it is, where it stands, and how the passage begins."""
    status = 0 if rows else NOTHING_FOUND
    if "json" in request.options:
        return Answer(records.dumps({"rows": list(rows)}), status=status)
    if not rows:
        nothing = {
            "notes": N_("There is no note."),
            "tags": N_("There is no tag."),
            "marks": N_("There is no mark."),
            "trays": N_("There is no tray."),
            "items": N_("There is nothing in the tray yet."),
        }
        return Answer("", (_(nothing[what]),), status)
    page = request.page()
    for row in rows:
        _row(page, row)
    return Answer(str(page), status=status)


def _row(page: Page, row: dict[str, Any]) -> None:
    names = ("number", "mark", "tray", "tag", "address")
    head = [str(row[name]) for name in names if row.get(name)]
    if row.get("kind") in _KINDS:
        head.append(_(_KINDS[row["kind"]]))
    head += row.get("addresses", ())
    if "items" in row:
        head.append(
            ngettext("{count} thing", "{count} things", row["items"]).format(count=row["items"])
        )
    if row.get("needs_a_look"):
        head.append(_("needs a look"))
    page.pieces(head, style=STRONG)
    for line in str(row.get("text") or "").splitlines():
        page.line(line, "    ")
    if quote := row.get("quote"):
        page.line(cut(" ".join(quote.split()), 72), "    ", style=QUIET)
