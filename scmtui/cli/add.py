"""Files on the command line: what they would be read as, and adding what they hold."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from scmtui import corpus, disk, readers
from scmtui.add import FACTS, Standing, amended, lesser, standing
from scmtui.cli import asides, pages, records, terminal
from scmtui.cli.request import Answer, Request
from scmtui.evidence import questioned, settled, weighed
from scmtui.files import files_in
from scmtui.language import N_, _, ngettext, say
from scmtui.model import PasswordError, ReadError, ScmError, UsageError
from scmtui.settings import paths
from scmtui.shelf import Shelf
from scmtui.text import RULES, safe
from scmtui.wording import kind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from scmtui.library import Library
    from scmtui.model import Document, Facts

OPTIONS = {"lang": "language"}
"""Options that are shorter than the fact that they give; the others have its name."""

ALL, REPLACE = frozenset("aㅁ"), frozenset("rㄱ")
"""First letters of an answer, also as they are typed on the Korean layout."""

ATTEMPTS = 3
"""How often a password is asked for."""


class Arrival(NamedTuple):
    """A document that was read from a file, and the bytes that it was read from."""

    document: Document
    data: bytes
    alone: bool
    """Whether the file holds no other."""


def read(request: Request) -> Answer:
    """What each file would be read as. One that cannot be read does not hold up the others."""
    found, errors = _readings(request, request.rules)
    documents = [weighed(it.document, request.shelf) for it in found]
    notes = tuple(map(say, errors))
    status = ReadError.exit_status if errors else 0
    if "json" in request.options:
        known, told = asides.themes()
        shown = [records.reading(settled(it), known) for it in documents]
        return Answer(_record(shown, single=not errors), (*notes, *told), status)
    page = request.page()
    for number, document in enumerate(documents):
        if number:
            page.blank()
        pages.reading(page, document, request.shelf)
    return Answer(str(page), notes, status)


def _record(shown: list[dict[str, Any]], *, single: bool) -> str:
    """The record of documents; the keys of a single one stand at the top as well."""
    top = shown[0] if single and len(shown) == 1 else {}
    return records.dumps({"documents": shown, **top})


def _readings(request: Request, rules: AbstractSet[str]) -> tuple[list[Arrival], list[ScmError]]:
    """What the files hold, and what is wrong with the others. Raises it when nothing is left."""
    found: list[Arrival] = []
    errors: list[ScmError] = []
    named = _files(request.words, errors)
    for number, path in enumerate(named, 1):
        place = f"{number}/{len(named)} " if len(named) > 1 else ""
        try:
            documents, data = _reading(path, request.options.get("password", ""), rules, place)
        except ReadError as error:
            errors.append(error)
        else:
            found += (Arrival(corpus.completed(it), data, len(documents) == 1) for it in documents)
    if not found and errors:
        for problem in errors[:-1]:
            terminal.complain(problem)
        raise errors[-1]
    return found, errors


def _files(words: Iterable[str], errors: list[ScmError]) -> list[Path]:
    """The files that were named, and those in the folders that were, each once."""
    named: dict[Path, None] = {}
    for word in words:
        if not word:  # it would be the folder that the program was started in
            raise UsageError("A file without a name was given.", kept=N_("Nothing was changed."))
        path = Path(word)
        try:
            inside = files_in(path) if path.is_dir() else [path]
        except OSError as error:
            reason = disk.reason(error)
            errors.append(_unread(N_("“{file}” cannot be read: {reason}."), path, reason=reason))
            continue
        if not inside:
            errors.append(_unread(N_("The folder “{file}” holds no file that can be read."), path))
        named |= dict.fromkeys(inside)
    return list(named)


def _unread(what: str, path: Path, **values: str) -> ReadError:
    return ReadError(what, kept=N_("Nothing was changed."), file=safe(str(path)), **values)


def _reading(path: Path, password: str, rules: AbstractSet[str], place: str) -> readers.Reading:
    """What one file holds; its password is asked for where there is somebody to ask.

    `place` says which of several files it is.
    """
    name = safe(path.name)
    terminal.progress(f"{place}{name}")

    def told(done: int, total: int) -> None:
        count = _("{done} of {total}") if total else _("{done} done")
        terminal.progress(f"{place}{name}: {count.format(done=done, total=total)}")

    asked = 0
    while True:
        try:
            return readers.read(path, rules, password=password, told=told)
        except PasswordError as error:
            asked += 1
            if asked == ATTEMPTS or not terminal.answers():
                raise
            terminal.progress("")
            terminal.complain(error)
            password = terminal.secret(_("Password for “{file}”").format(file=name))
        finally:
            terminal.progress("")


def add(request: Request) -> Answer:
    """Add what files hold. One that cannot be added does not hold up the others."""
    typed = {
        OPTIONS.get(option, option): value
        for option, value in request.options.items()
        if OPTIONS.get(option, option) in FACTS
    }
    for fact, value in typed.items():
        FACTS[fact](value.strip())  # what cannot be understood is said before anything is read
    found, errors = _readings(request, RULES)
    found = [it._replace(document=amended(it.document, typed)) for it in found]
    if request.library:
        return Addition(request, request.library).answer(found, errors)
    from scmtui.library import Library

    with closing(Library(paths().data)) as library:
        return Addition(request, library).answer(found, errors)


class Addition:
    """Documents that are shown, asked about, and added to a library."""

    def __init__(self, request: Request, library: Library) -> None:
        self._request = request
        self._library = library
        self._shelf = Shelf(request.settings.tidy_off, library)
        self._json = "json" in request.options
        self._all = "yes" in request.options
        self._stated = "official" in request.options
        self._asks = not (self._all or self._json) and terminal.answers()
        self._texts: list[str] = []
        self._notes: list[str] = []
        self._shown: list[dict[str, Any]] = []
        self._left = 0

    def answer(self, found: list[Arrival], errors: list[ScmError]) -> Answer:
        """Add what the reader wants added, and say what became of it."""
        for arrival in found:
            try:
                document, outcome = self._settle(arrival)
            except ScmError as error:
                errors.append(error)
                document, outcome = arrival.document, "failed"
            if self._json:
                known, _told = asides.themes()
                self._shown.append({**records.reading(document, known), "outcome": outcome})
        self._notes += map(say, errors)
        text = _record(self._shown, single=not errors) if self._json else "\n".join(self._texts)
        status = self._status(errors)
        return Answer(text, tuple(self._notes), status)

    def _status(self, errors: list[ScmError]) -> int:
        if errors:
            return max(it.exit_status for it in errors)
        if self._left and not (self._asks or self._all):
            self._notes.append(_("Nothing was added. With --yes it is added."))
            return UsageError.exit_status
        return 0

    def _settle(self, arrival: Arrival) -> tuple[Document, str]:
        """Show a document and add it if that is wanted; what it is then, and a word for that."""
        document = arrival.document
        if not self._stated:
            document = weighed(document, self._shelf)
            arrival = arrival._replace(document=settled(document))
        there = standing(arrival.document, self._shelf.facts(), alone=arrival.alone)
        page = self._request.page()
        pages.known(page, document, self._shelf)
        if self._asks:
            terminal.write(f"{page}\n")
        else:
            self._texts.append(str(page))
        if there.same:
            self._say(_ALREADY, document, there.same)
            return self._shelf.document(there.same), "there"
        wanted = self._wanted(arrival.document, there)
        if wanted == "no":
            self._left += 1
            return arrival.document, "shown"
        if questioned(document) and self._vouched(document):
            arrival = arrival._replace(document=amended(document, {"official": "yes"}))
        return self._keep(arrival, there.copies[0].id if wanted == "replace" else "")

    def _vouched(self, document: Document) -> bool:
        """Whether the reader says that a text is official, which only its own words say."""
        if self._asks and not self._all:
            question = _("Do you know that {file} is the official text?")
            return terminal.agrees(question.format(file=document.facts.provenance.file))
        self._say(_UNSHOWN, document, "")
        return False

    def _keep(self, arrival: Arrival, instead_of: str) -> tuple[Document, str]:
        document, data = arrival.document, arrival.data
        if not instead_of:
            added = self._library.add(document, data)
            self._say(_ADDED if added.new else _ALREADY, document, added.facts.id)
            return self._shelf.document(added.facts.id), "added" if added.new else "there"
        before = next((it for it in self._shelf.facts() if it.id == instead_of), None)
        done = self._library.replace(instead_of, document, data)
        self._say(_REPLACED, document, done.facts.id)
        if before and lesser(document, before):
            self._say(_LESSER, document, instead_of)
        if strays := len(done.strays):
            told = ngettext(
                "{count} mark or note needs a look: its words are not there any more.",
                "{count} marks and notes need a look: their words are not there any more.",
                strays,
            )
            self._notes.append(told.format(count=strays))
        return self._shelf.document(done.facts.id), "replaced"

    def _say(self, what: str, document: Document, id_: str) -> None:
        """Say what became of a document: at once where the reader is asked, else in the end."""
        told = _(what).format(file=document.facts.provenance.file, id=id_)
        if self._asks:
            terminal.note(told)
        else:
            self._notes.append(told)

    def _wanted(self, document: Document, there: Standing) -> str:
        """What the reader wants: "no", "add" or "replace"."""
        if self._all:
            return "replace" if "replace" in self._request.options and there.copies else "add"
        return self._asked(document, there) if self._asks else "no"

    def _asked(self, document: Document, there: Standing) -> str:
        """What the reader answers."""
        question = _("Add {id} (y), add all (a), or not (n)?").format(id=document.id)
        if there.copies:
            copy = there.copies[0]
            told = _("{id} ({kind}) is another copy of it.").format(id=copy.id, kind=kind(copy))
            terminal.note(told)
            question = _("Add it beside that one (y), in its place (r), add all (a), or not (n)?")
        answer = terminal.ask(question)[:1]
        self._all = answer in ALL
        if answer in REPLACE and there.copies:
            return "replace" if self._sure(document, there.copies[0]) else "no"
        return "add" if answer in terminal.YES | ALL else "no"

    def _sure(self, document: Document, copy: Facts) -> bool:
        """Whether the reader wants it in the place of this copy, also where that one is better."""
        question = _("{id} is official and this text is not. Replace it?")
        return not lesser(document, copy) or terminal.agrees(question.format(id=copy.id))


_ADDED = N_("{file}: it was added as {id}.")
_REPLACED = N_("{file}: it has taken the place of {id}.")
_LESSER = N_("{id} was official and {file} is not. To put it back: scmtui remove --undo {id}")
_UNSHOWN = N_(
    "{file}: it is kept as not official, since only its own words say that it is. If you know that "
    "it is: --official yes"
)
_ALREADY = N_("{file}: it is there already as {id}; nothing was changed.")
