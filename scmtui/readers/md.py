"""Markdown: its words, with the numbers of its lists and without its marks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scmtui.language import N_
from scmtui.model import Remark
from scmtui.readers.contents import unread
from scmtui.readers.encoding import forgiving
from scmtui.readers.extracted import Extracted

if TYPE_CHECKING:
    from scmtui.readers.extracted import Task

LONGEST = 20_000
"""Characters of a line whose marks are taken away."""

DEEPEST = 400
"""Cells by which a list may be indented, and marks of quoting on one line."""

_TOO_DEEP = (
    rf"(?m)^(?:[ \t]{{{DEEPEST},}}+(?:[-*+]|\d{{1,9}}[.)])[ \t]|(?:[ \t]{{0,3}}>){{{DEEPEST}}})"
)
_FRONT = r"(?:---|\+\+\+)[ \t]*\n(?:.*\n){0,200}?(?:---|\.\.\.|\+\+\+)[ \t]*\n"
_FENCE = r" {0,3}(?P<fence>`{3,}|~{3,})[^`]*$"
_ITEM = r"(?P<indent>[ \t]*)(?P<number>\d{1,9})(?P<close>[.)])(?P<gap>[ \t]+|$)"
_HEADING = r" {0,3}#{1,6}(?:[ \t]+(?P<text>.*?))?(?:[ \t]+#+)?[ \t]*$"
_RULE = r" {0,3}(?:(?:\*[ \t]*+){3,}+|(?:-[ \t]*+){3,}+|(?:_[ \t]*+){3,}+|=++[ \t]*+)$"
_TABLE_RULE = r"[ \t]*+(?:\|[ \t]*+)?:?-{2,}+:?[ \t]*+(?:\|[ \t]*+:?-{2,}+:?[ \t]*+)*+\|?[ \t]*+$"
_BLOCK_END = r"</(?:p|div|li|tr|h[1-6]|table|ol|ul|blockquote)>|<br ?/?>"
_TAG = r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]{0,500})?/?>"
_TARGET = r"\((?:[^()\n]|\([^()\n]{0,200}\)){0,1000}\)"
_MARKED = re.compile(r"[\\!\[<`*~_]|  $")
"""What a line with a mark in it has."""
_HIDDEN = (
    r"<(script|style|template|noscript)\b[^<>]{0,2000}>"
    r"|<([a-z][a-z0-9]{0,20})\s[^<>]{0,500}?(?:\bhidden\b|display\s{0,9}:\s{0,9}none)[^<>]{0,500}>"
)
_REFERENCE = r" {0,3}\[[^\[\]\n^]{1,200}\]:[ \t]+(?:https?://|#|<|/|\.|mailto:)\S*"
"""Where a link leads to, or a note that only who writes the text sees."""
_PROTECTED = "\ue000"
"""Stands for a mark that was written with a backslash, until the other marks are gone."""


def extract(data: bytes, task: Task) -> Extracted:
    """The text in a Markdown file: headings set off, list numbers as they are shown, no marks.

    Raises ReadError when its bytes are no text.
    """
    source, doubts = forgiving(data, task.file)
    if re.search(_TOO_DEEP, source):
        raise unread(N_("“{file}” is nested too deeply to be read."), task.file)
    source = source.replace("\r\n", "\n").replace("\r", "\n").replace(_PROTECTED, "")
    dropped = []
    if front := re.match(_FRONT, source):
        dropped.append(Remark("front-matter", front[0].strip()))
        source = source[front.end() :]
    source, comments = _uncommented(source)
    source, unseen = _seen(source)
    dropped += [Remark("hidden", it) for it in (*comments, *unseen)]
    source = re.sub(_BLOCK_END, "\n", source, flags=re.IGNORECASE)
    lines = _Lines()
    for line in source.split("\n"):
        lines.take(line)
    dropped += [Remark("hidden", it) for it in lines.referred]
    return Extracted("\n".join(lines.done), tuple(it for it in dropped if it.text), doubts)


def _uncommented(source: str) -> tuple[str, list[str]]:
    """The text without its comments, and these."""
    kept, comments = [], []
    last = 0
    while (start := source.find("<!--", last)) >= 0 and (end := source.find("-->", start)) >= 0:
        kept.append(source[last:start])
        comments.append(source[start + 4 : end].strip())
        last = end + 3
    return "".join([*kept, source[last:]]), comments


def _seen(source: str) -> tuple[str, list[str]]:
    """The text without the pieces of a page in it that are not shown, and these."""
    kept, hidden = [], []
    last = 0
    endless: set[str] = set()
    for match in re.finditer(_HIDDEN, source, re.IGNORECASE):
        tag = (match[1] or match[2]).lower()
        if match.start() < last or tag in endless:
            continue
        end = re.compile(rf"</{tag}\s*>", re.IGNORECASE).search(source, match.end())
        if end is None:
            endless.add(tag)  # nor is there one further down
            continue
        kept.append(source[last : match.start()])
        hidden.append(source[match.end() : end.start()].strip())
        last = end.end()
    return "".join([*kept, source[last:]]), hidden


class _Lines:
    """The lines of a text while their marks are taken away."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.referred: list[str] = []
        """The lines that say where links lead to, which are not shown."""
        self._fence = ""
        self._lists: list[tuple[int, int]] = []
        """The lists that are open, outermost first: the indent of each, and its last number."""

    def take(self, line: str) -> None:
        """Add one line as it is shown."""
        fence = re.match(_FENCE, line)
        if self._fence:
            if fence and fence["fence"].startswith(self._fence):
                self._fence = ""
            else:
                self.done.append(line)
        elif fence:
            self._fence = fence["fence"]
        elif heading := re.match(_HEADING, line):
            self._lists.clear()
            self.done += ["", _plain(heading["text"] or ""), ""]
        elif re.match(_REFERENCE, line):
            self.referred.append(line.strip())
        elif re.match(_RULE, line) or (re.match(_TABLE_RULE, line) and "-" in line):
            self.done.append("")
        else:
            self.done.append(self._shown(line))

    def _shown(self, line: str) -> str:
        quoted = re.sub(r"^[ \t]*(?:>[ \t]?)+", "", line)
        if item := re.match(_ITEM, quoted):
            number = self._number(item)
            rest = _plain(quoted[item.end() :])
            return f"{item['indent']}{number}{item['close']} {rest}"
        if quoted.strip() and not quoted[0].isspace():
            self._lists.clear()
        if quoted.strip().startswith("|") and quoted.strip().endswith("|"):
            cells = quoted.strip()[1:-1].split("|")
            return "\t".join(_plain(cell.strip()) for cell in cells)
        return re.sub(r"^([ \t]*)[*+](?=[ \t])", r"\1-", _plain(quoted))

    def _number(self, item: re.Match[str]) -> int:
        """The number that is shown: one more than the item before, when all are written alike."""
        written, indent = int(item["number"]), len(item["indent"].expandtabs(4))
        while self._lists and self._lists[-1][0] > indent + 1:
            self._lists.pop()
        within = bool(self._lists) and abs(self._lists[-1][0] - indent) <= 1
        last = self._lists.pop()[1] if within else 0
        shown = last + 1 if within and written <= last else written
        self._lists.append((indent, shown))
        return shown


def _plain(line: str) -> str:
    """A line without the marks of emphasis, links, pictures, code and HTML.

    A line that nobody wrote is left as it is: what takes its marks away is made for short ones.
    """
    if len(line) > LONGEST or not _MARKED.search(line):
        return line
    hidden = iter(re.findall(r"\\([!-/:-@\[-`{-~])", line))
    line = re.sub(r"\\[!-/:-@\[-`{-~]", _PROTECTED, line)
    # What is within a mark never holds its own beginning: a line full of those would take for ever.
    line = re.sub(rf"!\[[^\[\]\n]{{0,500}}\]{_TARGET}", "", line)
    line = re.sub(rf"\[([^\[\]\n]{{1,500}})\]{_TARGET}", r"\1", line)
    line = re.sub(r"\[([^\[\]\n]{1,500})\]\[[^\[\]\n]{0,200}\]", r"\1", line)
    line = re.sub(r"<(https?://[^<>\s]{1,500})>", r"\1", line)
    line = re.sub(_TAG, "", line)
    line = re.sub(r"(?<!`)(`{1,9})(?!`)([^`\n]+)\1(?!`)", r"\2", line)
    line = re.sub(r"(?<!`)``(?!`)((?:[^`\n]|`(?!`))+)``(?!`)", r"\1", line)
    for mark in (r"\*\*\*", r"\*\*", r"\*", "~~"):
        line = re.sub(rf"{mark}(?=\S)([^*~\n]+?)(?<=\S){mark}", r"\1", line)
    line = re.sub(r"(?<![\w])(_{1,3})(?=\S)([^_\n]+?)(?<=\S)\1(?![\w])", r"\2", line)
    line = re.sub(r"(?<! )  +$|\\$", "", line)
    return re.sub(_PROTECTED, lambda _: next(hidden), line)
