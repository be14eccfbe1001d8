"""What the reader has chosen in config.toml, and where the program keeps things.

The file is read and never written. A setting that cannot be used is reported and its usual value
stands; everything else in the file still counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from scmtui.disk import reason
from scmtui.language import N_
from scmtui.model import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

LANGUAGES = ("auto", "ko", "en")
COLOURS = ("auto", "dark", "light", "high-contrast")
STYLES = ("auto", "ko", "en", "short", "own")
"""How sources are cited; "own" is the template of the reader."""
LONGEST_TEMPLATE = 2_000
"""Characters of a template for one line."""
WIDTHS = range(30, 401)
"""Cells that the text column may be capped at."""
MOST_BYTES = 1_000_000
"""A longer file is not one that a person wrote by hand."""

MOST_NAMES = 12
"""A longer list of what is known would not be read."""

_HEADER = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]")
_SETTING = re.compile(r"\s*([^=#\[\]]+?)\s*=")

KEPT = N_("The usual setting is used in its place; the rest of the file counts.")
USUAL = N_("The usual settings are used.")


class Citation(NamedTuple):
    """How sources are cited where nobody says otherwise."""

    style: str = "auto"
    """One of STYLES; "auto" is the template if there is one, else the language."""
    template: str = ""
    """The citation of a passage, as a Jinja template."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What config.toml can say; each value here is the usual one."""

    language: str = "auto"
    """One of LANGUAGES; "auto" asks the locale."""
    colours: str = "auto"
    """One of COLOURS; "auto" asks the terminal."""
    ambiguous_width: Literal["auto", 1, 2] = "auto"
    """Cells that the terminal gives to ‘ ’ “ ” · … and lines; "auto" asks it."""
    width: int = 88
    """The most cells that a line of text takes, however wide the terminal is."""
    kitty_keyboard: bool = False
    """Whether the kitty keyboard protocol is used where the terminal has it."""
    tidy_off: tuple[str, ...] = ()
    """Names of the tidying rules that are switched off."""
    citation: Citation = field(default_factory=Citation)
    keymap: Mapping[str, str] = field(default_factory=dict)
    """Keys by the id of their binding; several keys are parted by commas."""


class Paths(NamedTuple):
    """The program's folders; none is made before something is written into it."""

    config: Path
    data: Path
    state: Path
    cache: Path


def paths() -> Paths:
    """Where the program keeps things on this system; XDG variables are honoured."""
    from platformdirs import PlatformDirs  # 8 ms that --version need not wait for

    dirs = PlatformDirs("scmtui", appauthor=False)
    return Paths(
        dirs.user_config_path, dirs.user_data_path, dirs.user_state_path, dirs.user_cache_path
    )


def config_file() -> Path:
    """The file that the reader writes settings into; it need not exist."""
    return paths().config / "config.toml"


def load(file: Path | None = None) -> tuple[Settings, tuple[SettingsError, ...]]:
    """The settings in `file` (usually `config_file()`), and what in it cannot be used."""
    file = file or config_file()
    try:
        table, text = read_toml(file, USUAL)
    except SettingsError as error:
        return Settings(), (error,)
    problems = list(_problems(table, partial(_where, file, text)))
    return Settings(**_usable(table)), tuple(problems)


def unknown(name: str, known: Iterable[str], key: str, file: Path | None = None) -> SettingsError:
    """The report on a `name` under `key` of config.toml that is none of the `known` ones.

    What a rule or a binding is called is known elsewhere; how to say so is known here.
    """
    file = file or config_file()
    try:
        text = _text(file, USUAL)
    except SettingsError:
        text = ""
    return _unknown(name, known, _where(file, text, key))


def unusable(key: str, why: str, kept: str) -> SettingsError:
    """The report on what stands under a key of config.toml and cannot be used for what it is for.

    What a template may say is known elsewhere; how to say so is known here.
    """
    file = config_file()
    try:
        text = _text(file, USUAL)
    except SettingsError:
        text = ""
    return SettingsError(
        "{where}: “{key}” cannot be used ({reason}).",
        kept=kept,
        where=_where(file, text, key),
        key=key,
        reason=why,
    )


def read_toml(file: Path, kept: str) -> tuple[dict[str, Any], str]:
    """What a file that the reader wrote says, and its text; nothing when there is no such file.

    Raises SettingsError with file, line and reason when it cannot be read; `kept` says what then
    holds in its place.
    """
    text = _text(file, kept)
    return _parsed(text, file, kept), text


class _Key(NamedTuple):
    """What a setting must be, and the sentence that says so."""

    fits: Callable[[Any], bool]
    wanted: str
    choices: str = ""


def _one_of(*choices: str | int) -> _Key:
    written = (f'"{choice}"' if isinstance(choice, str) else str(choice) for choice in choices)
    return _Key(
        lambda value: any(value == choice and type(value) is type(choice) for choice in choices),
        N_("{where}: “{key}” must be one of {choices}."),
        ", ".join(written).lower(),
    )


def _are_names(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) and name for name in value)


_KEYS = {
    "language": _one_of(*LANGUAGES),
    "colours": _one_of(*COLOURS),
    "ambiguous_width": _one_of("auto", 1, 2),
    "width": _Key(
        lambda value: type(value) is int and value in WIDTHS,
        N_("{where}: “{key}” must be a whole number in {choices}."),
        f"{WIDTHS[0]}…{WIDTHS[-1]}",
    ),
    "kitty_keyboard": _one_of(True, False),
    "tidy_off": _Key(_are_names, N_('{where}: “{key}” must be a list of names in "quotes".')),
    "citation": _Key(
        lambda value: isinstance(value, dict),
        N_("{where}: “{key}” must be a table of its own, with “style” and “template”."),
    ),
    "keymap": _Key(
        lambda value: isinstance(value, dict),
        N_("{where}: “{key}” must be a table of its own, with one line for each binding."),
    ),
}
_CITATION = {
    "style": _one_of(*STYLES),
    "template": _Key(
        lambda value: isinstance(value, str) and len(value) <= LONGEST_TEMPLATE,
        N_('{where}: “{key}” must be text in "quotes", of {choices} characters at most.'),
        str(LONGEST_TEMPLATE),
    ),
}
_BINDING = _Key(
    lambda value: isinstance(value, str) and bool(value.strip()),
    N_('{where}: the keys of “{key}” must be written in "quotes", with commas between them.'),
)


def _usable(table: Mapping[str, Any]) -> dict[str, Any]:
    fitting = {
        key: value for key, value in table.items() if key in _KEYS and _KEYS[key].fits(value)
    }
    if "tidy_off" in fitting:
        fitting["tidy_off"] = tuple(fitting["tidy_off"])
    if "citation" in fitting:
        known = fitting["citation"].items()
        fits = {key: it for key, it in known if key in _CITATION and _CITATION[key].fits(it)}
        fitting["citation"] = Citation(**fits)
    if "keymap" in fitting:
        bindings = _flat(fitting["keymap"])
        fitting["keymap"] = {id_: keys for id_, keys in bindings if _BINDING.fits(keys)}
    return fitting


def _flat(table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """The entries of a table by id: `text.down = "j"` is a table in a table to TOML."""
    for key, value in table.items():
        if isinstance(value, dict) and value:
            yield from _flat(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value


def _problems(table: Mapping[str, Any], where: Callable[[str], str]) -> Iterator[SettingsError]:
    for key, value in table.items():
        if key not in _KEYS:
            yield _unknown(key, _KEYS, where(key))
        elif not _KEYS[key].fits(value):
            yield _unfit(_KEYS[key], key, where(key))
        elif key == "citation":
            yield from _of_citation(value, where)
        elif key == "keymap":
            for id_, keys in _flat(value):
                if not _BINDING.fits(keys):
                    yield _unfit(_BINDING, id_, where(f"keymap.{id_}"))


def _of_citation(table: Mapping[str, Any], where: Callable[[str], str]) -> Iterator[SettingsError]:
    for key, value in table.items():
        name = f"citation.{key}"
        if key not in _CITATION:
            yield _unknown(key, _CITATION, where(name))
        elif not _CITATION[key].fits(value):
            yield _unfit(_CITATION[key], name, where(name))


def _unfit(setting: _Key, key: str, where: str) -> SettingsError:
    return SettingsError(setting.wanted, kept=KEPT, where=where, key=key, choices=setting.choices)


def _unknown(name: str, known: Iterable[str], where: str) -> SettingsError:
    from difflib import get_close_matches  # only who errs waits for it

    names = sorted(known)
    near = get_close_matches(name, names, n=3, cutoff=0.5)
    todo = N_("What is known: {names}.") if len(names) <= MOST_NAMES else ""
    return SettingsError(
        "{where}: “{name}” is not known.",
        kept=KEPT,
        todo=N_("Did you mean {names}?") if near else todo,
        where=where,
        name=name,
        names=", ".join(near or names),
    )


def _text(file: Path, kept: str) -> str:
    """The text of the file, empty if there is none. SettingsError if it cannot be read."""
    try:
        if not file.is_file():  # a pipe would keep the program waiting
            if file.exists():
                raise _unreadable(N_("“{where}” is not a file."), file, kept)
            return ""
        with file.open("rb") as stream:
            raw = stream.read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES:
            raise _unreadable(N_("“{where}” is too long to be a list of settings."), file, kept)
        return raw.decode("utf-8-sig")
    except OSError as error:
        raise _unreadable(N_("“{where}” cannot be read: {reason}."), file, kept, error) from error
    except UnicodeDecodeError as error:
        raise _unreadable(N_("“{where}” is not UTF-8 text."), file, kept) from error


def _unreadable(
    sentence: str, file: Path, kept: str, error: OSError | None = None
) -> SettingsError:
    return SettingsError(
        sentence,
        kept=kept,
        where=file,
        reason=reason(error) if error else "",
    )


def _parsed(text: str, file: Path, kept: str) -> dict[str, Any]:
    if not text.strip():
        return {}
    import tomllib  # 3 ms that nobody without a config.toml need wait for

    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise _unreadable(N_("“{where}” is nested too deeply."), file, kept) from error
    except tomllib.TOMLDecodeError as error:
        reason, _, place = str(error).partition(" (at ")
        line = re.match(r"line (\d+)", place)  # an unfinished value ends "at end of document"
        number = int(line[1]) if line else len(text.splitlines())
        raise SettingsError(
            "{where}: this is not TOML ({reason}).",
            kept=kept,
            todo="Mend the line, or put # in front of it.",
            where=f"{file}:{number}",
            reason=reason,
        ) from error


def _where(file: Path, text: str, key: str) -> str:
    """The file and, where it can be told, the line that sets `key` (`width`, `keymap.next`)."""
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = _bare(header[1])
        if setting := _SETTING.match(line):
            found = _bare(setting[1])
            if key == (f"{table}.{found}" if table else found):
                return f"{file}:{number}"
        elif header and table == key:
            return f"{file}:{number}"
    return str(file)


def _bare(key: str) -> str:
    """A key of TOML without quotes and blanks around its dots."""
    return re.sub(r"""["'\s]""", "", key)
