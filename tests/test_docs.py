"""The READMEs and the program agree on commands, options, settings and keys; examples are real."""

from __future__ import annotations

import importlib
import pkgutil
import re
import shlex
import subprocess
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.binding import Binding
from textual.dom import DOMNode

import scmtui.tui
from scmtui import settings, text, themes
from scmtui.cli import main, manual
from scmtui.model import LibraryError, NotFoundError, ReadError, ScmError, UsageError
from scmtui.tui.keys import display

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
READMES = {"en": ROOT / "README.md", "ko": ROOT / "README.ko.md"}

readmes = pytest.mark.parametrize("language", READMES)


def read(language: str) -> str:
    return READMES[language].read_text(encoding="utf-8")


def blocks(language: str, kind: str) -> list[str]:
    """The fenced blocks of a kind, without their fences."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", read(language), re.MULTILINE | re.DOTALL)


def examples(language: str) -> list[tuple[str, str]]:
    """Each command of the console blocks with the output that the README shows."""
    told = "".join(blocks(language, "console"))
    return re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", told, re.MULTILINE)


def bindings() -> Iterator[Binding]:
    """Every binding with an id that a class of the screens declares."""
    for module in pkgutil.walk_packages(scmtui.tui.__path__, "scmtui.tui."):
        for thing in vars(importlib.import_module(module.name)).values():
            if isinstance(thing, type) and issubclass(thing, DOMNode):
                declared = vars(thing).get("BINDINGS", [])
                yield from (one for one in declared if isinstance(one, Binding) and one.id)


@readmes
def test_every_key_stands_beside_its_id(language: str) -> None:
    rows = [line for line in read(language).splitlines() if line.startswith("|")]
    missing = set()
    for binding in bindings():
        row = next((row for row in rows if f"`{binding.id}`" in row), "")
        if not all(f"`{display(key.strip())}`" in row for key in binding.key.split(",")):
            missing.add((binding.id, binding.key))
    assert not missing


@readmes
def test_every_id_in_the_readme_is_one_of_the_program(language: str) -> None:
    known = {binding.id for binding in bindings()}
    rows = re.findall(r"^\| `([a-z-]+\.[a-z-]+)` \|", read(language), re.MULTILINE)
    assert rows
    assert set(rows) == known


@readmes
def test_every_setting_stands_in_the_readme(language: str) -> None:
    (example,) = blocks(language, "toml")[:1]
    for one in fields(settings.Settings):
        assert re.search(rf"^#? ?\[?{one.name}\b", example, re.MULTILINE), one.name
    for choice in (*settings.LANGUAGES, *settings.COLOURS):
        assert f'"{choice}"' in example, choice


@readmes
def test_the_settings_in_the_readme_are_the_usual_ones(language: str, tmp_path: Path) -> None:
    (example,) = blocks(language, "toml")[:1]
    file = tmp_path / "config.toml"
    file.write_text(example, encoding="utf-8")
    loaded, problems = settings.load(file)
    assert not problems
    usual = settings.Settings(keymap=loaded.keymap)
    assert loaded == usual


@readmes
def test_the_keymap_in_the_readme_names_bindings_that_exist(language: str, tmp_path: Path) -> None:
    (example,) = blocks(language, "toml")[:1]
    file = tmp_path / "config.toml"
    file.write_text(example, encoding="utf-8")
    keymap = settings.load(file)[0].keymap
    assert keymap
    assert set(keymap) <= {binding.id for binding in bindings()}


@readmes
def test_every_command_stands_in_the_readme_with_its_options(language: str) -> None:
    for name, entry in manual.COMMANDS.items():
        written = f"{name} {entry.arguments}".strip()
        row = re.search(rf"^\| `{re.escape(written)}` \| (.*)$", read(language), re.MULTILINE)
        assert row, written
        assert set(re.findall(r"`--([a-z-]+)", row[1])) == set(entry.options), written
    for option in manual.SCREENS.options:
        assert f"`scmtui --{option}`" in read(language)


@readmes
def test_every_exit_status_stands_in_the_readme(language: str) -> None:
    for kind in (ScmError, UsageError, NotFoundError, ReadError, LibraryError):
        assert re.search(rf"^\| {kind.exit_status} \|", read(language), re.MULTILINE)


@readmes
def test_every_tidying_rule_stands_in_the_readme(language: str) -> None:
    for rule in text.RULES:
        assert re.search(rf"^\| `{rule}` \| .+ \|$", read(language), re.MULTILINE), rule


@readmes
def test_the_themes_file_in_the_readme_can_be_used(language: str, tmp_path: Path) -> None:
    file = tmp_path / "themes.toml"
    file.write_text(blocks(language, "toml")[-1], encoding="utf-8")
    taxonomy = themes.load(ROOT / "assets" / "themes.toml", file)
    assert taxonomy.problem is None
    assert "shipbuilding" in {theme.id for theme in taxonomy.themes}


@readmes
def test_every_example_prints_what_the_readme_shows(
    language: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line with nothing but … stands for any lines."""
    monkeypatch.setenv("LANG", "ko_KR.UTF-8" if language == "ko" else "C.UTF-8")
    assert len(examples(language)) >= 5
    for command, shown in examples(language):
        program, *arguments = shlex.split(command)
        assert program == "scmtui"
        main(arguments)
        printed = capsys.readouterr()
        pattern = re.escape(shown).replace("…\\\n", "(?:.*\\n)*")
        assert re.fullmatch(pattern, printed.err + printed.out), command


def test_the_two_readmes_give_the_same_commands() -> None:
    assert blocks("en", "sh") == blocks("ko", "sh")
    assert len(blocks("en", "sh")) >= 2


def test_ci_runs_the_commands_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    (function,) = re.findall(r"^command_with\(\) \{.*?^\}$", script, re.MULTILINE | re.DOTALL)
    for word, block in (("pytest", 1), ("bin/scmtui", 0)):
        command = f"root={shlex.quote(str(ROOT))}\n{function}\ncommand_with {word}"
        done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
        assert done.stdout == blocks("en", "sh")[block]


def test_the_readmes_have_the_same_chapters() -> None:
    chapters = {
        language: [len(marks) for marks in re.findall(r"^(#+) ", read(language), re.MULTILINE)]
        for language in READMES
    }
    assert chapters["en"] == chapters["ko"]


@readmes
def test_every_file_that_is_linked_is_there(language: str) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", read(language))
    assert targets
    for target in targets:
        assert (ROOT / target).exists(), target


def test_the_advice_for_contributors_is_what_ci_does() -> None:
    advice = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    (block,) = re.findall(r"^```sh\n(.*?)^```$", advice, re.MULTILINE | re.DOTALL)
    for tool in re.findall(r"\.venv/bin/([a-z-]+)", block):
        assert f"/{tool}" in script or tool == "python"
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", advice):
        assert (ROOT / target).exists()


def test_the_changelog_has_a_place_for_what_comes_next() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## \[(.+?)\]", text, re.MULTILINE)[0] == "Unreleased"
