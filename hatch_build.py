"""Build hook: the interface's translations are compiled when the package is built or installed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def compile_catalogues(locale: Path) -> list[Path]:
    """Write the .mo beside every .po under `locale`, each whole or not at all."""
    compiled = []
    for source in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        with source.open("rb") as file:
            catalogue = read_po(file, abort_invalid=True)
        whole = target.with_suffix(f".{os.getpid()}.mo")
        with whole.open("wb") as file:
            write_mo(file, catalogue)
        whole.replace(target)
        compiled.append(target)
    return compiled


class CatalogueHook(BuildHookInterface[Any]):
    """Makes the compiled catalogues before the files of a wheel are collected."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Compile for a wheel and an editable install; a source distribution keeps to the .po."""
        if self.target_name == "wheel":
            compile_catalogues(Path(self.root) / "assets" / "locale")
