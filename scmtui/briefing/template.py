"""Layouts of the reader's own: templates in the folder of the settings.

They are templates of the `sandbox`: what they are given, they can only read. `name.md` or
`name.html` in the folder `templates` is the layout of that name; in one that ends in `.html`
everything is escaped.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from scmtui.briefing.data import as_json
from scmtui.disk import reason
from scmtui.language import N_
from scmtui.model import SettingsError
from scmtui.settings import paths
from scmtui.text import safe

if TYPE_CHECKING:
    from pathlib import Path

    from scmtui.briefing.collected import Briefing

FOLDER = "templates"
LARGEST = 1_000_000
"""Characters of a page at most."""


def folder() -> Path:
    """Where the reader's templates are."""
    return paths().config / FOLDER


def names() -> list[str]:
    """The templates that there are."""
    try:
        return sorted(file.name for file in folder().iterdir() if file.is_file())
    except OSError:
        return []


def rendered(name: str, briefing: Briefing) -> str:
    """A briefing in a template of the reader's, which is given what the JSON export holds.

    Raises SettingsError, with the line, for a template that cannot be used.
    """
    from scmtui.briefing.sandbox import LONGEST, TemplateError, written

    file = folder() / name
    try:
        with file.open(encoding="utf-8") as stream:
            source = stream.read(LONGEST + 1)
        given = json.loads(as_json(briefing))
        escaped = name.endswith((".html", ".htm"))
        page = safe(written(source, given, escaped=escaped, longest=LARGEST))
    except TemplateError as error:
        raise _unusable(file, str(error)) from None
    except (OSError, ValueError) as error:
        raise _unusable(file, reason(error) if isinstance(error, OSError) else str(error)) from None
    if len(page) > LARGEST:
        raise _unusable(file, "it writes too much")
    return page if page.endswith("\n") else f"{page}\n"


def _unusable(file: Path, why: str) -> SettingsError:
    return SettingsError(
        "The template “{file}” cannot be used ({reason}).",
        kept=N_("Nothing was written."),
        file=file,
        reason=safe(why),
    )
