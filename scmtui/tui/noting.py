"""Notes and tags on the text, and what the reader put beside all of them."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual import getters
from textual.binding import Binding

from scmtui.language import N_, _, current, ngettext, say
from scmtui.model import ScmError
from scmtui.positions import find_again
from scmtui.settings import paths
from scmtui.tui.commands import Command
from scmtui.tui.keys import KeyedApp, display
from scmtui.tui.marking import MarkingScreen
from scmtui.tui.notes.beside import Beside, theme_names
from scmtui.tui.paragraphs import ParagraphPane
from scmtui.tui.selecting import SelectionBar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from textual.binding import BindingType

    from scmtui.library.notes import Note, Tag
    from scmtui.model import Address
    from scmtui.positions import Position
    from scmtui.tui.notes.draft import Left

LOOK_AFTER = 3.0
"""Seconds after which it is asked again whether another session has written."""
GO_ON = "g e"
"""The keys that go on with a note that was being written."""


def _binding(keys: str, action: str, what: str, id_: str) -> Binding:
    return Binding(keys, action, what, id=id_, show=False)


class NotingScreen(MarkingScreen):
    """A screen on whose text notes are written and tags are set."""

    BINDINGS: ClassVar[list[BindingType]] = [
        _binding("e", "note", N_("Write or change a note"), "note.edit"),
        _binding(GO_ON, "go_on", N_("Go on with a note that was being written"), "note.go-on"),
        _binding("z", "fold", N_("Unfold the notes here, or fold them"), "note.fold"),
        _binding("t", "tag", N_("Tag with a theme or a word, or take a tag off"), "tag.set"),
        _binding("full_stop", "tag_again", N_("Repeat the last tag"), "tag.again"),
        _binding("g n", "written", N_("Notes, tags and marks"), "note.list"),
    ]

    text = getters.query_one("#text", ParagraphPane)
    last_tag: str = ""
    """The tag that was set last."""
    _begun: bool = False
    """Whether the text has been on the screen."""
    _said: str = ""
    """What became of the note that was just kept."""
    _left: tuple[Left, ...] = ()
    """Notes that earlier sessions left while they were being written."""

    def on_mount(self) -> None:
        """See what an earlier session left, and what other sessions write."""
        self.call_after_refresh(self._tell_of_drafts)
        if isinstance(self.app, KeyedApp):
            self.call_after_refresh(self.app.heed)
            self.set_interval(LOOK_AFTER, self.app.heed)

    def on_screen_resume(self) -> None:
        """Show what was put into trays, or changed, on a screen that lay over this one."""
        if self._begun:
            self.show_marks()

    def collected(self) -> None:
        """Show that something lies in a tray now."""
        self.show_marks()

    def show_marks(self) -> None:
        """Show what is beside the text as it is in the library now."""
        if self.document:
            self.text.show_beside(Beside.of(self.places.library, self.document))

    # Notes

    async def action_note(self) -> None:
        """Write a note on what is selected or under the cursor, or change the one there."""
        ends = self.ends_here()
        if not self.document or not ends:
            return
        if len(ends) > 1:
            self.app.say(_("A note stands on one part: select less."))
            return
        ((at, *_other),) = ends
        if left := self._left_at(at):
            await self._go_on_with(left)
            return
        notes = self._notes_at(at)
        if len(notes) < 2:
            await self._write(at, notes[0] if notes else None)
            return
        from scmtui.tui.notes.lines import first_line
        from scmtui.tui.palette import CommandsScreen

        every = [
            Command(
                first_line(it.text), str(it.position.address), f"note_numbered({it.number})", self
            )
            for it in notes
        ]
        every.append(Command(_("Another note"), "+", "another_note", self))
        await self.app.push_screen(CommandsScreen(_("Which note?"), every), self.run_command)

    async def action_note_numbered(self, number: int) -> None:
        """Change one of several notes."""
        if note := self._numbered(number):
            await self._write(note.position, note)

    async def action_another_note(self) -> None:
        """Write one more note on what is under the cursor."""
        for at, *_other in self.ends_here()[:1]:
            await self._write(at, None)

    def _notes_at(self, at: Position) -> list[Note]:
        """The notes on these words; without a selection all that are shown at the part."""
        assert self.document
        every = self.places.library.notes.all(self.document.id)
        if self.selected:
            return [it for it in every if it.position[:2] == at[:2]]
        shown = Beside.of(self.places.library, self.document).notes.get(at.address, ())
        above = [it for it in every if it.position.address == at.address.up and it not in shown]
        return [*shown, *above]

    def _numbered(self, number: int | None) -> Note | None:
        every = self.places.library.notes.all()
        return next((it for it in every if it.number == number), None)

    async def _write(self, at: Position, note: Note | None, left: Left | None = None) -> None:
        """Open the editor for a note, a new one or as a session left it."""
        from scmtui.tui.notes.draft import Begun, Draft
        from scmtui.tui.notes.editor import EDITOR, NoteScreen

        begun = Begun(note.number, note.text) if note else None
        draft = Draft.going_on(left) if left else Draft(self._drafts, at, begun)
        words = "" if self.text.text_at(at.address) in ("", at.quote) else at.quote
        text = left.text if left else note.text if note else ""

        def written(kept: bool | None) -> None:
            self._written(at, kept=bool(kept))

        def keep(text: str) -> None:
            self._keep(self._as_now(at), note, text)

        self.text.make_room(EDITOR)
        await self.app.push_screen(NoteScreen(str(at.address), words, text, draft, keep), written)

    def _as_now(self, at: Position) -> Position:
        """A position in the text as it is by now; where the words are gone, as it was."""
        found = self._found(at)
        if found is None or found == at.address:
            return at
        return at._replace(address=found)

    def _keep(self, at: Position, note: Note | None, text: str) -> None:
        """Put a note into the library, without harm to what another session made of it."""
        text, notes = text.strip(), self.places.library.notes
        now = self._numbered(note.number) if note else None
        self._said = ""
        if note and now and now.text == note.text:
            if not text:
                notes.remove(note.number)
                self._said = _("The note on {address} is gone.")
            elif text != note.text:
                notes.change(note.number, text)
                self._said = _("The note on {address} is changed.")
        elif text:
            notes.add(at, text)
            self._said = _("The note on {address} is kept.")
            if now:
                self._said = _(
                    "Another session changed the note on {address}; yours stands beside it."
                )

    def _written(self, at: Position, *, kept: bool) -> None:
        """Show the note, and say what became of it."""
        self._close_selection()
        self.show_marks()
        if kept and self._said:
            took = _("u takes it back.")
            self.app.say(f"{self._said.format(address=at.address)} {took}")
        elif not kept:
            self.app.say(_("The note is as it was."))

    def _close_selection(self) -> None:
        for bar in self.query(SelectionBar):
            bar.action_close()

    def action_fold(self) -> None:
        """Unfold what is written under this part, or fold it."""
        if not self.text.fold():
            self.places.library.check()
            self.app.say(_("There is no note here: e writes one."))

    # Notes that were being written

    @property
    def _drafts(self) -> Path:
        return paths().state / "drafts"

    def _tell_of_drafts(self) -> None:
        """Say what earlier sessions left while it was being written."""
        self._begun = True
        with suppress(OSError):  # a folder above that may not be looked into
            if self._drafts.is_dir():
                from scmtui.tui.notes.draft import left

                self._left = left(self._drafts)
        if not self._left:
            return
        said = ngettext(
            "A note on {address} was still being written when the program ended. "
            "{keys} goes on with it.",
            "{count} notes were still being written when the program ended, the last "
            "one on {address}. {keys} goes on with it.",
            len(self._left),
        ).format(address=self._left[0].position.address, keys=display(GO_ON), count=len(self._left))
        self.app.say(" ".join(filter(None, (self.app.message, said))))

    def _left_at(self, at: Position) -> Left | None:
        return next(
            (it for it in self._left if it.position.address in (at.address, at.address.up)), None
        )

    async def action_go_on(self) -> None:
        """Go on with the note that was left last while it was being written."""
        from scmtui.tui.notes.draft import left

        self._left = left(self._drafts)
        if self._left:
            await self._go_on_with(self._left[0])
        else:
            self.app.say(_("No note was left while it was being written."))

    async def _go_on_with(self, one: Left) -> None:
        self._left = tuple(it for it in self._left if it is not one)
        at = one.position
        found = self._found(at)
        if found and found != self.here:
            self.open(found)
        note = self._numbered(one.begun.number) if one.begun else None
        if note and one.begun:
            note = note._replace(text=one.begun.text)  # what it may have become is not written over
        await self._write(note.position if note else at, note, one)
        self.app.say(_("This is how far you had come."))

    def _found(self, at: Position) -> Address | None:
        """Where the words of a position stand now, if its document is there."""
        try:
            return find_again(at, self.shelf.document(at.address.document))
        except ScmError:
            return None

    # Tags

    async def action_tag(self) -> None:
        """Tag what is selected or under the cursor, or take a tag off it."""
        ends = [end for end, *_other in self.ends_here()]
        if not self.document or not ends:
            return
        from scmtui.themes import taxonomy
        from scmtui.tui.notes.tags import TagPicker, offers

        try:
            named = {
                it.id: (it.name.in_language(current()), f"{it.name.ko} {it.name.en}")
                for it in taxonomy().themes
            }
        except ScmError:
            named = {}
        here = list(dict.fromkeys(it.tag for at in ends for it in self._tags_at(at)))
        title = _("Tag {address}").format(address=ends[0].address)
        every = offers(named, self.places.library.tags.names(), here)

        def chosen(tag: str | None) -> None:
            if tag:
                self._tag(ends, tag, off=tag in here)

        await self.app.push_screen(TagPicker(title, every), chosen)

    def action_tag_again(self) -> None:
        """Set the last tag here too."""
        ends = [end for end, *_other in self.ends_here()]
        if not self.last_tag:
            self.app.say(_("Nothing has been tagged yet: t tags."))
        elif ends:
            self._tag(ends, self.last_tag, off=False)

    def _tags_at(self, at: Position) -> Sequence[Tag]:
        """The tags on these words; without a selection all that are shown at the part."""
        assert self.document
        if self.selected:
            every = self.places.library.tags.all(self.document.id)
            return [it for it in every if it.position[:2] == at[:2]]
        return Beside.of(self.places.library, self.document).tags.get(at.address, ())

    def _tag(self, ends: Sequence[Position], tag: str, *, off: bool) -> None:
        tags = self.places.library.tags
        try:
            for at in ends:
                if off:
                    for one in self._tags_at(at):
                        if one.tag == tag:
                            tags.remove(one.number)
                else:
                    tags.add(at, tag)
        except ScmError as error:
            self.app.say(say(error))
            return
        said = _("{address}: no longer {tags}") if off else _("{address}: {tags}")
        if not off:
            self.last_tag = tag
        self._close_selection()
        self.show_marks()
        name = theme_names().get(tag, tag)
        self.app.say(said.format(address=ends[0].address, tags=name))

    # All of it

    async def action_written(self) -> None:
        """Look through everything that the reader put beside the texts."""
        from scmtui.tui.notes.screen import WrittenScreen

        self.places.library.check()

        def turn(back: bool) -> None:
            (self.action_undo if back else self.action_redo)()

        screen = WrittenScreen(self.places, self.position_here, turn)
        await self.app.push_screen(screen, self._chosen_written)

    def position_here(self) -> Position | None:
        """The position of the part under the cursor."""
        ends = self.ends_here()
        return ends[0][0] if ends else None

    def _chosen_written(self, address: Address | None) -> None:
        self.show_marks()
        if address and self.open(address):
            self.read()
