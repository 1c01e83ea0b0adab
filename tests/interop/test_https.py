# SPDX-License-Identifier: Apache-2.0
"""HTTPS: whom lwcmp trusts below CMP, and what it says when it does not."""
import os
import socket
import unittest
import warnings
from unittest import mock

import peers
import tls_peers
from tls_peers import TLS12, TLS13, Relay

DONE, USAGE, NETWORK = peers.DONE, peers.USAGE, peers.NETWORK
HTTP, PATH, STORAGE = peers.HTTP, peers.PATH, peers.STORAGE


class Good(tls_peers.Https):
    """Servers that are in order."""

    def test_http_17_tls_1_2(self):
        said = self.try_tls(DONE, self.only(TLS12).url, "-v")
        self.assertIn("TLSv1.2 with TLS-ECDHE-ECDSA-WITH-AES-", said)

    def test_http_17_tls_1_3(self):
        said = self.try_tls(DONE, self.only(TLS13).url, "-v")
        self.assertIn("TLSv1.3 with TLS1-3-AES-", said)

    def test_http_17_rsa(self):
        self.make("rsa", "/CN=rsa", tls_peers.NAMES, kind="rsa2048",
                  issuer="tls")
        for state, version in (("a", TLS12), ("b", TLS13)):
            server = self.only(version, name="rsa")
            self.try_tls(DONE, server.url, state=state)

    def test_http_17_chain(self):
        """The server sends what lies between it and the anchor."""
        self.make("sub", "/CN=sub", *peers.CA, issuer="tls")
        self.make("below", "/CN=below", tls_peers.NAMES, issuer="sub")
        said = self.try_tls(PATH, self.https(name="below").url)
        self.assertIn("trust anchor", said)
        with open(self.path("below.pem"), "a") as f, \
                open(self.path("sub.pem")) as sub:
            f.write(sub.read())
        self.try_tls(DONE, self.https(name="below").url)

    def test_several_anchors(self):
        self.make("other", "/CN=other CA", *peers.CA, issuer="other")
        self.try_tls(DONE, self.https().url, "--tls-trusted", "other.pem")

    def test_lcp_4_1_3_renewal_on_one_connection(self):
        """Both messages of each, though a handshake costs more than they."""
        server = self.https()
        with mock.patch.object(server._httpd, "get_request",
                               wraps=server._httpd.get_request) as accepted:
            self.try_tls(DONE, server.url)
            self.assertEqual(accepted.call_count, 1)
            self.renew(server.url, "--tls-trusted", "tls.pem")
            self.assertEqual(accepted.call_count, 2)
        self.assertEqual(self.states(), ["superseded", "confirmed"])

    def test_kept_connection_that_is_closed(self):
        """It closes after each answer, with the farewell of TLS or not."""
        self.try_tls(DONE, self.https("--close").url, state="a")
        with mock.patch("tls.say_farewell"):
            self.try_tls(DONE, self.https("--close").url, state="b")

    def test_polling(self):
        server = self.https("--poll-count", "1", "--check-after", "0")
        self.try_tls(DONE, server.url, "--wait", "20")

    def test_http_17_farewell(self):
        """The server would note a connection that was cut off."""
        for state, version in (("a", TLS12), ("b", TLS13)):
            server = self.only(version)
            server._httpd.daemon_threads = False  # those it waits for
            self.try_tls(DONE, server.url, state=state)
            server._httpd.shutdown()
            server._httpd.server_close()
            self.assertNotIn("lost", server.log())

    def test_plain_http_is_there_still(self):
        self.enroll(self.serve().url)


class Server(tls_peers.Https):
    """Who the server is."""

    def refused(self, words, url, *more, **options):
        said = self.try_tls(PATH, url, *more, **options)
        self.assertIn(words, said)
        self.assertEqual(self.states(), [])

    def test_http_17_unknown_ca(self):
        self.make("other", "/CN=CA for TLS", *peers.CA, issuer="other")
        for version in TLS12, TLS13:
            self.refused("trust anchor", self.only(version).url,
                         anchor="other.pem")

    def test_http_17_self_signed(self):
        self.make("alone", "/CN=alone", tls_peers.NAMES, issuer="alone")
        self.refused("trust anchor", self.https(name="alone").url)
        # Unless it is the very one that is trusted.
        self.try_tls(DONE, self.https(name="alone").url, anchor="alone.pem")

    def test_http_17_cmp_anchor_is_none_for_tls(self):
        self.refused("trust anchor", self.https().url, "--trusted", "tls.pem",
                     anchor=os.path.join(self.ca, "root.pem"))

    def test_http_17_wrong_name(self):
        url = self.https().url
        name = url.replace("127.0.0.1", "localhost")
        for version in TLS12, TLS13:
            self.make("other", "/CN=localhost",
                      "subjectAltName=DNS:other.example", issuer="tls")
            self.refused("another name", self.only(
                version, name="other").url.replace("127.0.0.1", "localhost"))
        self.refused("another name", name, "--tls-host", "other.example")
        self.refused("another name", url, "--tls-host", "127.0.0.2")
        self.refused("another name", url, "--tls-host", "::1")
        self.try_tls(DONE, name)

    def test_http_17_tls_host(self):
        self.make("other", "/CN=other", "subjectAltName=DNS:*.example",
                  issuer="tls")
        url = self.https(name="other").url
        self.refused("another name", url)
        self.refused("another name", url, "--tls-host", "a.b.example")
        self.try_tls(DONE, url, "--tls-host", "a.example")

    def test_http_17_common_name_does_not_count(self):
        for name in "localhost", "127.0.0.1":
            self.make("cn", "/CN=" + name, issuer="tls")
            port = self.https(name="cn").port
            self.refused("another name", "https://%s:%d/" % (name, port))

    def test_http_17_address_is_no_name(self):
        self.make("text", "/CN=text", "subjectAltName=DNS:127.0.0.1",
                  issuer="tls")
        self.refused("another name", self.https(name="text").url)

    def test_http_17_ipv6(self):
        try:
            socket.create_server(("::1", 0), family=socket.AF_INET6).close()
        except OSError:
            self.skipTest("this machine has no IPv6")
        self.make("six", "/CN=six", "subjectAltName=IP:::1", issuer="tls")
        self.refused("another name", self.https("--listen", "::1").url)
        self.try_tls(DONE, self.https("--listen", "::1", name="six").url)

    def test_http_17_server_name(self):
        """SNI is the name alone, and no address."""
        server = self.https()
        seen = []
        server._httpd.tls.sni_callback = \
            lambda connection, name, context: seen.append(name)
        self.try_tls(DONE, server.url, state="a")
        self.try_tls(DONE, server.url.replace("127.0.0.1", "localhost"),
                     state="b")
        self.assertEqual(seen, [None, "localhost"])

    def test_http_17_expired(self):
        self.make_dated("old", "20200101", "20210101")
        for version in TLS12, TLS13:
            self.refused("expired", self.only(version, name="old").url)

    def test_http_17_not_yet_valid(self):
        self.make_dated("new", "20980101", "20990101")
        self.refused("not valid yet", self.https(name="new").url)

    def test_http_17_time_of_the_anchor(self):
        """It does not count, as in CMP: name and key are what is trusted."""
        self.make_dated("tls", "20200101", "20210101", *peers.CA)
        self.make("server", "/CN=server", tls_peers.NAMES, issuer="tls")
        self.try_tls(DONE, self.https().url)

    def test_http_17_usage(self):
        self.make("client", "/CN=client", tls_peers.NAMES,
                  "extendedKeyUsage=clientAuth", issuer="tls")
        self.refused("by a server", self.https(name="client").url)

    def test_http_17_weak(self):
        """Signed with SHA-1 by a CA that is trusted."""
        self.make("weak", "/CN=weak", tls_peers.NAMES, issuer="tls",
                  digest="sha1")
        server = self.https()
        context = server._httpd.tls
        context.set_ciphers("ALL:@SECLEVEL=0")
        context.load_cert_chain(self.path("weak.pem"), self.path("weak.key"))
        self.assertIn("weak", self.try_tls(PATH, server.url))


class Client(tls_peers.Https):
    """Who we are."""

    def setUp(self):
        super().setUp()
        self.make("clients", "/CN=CA of clients", *peers.CA, issuer="clients")

    def client(self, kind="p256", issuer="clients"):
        self.make("client", "/CN=client", "extendedKeyUsage=clientAuth",
                  kind=kind, issuer=issuer)

    def demanding(self, version):
        return self.only(version, "--tls-clients",
                         self.path("clients.pem")).url

    def show(self, status, url, *more, **options):
        return self.try_tls(status, url, "--tls-cert", "client.pem",
                            "--tls-key", "client.key", *more, **options)

    def test_http_17_given(self):
        for kind in "p256", "p384", "rsa2048":
            self.client(kind)
            self.show(DONE, self.demanding(TLS12), state=kind + "-12")
            self.show(DONE, self.demanding(TLS13), state=kind + "-13")

    def test_http_17_not_demanded(self):
        self.client()
        self.show(DONE, self.https().url)

    def test_http_17_chain(self):
        self.make("sub", "/CN=sub", *peers.CA, issuer="clients")
        self.client(issuer="sub")
        self.show(NETWORK, self.demanding(TLS13))
        with open(self.path("client.pem"), "a") as f, \
                open(self.path("sub.pem")) as sub:
            f.write(sub.read())
        self.show(DONE, self.demanding(TLS13))

    def test_http_17_not_given(self):
        for version in TLS12, TLS13:
            said = self.try_tls(NETWORK, self.demanding(version))
            self.assertIn("demands a client certificate", said)
            self.assertIn("--tls-cert", said)
        self.assertEqual(self.states(), [])

    def test_http_17_wrong(self):
        self.client(issuer="tls")
        for version in TLS12, TLS13:
            said = self.show(NETWORK, self.demanding(version))
            self.assertIn("does not know the CA", said)
        self.assertEqual(self.states(), [])

    def test_passphrase(self):
        self.client()
        self.openssl_ok("pkcs8", "-topk8", "-in", "client.key", "-passout",
                        "pass:of the test", "-out", "closed.key")
        url = self.demanding(TLS13)
        words = ("--tls-cert", "client.pem", "--tls-key", "closed.key")
        self.assertIn("encrypted", self.try_tls(STORAGE, url, *words))
        self.assertIn("passphrase", self.try_tls(
            STORAGE, url, *words, "--tls-key-pass", "pass:wrong"))
        self.try_tls(DONE, url, *words, "--tls-key-pass", "pass:of the test")

    def test_key_of_another(self):
        self.client()
        self.make_key("client")
        self.assertIn("is not the key",
                      self.show(STORAGE, self.https().url))


class Options(tls_peers.Https):

    def test_http_17_no_anchors(self):
        """Those of CMP are not taken instead."""
        said = self.enroll("https://localhost/", "--trusted", "tls.pem",
                           status=USAGE)
        self.assertIn("--tls-trusted", said)

    def test_without_https(self):
        for option in (["--tls-trusted", "tls.pem"], ["--tls-host", "h"],
                       ["--tls-cert", "server.pem", "--tls-key",
                        "server.key"]):
            said = self.enroll("http://localhost/", *option, status=USAGE)
            self.assertIn("https://", said)

    def test_files(self):
        url = "https://localhost/"
        self.try_tls(STORAGE, url, anchor="none.pem")
        self.try_tls(STORAGE, url, anchor="tls.key")
        self.try_tls(STORAGE, url, "--tls-cert", "none.pem", "--tls-key",
                     "server.key")
        self.try_tls(STORAGE, url, "--tls-cert", "server.pem", "--tls-key",
                     "none.key")


class Broken(tls_peers.Https):
    """Servers that are none, and connections that break."""

    def test_nobody_listens(self):
        listener = socket.create_server(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        listener.close()
        self.assertIn("refused", self.try_tls(
            NETWORK, "https://localhost:%d/" % port))

    def test_http_17_old_version(self):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            server = self.https()
            context = server._httpd.tls
            context.set_ciphers("ALL:@SECLEVEL=0")
            context.minimum_version = tls_peers.ssl.TLSVersion.TLSv1
            context.maximum_version = tls_peers.ssl.TLSVersion.TLSv1_1
        said = self.try_tls(NETWORK, server.url)
        self.assertIn("neither TLS 1.2 nor 1.3", said)

    def test_http_17_no_common_suite(self):
        server = self.only(TLS12)
        server._httpd.tls.set_ciphers("ECDHE+CHACHA20:ECDHE+AES+SHA256")
        self.assertIn("nothing in common",
                      self.try_tls(NETWORK, server.url))

    def test_http_17_plain_http(self):
        self.assertIn("not TLS", self.try_tls(
            NETWORK, self.serve().url.replace("http:", "https:")))

    def test_http_17_tls_where_http_is_expected(self):
        status, _, said = self.lwcmp(
            "enroll", "--server", self.https().url.replace("https", "http"),
            "--state", "device", "--ref", peers.REF, "--secret", "env:SECRET",
            "--subject", "CN=d", "--learn-anchors")
        self.assertIn(status, (NETWORK, HTTP), said)

    def test_garbage(self):
        for data in bytes(100), b"\x16\x03\x03\x00\x04\x02\x00\x00\x00", \
                b"\xff" * 70000:
            def play(connection, data=data):
                connection.recv(4096)
                connection.sendall(data)
                connection.recv(4096)
            self.try_tls(NETWORK, self.peer(play).url)

    def test_silence(self):
        """Before the handshake, and instead of an answer."""
        def play(connection):
            while connection.recv(4096):
                pass
        said = self.try_tls(NETWORK, self.peer(play).url, "--timeout", "1")
        self.assertIn("no answer in time", said)
        said = self.try_tls(NETWORK, self.https("--fault", "silence").url,
                            "--timeout", "1")
        self.assertIn("no answer in time", said)

    def test_http_17_cut_off(self):
        """After any number of bytes, in handshake and answers."""
        for version in TLS12, TLS13:
            port = self.only(version).port
            whole = Relay(port, 1 << 20)
            self.try_tls(DONE, self.peer(whole).url, state="whole")
            for limit in [0, 1, 5, 100, *range(300, whole.passed - 400, 250)]:
                with self.subTest(version=version, limit=limit):
                    said = self.try_tls(
                        NETWORK, self.peer(Relay(port, limit)).url, "--anew",
                        state="cut")
                    self.assertIn("no connection, or it broke", said)

    def test_http_17_truncation(self):
        """An answer that ends with the connection has ended only if the
        server says farewell."""
        url = self.https("--fault", "no-length").url
        self.try_tls(DONE, url, state="a")
        with mock.patch("tls.say_farewell"):
            said = self.try_tls(NETWORK, url, state="b")
        self.assertIn("cut off", said)


if __name__ == "__main__":
    unittest.main()
