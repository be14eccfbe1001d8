"""The app: the reader's settings and library, the first screen, and what every screen inherits."""

from __future__ import annotations

import gc
import signal
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.worker import WorkerFailed

from scmtui import frame, tui
from scmtui.language import N_, current, say
from scmtui.library import Library
from scmtui.model import ScmError
from scmtui.settings import paths, unknown
from scmtui.shelf import Shelf
from scmtui.tui import colours
from scmtui.tui.collecting import CollectingScreen
from scmtui.tui.crash import Crash, report
from scmtui.tui.keys import KeyedApp, binding_ids, long_names
from scmtui.tui.places import Places
from scmtui.tui.reading import ReadingScreen
from scmtui.tui.shown import narrow_ambiguous
from scmtui.tui.telling import Telling
from scmtui.tui.terminal.cells import PlainText
from scmtui.tui.terminal.driver import ScreenDriver

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType
    from textual.binding import BindingType
    from textual.events import CursorPosition
    from textual.filter import LineFilter

    from scmtui.frame import Frame, Shown
    from scmtui.model import Address, SettingsError
    from scmtui.settings import Settings


class ScmApp(Telling, KeyedApp):
    """A reader for the communiqués, on the keyboard."""

    TITLE = "scmtui"
    CSS_PATH = "scmtui.tcss"
    ENABLE_COMMAND_PALETTE = False
    INLINE_PADDING = 0
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+l", "redraw", N_("Draw the screen again"), id="app.redraw", show=False),
        Binding("ctrl+z", "suspend_process", N_("Suspend"), id="app.suspend", show=False),
        Binding("ctrl+q,ctrl+c", "quit", N_("Quit"), id="app.quit", show=False),
    ]

    def __init__(
        self,
        addresses: Sequence[Address],
        settings: Settings,
        shelf: Shelf,
        library: Library,
        problems: tuple[ScmError, ...] = (),
        shown: Shown | None = None,
    ) -> None:
        super().__init__(driver_class=ScreenDriver)
        self.shown = shown
        self.last_frame: Frame | None = None
        self.openings: tuple[str, ...] = ()
        self._settings = settings
        self._library = library
        self._first = partial(
            ReadingScreen, addresses, settings, shelf, Places(library, shelf), problems
        )
        for theme in colours.THEMES.values():
            self.register_theme(theme)
        self.set_reactive(ScmApp.theme, colours.choose(settings.colours))
        self.stylesheet.set_variables(self.get_css_variables())  # read before the theme was known
        self.animation_level = "none"
        self.set_keymap({id_: long_names(keys) for id_, keys in settings.keymap.items()})
        self.set_class(current() == "en", "-english")
        self._ambiguous(wide=settings.ambiguous_width == 2)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The framework's filters, and under them a net for what no text may say."""
        return [*super().get_line_filters(), PlainText()]

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The variables that our stylesheet has beside the framework's."""
        return colours.DARK.variables

    def get_default_screen(self) -> ReadingScreen:
        """The reading screen, at the address asked for or where the reader was."""
        return self._first()

    def on_mount(self) -> None:
        """Leave in good order when the terminal goes away or the system asks."""
        import asyncio

        if not gc.isenabled():
            self.call_after_refresh(_collect_seldom)
        self.app_resume_signal.subscribe(self, lambda _app: self.action_redraw())
        loop = asyncio.get_running_loop()
        for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.leave, 128 + number)

    def heed(self) -> bool:
        """Show what other sessions changed; whether a key was meant for a text that is gone."""
        if not self._library.changed_elsewhere():
            return False
        following = [it for it in self.screen_stack if isinstance(it, CollectingScreen)]
        changed = [screen for screen in following if screen.follow_library()]
        return self.screen in changed

    def watch_app_focus(self, focused: bool) -> None:
        """When the reader comes back to this terminal, show what was done on another one."""
        if focused and self.is_running:
            self.heed()

    def leave(self, status: int) -> None:
        """End because the system asks for it, with an exit status."""
        self.exit(status, return_code=status)

    def on_screen_driver_gone(self) -> None:
        """End when the terminal is gone."""
        self.leave(128 + signal.SIGHUP)

    def exit(
        self, result: int | None = None, return_code: int = 0, message: RenderableType | None = None
    ) -> None:
        """Keep the place, and the frame if the next start will begin with such a one; and end."""
        for screen in self.screen_stack:
            if isinstance(screen, ReadingScreen):
                screen.keep_place()
                resumed = self.screen in (screen, screen.comparison)
                if resumed and isinstance(self._driver, ScreenDriver):
                    self.last_frame, self.openings = self._driver.frame(), screen.openings()
        super().exit(result, return_code, message)

    def on_cursor_position(self, event: CursorPosition) -> None:
        """The terminal's answer to how wide it draws a character of ambiguous width."""
        if self._settings.ambiguous_width == "auto" and self._is_wide != (event.x >= 2):
            self._ambiguous(wide=event.x >= 2)
            for widget in self.query("*"):
                widget.notify_style_update()
                widget.refresh()

    def _ambiguous(self, *, wide: bool) -> None:
        self._is_wide = wide
        narrow_ambiguous(wide)
        self.set_class(wide, "-ascii")

    def action_redraw(self) -> None:
        """Draw everything again, whatever the terminal shows now."""
        if isinstance(self._driver, ScreenDriver):
            self._driver.redraw()

    def _handle_exception(self, error: Exception) -> None:
        """Say what stands against something; else end with a short report.

        The framework's own report prints the text that was being read.
        """
        known = error.error if isinstance(error, WorkerFailed) else error
        if isinstance(known, ScmError):
            self.say(say(known))
            return
        super()._handle_exception(Crash(error, report(error)))


def _collect_seldom() -> None:
    """What start-up made stays: a collection that walks it again is felt between two keys."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    gc.enable()


def unknown_bindings(settings: Settings) -> Iterator[SettingsError]:
    """What the keymap names and no screen has."""
    if settings.keymap:
        from importlib import import_module
        from pkgutil import walk_packages

        for module in walk_packages(tui.__path__, "scmtui.tui."):  # one may not be open yet
            import_module(module.name)
        known = binding_ids()
        for strange in settings.keymap.keys() - known:
            yield unknown(strange, known, f"keymap.{strange}")


def run(
    addresses: tuple[Address, ...],
    settings: Settings,
    problems: tuple[ScmError, ...] = (),
    shown: Shown | None = None,
) -> int:
    """Open the screens and stay until the reader leaves. Returns the exit status."""
    library = Library(paths().data)
    problems += tuple(unknown_bindings(settings))
    shelf = Shelf(settings.tidy_off, library)
    shelf.facts()  # what cannot be read is said before the screens are opened
    app = ScmApp(addresses, settings, shelf, library, problems, shown)
    app.run()
    library.close()
    where = paths()
    depends = (frame.depends(settings, where, opened) for opened in app.openings)
    frame.keep(where.cache, app.last_frame, *depends)
    return app.return_code or 0
