"""The language that the interface speaks: English in the code, Korean from the catalogue.

`use` is called once at the start; `_` and `ngettext` then translate. Text that is translated
where it is shown, not where it is written (a binding's description), is marked with `N_`.
"""

from __future__ import annotations

import gettext
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scmtui.model import ScmError

_translations: gettext.NullTranslations = gettext.NullTranslations()
_current = "en"
_folder = Path()


def preferred(environ: Mapping[str, str] = os.environ) -> str:
    """The language that the environment asks for: "ko" or "en"."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environ.get(variable):
            return "ko" if value.lower().startswith("ko") else "en"
    return "en"


def use(language: str, folder: Path) -> None:
    """Speak `language` ("ko" or "en") from now on; `folder` holds the catalogues."""
    global _translations, _current, _folder  # noqa: PLW0603 - one interface, one language
    _translations = gettext.translation("scmtui", folder, [language], fallback=True)
    _current, _folder = language, folder


def current() -> str:
    """The language that the interface speaks: "ko" or "en"."""
    return _current


def catalogues() -> Path:
    """The folder of the catalogues that are used."""
    return _folder


def _(message: str) -> str:
    return _translations.gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """The form of a message that fits `count`."""
    return _translations.ngettext(one, many, count)


def say(error: ScmError) -> str:
    """What happened, what was kept, what to do, in the language of the interface."""
    return " ".join(_(sentence).format(**error.values) for sentence in error.sentences)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name
    """Mark a message for translation and return it unchanged."""
    return message
