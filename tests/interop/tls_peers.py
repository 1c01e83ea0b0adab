# SPDX-License-Identifier: Apache-2.0
"""The lab CA behind TLS, and servers that do TLS wrong or not at all. All keys
and certificates are made for one test."""
import contextlib
import socket
import ssl
import threading

import peers

NAMES = "subjectAltName=DNS:localhost,IP:127.0.0.1"
CA_CONFIG = """[ca]
default_ca = here
[here]
new_certs_dir = .
database = index
rand_serial = yes
default_md = sha256
policy = any
[any]
commonName = supplied
"""


class Https(peers.Device):
    """With a CA for TLS, tls.pem, which is none for CMP, and its server."""

    def setUp(self):
        super().setUp()
        self.add_secret(peers.REF, peers.SECRET, "never")
        self.make("tls", "/CN=CA for TLS", *peers.CA, issuer="tls")
        self.make("server", "/CN=server", NAMES, issuer="tls", serial="2")

    def https(self, *options, name="server"):
        """The lab CA, with the certificate of this name."""
        return self.serve("--tls-cert", self.path(name + ".pem"),
                          "--tls-key", self.path(name + ".key"), *options)

    def only(self, version, *options, **more):
        """The same in one version of TLS, and no other."""
        server = self.https(*options, **more)
        context = server._httpd.tls
        # The second is not below the first at any moment.
        context.maximum_version = version
        context.minimum_version = version
        return server

    def try_tls(self, status, url, *more, anchor="tls.pem", state="device"):
        return self.enroll(url, "--tls-trusted", anchor, *more, status=status,
                           state=state)

    def make_dated(self, name, begin, end, *extensions):
        """A certificate of the CA for TLS, valid from YYYYMMDD to YYYYMMDD."""
        self.make(name, "/CN=" + name, *(extensions or [NAMES]), issuer="tls")
        for file, text in (("ca.config", CA_CONFIG), ("index", "")):
            with open(self.path(file), "w") as f:
                f.write(text)
        self.openssl_ok("ca", "-batch", "-notext", "-config", "ca.config",
                        "-cert", "tls.pem", "-keyfile", "tls.key", "-in",
                        name + ".csr", "-out", name + ".pem", "-extfile",
                        name + ".ext", "-startdate", begin + "000000Z",
                        "-enddate", end + "000000Z")

    def peer(self, play):
        made = Peer(play)
        self.addCleanup(made.stop)
        return made


class Peer:
    """A server whose connections are all played by play(connection)."""

    def __init__(self, play):
        self._play = play
        self._open = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.url = "https://localhost:%d/" % self.port
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self._open.append(connection)
                threading.Thread(target=self._run, args=(connection,),
                                 daemon=True).start()

    def _run(self, connection):
        with contextlib.suppress(OSError), connection:
            self._play(connection)

    def stop(self):
        """shutdown() wakes who waits in accept() or recv(); close() does
        not."""
        for s in (self._listener, *self._open):
            with contextlib.suppress(OSError):
                s.shutdown(socket.SHUT_RDWR)
            s.close()


class Relay:
    """Lets so many bytes of the server's through, then hangs up."""

    def __init__(self, port, limit):
        self._port, self._left = port, limit
        self.passed = 0

    def __call__(self, client):
        with socket.create_connection(("127.0.0.1", self._port)) as server:
            threading.Thread(target=self._forward, args=(client, server),
                             daemon=True).start()
            while self._left > 0:
                data = server.recv(min(self._left, 4096))
                if not data:
                    break
                self._left -= len(data)
                self.passed += len(data)
                client.sendall(data)
            for s in (client, server):
                s.shutdown(socket.SHUT_RDWR)

    @staticmethod
    def _forward(client, server):
        with contextlib.suppress(OSError):
            data = client.recv(4096)
            while data:
                server.sendall(data)
                data = client.recv(4096)


TLS12, TLS13 = ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3
