# SPDX-License-Identifier: Apache-2.0
"""CMP over HTTP (RFC 9811). Every path is served; /fault/NAME/ in it makes
the CA err for this request, and so does /fault/NAME=VALUE/."""
import http.server
import ipaddress
import socket
import sys
import threading
import time
import traceback
import urllib.parse

import tls
from faults import Fault
from http_reply import CMP, Reply

MAX_REQUEST = 100 * 1024


class HangUp(Exception):
    """Close the connection now, without an answer."""


class Handler(http.server.BaseHTTPRequestHandler):
    timeout = 60

    def do_GET(self):
        self._refuse(405, "only POST is served here")

    do_HEAD = do_PUT = do_DELETE = do_OPTIONS = do_PATCH = do_GET

    def do_POST(self):
        try:
            faults = self._faults()
        except ValueError as e:
            self._refuse(404, str(e))
            return
        try:
            request = self._read()
            if request is not None:
                self._answer(request, faults)
        except (HangUp, socket.timeout, *tls.LOST) as e:
            self.close_connection = True
            if not isinstance(e, HangUp):
                self.note("connection lost: %s" % e)

    def _faults(self):
        """Those in the path, else those of the command line."""
        parts = self.path.split("?")[0].split("/")
        names = [urllib.parse.unquote(parts[at + 1])
                 for at, part in enumerate(parts[:-1]) if part == "fault"]
        return Fault(*names) if names else self.server.faults

    def _read(self):
        """The body of the request; None if it was refused."""
        kind = self.headers.get("Content-Type", "").split(";")[0].strip()
        length = self.headers.get("Content-Length", "")
        if kind.lower() != CMP:
            return self._refuse(415, "Content-Type is '%s', not %s"
                                % (kind, CMP))
        if not (length.isascii() and length.isdigit()):
            return self._refuse(411, "Content-Length is required")
        if int(length) > MAX_REQUEST:
            return self._refuse(413, "more than %d octets" % MAX_REQUEST)
        data = self.rfile.read(int(length))
        if len(data) != int(length):
            self.note("request of %d octets ended after %d"
                      % (int(length), len(data)))
            raise HangUp
        return data

    def _refuse(self, status, text):
        """The body of the request has not been read, so close."""
        self.note("%s %s: HTTP %d, %s"
                  % (self.command, self.path, status, text))
        self.close_connection = True
        allow = {"Allow": "POST"} if status == 405 else {}
        self._send(Reply(status, "text/plain", (text + "\n").encode(),
                         **allow))

    def _answer(self, request, faults):
        answer = self.server.engine.handle(request, faults)
        suffix = " [fault %s]" % faults.text if faults.text else ""
        self.note("%s -> %s%s" % (answer.about, answer.outcome, suffix))
        if answer.der is None:
            raise HangUp
        reply = faults.change("http", answer.body, Reply(
            answer.http, CMP, answer.der), None)
        send = faults.sender(answer.body)
        if send is None:
            return self._send(reply)
        self.close_connection = True
        return send(self, reply)

    def _send(self, reply):
        if self.server.close_always:
            self.close_connection = True
        self.send_head(reply, {"Content-Length": len(reply.data)})
        if self.command != "HEAD":
            self.wfile.write(reply.data)

    def head(self, reply, framing):
        return reply.head(self.protocol_version, framing, "close"
                          if self.close_connection else "keep-alive")

    def send_head(self, reply, framing):
        self.wfile.write(self.head(reply, framing))

    def note(self, text):
        self.server.note(self.client_address[0], text)

    def log_message(self, form, *values):
        """What http.server itself has to say, such as a bad request line."""
        if not form.startswith('"%s"'):
            self.note(form % values)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, host, port, engine, options):
        self.address_family = socket.AF_INET6 if ":" in host \
            else socket.AF_INET
        self.engine = engine
        self.faults = Fault(*options.fault)
        self.close_always = options.close
        self.tls = tls.context(options)
        self._log_path = options.log
        self._log_lock = threading.Lock()
        handler = type("Handler", (Handler,),
                       {"protocol_version": "HTTP/" + options.http})
        super().__init__((host, port), handler)

    def server_bind(self):
        """Without the look-up of the host's name that http.server does."""
        socketserver_bind = http.server.socketserver.TCPServer.server_bind
        socketserver_bind(self)
        self.server_name, self.server_port = self.server_address[:2]

    def get_request(self):
        """With TLS, the handshake is for the thread of the connection."""
        connection, address = super().get_request()
        if self.tls:
            connection = self.tls.wrap_socket(
                connection, server_side=True, do_handshake_on_connect=False,
                suppress_ragged_eofs=False)
        return connection, address

    def shutdown_request(self, request):
        tls.say_farewell(request)
        super().shutdown_request(request)

    def note(self, peer, text):
        self._write("%s %s %s" % (time.strftime(
            "%Y-%m-%dT%H:%M:%SZ", time.gmtime()), peer, _printable(text)))

    def handle_error(self, request, client_address):
        error = sys.exc_info()[1]
        if isinstance(error, tls.LOST):
            self.note(client_address[0], "connection lost: %s" % error)
            return
        self.note(client_address[0], "internal error")
        self._write(traceback.format_exc())

    def _write(self, text):
        with self._log_lock:
            if not self._log_path:
                print(text, file=sys.stderr, flush=True)
                return
            with open(self._log_path, "a") as f:
                print(text, file=f)

    def url(self):
        host, port = self.server_address[:2]
        return "http%s://%s:%d/" % ("s" if self.tls else "", "[%s]" % host
                                    if ":" in host else host, port)


def _printable(text):
    """Texts of the peer must not write control characters to a terminal."""
    return "".join(c if c.isprintable() else "?" for c in text)


def is_loopback(host):
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
