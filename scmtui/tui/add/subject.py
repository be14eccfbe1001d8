"""What a review is about: a document on its way into the library, or one that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scmtui.add import FACTS, LABELS, lesser, value_in_words, written
from scmtui.evidence import DOUBT, questioned, reason, settled, weighed
from scmtui.language import _, ngettext, say
from scmtui.model import ScmError
from scmtui.readers import reread
from scmtui.text import RULES, cut
from scmtui.tui.undone import in_words

if TYPE_CHECKING:
    from scmtui.library import Addition, Change, Library, Replacement
    from scmtui.model import Document
    from scmtui.shelf import Shelf
    from scmtui.tui.add.intake import Draft, Intake


LONGEST = 40
"""Cells of a value that is named when it is taken back."""


class Subject:
    """A document that is reviewed. Each action says in a sentence what it did."""

    document: Document
    arriving = False
    """Whether it can still be saved or left out."""
    kept = ""
    """Its id in the library, if it is there."""

    def why(self, document: Document) -> str:
        """Why it is official or not, in a sentence."""
        raise NotImplementedError

    def change(self, document: Document) -> str:
        """Put the document as corrected in the place of what it was."""
        raise NotImplementedError

    def turn(self, *, back: bool) -> str:
        """Undo a correction, or make it again."""
        raise NotImplementedError

    def keep(self) -> str:
        """Save it."""
        raise NotImplementedError

    def replace(self) -> str:
        """Save it in the place of another copy."""
        raise NotImplementedError

    def drop(self) -> None:
        """Leave it out, or take it back in."""
        raise NotImplementedError

    def beside(self, step: int) -> Subject | None:
        """The next or the previous document to review."""
        del step
        return None


class Arriving(Subject):
    """A document on its way into the library; corrections stay with it until it is saved."""

    arriving = True

    def __init__(self, intake: Intake, number: int, index: int) -> None:
        self._intake = intake
        self._number, self._index = number, index

    @property
    def draft(self) -> Draft:
        """The draft as it is now."""
        return self._intake.file(self._number).drafts[self._index]

    @property
    def document(self) -> Document:  # type: ignore[override]
        """The document as corrected so far."""
        return self.draft.document

    @property
    def kept(self) -> str:  # type: ignore[override]
        """Its id in the library, if it is there."""
        return self.draft.kept

    def _put(self, draft: Draft) -> None:
        self._intake.put(self._number, self._index, draft)

    def why(self, document: Document) -> str:
        """Why it is official or not, in a sentence."""
        return reason(document, self._intake.shelf)

    def change(self, document: Document) -> str:
        """Put the document as corrected in the place of what it was."""
        if questioned(document):
            document = weighed(document, self._intake.shelf)  # it may be of another meeting now
        self._put(self.draft.changed(document))
        return ""

    def turn(self, *, back: bool) -> str:
        """Undo a correction, or make it again; before all of them, a change of the library."""
        draft = self.draft
        if not draft.kept and (draft.before if back else draft.after):
            then = draft.undone() if back else draft.redone()
            self._put(then)
            told = _("Undone: {change}.") if back else _("Redone: {change}.")
            return told.format(change=changed(draft.document, then.document))
        return turned(self._intake, back=back)

    def keep(self) -> str:
        """Save it."""
        return keep(self._intake, self._number, self._index)

    def replace(self) -> str:
        """Save it in the place of another copy; a better one is replaced at the second word."""
        return keep_instead(self._intake, self._number, self._index)

    def drop(self) -> None:
        """Leave it out, or take it back in."""
        self._intake.drop(self._number, self._index)

    def beside(self, step: int) -> Subject | None:
        """The next or the previous document that was read."""
        places = [
            (file.number, index)
            for file in self._intake.files
            for index, draft in enumerate(file.drafts)
            if draft.open or (file.number, index) == (self._number, self._index)
        ]
        at = places.index((self._number, self._index)) + step
        return Arriving(self._intake, *places[at]) if 0 <= at < len(places) else None


class Present(Subject):
    """A document that is there; each correction is kept at once, and `u` takes it back."""

    def __init__(self, library: Library, shelf: Shelf, id_: str) -> None:
        self._library, self._shelf = library, shelf
        self.kept = id_

    @property
    def document(self) -> Document:  # type: ignore[override]
        """The document as it is in the library, tidied by all rules, as it is kept."""
        found = self._shelf.document(self.kept)
        return reread(found, RULES) if self._shelf.off else found

    def why(self, document: Document) -> str:
        """Why it is official or not, in a sentence."""
        return reason(document, self._shelf)

    def change(self, document: Document) -> str:
        """Keep the document as corrected."""
        try:
            done = self._library.replace(self.kept, document)
        except ScmError as error:
            return say(error)
        self.kept = done.facts.id
        return followed(done)

    def turn(self, *, back: bool) -> str:
        """Take back the last change of the library, or make it again."""
        try:
            before = self.document
            change = self._library.undo() if back else self._library.redo()
        except ScmError as error:
            return say(error)
        there = {facts.id for facts in self._shelf.facts()}
        parts = change.parts if change else ()
        ids = [one.key for one in parts if one.table == "documents" and one.after]
        self.kept = next((id_ for id_ in ids if id_ in there), self.kept)
        what = changed(before, self.document) if ids and self.kept in there else ""
        return undone(change, back=back, what=what)


def keep(intake: Intake, number: int, index: int, instead_of: str = "") -> str:
    """Save a document, and say in a sentence what became of it."""
    try:
        added = intake.keep(number, index, instead_of)
    except ScmError as error:
        return say(error)
    if not added.new:
        told = _("It is there already as {id}; nothing was changed.")
    elif instead_of:
        told = _("It has taken the place of {id}. u puts the other copy back.")
    else:
        told = _("It was added as {id}. u takes it out again.")
    document = intake.file(number).drafts[index].document
    left = sum(it.kind != DOUBT for it in document.doubts) if added.new else 0
    more = ngettext("{count} doubt is left.", "{count} doubts are left.", left)
    asked = _("Nobody has said that it is official, so it is not; i corrects that.")
    pieces = (
        told.format(id=added.facts.id),
        asked if added.new and questioned(document) else "",
        followed(added),
        more.format(count=left) if left else "",
    )
    return " ".join(filter(None, pieces))


def keep_instead(intake: Intake, number: int, index: int) -> str:
    """Save a document in the place of the copy that is there, and say what became of it.

    What is not official takes the place of what is only when the reader says so twice.
    """
    draft = intake.file(number).drafts[index]
    copies = intake.standing(draft).copies
    if not copies:
        return _("There is no other copy of it in the library.")
    if lesser(settled(draft.document), copies[0]) and intake.asked != (number, index):
        intake.asked = (number, index)
        told = _(
            "{id} is official and this text is not; in its place, the official one is not shown "
            "any more. s keeps both, w again replaces it."
        )
        return told.format(id=copies[0].id)
    return keep(intake, number, index, copies[0].id)


def changed(before: Document, after: Document) -> str:
    """What is otherwise after a correction, in words: “Meeting 50 → 52”."""
    was, now = settled(before), settled(after)
    said = []
    for fact, label in LABELS.items():
        if fact in FACTS and (old := written(was.facts, fact)) != (new := written(now.facts, fact)):
            values = (cut(value_in_words(fact, it) or "–", LONGEST) for it in (old, new))
            said.append(f"{_(label)} {' → '.join(values)}")
    if was.corrections != now.corrections:
        places = {it.at for it in {*was.corrections} ^ {*now.corrections}}
        at = min(places)
        words = now.source[at : at + LONGEST]
        said.append(_("the place before “{words}”").format(words=" ".join(words.split()[:3])))
    if not said and questioned(before) != questioned(after):
        said.append(_("whether it is official"))
    return ", ".join(said)


def turned(intake: Intake, *, back: bool) -> str:
    """Undo or redo a change of the library, and say which."""
    try:
        change = intake.library.undo() if back else intake.library.redo()
    except ScmError as error:
        return say(error)
    intake.look_again()
    return undone(change, back=back)


def undone(change: Change | None, *, back: bool, what: str = "") -> str:
    """What was undone or made again: in the words of the change, or in others where they tell."""
    if change is None:
        return _("There is nothing to undo.") if back else _("There is nothing to redo.")
    told = _("Undone: {change}.") if back else _("Redone: {change}.")
    return told.format(change=what or in_words(change))


def followed(done: Addition | Replacement) -> str:
    """What became of the marks and notes in a document that took another one's place."""
    moved, strays = getattr(done, "moved", 0), len(getattr(done, "strays", ()))
    said = []
    if moved:
        told = ngettext(
            "{count} mark or note has moved with its words.",
            "{count} marks and notes have moved with their words.",
            moved,
        )
        said.append(told.format(count=moved))
    if strays:
        told = ngettext(
            "{count} mark or note needs a look: its words are not there any more.",
            "{count} marks and notes need a look: their words are not there any more.",
            strays,
        )
        said.append(told.format(count=strays))
    return " ".join(said)
