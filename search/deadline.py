"""A total deadline for HTTP requests, whatever the other side does.

Socket time-outs hold per read: a server that sends a byte a second never meets one. Here a single watchdog thread per
process shuts the sockets of a request down when its time is over, which ends every read, write and handshake on them.
"""

from __future__ import annotations

import heapq
import ipaddress
import os
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from itertools import count
from typing import Any

import urllib3
from elastic_transport import ConnectionTimeout, NodeConfig, Urllib3HttpNode
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

_current = threading.local()


class Guard:
    """One request's time. Sockets opened or used for it are watched until it is released."""

    def __init__(self, seconds: float) -> None:
        self.ends = time.monotonic() + seconds
        self.expired = False
        self._lock = threading.Lock()
        self._handles: list[socket.socket] = []

    @property
    def left(self) -> float:
        """Seconds left, never negative."""
        return max(0.0, self.ends - time.monotonic())

    def watch(self, handle: socket.socket) -> None:
        with self._lock:
            self._handles.append(handle)
            if self.expired:
                _shut(handle)

    def expire(self) -> None:
        with self._lock:
            self.expired = True
            for handle in self._handles:
                _shut(handle)

    def release(self) -> None:
        with self._lock:
            self._handles.clear()


def _shut(handle: socket.socket) -> None:
    try:
        handle.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass  # closed or never connected: nothing is waiting on it


class Watchdog:
    """One daemon thread, started with the first request, that expires guards in the order of their deadlines."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Also after a fork: threads do not survive it."""
        self._condition = threading.Condition()
        self._heap: list[tuple[float, int, Guard]] = []
        self._thread: threading.Thread | None = None
        self._number = count()

    def add(self, guard: Guard) -> None:
        with self._condition:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="search-deadline", daemon=True)
                self._thread.start()
            heapq.heappush(self._heap, (guard.ends, next(self._number), guard))
            if self._heap[0][2] is guard:
                self._condition.notify()

    def _run(self) -> None:
        while True:
            with self._condition:
                while not self._heap:
                    self._condition.wait()
                wait = self._heap[0][0] - time.monotonic()
                if wait > 0:
                    self._condition.wait(wait)
                    continue
                guard = heapq.heappop(self._heap)[2]
            guard.expire()


_watchdog = Watchdog()
os.register_at_fork(after_in_child=_watchdog.reset)


@contextmanager
def time_limit(seconds: float) -> Iterator[Guard]:
    """Everything asked through DeadlineNode inside this block, in this thread, has this long together, and no longer
    than a block around it has left."""
    outer: Guard | None = getattr(_current, "guard", None)
    guard = Guard(seconds if outer is None else min(seconds, outer.left))
    _watchdog.add(guard)
    _current.guard = guard
    try:
        yield guard
    finally:
        _current.guard = outer
        guard.release()


class Resolver:
    """Looks names up in threads, because nothing can interrupt a look-up that hangs. One thread per name at a time,
    however many wait for it; nothing is remembered once it is answered, that is the system's business."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Also after a fork: threads do not survive it."""
        self._lock = threading.Lock()
        self._running: dict[tuple[str, int], Future[list[Any]]] = {}

    def addresses(self, host: str, port: int, seconds: float) -> list[Any]:
        """As socket.getaddrinfo. Raises OSError, or TimeoutError when the answer takes longer."""
        try:
            ipaddress.ip_address(host)
        except ValueError:
            pass
        else:
            return socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM)
        with self._lock:
            future = self._running.get((host, port))
            if future is None:
                future = self._running[host, port] = Future()
                thread = threading.Thread(target=self._look_up, args=(host, port, future), daemon=True)
                thread.name = "search-resolver"
                thread.start()
        return future.result(timeout=seconds)

    def _look_up(self, host: str, port: int, future: Future[list[Any]]) -> None:
        try:
            found = socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM)
        except Exception as error:  # UnicodeError for impossible names, too: whoever waits is told
            self._forget(host, port)
            future.set_exception(error if isinstance(error, OSError) else OSError(str(error)))
        else:
            self._forget(host, port)
            future.set_result(found)

    def _forget(self, host: str, port: int) -> None:
        with self._lock:
            self._running.pop((host, port), None)


_resolver = Resolver()
os.register_at_fork(after_in_child=_resolver.reset)


class _WatchedConnection:
    """Mixed into urllib3's connections. A duplicate of the socket stays reachable when TLS has wrapped the original."""

    _handle: socket.socket | None = None

    def _new_conn(self) -> socket.socket:
        guard: Guard | None = getattr(_current, "guard", None)
        if guard is None:
            sock: socket.socket = super()._new_conn()  # type: ignore[misc]
        else:
            sock = self._connect_within(guard)
        self._handle = socket.socket(fileno=os.dup(sock.fileno()))
        if guard is not None:
            guard.watch(self._handle)
        return sock

    def _connect_within(self, guard: Guard) -> socket.socket:
        """All addresses of a name together have the time that is left; urllib3 would give it to each."""
        connection: Any = self
        try:
            addresses = _resolver.addresses(connection._dns_host, connection.port, guard.left)
        except TimeoutError as error:
            raise ConnectTimeoutError(connection, f"Looking up {connection.host} took too long.") from error
        except OSError as error:
            raise NameResolutionError(connection.host, connection, error) from error  # type: ignore[arg-type]
        failure: OSError | None = None
        for family, kind, protocol, _name, address in addresses:
            if guard.left <= 0:
                break
            sock = socket.socket(family, kind, protocol)
            try:
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                sock.settimeout(guard.left)
                sock.connect(address)
                return sock
            except OSError as error:
                sock.close()
                failure = error
        if failure is None or isinstance(failure, TimeoutError):
            raise ConnectTimeoutError(connection, f"Connection to {connection.host} timed out.")
        raise NewConnectionError(connection, f"Failed to establish a new connection: {failure}")

    def request(self, *args: Any, **kwargs: Any) -> None:
        guard: Guard | None = getattr(_current, "guard", None)
        if guard is not None and self._handle is not None:
            guard.watch(self._handle)
        super().request(*args, **kwargs)  # type: ignore[misc]

    def close(self) -> None:
        handle, self._handle = self._handle, None
        super().close()  # type: ignore[misc]
        if handle is not None:
            handle.close()


class WatchedHTTPConnection(_WatchedConnection, urllib3.connection.HTTPConnection):
    pass


class WatchedHTTPSConnection(_WatchedConnection, urllib3.connection.HTTPSConnection):
    pass


class DeadlineNode(Urllib3HttpNode):
    """The client's node, with watched connections and no queue for them (a queue would wait without a deadline)."""

    def __init__(self, config: NodeConfig) -> None:
        super().__init__(config)
        secure = config.scheme == "https"
        self.pool.ConnectionCls = WatchedHTTPSConnection if secure else WatchedHTTPConnection
        self.pool.block = False

    def perform_request(self, *args: Any, **kwargs: Any) -> Any:
        guard: Guard | None = getattr(_current, "guard", None)
        if guard is None:
            return super().perform_request(*args, **kwargs)
        if guard.left <= 0:
            raise ConnectionTimeout("No time left for this request")
        kwargs["request_timeout"] = guard.left
        response = super().perform_request(*args, **kwargs)
        if guard.expired:  # what was read may be the half of an answer
            raise ConnectionTimeout("The answer took too long")
        return response
