"""Keys: counts, two-key sequences and the Hangul input method, for every screen alike.

A binding may name two keys with a blank between them ("g g", "left_square_bracket m"), or end in
`*` for any one character, which the action receives ("m *" with `mark`). Because they are ordinary
bindings, the footer, the help, the palette and the keymap know them.

`KeyReader.press` is asked for each key that no widget consumed; a text field consumes what is typed
into it, so nothing here ever types into one or takes from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import format_key
from textual.reactive import var
from textual.widgets import Input

from scmtui import hangul
from scmtui.language import _, say
from scmtui.model import ScmError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from textual.actions import ActionParseResult
    from textual.binding import ActiveBinding
    from textual.driver import Driver
    from textual.events import Key

LONGEST_COUNT = 6
"""Digits a count may have: more is a slip of the hand."""

NAMES = {
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "apostrophe": "'",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "full_stop": ".",
    "equals_sign": "=",
    "question_mark": "?",
    "slash": "/",
    "colon": ":",
    "asterisk": "*",
    "space": "␣",
    "escape": "esc",
    "enter": "⏎",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
    "tab": "Tab",
    "shift+tab": "⇧Tab",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "*": "…",
}
LONG_NAMES = {short: long for long, short in NAMES.items() if len(short) == 1 and long != "*"}


def display(key: str) -> str:
    """A key or sequence as the reader knows it: `[ m` becomes `[m`, `ctrl+d` becomes `^d`."""
    return "".join(NAMES.get(one) or format_key(one) for one in key.split(" "))


def binding_ids() -> set[str]:
    """The id of every binding that any widget or screen made so far declares."""
    kinds: list[type[DOMNode]] = [DOMNode]
    for kind in kinds:
        kinds += kind.__subclasses__()
    declared = (one for kind in kinds for one in kind.__dict__.get("BINDINGS", ()))
    return {one.id for one in declared if isinstance(one, Binding) and one.id}


def long_names(keys: str) -> str:
    """The keys of a keymap entry ("g g, [ m") with the names that bindings use."""
    return ",".join(
        " ".join(LONG_NAMES.get(one, one) for one in sequence.split())
        for sequence in keys.split(",")
    )


@dataclass(frozen=True)
class Sequence:
    """A binding that continues the keys pressed so far."""

    rest: str
    active: ActiveBinding


class KeyReader:
    """What has been pressed and not yet acted on: a count, the first key of two."""

    def __init__(self, app: App[int]) -> None:
        self._app = app
        self._digits = ""
        self._count: int | None = None
        self._simulated = ""
        self.pending = ""
        """The first key of a sequence while the second is awaited."""
        self.hangul = False
        """Whether the last key came through the Hangul input method."""

    @property
    def waiting(self) -> str:
        """What is shown while more keys are awaited: the count and the first key."""
        return self._digits + (display(self.pending) if self.pending else "")

    @property
    def count(self) -> int | None:
        """The number typed before the key that is acted on now, if there was one."""
        return self._count

    def reset(self) -> bool:
        """Forget a count or a first key; says whether there was one."""
        waited = bool(self._digits or self.pending)
        self._digits = self.pending = ""
        return waited

    def sequences(self) -> Iterator[Sequence]:
        """The live bindings that begin with the pending key."""
        head = self.pending + " "
        for key, active in self._app.active_bindings.items():
            if self.pending and key.startswith(head):
                yield Sequence(key.removeprefix(head), active)

    async def press(self, event: Key) -> str | None:
        """Take a key. None: it is an ordinary key, act on it; else what to say ("" for nothing)."""
        typed = event.character or event.key
        if self._is_hangul(typed):
            return ""
        if self.pending:
            return await self._second(event)
        if event.key.isdigit() and (self._digits or event.key != "0"):
            self._digits = (self._digits + event.key)[-LONGEST_COUNT:]
            return ""
        if event.key == "escape" and self.reset():
            return ""
        self._count = int(self._digits) if self._digits else None
        if any(key.startswith(event.key + " ") for key in self._app.active_bindings):
            self.pending = event.key
            return ""
        self._digits = ""
        return None

    def _is_hangul(self, typed: str) -> bool:
        """Turn what the input method sends into the keys that were pressed; says whether it was."""
        keys = hangul.keys(typed) if len(typed) == 1 else typed
        if keys != typed:
            self.hangul = True
            self._simulated += keys
            for key in keys:
                self._app.simulate_key(key)
            return True
        if self._simulated.startswith(typed):
            self._simulated = self._simulated[1:]
        elif len(typed) == 1:
            self.hangul, self._simulated = False, ""
        return False

    async def _second(self, event: Key) -> str:
        found = {sequence.rest: sequence.active for sequence in self.sequences()}
        pressed = display(self.pending) + display(event.key)
        self.reset()
        if event.key == "escape":
            return ""
        if active := found.get(event.key):
            await self._app.run_action(active.binding.action, active.node)
        elif (active := found.get("*")) and len(event.character or event.key) == 1:
            action = f"{active.binding.action}({(event.character or event.key)!r})"
            await self._app.run_action(action, active.node)
        else:
            return _("{keys} is not a command.").format(keys=pressed)
        return ""


class KeyedApp(App[int]):
    """An app whose bindings may be sequences and counted, and work in Hangul mode.

    `message` and `waiting` are what its footer shows beside the bindings.
    """

    message: var[str] = var("")
    """One sentence for the reader, until the next key."""
    waiting: var[str] = var("")
    """The keys that wait for another one."""
    hangul: var[bool] = var(False)

    def __init__(self, driver_class: type[Driver] | None = None) -> None:
        super().__init__(driver_class=driver_class)
        self.keys = KeyReader(self)

    @property
    def count(self) -> int | None:
        """The number typed before the key that is acted on now, if there was one."""
        return self.keys.count

    def say(self, text: str) -> None:
        """Show one sentence to the reader until the next key."""
        self.message = text

    def heed(self) -> bool:
        """Show what other sessions changed; whether a key was meant for a text that is gone."""
        return False

    def _is_bound(self, event: Key) -> bool:
        """Whether a key does something on this screen now."""
        bound = self.active_bindings
        return any(key in bound and bound[key].enabled for key in event.aliases)

    def _typed_ahead(self, event: Key) -> bool:
        """Give a field what was typed before it had the focus; says whether that was all."""
        screen = self.screen
        if screen.focused is None and (fields := screen.query(Input)):
            screen.set_focus(fields.first())
        if isinstance(screen.focused, Input) and event.is_printable and event.character:
            screen.focused.insert_text_at_cursor(event.character)
            return True
        return False

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Do what a key is for; what stands against it is said, here once for every action."""
        try:
            if self.heed():
                return True
            return await super().run_action(action, default_namespace, namespaces)
        except ScmError as error:
            self.say(say(error))
            return True

    async def on_key(self, event: Key) -> None:
        """Take what no widget consumed."""
        if self._typed_ahead(event):
            event.prevent_default()
            return
        self.message = ""
        said = await self.keys.press(event)
        if said is None and event.is_printable and not self._is_bound(event):
            said = _("{key} does nothing here; ? shows the keys.").format(key=display(event.key))
        if said is not None:
            event.prevent_default()
            self.message = said or self.message
        self.waiting = self.keys.waiting
        self.hangul = self.keys.hangul
