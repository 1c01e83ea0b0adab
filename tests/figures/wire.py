# SPDX-License-Identifier: Apache-2.0
"""Bytes on the wire, HTTP included, against openssl's mock server: P-256, a
root that issues directly, certificates of about 415 bytes, path /pkix/.

usage: wire.py      (LWCMP names the program; prints "name value" lines)
"""
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "interop"))

import peers
import relay

# They make certificates of about 415 bytes.
ROOT, DEVICE = "/O=Example/CN=Root CA", "/O=Example/CN=device-1"
MAC = ["-srv_ref", "1234", "-srv_secret", "pass:test"]
SIGN = ["-srv_cert", "srv.pem", "-srv_key", "srv.key", "-srv_trusted",
        "root.pem"]
BY_SECRET = ["enroll", "--ref", "1234", "--secret", "env:TEST_SECRET",
             "--subject", DEVICE, "--hmac-sha1"]
RENEW = ["renew", "--cert", "old.pem", "--key", "old.key"]


def openssl(*words):
    subprocess.run(["openssl", *words], check=True, stdout=subprocess.PIPE,
                   stderr=subprocess.PIPE)


def make(name, subject, extensions, serial=None):
    with open(name + ".ext", "w", encoding="ascii") as f:
        f.write("subjectKeyIdentifier=hash\n" + extensions)
    openssl("req", "-new", "-newkey", "ec", "-pkeyopt",
            "ec_paramgen_curve:P-256", "-nodes", "-keyout", name + ".key",
            "-subj", subject, "-out", name + ".csr")
    issuer = ["-signkey", "root.key"] if serial is None else \
        ["-CA", "root.pem", "-CAkey", "root.key", "-set_serial", serial]
    openssl("x509", "-req", "-in", name + ".csr", "-days", "30", "-extfile",
            name + ".ext", "-out", name + ".pem", *issuer)


def make_all():
    leaf = "authorityKeyIdentifier=keyid\nkeyUsage=digitalSignature\n"
    serial = "0x" + "5a" * 20
    make("root", ROOT, "basicConstraints=critical,CA:TRUE\n")
    make("srv", "/O=Example/CN=CMP server",
         leaf + "extendedKeyUsage=1.3.6.1.5.5.7.3.28\n", "0x" + "4b" * 20)
    make("old", DEVICE, leaf, serial)
    make("new", DEVICE, leaf, serial)


def measure(name, server, device):
    mock = peers.MockServer(".", "-rsp_cert", "new.pem", *server)
    between = relay.Relay(int(mock.url.split(":")[2].split("/")[0]))
    subprocess.run(
        [peers.LWCMP, *device, "--server",
         "http://127.0.0.1:%d/pkix/" % between.port, "--trusted", "root.pem",
         "--newkey", "new.key", "--certout", name + ".out.pem", "-q"],
        check=True, env=dict(os.environ, TEST_SECRET="test"))
    mock.stop()
    between.close()
    print("wire_%s_sent_bytes %d" % (name, between.sent))
    print("wire_%s_total_bytes %d" % (name, between.sent + between.received))
    return between.connections


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        make_all()
        grant = ["-grant_implicitconf"]
        count = [
            measure("ir", MAC, BY_SECRET),
            measure("kur", SIGN, RENEW),
            measure("ir_implicit", MAC + grant,
                    BY_SECRET + ["--implicit-confirm"]),
            measure("kur_implicit", SIGN + grant,
                    RENEW + ["--implicit-confirm"])]
        print("connections_per_transaction %d" % max(count))


if __name__ == "__main__":
    main()
