"""Settings from config.toml: what counts, what is reported, and that nothing is ever written."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scmtui import language, settings
from scmtui.settings import Citation, Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

EVERYTHING = """\
# written by hand
language = "ko"
colours = "high-contrast"
ambiguous_width = 2
width = 100
kitty_keyboard = true
tidy_off = ["brackets"]

[keymap]
next_part = "j,down"
"quit" = "ctrl+q"
"""


@pytest.fixture
def config(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        file = tmp_path / "config.toml"
        file.write_text(text, encoding="utf-8")
        return file

    return write


def test_without_a_file_every_setting_is_the_usual_one_and_nothing_is_made(home: Path) -> None:
    assert settings.load() == (Settings(), ())
    assert list(home.iterdir()) == []


def test_a_home_without_a_config_file_never_imports_the_toml_reader() -> None:
    code = (
        "import sys; from scmtui import settings; settings.load(); print('tomllib' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"


def test_every_setting_is_read(config: Callable[[str], Path]) -> None:
    assert settings.load(config(EVERYTHING)) == (
        Settings(
            language="ko",
            colours="high-contrast",
            ambiguous_width=2,
            width=100,
            kitty_keyboard=True,
            tidy_off=("brackets",),
            keymap={"next_part": "j,down", "quit": "ctrl+q"},
        ),
        (),
    )


def test_the_file_is_looked_for_in_the_config_folder(home: Path) -> None:
    folder = home / "config" / "scmtui"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text('language = "en"', encoding="utf-8")
    assert settings.config_file() == folder / "config.toml"
    assert settings.load()[0].language == "en"


def test_the_folders_follow_the_xdg_variables_and_are_not_made(home: Path) -> None:
    found = settings.paths()
    assert found == tuple(home / name / "scmtui" for name in ("config", "data", "state", "cache"))
    assert not any(folder.exists() for folder in found)


def test_without_xdg_variables_the_folders_are_in_the_home(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.delenv(f"XDG_{name}_HOME")
    assert all(home in folder.parents for folder in settings.paths())


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('language = "fr"', '“language” must be one of "auto", "ko", "en".'),
        ("language = 1", '“language” must be one of "auto", "ko", "en".'),
        ('colours = "pink"', '“colours” must be one of "auto", "dark", "light", "high-contrast".'),
        ("ambiguous_width = 3", '“ambiguous_width” must be one of "auto", 1, 2.'),
        ("ambiguous_width = true", '“ambiguous_width” must be one of "auto", 1, 2.'),
        ("ambiguous_width = 1.0", '“ambiguous_width” must be one of "auto", 1, 2.'),
        ("width = 29", "“width” must be a whole number in 30…400."),
        ("width = 401", "“width” must be a whole number in 30…400."),
        ('width = "88"', "“width” must be a whole number in 30…400."),
        ("citation = 1", "“citation” must be a table of its own, with “style” and “template”."),
        ("kitty_keyboard = 1", "“kitty_keyboard” must be one of true, false."),
        ('tidy_off = "brackets"', '“tidy_off” must be a list of names in "quotes".'),
        ('tidy_off = ["brackets", ""]', '“tidy_off” must be a list of names in "quotes".'),
        ("tidy_off = [1]", '“tidy_off” must be a list of names in "quotes".'),
        ('keymap = "j"', "“keymap” must be a table of its own, with one line for each binding."),
    ],
)
def test_an_unfit_value_is_reported_and_the_rest_counts(
    config: Callable[[str], Path], line: str, says: str
) -> None:
    rest = "\nwidth = 61\n" if not line.startswith("width") else '\nlanguage = "ko"\n'
    file = config(f"# a comment\n{line}{rest}")
    found, (problem,) = settings.load(file)
    assert str(problem).startswith(f"{file}:2: {says} The usual setting")
    assert found == (Settings(width=61) if "61" in rest else Settings(language="ko"))
    assert problem.exit_status == 2


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('style = "apa"', "“citation.style” must be one of"),
        ("template = 1", "“citation.template” must be text in"),
        (f"template = '{'x' * 2001}'", "of 2000 characters at most."),
        ('styel = "ko"', "“styel” is not known. The usual setting"),
    ],
)
def test_what_is_unfit_in_a_citation_leaves_the_rest(
    config: Callable[[str], Path], line: str, says: str
) -> None:
    rest = 'style = "own"' if "style" not in line else 'template = "x"'
    file = config(f"[citation]\n{line}\n{rest}\n")
    found, (problem,) = settings.load(file)
    assert str(problem).startswith(f"{file}:2: ")
    assert says in str(problem)
    known = Citation("own") if "style" not in line else Citation("auto", "x")
    assert found == Settings(citation=known)


def test_a_key_of_the_keymap_that_is_unfit_leaves_the_others(
    config: Callable[[str], Path],
) -> None:
    file = config('[keymap]\nup = "k"\ndown = 3\nquit = " "\n')
    found, problems = settings.load(file)
    assert found.keymap == {"up": "k"}
    assert [str(problem).partition(" The usual")[0] for problem in problems] == [
        f'{file}:3: the keys of “down” must be written in "quotes", with commas between them.',
        f'{file}:4: the keys of “quit” must be written in "quotes", with commas between them.',
    ]


def test_an_id_with_dots_needs_no_quotes(config: Callable[[str], Path]) -> None:
    file = config('[keymap]\ntext.down = "j"\n"text.up" = "k"\n\n[keymap.app]\nquit = 1\n')
    found, (problem,) = settings.load(file)
    assert found.keymap == {"text.down": "j", "text.up": "k"}
    assert str(problem).startswith(f"{file}:6: the keys of “app.quit”")


def test_an_unknown_key_is_reported_with_the_likeliest_one(config: Callable[[str], Path]) -> None:
    file = config('width = 70\ncolors = "dark"\n')
    found, (problem,) = settings.load(file)
    assert found == Settings(width=70)
    assert f"{file}:2: “colors” is not known." in str(problem)
    assert str(problem).endswith("Did you mean colours?")


def test_an_unknown_table_is_reported_at_its_header(config: Callable[[str], Path]) -> None:
    file = config('\n[telemetry]\nlanguage = "ko"\n')
    found, (problem,) = settings.load(file)
    assert found == Settings()
    assert f"{file}:2: “telemetry” is not known." in str(problem)
    assert "What is known: ambiguous_width, citation, colours," in str(problem)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("width 70", 1),
        ("width = 70\nwidth = 71\n", 2),
        ('width = 70\n\nlanguage = "k', 3),
        ("keymap = [", 1),
        ("width = 70\nlanguage = \x01\n", 2),
    ],
)
def test_a_file_that_is_not_toml_is_reported_with_its_line(
    config: Callable[[str], Path], text: str, line: int
) -> None:
    file = config(text)
    found, (problem,) = settings.load(file)
    assert found == Settings()
    assert str(problem).startswith(f"{file}:{line}: this is not TOML (")
    assert "The usual settings are used." in str(problem)


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ("언어 = 1".encode("cp949"), "is not UTF-8 text."),
        (b"#" * (settings.MOST_BYTES + 1), "is too long"),
        (b"a = " + b"[" * 100_000, "is nested too deeply."),
    ],
)
def test_a_file_that_cannot_be_read_leaves_the_usual_settings(
    tmp_path: Path, raw: bytes, says: str
) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes(raw)
    found, (problem,) = settings.load(file)
    assert found == Settings()
    assert says in str(problem)
    assert str(file) in str(problem)


def test_a_folder_in_the_place_of_the_file_is_reported(tmp_path: Path) -> None:
    found, (problem,) = settings.load(tmp_path)
    assert found == Settings()
    assert str(problem).startswith(f"“{tmp_path}” is not a file.")


def test_a_pipe_in_the_place_of_the_file_does_not_keep_the_program_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "config.toml")
    _, (problem,) = settings.load(tmp_path / "config.toml")
    assert "is not a file." in str(problem)


def test_a_file_that_may_not_be_opened_is_reported(
    config: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = config("width = 70")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(file), "open", refuse)
    found, (problem,) = settings.load(file)
    assert found == Settings()
    assert "cannot be read: permission is denied." in str(problem)


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes('﻿language = "ko"\r\nwidth = 60\r\n'.encode())
    assert settings.load(file) == (Settings(language="ko", width=60), ())


def test_a_name_that_only_another_module_knows_is_reported_alike(
    config: Callable[[str], Path],
) -> None:
    file = config('[keymap]\n"nextpart" = "j"\nx = "k"\n')
    problem = settings.unknown("nextpart", ["next_part", "quit"], "keymap.nextpart", file)
    assert str(problem).startswith(f"{file}:2: “nextpart” is not known.")
    assert str(problem).endswith("Did you mean next_part?")
    many = settings.unknown("x", (f"binding_{n}" for n in range(40)), "keymap.x", file)
    assert str(many).startswith(f"{file}:3: “x” is not known.")
    assert "binding" not in str(many)


def test_a_line_that_cannot_be_told_is_not_made_up(tmp_path: Path) -> None:
    nowhere = settings.unknown("x", ["y"], "keymap.x", tmp_path / "none.toml")
    assert str(nowhere).startswith(f"{tmp_path / 'none.toml'}: “x” is not known.")
    unreadable = settings.unknown("x", ["y"], "keymap.x", tmp_path)
    assert str(unreadable).startswith(f"{tmp_path}: “x” is not known.")


def test_problems_are_said_in_korean(
    config: Callable[[str], Path], speak: Callable[[str], None]
) -> None:
    speak("ko")
    _, (problem,) = settings.load(config("width = 3\n"))
    assert "30…400" in language.say(problem)


VALUES: st.SearchStrategy[Any] = st.one_of(
    st.booleans(),
    st.integers(-5, 500),
    st.floats(allow_nan=False),
    st.text(max_size=5),
    st.lists(st.text(max_size=3) | st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=3), st.text(max_size=3) | st.integers(), max_size=2),
    st.sampled_from(["auto", "ko", "dark", 1, 2, 88, True]),
)


@given(table=st.dictionaries(st.sampled_from([*settings._KEYS, "other"]), VALUES))
def test_every_key_is_either_used_or_reported(table: dict[str, Any]) -> None:
    used = settings._usable(table)
    reported = {str(problem.values["where"]) for problem in settings._problems(table, str)}
    whole = {place for place in reported if "." not in place}
    assert set(used) | whole == set(table)
    assert not set(used) & whole
    bindings = table["keymap"] if "keymap" in used else {}
    named = {it.removeprefix("keymap.") for it in reported if it.startswith("keymap.")}
    assert set(used.get("keymap", {})) | named == set(bindings)
    Settings(**used)
