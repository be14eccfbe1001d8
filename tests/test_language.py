"""The interface in Korean: every sentence of the code has its translation, and it fits."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, NamedTuple

import pytest
from babel.messages.pofile import read_po

from scmtui import language, model
from scmtui.model import Address, AddressError, ReadError
from scmtui.text import width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from babel.messages.catalog import Catalog, Message

ROOT = Path(__file__).parents[1]
KOREAN = ROOT / "assets/locale/ko/LC_MESSAGES/scmtui.po"
WITHOUT_ENDING = {"ordinal": "number"}
"""English says the 57th where Korean has 제57차: both values are given."""
MARKERS = {"_": 1, "N_": 1, "ngettext": 2}


class Said(NamedTuple):
    """A message that the code says, and where."""

    text: str
    plural: str
    place: str


@cache
def trees() -> tuple[tuple[Path, ast.Module], ...]:
    paths = sorted((ROOT / "scmtui").rglob("*.py"))
    return tuple((path, ast.parse(path.read_text(encoding="utf-8"))) for path in paths)


@cache
def error_names() -> set[str]:
    """The names of the ScmError family, wherever a member is defined."""
    bases = {
        node.name: {base.id for base in node.bases if isinstance(base, ast.Name)}
        for _, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    family = {"ScmError"}
    while new := {name for name, parents in bases.items() if parents & family} - family:
        family |= new
    return family


def name_of(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def error_arguments(call: ast.Call) -> list[ast.expr]:
    sentences = [keyword.value for keyword in call.keywords if keyword.arg in ("kept", "todo")]
    return [*call.args[:1], *sentences]


def constants(expression: ast.expr) -> Iterator[str]:
    """The texts that an argument may be: itself, or both sides of a condition."""
    if isinstance(expression, ast.Constant) and isinstance(expression.value, str):
        yield expression.value
    elif isinstance(expression, ast.IfExp):
        yield from constants(expression.body)
        yield from constants(expression.orelse)


def calls() -> Iterator[tuple[str, ast.Call, list[ast.expr]]]:
    """Every call that says something to the reader: place, call and the arguments that do."""
    family = error_names()
    for path, tree in trees():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            place = f"{path.relative_to(ROOT)}:{node.lineno}"
            if name_of(node) in MARKERS:
                yield place, node, node.args[: MARKERS[name_of(node)]]
            elif name_of(node) in family:
                yield place, node, error_arguments(node)


def said() -> dict[str, Said]:
    found: dict[str, Said] = {}
    for place, call, arguments in calls():
        texts = [text for argument in arguments for text in constants(argument) if text]
        if name_of(call) == "ngettext" and texts:
            found[texts[0]] = Said(texts[0], texts[1], place)
        else:
            found |= {text: Said(text, "", place) for text in texts if text not in found}
    return found


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def catalogue() -> Catalog:
    with KOREAN.open("rb") as file:
        return read_po(file, abort_invalid=True)


def messages() -> list[Message]:
    return [message for message in catalogue() if message.id]


def forms(entry: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (entry,) if isinstance(entry, str) else tuple(entry or ())


def test_every_message_of_the_code_is_in_the_catalogue_and_no_other() -> None:
    in_code = {(s.text, s.plural) if s.plural else (s.text,): s.place for s in said().values()}
    in_catalogue = {forms(message.id) for message in messages()}
    missing = [f"{place}: {texts}" for texts, place in in_code.items() if texts not in in_catalogue]
    assert not missing, "not in the catalogue:\n" + "\n".join(missing)
    assert not in_catalogue - set(in_code), "in the catalogue, but said nowhere"


def test_nothing_is_put_together_before_it_is_translated() -> None:
    built = (ast.JoinedStr, ast.BinOp)
    wrong = [
        place
        for place, _, arguments in calls()
        for argument in arguments
        if isinstance(argument, built)
        or (isinstance(argument, ast.Call) and name_of(argument) == "format")
    ]
    assert not wrong, "these are filled before they are translated"


def values_given_by(name: str) -> set[str | None]:
    """The values that a kind of error works out by itself and hands on to ScmError."""
    return {
        keyword.arg
        for _, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and node.name == name
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and name_of(call) == "__init__"
        for keyword in call.keywords
        if keyword.arg
    }


def test_an_error_is_given_every_value_that_its_sentences_name() -> None:
    family = {name: values_given_by(name) for name in error_names()}
    wrong = []
    for place, call, arguments in calls():
        given = {keyword.arg for keyword in call.keywords} | family.get(name_of(call), set())
        if name_of(call) not in family or None in given:  # None stands for **values
            continue
        named = {
            field
            for argument in arguments
            for text in constants(argument)
            for field in fields(text)
        }
        if named - given:
            wrong.append(f"{place}: {named - given}")
    assert not wrong


def test_the_translations_are_whole() -> None:
    assert messages()
    for message in messages():
        assert not message.fuzzy, message.id
        assert all(forms(message.string)), message.id
    assert not catalogue().obsolete


def test_a_translation_fills_the_same_fields() -> None:
    for message in messages():
        for text in forms(message.string):
            asked = fields(forms(message.id)[-1])
            assert fields(text) == {WITHOUT_ENDING.get(name, name) for name in asked}, text


def test_a_sentence_is_a_sentence_in_the_polite_style_and_a_label_is_not() -> None:
    ends = re.compile(r"(니다|니까|십시오)(\([^)]*\))?[.?…]$")
    for message in messages():
        for text in forms(message.string):
            if forms(message.id)[0].endswith((".", "?")):
                assert ends.search(text), text
            else:
                assert not text.endswith("."), text


def test_no_particle_hangs_on_a_value_that_could_end_in_any_letter() -> None:
    undecided = re.compile(r"[을를은는이가과와]\((을|를|은|는|이|가|과|와)\)|\(이?으?\)로")
    hanging = re.compile(r"\}[”’」]?(을|를|은|는|이|가|과|와|로|으로)(?![가-힣])")
    for message in messages():
        for text in forms(message.string):
            assert not undecided.search(text), text
            assert not hanging.search(text), text


def test_the_surrounding_blanks_and_line_ends_are_kept() -> None:
    """The heads of columns keep their cells instead: blanks stand before the shorter word."""
    for message in messages():
        for original, text in zip(forms(message.id), forms(message.string), strict=False):
            if original.startswith(" ") and width(original) == width(text):
                continue
            for edge in (str.lstrip, str.rstrip):
                assert len(original) - len(edge(original)) == len(text) - len(edge(text)), text


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "en"),
        ({"LANG": "ko_KR.UTF-8"}, "ko"),
        ({"LANG": "KO"}, "ko"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "ko_KR.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "ko_KR.UTF-8"}, "ko"),
        ({"LANG": "ko_KR.UTF-8", "LC_MESSAGES": "ko_KR.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "ko_KR.eucKR"}, "ko"),
        ({"LANG": "ko_KR.UTF-8", "LC_ALL": ""}, "ko"),
    ],
)
def test_the_environment_chooses_the_language(environment: dict[str, str], expected: str) -> None:
    assert language.preferred(environment) == expected


def test_an_error_is_shown_in_the_language_of_the_interface(speak: Callable[[str], None]) -> None:
    with pytest.raises(AddressError) as raised:
        Address.parse("52:zwölf")
    assert language.say(raised.value) == str(raised.value)
    speak("ko")
    assert language.current() == "ko"
    shown = language.say(raised.value)
    assert "52:zwölf" in shown
    assert "주소" in shown
    assert "address" not in shown


def test_a_value_in_an_error_is_not_a_template(speak: Callable[[str], None]) -> None:
    speak("ko")
    error = ReadError("“{text}” is not an address.", text="{file} {0}")
    assert "{file} {0}" in language.say(error)


def test_a_marked_message_is_translated_where_it_is_shown(speak: Callable[[str], None]) -> None:
    some = next(m for m in messages() if isinstance(m.id, str) and not fields(m.id))
    assert language.N_(str(some.id)) == some.id
    assert language._(str(some.id)) == some.id
    speak("ko")
    assert language.N_(str(some.id)) == some.id
    assert language._(str(some.id)) == some.string


def test_counts_choose_their_form(speak: Callable[[str], None]) -> None:
    assert language.ngettext("one thing", "{n} things", 1) == "one thing"
    assert language.ngettext("one thing", "{n} things", 2) == "{n} things"


def test_a_language_without_a_catalogue_speaks_english(tmp_path: Path) -> None:
    language.use("ko", tmp_path)
    assert language._("Help") == "Help"


def test_the_family_of_errors_is_the_one_that_is_drawn() -> None:
    drawn = set(re.findall(r"\b\w+Error\b", model.__doc__ or ""))
    assert drawn == {name for name in error_names() if hasattr(model, name)}
