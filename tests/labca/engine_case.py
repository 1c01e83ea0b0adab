# SPDX-License-Identifier: Apache-2.0
"""An engine with a CA of its own, for tests without a network."""
import shutil
import unittest

import support

import authority
import device
import faults
from device import cert_conf, failure, issued, request_body
from engine import Engine
from policy import Policy
from store import Store


class EngineTest(unittest.TestCase):
    def setUp(self):
        self.folder = support.new_folder()
        self.addCleanup(shutil.rmtree, self.folder)
        authority.create(self.folder, support.NAME, True)
        Store.create(self.folder)
        self.store = Store(self.folder)
        self.authority = authority.Authority(self.folder)
        self.engine = Engine(self.authority, self.store, Policy())
        self.secret("4711")

    def secret(self, reference, spend="confirm"):
        with self.store.change() as state:
            state.add_secret(reference.encode(), b"test secret", spend)

    def mac(self, reference="4711", secret=b"test secret", algorithm=None):
        return device.MacCredential(reference.encode(), secret, algorithm)

    def begin(self, credential=None, fault=None):
        """fault: one name, or a tuple of them."""
        names = fault if isinstance(fault, tuple) else (fault,)
        return device.Transaction(self.engine, credential or self.mac(),
                                  faults.Fault(*names))

    def enrol(self, spend="never", reference="enrol", **request):
        """A confirmed certificate as a credential."""
        self.secret(reference, spend)
        key = device.new_key()
        t = self.begin(self.mac(reference))
        cert = issued(t.send(request_body("ir", key, **request)))
        self.assertEqual(t.send(cert_conf(cert)).body, "pkiconf")
        return device.KeyCredential(key, cert)

    def state_of(self, cert):
        with self.store.change() as state:
            return state.certificate("%040x" % cert.serial)["state"]

    def refused(self, answer, body, fail):
        self.assertEqual(failure(answer), (body, [fail]))

    def ir(self, **changes):
        return request_body("ir", device.new_key(), **changes)
