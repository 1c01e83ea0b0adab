# SPDX-License-Identifier: Apache-2.0
"""rr and rp by the rules of RFC 9483 section 4.2."""
import unittest

from engine_case import EngineTest

import asn1
import certificate
import device
import faults
import message
import names
import schema
from device import cert_conf, issued, request_body
from engine import Engine
from policy import Policy


def extension(oid, value):
    return {"extnID": oid, "extnValue": value}


def reason_code(reason):
    return [extension("2.5.29.21", bytes((10, 1, reason)))]


def rr(cert, reason=0, **changes):
    """The body of rr. Changes: serialNumber, issuer, crlEntryDetails."""
    template = {"serialNumber": cert.serial, "issuer": asn1.Der(cert.issuer)}
    for name in ("serialNumber", "issuer"):
        template[name] = changes.get(name, template[name])
    return ("rr", [{"certDetails": template, "crlEntryDetails": changes.get(
        "crlEntryDetails", reason_code(reason))}])


def statuses(answer):
    """[(status, failInfo names)] of an rp."""
    return [(int(info["status"]),
             [schema.FAIL_INFO[i] for i, bit in
              enumerate(asn1.field(info, "failInfo") or []) if bit])
            for info in answer.content["status"]]


class RevokeTest(EngineTest):
    def use(self, **options):
        self.engine = Engine(self.authority, self.store, Policy(**options))

    def setUp(self):
        super().setUp()
        self.device = self.enrol()

    def send(self, body, credential=None, fault=None):
        return self.begin(credential or self.device, fault).send(body)

    def accepted(self, answer):
        self.assertEqual(answer.body, "rp")
        self.assertEqual(statuses(answer), [(0, [])])

    def rejected(self, answer, fail):
        self.assertEqual(answer.body, "rp")
        self.assertEqual(statuses(answer), [(2, [fail])])
        self.assertEqual(self.revoked(), [])

    def revoked(self):
        with self.store.change() as state:
            return [(row["serial"], row["reason"])
                    for row in state.revoked()]

    def ra(self):
        """A credential of a registration authority."""
        key = device.new_key()
        cert = certificate.Certificate(certificate.make(
            names.from_text("CN=RA"), certificate.public_der(key),
            [certificate.key_usage("digitalSignature"),
             certificate.extended_key_usage(certificate.CMC_RA)], 1,
            self.authority.ca, self.authority.ca_key))
        with self.store.change() as state:
            state.add_certificate(cert, b"ra")
            state.set_certificate("%040x" % cert.serial, "confirmed")
        return device.KeyCredential(key, cert)


class WhoMay(RevokeTest):
    def test_own_certificate(self):
        cert = self.device.cert
        answer = self.send(rr(cert, 4))
        self.accepted(answer)
        self.assertEqual(len(answer.extra_certs), 2)
        self.assertEqual(self.state_of(cert), "revoked")
        self.assertEqual(self.revoked(), [("%040x" % cert.serial, 4)])
        with self.store.change() as state:
            time = state.revoked()[0]["time"]
        self.assertRegex(time, r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$")

    def test_other_certificate(self):
        other = self.enrol(reference="other")
        self.rejected(self.send(rr(other.cert)), "notAuthorized")
        self.assertEqual(self.state_of(other.cert), "confirmed")

    def test_registration_authority(self):
        self.accepted(self.send(rr(self.device.cert), self.ra()))

    def test_by_secret(self):
        self.secret("mine")
        key = device.new_key()
        t = self.begin(self.mac("mine"))
        cert = issued(t.send(request_body("ir", key)))
        t.send(cert_conf(cert))
        mine = self.mac("mine")
        self.rejected(self.send(rr(self.device.cert), mine), "notAuthorized")
        # The secret is spent, and good enough for that.
        self.accepted(self.send(rr(cert), mine))

    def test_by_secret_after_a_renewal(self):
        key = device.new_key()
        t = self.begin(self.device)
        cert = issued(t.send(request_body("kur", key)))
        t.send(cert_conf(cert))
        self.rejected(self.send(rr(cert), self.mac()), "notAuthorized")
        self.accepted(self.send(rr(cert), self.mac("enrol")))
        # The one before is nobody's any more, but may be revoked as well.
        self.accepted(self.send(rr(self.device.cert)))

    def test_wrong_secret(self):
        answer = self.send(rr(self.device.cert), self.mac(secret=b"wrong"))
        self.refused(answer, "error", "badMessageCheck")


class Revoked(RevokeTest):
    def setUp(self):
        super().setUp()
        self.accepted(self.send(rr(self.device.cert, 1)))

    def check(self, answer):
        self.assertEqual(answer.body, "rp")
        self.assertEqual(statuses(answer), [(2, ["certRevoked"])])

    def test_again(self):
        self.check(self.send(rr(self.device.cert)))
        self.check(self.send(rr(self.device.cert), self.mac("enrol")))

    def test_signs_no_requests(self):
        for kind in "kur", "cr":
            self.refused(self.send(request_body(kind, device.new_key())),
                         "error", "certRevoked")

    def test_no_registration_authority(self):
        ra = self.ra()
        other = self.enrol(reference="other").cert
        self.accepted(self.send(rr(ra.cert), ra))
        self.refused(self.send(rr(other), ra), "error", "certRevoked")

    def test_is_listed(self):
        with self.store.change() as state:
            self.assertEqual([row["state"] for row in state.certificates()],
                             ["revoked"])


class Hold(RevokeTest):
    def test_there_and_back(self):
        cert, owner = self.device.cert, self.mac("enrol")
        self.accepted(self.send(rr(cert, 6), owner))
        self.assertEqual(self.state_of(cert), "revoked")
        self.accepted(self.send(rr(cert, 8), owner))
        self.assertEqual(self.state_of(cert), "confirmed")
        self.assertEqual(self.revoked(), [])

    def test_for_good(self):
        cert, owner = self.device.cert, self.mac("enrol")
        self.accepted(self.send(rr(cert, 6), owner))
        self.accepted(self.send(rr(cert, 1), owner))
        answer = self.send(rr(cert, 8), owner)
        self.assertEqual(statuses(answer), [(2, ["badRequest"])])
        self.assertEqual(self.revoked(), [("%040x" % cert.serial, 1)])

    def test_was_not_held(self):
        self.rejected(self.send(rr(self.device.cert, 8)), "badRequest")


class Request(RevokeTest):
    def bad(self, body):
        self.refused(self.send(body), "error", "badRequest")
        self.assertEqual(self.revoked(), [])

    def test_one_certificate(self):
        kind, details = rr(self.device.cert)
        self.bad((kind, []))
        self.bad((kind, details * 2))

    def test_issuer_and_serial_number(self):
        cert = self.device.cert
        self.bad(rr(cert, serialNumber=None))
        self.bad(rr(cert, issuer=None))

    def test_unknown_certificates(self):
        cert = self.device.cert
        other = message.asn1.Der(names.from_text("CN=another CA"))
        for number in cert.serial + 1, -cert.serial, 0:
            self.rejected(self.send(rr(cert, serialNumber=number)),
                          "badCertId")
        self.rejected(self.send(rr(cert, issuer=other)), "badCertId")

    def test_reasons(self):
        cert = self.device.cert
        for reason in (7, 11, 127):
            self.bad(rr(cert, reason))
        self.bad(rr(cert, crlEntryDetails=reason_code(0) * 2))
        self.bad(rr(cert, crlEntryDetails=[extension("2.5.29.24", b"\5\0")]))
        self.bad(rr(cert, crlEntryDetails=[extension("2.5.29.21", b"\2\1\0")]))

    def test_missing_reason(self):
        self.accepted(self.send(rr(self.device.cert, crlEntryDetails=None)))
        self.assertEqual(self.revoked()[0][1], 0)

    def test_first_message_has_no_nonce(self):
        t = self.begin(self.device)
        t.recip_nonce = b"n" * 16
        self.refused(t.send(rr(self.device.cert)), "error",
                     "badRecipientNonce")

    def test_the_same_again(self):
        t = self.begin(self.device)
        nonce = t.nonce
        first = t.send(rr(self.device.cert))
        t.nonce, t.recip_nonce = nonce, None
        self.assertEqual(t.send(rr(self.device.cert)).der, first.der)
        t.recip_nonce = None
        self.refused(t.send(rr(self.device.cert)), "error",
                     "transactionIdInUse")


class Delayed(RevokeTest):
    def wait(self):
        t = self.begin(self.device)
        answer = t.send(rr(self.device.cert, 4))
        self.assertEqual(answer.body, "error")
        self.assertEqual(int(answer.content["pKIStatusInfo"]["status"]), 3)
        self.assertEqual(self.revoked(), [])
        return t

    def poll(self, t, **header):
        return t.send(("pollReq", [{"certReqId": -1}]), **header)

    def test_delayed(self):
        self.use(poll_count=1)
        t = self.wait()
        self.assertEqual(self.poll(t).body, "pollRep")
        nonce = t.recip_nonce
        self.accepted(self.poll(t))
        self.assertEqual(self.revoked()[0][1], 4)
        # The answer was lost.
        t.recip_nonce = nonce
        self.accepted(self.poll(t))

    def test_refused_by_the_operator(self):
        self.use(manual=True)
        t = self.wait()
        with self.store.change() as state:
            state.set_wait(t.id, decision="refused")
        self.rejected(self.poll(t), "notAuthorized")

    def test_waits_and_came_again(self):
        self.use(poll_count=0)
        t = self.begin(self.device)
        nonce = t.nonce
        first = t.send(rr(self.device.cert))
        t.nonce, t.recip_nonce = nonce, None
        self.assertEqual(t.send(rr(self.device.cert)).der, first.der)


class PollWithoutNonce(RevokeTest):
    def poll(self, **options):
        self.use(poll_count=0, **options)
        t = self.begin()
        t.send(self.ir())
        t.recip_nonce = None
        return t.send(("pollReq", [{"certReqId": 0}]))

    def test_refused(self):
        self.refused(self.poll(), "error", "badRecipientNonce")

    def test_answered(self):
        issued(self.poll(poll_without_nonce=True))


class Faults(RevokeTest):
    def fault(self, name):
        return self.send(rr(self.device.cert), fault=name)

    def test_status(self):
        for number in (1, 4, 5, 7):
            self.setUp()
            self.assertEqual(statuses(self.fault("status=%d" % number)),
                             [(number, [])])
            self.assertEqual(len(self.revoked()), 1)

    def test_negative(self):
        self.assertEqual(statuses(self.fault("fail=badCertId")),
                         [(2, ["badCertId"])])
        self.assertEqual(statuses(self.fault("status=3")), [(3, [])])
        self.refused(self.fault("error=systemUnavail"), "error",
                     "systemUnavail")
        self.assertEqual(self.revoked(), [])

    def test_body(self):
        self.assertEqual(statuses(self.fault("two-statuses")), [(0, [])] * 2)
        self.setUp()
        self.assertEqual(statuses(self.fault("no-statuses")), [])
        self.setUp()
        self.assertEqual(statuses(self.fault("fail-info")),
                         [(0, ["certRevoked"])])

    def test_rev_certs(self):
        for name, other in (("rev-certs", 0), ("other-rev-certs", 1)):
            self.setUp()
            named = self.fault(name).content["revCerts"]
            self.assertEqual([int(c["serialNumber"]) for c in named],
                             [self.device.cert.serial + other])

    def test_text(self):
        answer = self.fault("text=sorry")
        self.assertEqual(str(answer.content["status"][0]["statusString"][0]),
                         "sorry")

    def test_names(self):
        for name in ("two-statuses", "rev-certs", "fail-info=badAlg"):
            faults.Fault(name)


if __name__ == "__main__":
    unittest.main()
