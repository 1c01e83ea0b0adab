# SPDX-License-Identifier: Apache-2.0
"""Who sent a request, whether its protection is right, and how an answer to
the same peer is protected (RFC 9483 sections 3.2, 3.5 and 4.1.5)."""
import hmac

import asn1
import certificate
import chain
import mac
import message
import names
import schema
import signature
from message import Refusal
from store import serial_text


def peer_of(request, state, authority):
    """The peer that the protection names; nothing is verified yet."""
    if request.algorithm is None or request.protection is None:
        raise Refusal("badMessageCheck", "the message is not protected")
    if mac.is_mac(request.algorithm):
        return MacPeer(request, state, authority)
    return SignedPeer(request, state, authority)


class NoPeer:
    """Answers that cannot be protected, since no credential is known."""

    signs = False
    signer = None

    def __init__(self, authority):
        self.authority = authority

    def header(self):
        return {"sender": message.name_field(self.authority.ca.subject)}

    def protect(self, data):
        return None

    def certs(self, issuing):
        return []

    def issued(self, state):
        """A certificate has been issued to this peer."""

    def confirmed(self, state):
        """This peer has confirmed its certificate."""

    def check_unspent(self):
        """Refusal if another transaction has spent the secret."""


class MacPeer(NoPeer):
    """A device with a reference number and a secret."""

    def __init__(self, request, state, authority):
        super().__init__(authority)
        self.request = request
        self.reference = request.sender_kid or self._common_name(request)
        self.row = state.secret(self.reference)
        if self.row is None:
            raise Refusal("badMessageCheck",
                          "this reference number is not registered")
        self.key = "reference " + self.reference.hex()
        self._algorithm = None

    @staticmethod
    def _common_name(request):
        name = request.sender_name
        return ((name and names.common_name(name)) or "").encode()

    def verify(self):
        made = mac.compute(self.row["secret"], self.request.algorithm,
                           self.request.protected_part)
        if not hmac.compare_digest(made, self.request.protection):
            raise Refusal("badMessageCheck", "the MAC is wrong: the secret "
                          "is not that of this reference number")

    def when_unverified(self):
        """A MAC for whoever names a reference number would let him try
        secrets offline, so a wrong one is answered without protection."""
        return NoPeer(self.authority)

    def authorize(self, state):
        if self.row["spent"]:
            raise Refusal("notAuthorized", "the secret of this reference "
                          "number has been used already")

    def issued(self, state):
        if self.row["spend"] == "issue":
            state.spend(self.reference)

    def confirmed(self, state):
        if self.row["spend"] == "confirm":
            state.spend(self.reference)

    def check_unspent(self):
        if self.row["spend"] == "confirm":
            self.authorize(None)

    def header(self):
        self._algorithm = mac.fresh(self.request.algorithm)
        return {"sender": message.name_field(self.authority.ca.subject),
                "senderKID": self.reference,
                "protectionAlg": self._algorithm}

    def protect(self, data):
        algorithm = asn1.parse(self._algorithm, schema.AlgorithmIdentifier())
        return mac.compute(self.row["secret"], algorithm, data)

    def certs(self, issuing):
        """No protection certificate; the root travels in caPubs only."""
        return self.authority.chain() if issuing else []


class SignedPeer(NoPeer):
    """A device with a certificate: one of ours, or one of a maker whose CA
    is a trusted anchor."""

    signs = True

    def __init__(self, request, state, authority):
        super().__init__(authority)
        self.request = request
        self.state = state
        self.others = self._read(request.extra_certs)
        self._answers = Signer.of(authority)
        self.certificate = None
        self.key = None

    @staticmethod
    def _read(ders):
        """Extra certificates help to build a path; unreadable ones do not."""
        found = []
        for der in ders:
            try:
                found.append(certificate.Certificate(der))
            except ValueError:
                continue
        return found

    def _find(self):
        """RFC 9483 3.3: the protection certificate is the first of
        extraCerts; certConf may leave it out, and then it is one of the
        transaction before."""
        if self.others:
            return self.others[0]
        row = self.state.transaction(self.request.transaction_id)
        if row is not None and row["signer"] is not None:
            return certificate.Certificate(row["signer"])
        raise Refusal("signerNotTrusted", "extraCerts does not have the "
                      "certificate that signed the message")

    def verify(self):
        cert = self.certificate = self._find()
        self.key = "certificate " + cert.fingerprint()
        try:
            signature.verify(cert.key(), self.request.algorithm,
                             self.request.protection,
                             self.request.protected_part)
        except (signature.BadSignature, ValueError) as e:
            raise Refusal("badMessageCheck",
                          "the message's signature: %s" % e) from e
        try:
            self._check_certificate(cert)
        except ValueError as e:
            raise Refusal("signerNotTrusted", "a certificate of the path "
                          "cannot be read: %s" % e) from e

    def _check_certificate(self, cert):
        self._check_names(cert)
        if not cert.allows("digitalSignature"):
            raise Refusal("badMessageCheck", "keyUsage of the certificate "
                          "that signed the message has no digitalSignature")
        ours = [self.authority.root, self.authority.ca]
        known = [certificate.Certificate(d) for d in self.state.anchors()]
        chain.validate(cert, self.others[1:], ours + known)

    def _check_names(self, cert):
        sender = self.request.sender_name
        if sender is None or not names.same(sender, cert.subject):
            raise Refusal("badMessageCheck", "sender is not the subject of "
                          "the certificate that signed the message")
        kid = self.request.sender_kid
        if kid is not None and cert.ski is not None and kid != cert.ski:
            raise Refusal("badMessageCheck", "senderKID is not the subject "
                          "key identifier of the certificate that signed")

    @property
    def signer(self):
        return self.certificate.der

    def when_unverified(self):
        return self

    def own_row(self, state):
        """The database row of the certificate, if this CA issued it."""
        cert = self.certificate
        row = state.certificate(serial_text(cert.serial))
        return row if row is not None and row["der"] == cert.der else None

    def authorize(self, state):
        row = self.own_row(state)
        if row is None:
            if self.certificate.issuer in (self.authority.ca.subject,
                                           self.authority.root.subject):
                raise Refusal("signerNotTrusted", "the certificate that "
                              "signed is not in the records of this CA")
            return
        if row["state"] == "revoked":
            raise Refusal("certRevoked", "the certificate that signed the "
                          "message is revoked")
        if row["state"] in ("rejected", "superseded"):
            raise Refusal("signerNotTrusted", "the certificate that signed "
                          "the message is %s" % row["state"])

    def header(self):
        return self._answers.header()

    def protect(self, data):
        return self._answers.protect(data)

    def certs(self, issuing):
        return self._answers.certs(issuing)


class Signer:
    """Who signs an answer: a certificate, its key and its chain."""

    signs = True

    def __init__(self, cert, key, chain, how=signature.How()):
        self.certificate = cert
        self._key = key
        self._chain = chain
        self._how = how

    @classmethod
    def of(cls, authority):
        return cls(authority.signer, authority.signer_key, authority.chain(),
                   authority.how)

    def header(self):
        return {"sender": message.name_field(self.certificate.subject),
                "senderKID": self.certificate.ski,
                "protectionAlg": self._how.algorithm(self._key)}

    def protect(self, data):
        return self._how.sign(self._key, data)

    def certs(self, issuing):
        """The signer, then the chain of it and of the new certificate,
        which is the same: one CA issued both."""
        return [self.certificate.der] + self._chain
