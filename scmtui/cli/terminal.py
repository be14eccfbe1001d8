"""The terminal, or the pipe in its place: what it can show, and how it is written to."""

from __future__ import annotations

import codecs
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

from scmtui.disk import reason
from scmtui.language import N_, _, say
from scmtui.model import ScmError, TerminalError
from scmtui.text import cut, safe

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from scmtui.settings import Settings

BROKEN_PIPE = 141
"""The status of a program that nobody listens to any more: 128 + SIGPIPE."""

YES = frozenset("y예네ㅇㅛ")
"""First letters of a yes; ㅛ is y, typed on the Korean layout."""

_INSTEAD = N_("To print a text instead: scmtui show 52")


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a standard stream is there, open and a terminal."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # closed
        return False


def columns() -> int | None:
    """The cells of a line on the terminal; None when the output goes elsewhere."""
    if not is_terminal(sys.stdout):
        return None
    from shutil import get_terminal_size

    return get_terminal_size().columns


def coloured() -> bool:
    """Whether the output may carry styles."""
    dumb = os.environ.get("TERM", "dumb") == "dumb"
    return is_terminal(sys.stdout) and not dumb and not os.environ.get("NO_COLOR")


def write(text: str | bytes) -> None:
    """Send text or bytes to the standard output, as they are.

    Raises OSError when they do not get there.
    """
    _send(sys.stdout, text)


def note(sentence: str) -> None:
    """Say something beside the output, on one line, if anybody listens."""
    try:
        _send(sys.stderr, f"scmtui: {' '.join(safe(sentence).split())}\n")
    except OSError:
        _give_up(sys.stderr)


def progress(sentence: str) -> None:
    """Say how far long work is, each time in place of the last; an empty one ends it."""
    if not is_terminal(sys.stderr) or os.environ.get("TERM", "dumb") == "dumb":
        return
    from shutil import get_terminal_size

    try:
        _send(sys.stderr, f"\r\x1b[K{cut(safe(sentence), get_terminal_size().columns - 1)}")
    except OSError:
        _give_up(sys.stderr)


def answers() -> bool:
    """Whether there is somebody who sees a question and can answer it."""
    return is_terminal(sys.stdin) and is_terminal(sys.stderr)


def ask(question: str) -> str:
    """What the reader answers to a question, in small letters; nothing when the input ends."""
    _send(sys.stderr, f"{safe(question)} ")
    return sys.stdin.readline().strip().casefold() if sys.stdin else ""


def agrees(question: str) -> bool:
    """Whether the reader says yes to a question."""
    return ask(f"{question} {_('[y/N]')}")[:1] in YES


def secret(question: str) -> str:
    """What the reader types, unseen, as a password."""
    from getpass import getpass

    try:
        return getpass(f"{safe(question)}: ", sys.stderr)
    except EOFError:
        return ""


def complain(error: ScmError) -> None:
    """Say what went wrong."""
    note(say(error))


def lost(error: OSError | AttributeError) -> int:
    """The exit status when the output could not be written; says so if somebody may be reading."""
    _give_up(sys.stdout)
    if isinstance(error, BrokenPipeError):
        return BROKEN_PIPE
    if isinstance(error, OSError) and error.errno:
        why = reason(error)
    else:
        why = _("there is no standard output")
    note(_("The output could not be written: {reason}.").format(reason=why))
    return ScmError.exit_status


def _give_up(stream: TextIO | None) -> None:
    """See to it that what is held back is not tried once more, with a traceback, at the end."""
    if stream is not None:
        with suppress(OSError, ValueError):  # a stream without a file
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _send(stream: TextIO | None, text: str | bytes) -> None:
    if stream is None:
        raise OSError(0, "")
    buffer = getattr(stream, "buffer", None)
    if buffer is None:  # another program has put a stream of its own in the place
        stream.write(text if isinstance(text, str) else text.decode(errors="replace"))
        return
    stream.flush()
    buffer.write(text.encode(_encoding(stream), "replace") if isinstance(text, str) else text)
    buffer.flush()


def _encoding(stream: TextIO) -> str:
    """The terminal's encoding where it can show Hangul; UTF-8 for everything else."""
    if is_terminal(stream):
        try:
            "한".encode(stream.encoding)
        except (UnicodeEncodeError, LookupError):
            return "utf-8"
        return stream.encoding
    return "utf-8"


def check() -> None:
    """Raise TerminalError unless the screens can be drawn, and keys read, on this terminal."""
    if not is_terminal(sys.stdin):
        raise TerminalError("The screens need a terminal, and the input is none.", todo=_INSTEAD)
    if not (is_terminal(sys.stdout) and is_terminal(sys.stderr)):
        raise TerminalError("The screens need a terminal, and the output is none.", todo=_INSTEAD)
    terminal = os.environ.get("TERM", "")
    if terminal in ("", "dumb", "unknown"):
        raise TerminalError(
            "The screens need a terminal that can move its cursor, and TERM is “{terminal}”.",
            todo=_INSTEAD,
            terminal=terminal,
        )
    for encoding in (_named_encoding(), sys.stderr.encoding):
        if encoding and not _is_utf8(encoding):
            raise TerminalError(
                "The screens need a terminal in UTF-8, and this one is in {encoding}.",
                todo="Set LANG to ko_KR.UTF-8 or C.UTF-8.",
                encoding=encoding,
            )


def _named_encoding() -> str:
    """The encoding in the name of the locale (`ko_KR.eucKR`), which Python may have overruled."""
    for variable in ("LC_ALL", "LC_CTYPE", "LANG"):
        if locale := os.environ.get(variable):
            return locale.partition("@")[0].partition(".")[2]
    return ""


def _is_utf8(encoding: str) -> bool:
    try:
        return codecs.lookup(encoding).name == "utf-8"
    except LookupError:
        return False


def prepare(environ: MutableMapping[str, str], settings: Settings) -> None:
    """Take out what steers Textual from outside; it reads this when it is imported."""
    for variable in [name for name in environ if name.startswith("TEXTUAL")]:
        del environ[variable]
    if not settings.kitty_keyboard:  # with it, some terminals lose what an input method types
        environ["TEXTUAL_DISABLE_KITTY_KEY"] = "1"
