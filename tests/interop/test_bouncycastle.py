# SPDX-License-Identifier: Apache-2.0
"""PBMAC1 with Bouncy Castle, a codec and a crypto that are not ours. Its
recorded messages are tests of every build; here it judges what we send, which
needs Java: libbcpkix-java and default-jdk-headless of Debian."""
import glob
import http.server
import os
import subprocess
import threading
import unittest

import peers
import support

BC = os.path.join(peers.HERE, "bc", "Pbmac1.java")
VECTORS = os.path.join(support.TOP, "tests", "vectors", "psa")
JARS = ["/usr/share/java/%s.jar" % name
        for name in ("bcprov", "bcutil", "bcpkix")]
MISSING = [path for path in [*JARS, "/usr/bin/javac"]
           if not os.path.exists(path)]


def bouncy_castle(*words):
    """The finished process."""
    return subprocess.run(["java", "-cp", ":".join(JARS), BC, *words],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          timeout=60)


@unittest.skipIf(MISSING, "there is no " + ", ".join(MISSING))
class BouncyCastle(peers.Device):
    def test_it_reads_our_messages(self):
        self.add_secret(peers.REF, peers.SECRET)
        self.enroll(self.serve().url, "--pbmac1", "--dump", "dump")
        ours = sorted(glob.glob(self.path("dump") + "/*.der"))
        self.assertEqual(len(ours), 4)
        done = bouncy_castle("check", peers.SECRET, *ours)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        done = bouncy_castle("check", "not " + peers.SECRET, *ours)
        self.assertIn(b"the MAC is wrong", done.stderr)

    def serve_refusals(self):
        """A server that says no to everybody; its URL."""
        request = self.path("request.der")

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                n = int(self.headers["Content-Length"])
                with open(request, "wb") as f:
                    f.write(self.rfile.read(n))
                der = bouncy_castle("refuse", peers.SECRET, request).stdout
                self.send_response(200)
                self.send_header("Content-Type", "application/pkixcmp")
                self.send_header("Content-Length", str(len(der)))
                self.end_headers()
                self.wfile.write(der)

            def log_message(self, *words):
                pass

        server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return "http://127.0.0.1:%d/" % server.server_port

    def test_we_read_its_messages(self):
        url = self.serve_refusals()
        text = self.enroll(url, status=peers.REJECTED)
        self.assertIn("Bouncy Castle says no", text)
        self.assertNotIn("not authenticated", text)

    def test_the_recorded_messages_are_its_own(self):
        folder = self.path("again")
        os.mkdir(folder)
        subprocess.run([os.path.join(VECTORS, "make.sh"), folder], check=True)
        names = sorted(os.listdir(folder))
        self.assertEqual(len(names), 3)
        for name in names:
            with open(os.path.join(folder, name), "rb") as again, \
                    open(os.path.join(VECTORS, name), "rb") as recorded:
                self.assertEqual(again.read(), recorded.read(), name)


if __name__ == "__main__":
    unittest.main()
