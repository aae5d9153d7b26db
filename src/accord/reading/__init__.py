"""The second stage: a reader turns a report into a reading.

`offline.OfflineReader` is its front: reports in, readings out.
"""

__all__ = ["offline"]
