"""A model server for tests: it answers from a script, misbehaves on request, and keeps every byte that it was sent."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Script = Callable[[int, dict[str, Any]], Any]
"""From the number of the call, from 0 on, and its body to what the server does: see `Handler.do_POST`."""


def completion(content: str, *, finish: str = "stop", tokens: tuple[int, int] = (100, 20)) -> dict[str, Any]:
    """A chat completion."""
    return {
        "choices": [{"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": finish}],
        "usage": {"prompt_tokens": tokens[0], "completion_tokens": tokens[1], "total_tokens": sum(tokens)},
    }


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: ModelServer

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        body = json.loads(raw)
        head = f"{self.requestline}\r\n{self.headers}".encode()
        with self.server.lock:
            number = len(self.server.calls)
            self.server.calls.append(body)
            self.server.sent.append(head + raw)
        does = self.server.script(number, body)
        if does == "hang up":
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
        elif isinstance(does, tuple) and does[0] == "drip":
            self._drip(does[1])
        elif isinstance(does, tuple) and does[0] == "half":
            self._half(does[1])
        elif isinstance(does, tuple):
            status, headers, text = does
            self._whole(status, headers, text.encode())
        else:
            self._whole(200, {}, json.dumps(does if isinstance(does, dict) else completion(does)).encode())

    def _whole(self, status: int, headers: dict[str, str], raw: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def _half(self, text: str) -> None:
        """More is announced than comes."""
        raw = text.encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(raw) * 2))
        self.end_headers()
        self.wfile.write(raw)
        self.close_connection = True

    def _drip(self, seconds: float) -> None:
        """A byte now and then, for ever so long."""
        self.send_response(200)
        self.send_header("Content-Length", "1000000")
        self.end_headers()
        ends = time.monotonic() + seconds
        try:
            while time.monotonic() < ends:
                self.wfile.write(b" ")
                time.sleep(0.02)
        except OSError:
            pass
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Nothing: the test keeps what matters."""


class ModelServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, script: Script, port: int = 0) -> None:
        self.calls: list[dict[str, Any]] = []
        self.sent: list[bytes] = []
        self.lock = threading.Lock()
        self.script = script
        super().__init__(("127.0.0.1", port), Handler)
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def stop(self) -> None:
        self.shutdown()
        self.server_close()

    def handle_error(self, *_: object) -> None:
        """Clients that leave are part of the tests."""
