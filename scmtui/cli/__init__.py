"""The command line: commands print, addresses open the screens."""

from __future__ import annotations

import os
import sys
from getopt import GetoptError, gnu_getopt
from typing import TYPE_CHECKING

from scmtui import __version__, corpus, frame, language, settings
from scmtui.cli import manual, terminal
from scmtui.language import N_, say
from scmtui.model import AddressError, NotFoundError, ScmError, UsageError
from scmtui.text import RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scmtui.cli.request import Answer, Request
    from scmtui.frame import Shown
    from scmtui.model import Address, SettingsError
    from scmtui.settings import Settings

INTERRUPTED = 130
"""The status of a program that was stopped with Ctrl-C: 128 + SIGINT."""


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the arguments ask for. Returns the exit status; an error is one sentence."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        chosen, problems = _speak()
        if arguments and arguments[0] in manual.COMMANDS:
            return _command(arguments[0], arguments[1:], chosen, problems)
        return _open(arguments, chosen, problems)
    except ScmError as error:
        terminal.complain(error)
        return error.exit_status
    except KeyboardInterrupt:
        return INTERRUPTED


def _speak() -> tuple[Settings, tuple[SettingsError, ...]]:
    """The reader's settings, what is wrong with them, and their language from now on."""
    chosen, problems = settings.load()
    tongue = language.preferred() if chosen.language == "auto" else chosen.language
    language.use(tongue, corpus.assets() / "locale")
    strange = (name for name in chosen.tidy_off if name not in RULES)
    unknown = (settings.unknown(name, RULES, "tidy_off") for name in strange)
    return chosen, (*problems, *unknown)


def _command(
    name: str, arguments: list[str], chosen: Settings, problems: tuple[SettingsError, ...]
) -> int:
    entry = manual.COMMANDS[name]
    options, words = _parse(name, arguments, entry)
    if "help" in options:
        return _print(manual.explain(name))
    if not entry.least <= len(words) <= entry.most:
        raise UsageError("It is written like this: scmtui {written}", written=entry.written(name))
    from scmtui.cli.commands import COMMANDS
    from scmtui.cli.request import Request

    request = Request(tuple(words), options, chosen)
    try:
        answer = _answer(COMMANDS[name], request)
        for sentence in (*map(say, (*problems, *request.problems)), *answer.notes):
            terminal.note(sentence)
    finally:
        request.close()
    return _print(answer.data or answer.text) or answer.status


def _answer(command: Callable[[Request], Answer], request: Request) -> Answer:
    """What a command answers; that there is no such thing is none while the library is shut."""
    try:
        answer = command(request)
    except NotFoundError:
        request.check()
        raise
    if answer.status == NotFoundError.exit_status:
        request.check()
    return answer


def _open(arguments: list[str], chosen: Settings, problems: tuple[SettingsError, ...]) -> int:
    options, words = _parse("", arguments, manual.SCREENS)
    if "help" in options:
        return _print(manual.overview())
    if "version" in options:
        return _print(f"scmtui {__version__}\n")
    addresses, told = _located(words, chosen)
    terminal.check()
    terminal.prepare(os.environ, chosen)
    import gc

    gc.disable()  # for the start alone: the screens turn it on again when they are ready
    shown = _last_frame(chosen, addresses)
    try:
        from scmtui.tui.app import run

        return run(addresses, chosen, (*problems, *told), shown)
    except BaseException:
        if shown:
            shown.take_down()
        raise


def _last_frame(chosen: Settings, addresses: tuple[Address, ...]) -> Shown | None:
    """What the session before left on the screen, if that is where the reader goes on."""
    paths, opened = settings.paths(), " ".join(map(str, addresses))
    return frame.show(paths.cache, frame.depends(chosen, paths, opened))


def _located(
    words: list[str], chosen: Settings
) -> tuple[tuple[Address, ...], tuple[ScmError, ...]]:
    """What the words stand for, with full ids, and what is to be known of the library."""
    if not words:
        return (), ()
    from scmtui.cli.addresses import locate
    from scmtui.cli.request import Request

    request = Request(tuple(words), {}, chosen)
    try:
        addresses = tuple(locate(word, request.shelf).address for word in words)
    except AddressError as error:
        raise _neither(words[0]) if words[0].isalpha() else error from None
    except NotFoundError:
        request.check()
        raise
    else:
        return addresses, request.problems
    finally:
        request.close()


def _parse(
    name: str, arguments: list[str], entry: manual.Entry
) -> tuple[dict[str, str], list[str]]:
    """The options by their names, without their dashes, and the words among the arguments."""
    known = [f"{it}=" if manual.OPTIONS[it].value else it for it in entry.options]
    try:
        short = "ho:" if "output" in entry.options else "h"
        options, words = gnu_getopt(arguments, short, [*known, "help"])
    except GetoptError as error:
        raise _misused(name, error.opt, entry) from error
    long = {"-h": "help", "-o": "output"}
    return {long.get(it, it[2:]): value for it, value in options}, words


def _misused(name: str, option: str, entry: manual.Entry) -> UsageError:
    written = f"--{option}" if len(option) > 1 else f"-{option}"
    if option in entry.options and (value := manual.OPTIONS[option].value):
        return UsageError("“{option}” needs a value: {option} {value}", option=written, value=value)
    todo = N_("See: scmtui {name} --help") if name else N_("See: scmtui --help")
    if entry.free and not written.startswith("--"):
        todo = N_("Before words that begin with a dash, write two: scmtui {name} -- {option}…")
    return UsageError("“{option}” cannot be used here.", todo=todo, option=written, name=name)


def _neither(word: str) -> UsageError:
    from difflib import get_close_matches

    near = get_close_matches(word, manual.COMMANDS, n=3, cutoff=0.5)
    return UsageError(
        "“{word}” is neither a command nor an address.",
        todo=N_("Did you mean {names}?") if near else N_("See: scmtui --help"),
        word=word,
        names=", ".join(near),
    )


def _print(text: str | bytes) -> int:
    """Write a text to the end. Returns 0, or the status that says why that could not be done."""
    if isinstance(text, str) and text and not text.endswith("\n") and terminal.columns():
        text += "\n"  # the prompt would follow on the same line
    try:
        terminal.write(text)
    except OSError as error:
        return terminal.lost(error)
    return 0
