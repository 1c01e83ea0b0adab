# SPDX-License-Identifier: Apache-2.0
"""Faults of HTTP (RFC 9811). The request has been processed, and its answer
goes out in another way, or not at all."""
import time

import fault_value
from fault_value import Parameter

HTML = b"<html><body>This is not a CMP server.</body></html>\n"
BLOCK = bytes(1000)
PAUSE = 0.01


def _reply(kind=None, data=None, status=None, **headers):
    """A stage that changes what is given."""
    def stage(reply, x):
        reply.status = reply.status if status is None else status
        reply.kind = kind or reply.kind
        reply.data = reply.data if data is None else data
        reply.headers.update(headers)
    return {"http": stage}


def _status(status):
    return _reply("text/plain", b"fault: HTTP %d\n" % status, status)


def _redirect(where):
    return _reply("text/plain", b"fault: it is elsewhere\n", 302,
                  Location=where)


def _code(text):
    value = int(text)
    if not 200 <= value <= 599:
        raise ValueError("'%s' is not from 200 to 599" % text)
    return value


def _hang_up(handler, reply):
    """Nothing is sent; the connection closes after each way of sending."""


def _cut(handler, reply):
    handler.send_head(reply, {"Content-Length": len(reply.data)})
    handler.wfile.write(reply.data[:len(reply.data) // 2])


def _silence(handler, reply):
    """Until the client gives up."""
    handler.connection.settimeout(None)
    while handler.rfile.read1(1000):
        pass


def _trickle(pause):
    def send(handler, reply):
        head = handler.head(reply, {"Content-Length": len(reply.data)})
        for octet in head + reply.data:
            handler.wfile.write(bytes([octet]))
            time.sleep(pause)
    return {"send": send}


def _chunk(data):
    return b"%x\r\n%s\r\n" % (len(data), data)


def _chunked(size):
    def send(handler, reply):
        handler.send_head(reply, {"Transfer-Encoding": "chunked"})
        for at in range(0, len(reply.data), size):
            handler.wfile.write(_chunk(reply.data[at:at + size]))
        handler.wfile.write(b"0\r\n\r\n")
    return {"send": send}


def _no_length(handler, reply):
    handler.send_head(reply, {})
    handler.wfile.write(reply.data)


def _for_ever(handler, data):
    """Until the client closes: then write() raises ConnectionError."""
    while True:
        handler.wfile.write(data)
        time.sleep(PAUSE)


def _endless(handler, reply):
    _no_length(handler, reply)
    _for_ever(handler, BLOCK)


def _endless_chunked(handler, reply):
    handler.send_head(reply, {"Transfer-Encoding": "chunked"})
    handler.wfile.write(_chunk(reply.data))
    _for_ever(handler, _chunk(BLOCK))


def _endless_head(handler, reply):
    handler.wfile.write(handler.head(reply, {})[:-2])
    _for_ever(handler, b"X-Fault: %s\r\n" % (b"x" * 80))


def _size(text):
    value = int(text)
    if value < 1:
        raise ValueError("'%s' is less than 1" % text)
    return value


FAULTS = {
    "html": _reply("text/html", HTML),
    "empty": _reply(data=b""),
    "content-type": Parameter(fault_value.line, _reply,
                              "application/octet-stream"),
    "http": Parameter(_code, _status),
    "http-cmp": Parameter(_code, lambda n: _reply(status=n)),
    "retry-after": Parameter(fault_value.line, lambda value: _reply(
        **{"Retry-After": value}), "60"),
    "redirect": Parameter(fault_value.line, _redirect, "/elsewhere/"),
    "hang-up": {"send": _hang_up},
    "cut-answer": {"send": _cut},
    "silence": {"send": _silence},
    "trickle": Parameter(fault_value.seconds, _trickle, 1.0),
    "chunked": Parameter(_size, _chunked, 100),
    "no-length": {"send": _no_length},
    "endless": {"send": _endless},
    "endless-chunked": {"send": _endless_chunked},
    "endless-head": {"send": _endless_head},
    "drop": {"drop": True},
}
