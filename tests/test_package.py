"""The package as it is built: what the wheel holds, and that it opens without the checkout."""

from __future__ import annotations

import gettext
import re
import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path
from zipfile import ZipFile

import pytest
from babel.messages.pofile import PoFileError

import scmtui
from hatch_build import compile_catalogues

ROOT = Path(__file__).parents[1]
FIRST_LEVEL = {"scmtui", f"scmtui-{scmtui.__version__}.dist-info"}


def build(root: Path, target: str, folder: Path) -> Path:
    """Build in a process of its own, as pip does; gives the file that was made."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    (made,) = folder.glob("*.whl" if target == "wheel" else "*.tar.gz")
    return made


def unpack(archive: Path, folder: Path) -> None:
    """File by file: `extractall` wants a filter on some Pythons and knows none on others."""
    with tarfile.open(archive) as source:
        for member in source:
            if content := source.extractfile(member):
                target = folder / member.name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content.read())


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> ZipFile:
    return ZipFile(build(ROOT, "wheel", tmp_path_factory.mktemp("wheel")))


@pytest.fixture(scope="module")
def installed(wheel: ZipFile, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing but the wheel's content, far from the checkout."""
    folder = tmp_path_factory.mktemp("installed")
    wheel.extractall(folder)
    return folder


def names(wheel: ZipFile) -> set[str]:
    return {name for name in wheel.namelist() if not name.endswith("/")}


def contents(wheel: ZipFile) -> dict[str, bytes]:
    return {name: wheel.read(name) for name in names(wheel)}


def test_the_wheel_holds_the_package_and_its_assets_and_nothing_else(wheel: ZipFile) -> None:
    assert {name.split("/")[0] for name in names(wheel)} == FIRST_LEVEL
    sources = {str(path.relative_to(ROOT)) for path in (ROOT / "scmtui").rglob("*.py")}
    assert sources <= names(wheel)
    assets = {
        f"scmtui/assets/{path.relative_to(ROOT / 'assets')}"
        for path in (ROOT / "assets").rglob("*")
        if path.is_file()
    }
    assert assets == {name for name in names(wheel) if name.startswith("scmtui/assets/")}
    suffixes = {Path(name).suffix for name in names(wheel) if name.startswith("scmtui/")}
    assert suffixes <= {".py", ".typed", ".tcss", ".toml", ".txt", ".po", ".mo", ".json"}


def test_the_wheel_holds_what_the_program_cannot_do_without(wheel: ZipFile) -> None:
    assert "scmtui/py.typed" in names(wheel)
    assert "scmtui/assets/locale/ko/LC_MESSAGES/scmtui.mo" in names(wheel)
    assert any(name.startswith("scmtui/assets/documents/") for name in names(wheel))
    assert f"scmtui-{scmtui.__version__}.dist-info/licenses/LICENSE" in names(wheel)


def test_the_wheel_knows_nothing_of_the_machine_that_built_it(wheel: ZipFile) -> None:
    here = {str(ROOT), str(Path.home()), sys.prefix} - {"/"}
    for name, content in contents(wheel).items():
        assert not [place for place in here if place.encode() in content], name


def test_the_translations_in_the_wheel_can_be_loaded(installed: Path) -> None:
    folder = installed / "scmtui" / "assets" / "locale"
    korean = gettext.translation("scmtui", folder, ["ko"])
    assert korean.gettext("“{text}” is not an address.") != "“{text}” is not an address."


def test_building_twice_gives_the_same_bytes(wheel: ZipFile, tmp_path: Path) -> None:
    again = build(ROOT, "wheel", tmp_path)
    assert wheel.filename
    assert again.read_bytes() == Path(wheel.filename).read_bytes()


def test_the_source_distribution_builds_the_same_wheel(wheel: ZipFile, tmp_path: Path) -> None:
    archive = build(ROOT, "sdist", tmp_path / "sdist")
    unpack(archive, tmp_path)
    assert not list(tmp_path.rglob("*.mo"))
    root = tmp_path / archive.name.removesuffix(".tar.gz")
    other = ZipFile(build(root, "wheel", tmp_path / "wheel"))
    assert contents(other) == contents(wheel)


def test_a_broken_catalogue_stops_the_build(tmp_path: Path) -> None:
    folder = tmp_path / "ko" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "scmtui.po").write_text('msgid "Help"\n도움말\n', encoding="utf-8")
    with pytest.raises(PoFileError):
        compile_catalogues(tmp_path)
    assert [path.name for path in folder.iterdir()] == ["scmtui.po"]


def test_every_dependency_that_is_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[<>=]", line)[0].lower() for line in project["dependencies"]}
    imported = set()
    for path in (ROOT / "scmtui").rglob("*.py"):
        for line in path.read_text(encoding="utf-8").splitlines():
            if match := re.match(r"\s*(?:from|import) ([a-z_]\w*)", line):
                imported.add(match[1])
    outside = imported - set(sys.stdlib_module_names) - {"scmtui"}
    names = {
        "docx": "python-docx",
        "hwpx": "python-hwpx",
        "pdfminer": "pdfminer.six",
        "pypdfium2": "pdfplumber",
        "rich": "textual",
    }
    assert {names.get(name, name) for name in outside} <= declared
