"""What is being added: files read in the background, and what the reader makes of them.

The intake has no picture of its own. It lives on the reading screen, so that closing the screens
of adding neither stops a reading nor loses a correction.
"""

from __future__ import annotations

import os
import threading
import time
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from textual import getters, on
from textual.message import Message
from textual.reactive import var
from textual.widget import Widget

from scmtui.add import Standing, standing
from scmtui.evidence import settled, weighed
from scmtui.language import _, say
from scmtui.model import PasswordError, ScmError
from scmtui.text import safe
from scmtui.tui.keys import KeyedApp
from scmtui.tui.telling import Telling

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scmtui.library import Addition, Library, Replacement
    from scmtui.model import Document
    from scmtui.readers import Reading
    from scmtui.shelf import Shelf

MOST_AT_ONCE = max(1, min(os.cpu_count() or 1, 4))
"""Files that are read at the same time; each is read by a process of its own."""
TELLING = 0.1
"""Seconds between two words on how far a reading has come; the keys are answered meanwhile."""


class State(Enum):
    """How far the reading of a file has come."""

    WAITING = "waiting"
    READING = "reading"
    LOCKED = "locked"
    FAILED = "failed"
    STOPPED = "stopped"
    READ = "read"


@dataclass(frozen=True)
class Draft:
    """A document that was read from a file, as the reader has corrected it so far."""

    document: Document
    before: tuple[Document, ...] = ()
    """How it was before each correction, the last one last."""
    after: tuple[Document, ...] = ()
    """What was undone, the last one last."""
    kept: str = ""
    """The id that it has in the library, once it is there."""
    there: bool = False
    """Whether it was in the library already, so that nothing was changed."""
    dropped: bool = False
    """Whether the reader left it out."""

    @property
    def open(self) -> bool:
        """Whether it is still to be kept or left out."""
        return not (self.kept or self.dropped)

    def changed(self, document: Document) -> Draft:
        """The draft with a correction made."""
        return replace(self, document=document, before=(*self.before, self.document), after=())

    def undone(self) -> Draft:
        """The draft with the last correction taken back."""
        if not self.before:
            return self
        *before, last = self.before
        after = (*self.after, self.document)
        return replace(self, document=last, before=tuple(before), after=after)

    def redone(self) -> Draft:
        """The draft with a correction made again."""
        if not self.after:
            return self
        *after, last = self.after
        before = (*self.before, self.document)
        return replace(self, document=last, before=before, after=tuple(after))


@dataclass(frozen=True)
class Incoming:
    """A file on its way into the library."""

    number: int
    path: Path
    state: State = State.WAITING
    done: int = 0
    total: int = 0
    """Pages, or other steps, done and in all; 0 when that is not known."""
    problem: str = ""
    """What is wrong with it, what was kept and what to do, in sentences."""
    drafts: tuple[Draft, ...] = ()
    data: bytes = b""
    stop: threading.Event = field(default_factory=threading.Event, compare=False)

    @property
    def name(self) -> str:
        """Its name as it is shown."""
        return safe(self.path.name) or "?"

    @property
    def busy(self) -> bool:
        """Whether it is being read, or will be."""
        return self.state in {State.WAITING, State.READING}


class Intake(Telling, Widget):
    """The files that are being added, in the order of choosing."""

    @dataclass
    class Told(Message):
        """A reading has come so far."""

        number: int
        done: int
        total: int

        def can_replace(self, message: Message) -> bool:
            """Only the latest counts."""
            return isinstance(message, Intake.Told) and message.number == self.number

    @dataclass
    class Done(Message):
        """A reading has ended, with documents or with what is wrong."""

        number: int
        reading: Reading | None = None
        problem: ScmError | None = None

    @dataclass
    class Kept(Message):
        """There are other documents in the library than before."""

    @dataclass
    class Wanted(Message):
        """The reader wants to choose more files."""

    app = getters.app(KeyedApp)
    files: var[tuple[Incoming, ...]] = var(())
    _numbers = count(1)

    def __init__(self, library: Library, shelf: Shelf, cells: int) -> None:
        super().__init__(id="intake")
        self.library = library
        self.shelf = shelf
        self.cells = cells
        """Cells of a line of text at most, where one is reviewed."""
        self._passwords: dict[int, str] = {}
        self.asked: tuple[int, int] | None = None
        """The document for which the reader was asked whether it may replace a better copy."""

    # Reading

    def take(self, paths: Iterable[Path]) -> None:
        """Read files, those at the end of the list that are not there yet."""
        there = {it.path for it in self.files if it.busy or it.state is State.READ}
        new = [Incoming(next(self._numbers), path) for path in paths if path not in there]
        again = {it.path for it in new}
        self.files = (*(it for it in self.files if it.path not in again), *new)
        self._begin()

    def unlock(self, number: int, password: str) -> None:
        """Read a file again with the password that was given; it is forgotten when that begins."""
        self._passwords[number] = password
        self._set(number, state=State.WAITING, problem="", stop=threading.Event())
        self._begin()

    def _begin(self) -> None:
        """Start reading, as many files at once as there is room for."""
        for file in self.files:
            reading = sum(it.state is State.READING for it in self.files)
            if file.state is State.WAITING and reading < MOST_AT_ONCE:
                self._set(file.number, state=State.READING)
                password = self._passwords.pop(file.number, "")
                self.run_worker(partial(self._read, file, password), thread=True, group="reading")

    def _read(self, file: Incoming, password: str) -> None:
        """Read one file, in a thread of its own; only messages leave it."""
        from scmtui import corpus
        from scmtui.readers import read

        last = 0.0

        def told(done: int, total: int) -> None:
            nonlocal last
            now = time.monotonic()
            if done >= total or now - last >= TELLING:
                last = now
                self.post_message(self.Told(file.number, done, total))

        try:
            found = read(file.path, password=password, told=told, stop=file.stop)
            with self.shelf.apart() as shelf:
                documents = (weighed(corpus.completed(it), shelf) for it in found.documents)
                found = found._replace(documents=tuple(documents))
        except ScmError as error:
            self.post_message(self.Done(file.number, problem=error))
        else:
            self.post_message(self.Done(file.number, found))

    @on(Told)
    def show_progress(self, event: Told) -> None:
        """Show how far a reading has come."""
        if self.file(event.number).state is State.READING:
            self._set(event.number, done=event.done, total=event.total)

    @on(Done)
    def finish(self, event: Done) -> None:
        """Take in what was read, or what is wrong."""
        file = self.file(event.number)
        if file.state is State.READING and event.reading:
            documents, known = event.reading.documents, self.shelf.facts()
            there = (standing(it, known, alone=len(documents) == 1).same for it in documents)
            drafts = tuple(map(_draft, documents, there))
            self._set(file.number, state=State.READ, drafts=drafts, data=event.reading.data)
        elif file.state is State.READING and event.problem:
            locked = isinstance(event.problem, PasswordError)
            state = State.LOCKED if locked else State.FAILED
            self._set(file.number, state=state, problem=say(event.problem))
        self._begin()

    def cancel(self, number: int) -> None:
        """Stop reading a file."""
        file = self.file(number)
        if file.busy:
            file.stop.set()
            self._set(number, state=State.STOPPED, problem=_("You stopped the reading."))
            self._begin()

    def cancel_all(self) -> int:
        """Stop every reading; returns how many there were."""
        busy = [file for file in self.files if file.busy]
        for file in busy:
            file.stop.set()
        numbers = {file.number for file in busy}
        told = _("You stopped the reading.")
        self.files = tuple(
            replace(it, state=State.STOPPED, problem=told) if it.number in numbers else it
            for it in self.files
        )
        return len(busy)

    def on_unmount(self) -> None:
        """Leave no process behind."""
        for file in self.files:
            file.stop.set()

    # What the reader makes of it

    def file(self, number: int) -> Incoming:
        """The file with this number; one that was put away stays stopped."""
        return next((it for it in self.files if it.number == number), _GONE)

    def _set(self, number: int, **values: object) -> None:
        self.files = tuple(
            replace(it, **values) if it.number == number else it  # type: ignore[arg-type]
            for it in self.files
        )

    def put(self, number: int, index: int, draft: Draft) -> None:
        """Put a draft in the place of another."""
        self.asked = None
        drafts = self.file(number).drafts
        self._set(number, drafts=(*drafts[:index], draft, *drafts[index + 1 :]))

    def drop(self, number: int, index: int | None) -> None:
        """Leave a document out, or take it back in; a file that gave none is put away."""
        file = self.file(number)
        if index is None or not file.drafts:
            self.files = tuple(it for it in self.files if it.number != number)
        elif not file.drafts[index].kept:
            draft = file.drafts[index]
            self.put(number, index, replace(draft, dropped=not draft.dropped))

    def tidy(self) -> None:
        """Put away the files of which nothing is left to decide."""
        self.asked = None
        self.files = tuple(
            it
            for it in self.files
            if it.busy or it.state is State.LOCKED or any(draft.open for draft in it.drafts)
        )

    def standing(self, draft: Draft) -> Standing:
        """What is there already of a document."""
        return standing(settled(draft.document), self.shelf.facts())

    def keep(self, number: int, index: int, instead_of: str = "") -> Addition | Replacement:
        """Keep a document in the library, in the place of another if one is named.

        Raises LibraryError, and keeps the draft, when it cannot be written.
        """
        file = self.file(number)
        draft = file.drafts[index]
        document = settled(draft.document)
        added: Addition | Replacement
        if instead_of:
            added = self.library.replace(instead_of, document, file.data)
        else:
            added = self.library.add(document, file.data)
        kept = replace(draft, kept=added.facts.id, there=not added.new)
        self.put(number, index, kept)
        self.post_message(self.Kept())
        return added

    def look_again(self) -> None:
        """After an undo: what is not in the library any more is still to be kept."""
        there = {(it.id, it.provenance.sha256) for it in self.shelf.facts()}

        def looked(draft: Draft) -> Draft:
            kept = (draft.kept, draft.document.facts.provenance.sha256) in there
            return draft if kept else replace(draft, kept="", there=False)

        self.files = tuple(replace(it, drafts=tuple(map(looked, it.drafts))) for it in self.files)
        self.post_message(self.Kept())


def _draft(document: Document, same: str) -> Draft:
    return Draft(document, kept=same, there=bool(same))


_GONE = Incoming(0, Path(), State.STOPPED)
