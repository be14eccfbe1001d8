"""The commands as they are written, and the help that explains them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scmtui.language import N_, _
from scmtui.text import pad, width
from scmtui.wrap import wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

GAP = "  "
CELLS = 80
"""Cells of a line, at most."""


class Option(NamedTuple):
    """What an option does, and the word for its value if it takes one."""

    says: str
    value: str = ""


class Entry(NamedTuple):
    """A command: its arguments, what it does, its options, and how it is used, as examples."""

    arguments: str
    says: str
    options: tuple[str, ...] = ()
    least: int = 0
    most: int = 1
    examples: tuple[str, ...] = ()
    free: bool = False
    """Whether its words are the reader's own, and may begin with a dash."""

    def short(self, name: str) -> str:
        """The command with its arguments: `show ADDRESS`."""
        return f"{name} {self.arguments}".strip()

    def written(self, name: str) -> str:
        """The command with all that may follow it: `show ADDRESS [--json]`."""
        options = (f"[{written(option)}]" for option in self.options)
        return " ".join((self.short(name), *options))


MANY = 1000
"""Words that a command takes at most."""


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
        ("password", "json"),
        1,
        MANY,
        ("read communique.txt",),
    ),
    "add": Entry(
        "FILE…",
        N_("add what files hold, or a folder of them; it asks first"),
        (
            *("meeting", "kind", "lang", "title", "held", "published", "place", "official"),
            *("password", "replace", "yes", "json"),
        ),
        1,
        MANY,
        ("add communique.txt --yes", "add communique.txt --meeting 54 --kind press --yes"),
    ),
    "search": Entry(
        "QUERY…",
        N_("the passages that answer a query, the best first"),
        ("limit", "context", "json"),
        1,
        MANY,
        (
            "search 전작권 전환",
            "search '\"전작권 전환\"' scm:50..57",
            "search theme:opcon 조건 --context 1",
            "search -- -사드 확장억제",
        ),
        free=True,
    ),
    "compare": Entry(
        "A B [C…]",
        N_("texts or passages side by side, the first as the base"),
        ("theme", "mode", "width", "json"),
        2,
        MANY,
        (
            "compare 52 57",
            "compare 52 57 --theme 전작권",
            "compare 52:11 57-article:2 --mode redline",
        ),
    ),
    "phrase": Entry(
        "WORDS…",
        N_("a phrase in every document: present, near or absent"),
        ("off", "json", "csv"),
        1,
        MANY,
        ("phrase 북한의 완전한 비핵화", "phrase 미래연합군사령부 --off aliases"),
        free=True,
    ),
    "kwic": Entry(
        "QUERY…",
        N_("the hits of a query beneath one another"),
        ("sort", "limit", "json", "csv"),
        1,
        MANY,
        ("kwic 전작권 전환 --sort right,meeting",),
        free=True,
    ),
    "series": Entry(
        "[TERM…]",
        N_("themes or terms by meeting; what is new or gone"),
        ("theme", "share", "order", "changes", "lang", "json", "csv"),
        0,
        MANY,
        ("series --share", "series 확장억제 핵우산"),
    ),
    "glossary": Entry(
        "[WORD…]",
        N_("names and abbreviations, each where it first stands"),
        ("json", "csv"),
        0,
        MANY,
        ("glossary FOC",),
    ),
    "library": Entry("", N_("what the library holds, and where"), ("json",), 0, 0),
    "remove": Entry(
        "[ID…]",
        N_("take documents out of the library, or put them back"),
        ("undo", "yes"),
        0,
        MANY,
        ("remove 54 --yes", "remove --undo 54"),
    ),
    "backup": Entry(
        "[FILE]", N_("a copy of the library, looked over and counted"), ("json",), 0, 1
    ),
    "restore": Entry(
        "[BACKUP]",
        N_("the backups, or the library as it is in one"),
        ("yes", "json"),
        0,
        1,
        ("restore", "restore library-2026-01-31 --yes"),
    ),
    "dump": Entry(
        "FOLDER",
        N_("the whole library as plain files in a new folder"),
        ("json",),
        1,
        1,
        ("dump ~/scm-library",),
    ),
    "load": Entry(
        "FOLDER",
        N_("take in what was dumped, or a library file"),
        ("json",),
        1,
        1,
        ("load ~/scm-library",),
    ),
    "doctor": Entry("", N_("look the library over and mend it"), ("json",), 0, 0),
    "note": Entry(
        "[ADDRESS TEXT…]",
        N_("write a note on a passage, or show the notes"),
        ("remove", "json"),
        0,
        MANY,
        ("note 52:12 조건 평가 방법을 확인할 것", "note 52"),
    ),
    "tag": Entry(
        "[ADDRESS TAG…]",
        N_("tag a passage with themes or words, or show the tags"),
        ("untag", "json"),
        0,
        MANY,
        ("tag 52:12 중점", "search tag:중점"),
    ),
    "mark": Entry(
        "[LETTER ADDRESS]",
        N_("set a mark, or show where the marks are"),
        ("unmark", "json"),
        0,
        2,
        ("mark a 52:12",),
    ),
    "tray": Entry(
        "[NAME ADDRESS…]",
        N_("collect passages for a briefing, or show them"),
        ("heading", "line", "take", "move", "to", "rename", "delete", "json"),
        0,
        MANY,
        ("tray 브리핑 52:11 52:12 52:11=57:2", "tray 브리핑 --heading '전작권 전환'"),
    ),
    "export": Entry(
        "TRAY",
        N_("write what lies in a tray to a file"),
        ("format", "layout", "style", "title", "output", "yes"),
        1,
        1,
        ("export 브리핑 -o briefing.docx", "export 브리핑 --layout table -o table.hwpx"),
    ),
    "brief": Entry(
        "A B",
        N_("one page from a comparison, to hand over"),
        ("theme", "remark", "format", "layout", "style", "title", "output", "yes"),
        2,
        2,
        ("brief 52 57 --theme 전작권 -o brief.docx",),
    ),
    "help": Entry("[COMMAND]", N_("this page, or more on one command"), examples=("help show",)),
}
"""What can be written after `scmtui`, by name; everything else is an address to open."""

SCREENS = Entry(
    "[ADDRESS…]", N_("open the screens, where you were or at an address"), ("help", "version")
)

OPTIONS = {
    "all": Option(N_("also the meetings without a document here")),
    "exact": Option(N_("the characters of the source, not joined, not tidied")),
    "limit": Option(N_("the best so many; on a terminal, otherwise 20"), "N"),
    "context": Option(N_("what was found with so many sentences before and after it"), "N"),
    "theme": Option(N_("only what is about a theme, by its id or its name"), "THEME"),
    "mode": Option(N_("columns, interleaved, redline or changes"), "MODE"),
    "width": Option(N_("a page of so many cells, also in a pipe"), "N"),
    "off": Option(N_("rules to switch off, with commas between them"), "RULES"),
    "sort": Option(N_("up to three of left, right, meeting, theme, with commas"), "KEYS"),
    "share": Option(N_("the share of all words instead of paragraphs")),
    "order": Option(N_("paragraph by paragraph, the theme of each")),
    "changes": Option(N_("what is new or gone in it against those before"), "DOCUMENT"),
    "lang": Option(N_("the language of the documents: ko or en"), "LANGUAGE"),
    "csv": Option(N_("a table for a spreadsheet")),
    "meeting": Option(N_("the number of the meeting that it is about"), "N"),
    "kind": Option(N_("communique, article, press or other"), "KIND"),
    "title": Option(N_("the title of the document"), "TITLE"),
    "held": Option(N_("the day on which the meeting was held"), "DAY"),
    "published": Option(N_("the day on which the text was published"), "DAY"),
    "place": Option(N_("the place of the meeting"), "PLACE"),
    "official": Option(N_("whether it is an official text: yes or no"), "ANSWER"),
    "password": Option(N_("the password of the file; without it, it is asked for"), "PASSWORD"),
    "replace": Option(N_("with --yes: in the place of another copy that is there")),
    "undo": Option(N_("put back what was removed or replaced")),
    "yes": Option(N_("do it without asking")),
    "remove": Option(N_("take the note with this number away"), "N"),
    "untag": Option(N_("take these tags away")),
    "unmark": Option(N_("take the mark away")),
    "heading": Option(N_("put a heading into it"), "TEXT"),
    "line": Option(N_("put a line of your own into it"), "TEXT"),
    "take": Option(N_("take out what has this number"), "N"),
    "move": Option(N_("move what has this number, to the end or with --to"), "N"),
    "to": Option(N_("the number that it is to have"), "N"),
    "rename": Option(N_("give it another name"), "NAME"),
    "delete": Option(N_("take the tray away with all that lies in it")),
    "format": Option(N_("md, txt, html, docx, hwpx, json, csv, bib or csl"), "FORMAT"),
    "layout": Option(N_("quotes, table (old and new side by side) or brief"), "LAYOUT"),
    "remark": Option(N_("what you say to it, point by point on lines of its own"), "TEXT"),
    "style": Option(N_("how sources are cited: ko, en, short or own"), "STYLE"),
    "output": Option(N_("the file, or a folder for it; - is the pipe"), "FILE"),
    "json": Option(N_("one JSON object, for programs")),
    "help": Option(N_("this page, or more on the command before it")),
    "version": Option(N_("the version of the program")),
}
"""What can be written after a command, without dashes."""

_EVERYWHERE = ("json", "help", "version")
_ADDRESSES = {
    "52": N_("the 52nd meeting: its communiqué, or the best text there is"),
    "52:12": N_("paragraph 12"),
    "52:12.1": N_("its first part"),
    "52:12.1.3": N_("the third sentence of that part"),
    "57-article:3": N_("section 3 of an article about the 57th meeting"),
}


_MARKS = {
    "[-…-]": N_("gone"),
    "{+…+}": N_("new"),
    "[<57:3.1.2 …<]": N_("moved away, to the sentence with this address"),
    "{>52:4.1.1 …>}": N_("moved here, from the sentence with this address"),
    "[<1 …<] {>1 …>}": N_("moved within the paragraphs of a row"),
}
"""How a redline is written where nothing can be struck or underlined."""


def written(option: str) -> str:
    """An option with its dashes, and the word for its value."""
    return f"--{option} {OPTIONS[option].value}".rstrip()


def overview() -> str:
    """The help on the whole program."""
    commands = {entry.short(name): _(entry.says) for name, entry in COMMANDS.items()}
    examples = [f"scmtui {line}" for entry in COMMANDS.values() for line in entry.examples]
    return _page(
        _("scmtui reads the communiqués of the ROK-US Security Consultative Meeting (SCM)."),
        (_("Usage"), {"scmtui [ADDRESS…]": _(SCREENS.says), "scmtui COMMAND": _("print and end")}),
        (_("Commands"), commands),
        (_("Options"), _options(_EVERYWHERE)),
        (_("Addresses"), {written: _(says) for written, says in _ADDRESSES.items()}),
        (_("Examples"), dict.fromkeys(("scmtui", "scmtui 57:2", *examples), "")),
    )


def explain(name: str) -> str:
    """The help on one command."""
    entry = COMMANDS[name]
    says = _(entry.says)
    page = _page(
        f"{_usage(name, entry)}\n\n{says[:1].upper()}{says[1:]}.",
        (_("Options"), _options(entry.options)),
        (_("Examples"), {f"scmtui {line}": "" for line in entry.examples}),
    )
    return page + _MORE[name]() if name in _MORE else page


def _usage(name: str, entry: Entry) -> str:
    """The command with all that may follow it, on as many lines as that takes."""
    lines = [f"scmtui {entry.short(name)}"]
    for piece in (f"[{written(option)}]" for option in entry.options):
        if width(f"{lines[-1]} {piece}") > CELLS:
            lines.append("   ")
        lines[-1] += f" {piece}"
    return "\n".join(lines)


def _options(names: Iterable[str]) -> dict[str, str]:
    return {written(name): _(OPTIONS[name].says) for name in names}


def _marks() -> str:
    """The marks of a redline in plain text."""
    return _page("", (_("Marks in plain text"), {mark: _(says) for mark, says in _MARKS.items()}))


def _queries() -> str:
    """What a query may hold; its table is as wide as a page, so nothing is indented."""
    from scmtui.search.query import SYNTAX

    lines = ["", _("Queries")]
    for block in _(SYNTAX).strip().split("\n\n"):
        lines.append("")
        for row in block.split("\n") if GAP in block else [block.replace("\n", " ")]:
            lines += [row[start:end] for start, end in wrap(row, CELLS)]
    return "\n".join(lines) + "\n"


def _rules() -> str:
    """The rules by which two ways of writing are one phrase."""
    from scmtui.phrases import ORDER, about

    return _page("", (_("Rules"), {name: _(about(name)) for name in ORDER}))


_MORE: dict[str, Callable[[], str]] = {
    "search": _queries,
    "kwic": _queries,
    "compare": _marks,
    "phrase": _rules,
}
"""What else the help on a command tells."""


def _page(title: str, *sections: tuple[str, dict[str, str]]) -> str:
    """A title and sections of two columns, the first as wide as it must be in each section."""
    lines = [title] if title else []
    for heading, rows in sections:
        if rows:
            cells = max(map(width, rows))
            lines += ["", heading]
            for left, right in rows.items():
                lines += _row(left, right, cells)
    return "\n".join(lines) + "\n"


def _row(left: str, right: str, cells: int) -> Iterator[str]:
    """A row of two columns, the second in as many lines as it needs."""
    indent = cells + 2 * len(GAP)
    for number, (start, end) in enumerate(wrap(right, CELLS - indent)):
        column = " " * indent if number else f"{GAP}{pad(left, cells)}{GAP}"
        yield f"{column}{right[start:end]}".rstrip()
