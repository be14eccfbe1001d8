"""Build hook: the interface's translations are compiled when the package is built or installed."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOME_DAY = datetime(2020, 2, 2, tzinfo=UTC)
"""Stands in every compiled catalogue, so that the same source gives the same bytes."""


def compile_catalogues(locale: Path) -> None:
    """Bring the .mo beside every .po under `locale` up to date, each whole or not at all."""
    for source in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as file:
            catalogue = read_po(file, abort_invalid=True)
        catalogue.creation_date = SOME_DAY
        compiled = BytesIO()
        write_mo(compiled, catalogue)
        target = source.with_suffix(".mo")
        if not target.exists() or target.read_bytes() != compiled.getvalue():
            whole = source.with_suffix(f".{os.getpid()}.mo")
            whole.write_bytes(compiled.getvalue())
            whole.replace(target)


class CatalogueHook(BuildHookInterface[Any]):
    """Makes the compiled catalogues before the files of a wheel are collected."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Compile for a wheel and an editable install; a source distribution keeps to the .po."""
        if self.target_name == "wheel":
            compile_catalogues(Path(self.root) / "assets" / "locale")
