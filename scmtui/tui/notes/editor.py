"""The editor over the foot of the screen in which a note is written."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import getters
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import TextArea

from scmtui.disk import reason
from scmtui.language import N_, _, say
from scmtui.model import ScmError
from scmtui.text import safe
from scmtui.tui.bars import KeyBar, two_ends
from scmtui.tui.keys import KeyedApp
from scmtui.tui.notes.beside import NOTE
from scmtui.tui.shown import LOOKS, Drawn
from scmtui.tui.telling import Telling

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import Key
    from textual.strip import Strip
    from textual.widgets.text_area import Edit, EditResult

    from scmtui.tui.notes.draft import Draft

KEPT_AFTER = 1.0
"""Seconds after a change until it is on the disk; with the writing less than two."""


EDITOR = 11
"""Lines of the editor, at most."""


class NoteField(TextArea):
    """A field of several lines for Korean: what is typed or pasted is clean and composed."""

    def __init__(self, text: str) -> None:
        super().__init__(safe(text), compact=True, soft_wrap=True, show_line_numbers=False)
        self.cursor_blink = False
        self.match_cursor_bracket = False

    def on_resize(self) -> None:
        """Have the input method draw where the cursor has come to stand."""
        self.call_after_refresh(self._place_cursor)

    def _place_cursor(self) -> None:
        self.app.cursor_position = self.cursor_screen_offset

    def edit(self, edit: Edit) -> EditResult:
        """Change the text; nothing comes in that could act on the terminal, and jamo are joined."""
        return super().edit(replace(edit, text=safe(edit.text)))


class NoteTitle(Drawn):
    """Where the note stands, and on which words; or what went wrong with it."""

    def __init__(self, at: str, words: str) -> None:
        super().__init__(id="note-title")
        self._at, self._words = at, words
        self.problem = ""

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 - there is one line
        """The address and the words, or the problem."""
        pieces = [(f" {NOTE} ", self.look("mark")), (f"{self._at} ", self.look("title"))]
        words = " ".join(self._words.split())
        said = (self.problem, "warning") if self.problem else (words, "quiet")
        pieces.append((said[0], self.look(said[1])))
        end = "" if self.problem else f" {_('Markdown')} "
        return two_ends(pieces, (end, self.look("quiet")), self.size.width, self.plain)


class NoteScreen(Telling, ModalScreen[bool]):
    """A note, being written. It gives back whether it was kept.

    `keep` puts the text into the library and raises ScmError when that cannot be done; then the
    reader goes on with it. Until it is kept, the draft is.
    """

    COMPONENT_CLASSES = LOOKS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "keep", N_("Keep the note"), id="note.keep", tooltip=N_("keep")),
        Binding(
            "ctrl+g",
            "throw",
            N_("Throw the changes away"),
            id="note.throw",
            tooltip=N_("throw away"),
        ),
    ]

    app = getters.app(KeyedApp)
    title_line = getters.query_one(NoteTitle)

    def __init__(
        self, at: str, words: str, text: str, draft: Draft, keep: Callable[[str], None]
    ) -> None:
        super().__init__()
        self._at, self._words, self._text = at, words, text
        self._draft, self._keep = draft, keep
        self._on_disk = text
        self._done = False
        self._disk = asyncio.Lock()
        """Held while the draft is written."""
        self._due = False
        """Whether the draft is to be kept in a moment."""
        self._field = NoteField(text)

    def compose(self) -> ComposeResult:
        """What it is on, the field, and the keys."""
        with Vertical(id="note"):
            yield NoteTitle(self._at, self._words)
            yield self._field
            yield KeyBar()

    def on_mount(self) -> None:
        """Begin where the text ends."""
        self._field.move_cursor(self._field.document.end)
        self._field.focus()

    def on_key(self, event: Key) -> None:
        """Take what was typed before the field had the keys."""
        if self.focused is None and event.character and event.is_printable:
            self._field.insert(event.character)
            event.stop()
            event.prevent_default()

    def on_text_area_changed(self) -> None:
        """Have what is typed on the disk soon: counted from the first change, not the last."""
        if not self._due and self._field.text != self._on_disk:
            self._due = True
            self.set_timer(KEPT_AFTER, self._write_draft)

    async def _write_draft(self) -> None:
        """Keep the draft, beside the keys."""
        self._due = False
        async with self._disk:
            if self._done:
                return
            text = self._field.text
            try:
                await asyncio.to_thread(self._draft.keep, text)
            except OSError as error:
                said = _("What you type is not kept on the disk yet: {reason}.")
                self._tell(said.format(reason=reason(error)))
            else:
                self._on_disk = text
                self._tell("")
        self.on_text_area_changed()

    def _tell(self, problem: str) -> None:
        if problem != self.title_line.problem:
            self.title_line.problem = problem
            self.title_line.refresh()

    def action_keep(self) -> None:
        """Put the note into the library, and read on."""
        try:
            self._keep(self._field.text)
        except ScmError as error:
            self._tell(say(error))
            self.on_text_area_changed()
        else:
            self._end(kept=True)

    def action_throw(self) -> None:
        """Leave the note as it was before."""
        self._end(kept=False)

    def _end(self, *, kept: bool) -> None:
        self._done = True
        self.dismiss(kept)

    async def on_unmount(self) -> None:
        """Forget the draft of a note that is done; keep one that is not, as far as it came."""
        async with self._disk:
            if self._done:
                self._draft.forget()
                return
            if self._field.text != self._on_disk:
                with suppress(OSError):  # what was written a second before is there
                    self._draft.keep(self._field.text)
            self._draft.leave()
