"""Where reports are read: by this process, or by the workers of an engine on this machine or on a cluster."""

from __future__ import annotations

from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from accord.errors import ReadingError
from accord.workbench.readers import asking

if TYPE_CHECKING:
    from accord.model.reading import Reader
    from accord.workbench.engines.batches import Spread

ENGINES = ("dask",)
"""What can spread reading over workers."""

PARTS = ".parts"
"""What the folder of a record's partitions is called after it: `talks.accord.parts`."""


class Engine(msgspec.Struct, frozen=True, kw_only=True):
    """Workers that read: processes of this machine, or those of the Dask scheduler at `address`.

    `workers` is how many processes are started, one a core unless said; of a cluster, how many must be there before
    reading begins. Readings wait as Parquet in the folder `partitions`, and stay there; where none is named, beside the
    record until the run is whole.
    """

    address: str | None = None
    workers: int | None = None
    partitions: Path | None = None


def make_engine(named: str, *, workers: int | None = None, partitions: Path | None = None) -> Engine:
    """The engine of a name such as `dask` or `dask=tcp://host:8786`. Raises ReadingError where there is none such."""
    name, given, address = named.partition("=")
    if name not in ENGINES:
        raise ReadingError(f"there is no engine {name!r}; there is {', '.join(ENGINES)}, or {ENGINES[0]}=ADDRESS")
    if given and not address.strip():
        raise ReadingError(f"engine: an address must follow {name}=, such as {name}=tcp://host:8786; got nothing")
    if workers is not None and workers < 1:
        raise ReadingError(f"engine: there must be 1 worker or more; got {workers}")
    return Engine(address=address.strip() or None, workers=workers, partitions=partitions)


def spread(reader: Reader, over: Engine, record: Path) -> Spread:
    """This reader in the workers of an engine, for a record.

    Raises ReadingError where the engine's libraries are not installed, and for a reader that cannot be sent to workers.
    """
    missing = [package for package in ("distributed", "pyarrow") if find_spec(package) is None]
    if missing:
        raise ReadingError(
            f"engine: reading is spread with {' and '.join(missing)}, not installed here. "
            "Install it: pip install 'accord[scale]'"
        )
    if asking(reader) is not None:
        raise ReadingError(
            "engine: workers spread what this machine computes; a reader that asks a model waits for its server, which "
            "has many questions at once anyway. Leave the engine out"
        )
    from accord.workbench.engines.batches import Spread
    from accord.workbench.engines.cluster import Cluster

    folder = over.partitions or record.with_name(f"{record.name}{PARTS}")
    start = partial(Cluster, over.address, over.workers)
    return Spread(reader, _packed(reader), start, folder, keep=over.partitions is not None)


def _packed(reader: Reader) -> bytes:
    import cloudpickle

    try:
        packed: bytes = cloudpickle.dumps(reader)
    except Exception as problem:  # whatever a reader's parts say to being copied
        raise ReadingError(
            f"engine: a reader must be such that it can be sent to workers; {type(reader).__name__} cannot: {problem}"
        ) from problem
    return packed
