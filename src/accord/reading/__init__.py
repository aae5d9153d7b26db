"""The second stage: a reader turns a report into a reading.

`offline.OfflineReader` is its front: reports in, readings out. `llm` asks a language model instead or as well, and
`agreement` tells how far two readers agree.
"""

__all__ = ["agreement", "llm", "offline"]
