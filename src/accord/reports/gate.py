"""What decides which reports of bulk news come in at all, and the count of those that do not."""

from __future__ import annotations

from collections.abc import Callable


class Gate:
    """Lets through the texts that `relevant` finds worth reading. `passed_over` counts the others.

    Bulk formats (feeds, archives of the web) hold what nobody chose; other files were chosen by whoever collected
    them, and are asked only where `everything` is. `worth_opening` is asked of a page's bytes before it is taken apart.
    """

    def __init__(
        self, relevant: Callable[[str], bool], worth_opening: Callable[[bytes], bool], *, everything: bool = False
    ) -> None:
        self.passed_over = 0
        self._relevant = relevant
        self._worth_opening = worth_opening
        self._everything = everything

    def admits(self, text: str, *, bulk: bool) -> bool:
        """Whether a text comes in; one that does not is counted."""
        return self._counted(not (bulk or self._everything) or self._relevant(text))

    def opens(self, page: bytes) -> bool:
        """Whether a page of a bulk format is worth taking apart; one that is not is counted."""
        return self._counted(self._worth_opening(page))

    def _counted(self, passes: bool) -> bool:
        self.passed_over += not passes
        return passes
