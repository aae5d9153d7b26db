"""The first stage: files and saved pages become reports. Nothing else opens source files.

`load.load` is its front: paths in, reports and what was skipped out.
"""

__all__ = ["load"]
