"""What stands against a message is said, and what received it stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message_pump import MessagePump

from scmtui.model import ScmError

if TYPE_CHECKING:
    from textual.message import Message


class Telling(MessagePump):
    """A widget or a screen that goes on when a handler of its messages raises an ScmError.

    The app is told, as of what stands against an action; the framework would end the widget.
    """

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except ScmError as error:
            self.app._handle_exception(error)  # noqa: SLF001 - the one place that says it
