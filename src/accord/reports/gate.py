"""What decides which reports of bulk news come in at all, and the count of those that do not."""

from __future__ import annotations

from collections.abc import Callable

_HEAD = 256


class Gate:
    """Lets through the texts that `relevant` finds worth reading. `passed_over` counts the others.

    Bulk formats (feeds, archives of the web) hold what nobody chose; other files were chosen by whoever collected
    them, and are asked only where `everything` is. Before a page is taken apart `worth_opening` is asked of its bytes,
    and then `relevant` of its running text: of all of it, and of each block, since the article may be one among many.
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

    def opens(self, page: bytes, blocks: Callable[[bytes], list[str]] | None = None) -> bool:
        """Whether a page of a bulk format is worth taking apart; one that is not is counted.

        `blocks` gives the running text of a page with markup.
        """
        if b"\0" in page[:_HEAD]:
            return True  # letters of two bytes each: they are words only once they are decoded
        return self._counted(self._worth_opening(page) and (blocks is None or self._any(blocks(page))))

    def _any(self, blocks: list[str]) -> bool:
        return self._relevant("\n".join(blocks)) or any(map(self._relevant, blocks))

    def _counted(self, passes: bool) -> bool:
        self.passed_over += not passes
        return passes
