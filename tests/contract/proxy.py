"""A TCP proxy in front of the real Elasticsearch that can misbehave in the ways servers do."""

from __future__ import annotations

import socket
import struct
import threading
import time
from urllib.parse import urlsplit

ELASTIC = "application/json\r\nX-Elastic-Product: Elasticsearch"
SHARDS = '"_shards": {{"total": 1, "successful": {good}, "failed": {bad}, "skipped": 0}}'
NO_HITS = '"hits": {"total": {"value": 0, "relation": "eq"}, "max_score": null, "hits": []}, "aggregations": {}'


def answer(status: str, content_type: str, body: str) -> bytes:
    content = body.encode()
    head = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {len(content)}\r\n\r\n"
    return head.encode() + content


def refusal(status: str, kind: str) -> bytes:
    """An error as Elasticsearch words it."""
    return answer(status, ELASTIC, f'{{"error": {{"type": "{kind}", "reason": "as told"}}, "status": {status[:3]}}}')


def search_result(*, timed_out: bool, failed: int) -> bytes:
    """A search that found nothing, because it was not done to the end."""
    shards = SHARDS.format(good=1 - failed, bad=failed)
    return answer("200 OK", ELASTIC, f'{{"took": 1, "timed_out": {str(timed_out).lower()}, {shards}, {NO_HITS}}}')


HEAD = (
    b"HTTP/1.1 200 OK\r\nX-Elastic-Product: Elasticsearch\r\nContent-Type: application/json\r\n"
    b"Content-Length: 5000\r\n\r\n"
)
ANSWERS = {
    "html": answer("200 OK", "text/html", "<html>Hello.</html>\n"),
    "html-502": answer("502 Bad Gateway", "text/html", "<h1>Bad Gateway</h1>"),
    "foreign": answer("200 OK", ELASTIC, '{"hello": "x"}'),
    "list": answer("200 OK", ELASTIC, "[1, 2]"),
    "empty": answer("200 OK", ELASTIC, ""),
    "empty-object": answer("200 OK", ELASTIC, "{}"),
    "garbage": b"\x00\xff\x13 not HTTP at all\r\n\r\n",
    "redirect": b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
    "401": refusal("401 Unauthorized", "security_exception"),
    "404": refusal("404 Not Found", "index_not_found_exception"),
    "429": refusal("429 Too Many Requests", "es_rejected_execution_exception"),
    "500": refusal("500 Internal Server Error", "exception"),
    "503": refusal("503 Service Unavailable", "no_shard_available_action_exception"),
    "timed-out": search_result(timed_out=True, failed=0),
    "failed-shards": search_result(timed_out=False, failed=1),
}
HANGING = ["hang", "drip", "drip-head"]
WAYS = ["refuse", "reset", "close", "half", *HANGING, *ANSWERS]


class Proxy:
    """`mode`: "forward", "refuse" (nobody listens) or one of WAYS. Connections opened earlier are cut on a change."""

    def __init__(self, target: str) -> None:
        address = urlsplit(target)
        self._target = (address.hostname or "127.0.0.1", address.port or 9200)
        self._listener: socket.socket | None = None
        self._open: list[socket.socket] = []
        self._mode = "forward"
        self._port = 0
        self.accepted = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def mode(self) -> str:
        return self._mode

    @mode.setter
    def mode(self, mode: str) -> None:
        self._mode = mode
        self._cut()
        if mode == "refuse":
            self._close_listener()
        elif self._listener is None:
            self._listen()

    def __enter__(self) -> Proxy:
        self._listen()
        return self

    def __exit__(self, *exception: object) -> None:
        self._close_listener()
        self._cut()

    def _listen(self) -> None:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self._port))
        listener.listen(64)
        self._port, self._listener = listener.getsockname()[1], listener
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()

    def _close_listener(self) -> None:
        listener, self._listener = self._listener, None
        if listener is not None:
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()

    def _cut(self) -> None:
        while self._open:
            sock = self._open.pop()
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # closed already
            sock.close()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                sock, _address = listener.accept()
            except OSError:
                return
            self.accepted += 1
            self._open.append(sock)
            threading.Thread(target=self._serve, args=(sock, self._mode), daemon=True).start()

    def _serve(self, sock: socket.socket, mode: str) -> None:
        try:
            if mode == "forward":
                self._forward(sock)
            elif mode != "hang":
                while sock.recv(65536):  # a connection that was kept open is used for the next question, too
                    self._misbehave(sock, mode)
        except OSError:
            pass  # cut, by either side: that is what this proxy is for

    def _misbehave(self, sock: socket.socket, mode: str) -> None:
        if mode == "drip":
            self._drip(sock, HEAD, b" " * 5000)
        elif mode == "drip-head":
            self._drip(sock, b"", HEAD)
        elif mode == "half":
            sock.sendall(HEAD + b'{"took": 1, "hits": ')
            sock.close()
        elif mode == "close":
            sock.close()
        elif mode == "reset":
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            sock.close()
        else:
            sock.sendall(ANSWERS[mode])

    def _drip(self, sock: socket.socket, at_once: bytes, slowly: bytes) -> None:
        sock.sendall(at_once)
        for position in range(len(slowly)):
            sock.sendall(slowly[position : position + 1])
            time.sleep(1.0)

    def _forward(self, sock: socket.socket) -> None:
        server = socket.create_connection(self._target)
        self._open.append(server)
        threading.Thread(target=self._pump, args=(server, sock), daemon=True).start()
        self._pump(sock, server)

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # cut, by either side
