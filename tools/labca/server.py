# SPDX-License-Identifier: Apache-2.0
"""CMP over HTTP (RFC 9811). Every path is served; /fault/NAME/ in it makes
the CA err for this request."""
import http.server
import ipaddress
import socket
import sys
import threading
import time
import traceback

from faults import Fault

CONTENT_TYPE = "application/pkixcmp"
MAX_REQUEST = 100 * 1024
HTML = b"<html><body>This is not a CMP server.</body></html>\n"


class HangUp(Exception):
    """Close the connection now, without an answer."""


class Handler(http.server.BaseHTTPRequestHandler):
    timeout = 60
    server_version = "labca"
    sys_version = ""

    def do_GET(self):
        self._refuse(405, "only POST is served here")

    do_HEAD = do_PUT = do_DELETE = do_OPTIONS = do_PATCH = do_GET

    def do_POST(self):
        try:
            fault = self._fault()
        except ValueError as e:
            self._refuse(404, str(e))
            return
        try:
            request = self._read()
            if request is not None:
                self._answer(request, fault)
        except (HangUp, ConnectionError, socket.timeout) as e:
            self.close_connection = True
            if not isinstance(e, HangUp):
                self.note("connection lost: %s" % e)

    def _fault(self):
        parts = self.path.split("?")[0].split("/")
        if "fault" in parts[:-1]:
            return Fault(parts[parts.index("fault") + 1])
        return self.server.fault

    def _read(self):
        """The body of the request; None if it was refused."""
        kind = self.headers.get("Content-Type", "").split(";")[0].strip()
        length = self.headers.get("Content-Length", "")
        if kind.lower() != CONTENT_TYPE:
            return self._refuse(415, "Content-Type is '%s', not %s"
                                % (kind, CONTENT_TYPE))
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
        self._send(status, "text/plain", (text + "\n").encode(),
                   {"Allow": "POST"} if status == 405 else {})

    def _answer(self, request, fault):
        answer = self.server.engine.handle(request, fault)
        how = fault.transport(answer.body)
        suffix = " [fault %s]" % fault.name if fault.name else ""
        self.note("%s -> %s%s" % (answer.about, answer.outcome, suffix))
        if how in ("drop", "hang-up"):
            raise HangUp
        if how == "html":
            return self._send(200, "text/html", HTML)
        if how == "cut-answer":
            self._send(answer.http, CONTENT_TYPE, answer.der, cut=True)
            raise HangUp
        return self._send(answer.http, CONTENT_TYPE, answer.der)

    def _send(self, status, kind, data, extra=(), cut=False):
        if self.server.close_always:
            self.close_connection = True
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-cache")
        self.send_header("Connection",
                         "close" if self.close_connection else "keep-alive")
        for name in extra:
            self.send_header(name, extra[name])
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data[:len(data) // 2] if cut else data)

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
        self.fault = Fault(options.fault)
        self.close_always = options.close
        self._log = open(options.log, "a") if options.log else sys.stderr
        self._log_lock = threading.Lock()
        handler = type("Handler", (Handler,),
                       {"protocol_version": "HTTP/" + options.http})
        super().__init__((host, port), handler)

    def server_bind(self):
        """Without the look-up of the host's name that http.server does."""
        socketserver_bind = http.server.socketserver.TCPServer.server_bind
        socketserver_bind(self)
        self.server_name, self.server_port = self.server_address[:2]

    def note(self, peer, text):
        line = "%s %s %s" % (time.strftime("%Y-%m-%dT%H:%M:%SZ",
                                           time.gmtime()), peer, text)
        with self._log_lock:
            print(_printable(line), file=self._log, flush=True)

    def handle_error(self, request, client_address):
        self.note(client_address[0], "internal error")
        with self._log_lock:
            traceback.print_exc(file=self._log)

    def url(self):
        host, port = self.server_address[:2]
        return "http://%s:%d/" % ("[%s]" % host if ":" in host else host,
                                  port)


def _printable(text):
    """Texts of the peer must not write control characters to a terminal."""
    return "".join(c if c.isprintable() else "?" for c in text)


def is_loopback(host):
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
