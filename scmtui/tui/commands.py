"""The commands of a screen, read from its live bindings: each is declared once, where done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scmtui.language import _
from scmtui.tui.keys import display

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.screen import Screen


@dataclass(frozen=True, slots=True)
class Command:
    """Something the reader can do now: its name, its keys, and the action on its widget."""

    name: str
    keys: str
    action: str
    node: DOMNode
    also: str = ""
    """What else it may be called: its name in English."""


def live_commands(screen: Screen[Any]) -> list[Command]:
    """The commands of the focused pane, the screen and the app, each once with all its keys."""
    keys: dict[tuple[str, DOMNode], list[str]] = {}
    names: dict[tuple[str, DOMNode], str] = {}
    for key, active in screen.active_bindings.items():
        binding = active.binding
        if binding.description and active.enabled and binding.id:
            keys.setdefault((binding.action, active.node), []).append(display(key))
            names[binding.action, active.node] = binding.description
    return [
        Command(_(names[action, node]), " ".join(pressed), action, node, names[action, node])
        for (action, node), pressed in keys.items()
    ]
