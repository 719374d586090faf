"""A TCP proxy in front of the real Elasticsearch that can misbehave in the ways servers do."""

from __future__ import annotations

import socket
import threading
import time
from urllib.parse import urlsplit

HTML = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 20\r\n\r\n<html>Hello.</html>\n"
BUSY = b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
FOREIGN = (
    b"HTTP/1.1 200 OK\r\nX-Elastic-Product: Elasticsearch\r\nContent-Type: application/json\r\n"
    b'Content-Length: 14\r\n\r\n{"hello": "x"}'
)
HEAD = (
    b"HTTP/1.1 200 OK\r\nX-Elastic-Product: Elasticsearch\r\nContent-Type: application/json\r\n"
    b"Content-Length: 5000\r\n\r\n"
)
ANSWERS = {"html": HTML, "503": BUSY, "foreign": FOREIGN, "garbage": b"\x00\xff\x13 not HTTP at all\r\n\r\n"}
WAYS = ["refuse", "hang", "drip", "drip-head", "half", "close", *ANSWERS]


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
                sock.recv(65536)
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
        else:
            sock.sendall(ANSWERS[mode])

    def _drip(self, sock: socket.socket, at_once: bytes, slowly: bytes) -> None:
        sock.sendall(at_once)
        for position in range(len(slowly)):
            sock.sendall(slowly[position : position + 1])
            time.sleep(0.2)

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
