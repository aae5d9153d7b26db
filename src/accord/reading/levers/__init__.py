"""What parties hold over one another: aid, sanctions, force, trade, recognition, walking out, resources, prisoners."""

from accord.reading.levers.extract import extract

__all__ = ["extract"]
