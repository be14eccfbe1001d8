"""The commands as they are written, and the help that explains them."""

from __future__ import annotations

from typing import NamedTuple

from scmtui.language import N_, _
from scmtui.text import pad, width


class Entry(NamedTuple):
    """A command: its arguments, what it does, its options, and how it is used, as examples."""

    arguments: str
    says: str
    options: tuple[str, ...] = ()
    least: int = 0
    most: int = 1
    examples: tuple[str, ...] = ()

    def written(self, name: str) -> str:
        """The command with all that may follow it: `show ADDRESS [--json]`."""
        options = (f"[--{option}]" for option in self.options)
        return " ".join(filter(None, (name, self.arguments, *options)))


COMMANDS = {
    "list": Entry(
        "", N_("the documents, the newest meeting first"), ("all", "json"), 0, 0, ("list --all",)
    ),
    "show": Entry(
        "ADDRESS",
        N_("a document, a paragraph, a part or a sentence"),
        ("exact", "json"),
        1,
        1,
        ("show 52:12", "show 52 --exact"),
    ),
    "themes": Entry(
        "[ADDRESS]",
        N_("the themes that paragraphs touch, and why"),
        ("json",),
        examples=("themes 57", "themes 52:12"),
    ),
    "read": Entry(
        "FILE…",
        N_("what a file would be read as; nothing is kept"),
        ("json",),
        1,
        1000,
        ("read communique.txt",),
    ),
    "help": Entry("[COMMAND]", N_("this page, or more on one command"), examples=("help show",)),
}
"""What can be written after `scmtui`, by name; everything else is an address to open."""

SCREENS = Entry(
    "[ADDRESS…]", N_("open the screens, where you were or at an address"), ("help", "version")
)

_OPTIONS = {
    "all": N_("also the meetings without a document here"),
    "exact": N_("the characters of the source, not joined, not tidied"),
    "json": N_("one JSON object, for programs"),
    "help": N_("this page, or more on the command before it"),
    "version": N_("the version of the program"),
}
_ADDRESSES = {
    "52": N_("the 52nd meeting: its communiqué, or the best text there is"),
    "52:12": N_("paragraph 12"),
    "52:12.2": N_("its second part"),
    "52:12.2.3": N_("the third sentence of that part"),
    "57-article:3": N_("section 3 of an article about the 57th meeting"),
}


def overview() -> str:
    """The help on the whole program."""
    commands = {entry.written(name): _(entry.says) for name, entry in COMMANDS.items()}
    examples = [f"scmtui {line}" for entry in COMMANDS.values() for line in entry.examples]
    return _page(
        _("scmtui reads the communiqués of the ROK-US Security Consultative Meeting (SCM)."),
        (_("Usage"), {"scmtui [ADDRESS…]": _(SCREENS.says), "scmtui COMMAND": _("print and end")}),
        (_("Commands"), commands),
        (_("Options"), {f"--{name}": _(says) for name, says in _OPTIONS.items()}),
        (_("Addresses"), {written: _(says) for written, says in _ADDRESSES.items()}),
        (_("Examples"), dict.fromkeys(("scmtui", "scmtui 57:2", *examples), "")),
    )


def explain(name: str) -> str:
    """The help on one command."""
    entry = COMMANDS[name]
    says = _(entry.says)
    return _page(
        f"scmtui {entry.written(name)}\n\n{says[:1].upper()}{says[1:]}.",
        (_("Options"), {f"--{option}": _(_OPTIONS[option]) for option in entry.options}),
        (_("Examples"), {f"scmtui {line}": "" for line in entry.examples}),
    )


def _page(title: str, *sections: tuple[str, dict[str, str]]) -> str:
    """A title and sections of two columns, the first as wide as it must be in each section."""
    lines = [title]
    for heading, rows in sections:
        if rows:
            cells = max(map(width, rows))
            lines += ["", heading]
            lines += [f"  {pad(left, cells)}  {right}".rstrip() for left, right in rows.items()]
    return "\n".join(lines) + "\n"
