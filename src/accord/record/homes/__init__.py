"""Where a record is kept: what differs between one file and a server, and nothing else."""

from __future__ import annotations

from accord.model.place import Place
from accord.record.homes.home import Home, Lock

__all__ = ["Home", "Lock", "home_of"]


def home_of(place: Place) -> Home:
    """The home of the record at this place."""
    if place.file is not None:
        from accord.record.homes.sqlite import FileHome

        return FileHome(place.file)
    from accord.record.homes.postgres import ServerHome

    return ServerHome(place)
