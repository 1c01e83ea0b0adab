# SPDX-License-Identifier: Apache-2.0
"""Certificates that are shown, and anchors that are offered: extraCerts and
caPubs (RFC 9483 3.3 and 4.1.1)."""
from cryptography.hazmat.primitives.asymmetric import ec, utils

import certificate
import der
import names
from case import case, confirmed, outcome
from cases_holes import CERTIFICATE
from cases_protection import P256_N

GROUP = "extraCerts and caPubs"


class Rogue:
    """A CA of its own with the names of ours. Its key identifiers are those
    of its keys, or, as `twins`, those of ours."""

    def __init__(self, its_lab):
        a = self.honest = its_lab.authority
        self.root, self.root_key = self._make(a.root, None, None)
        self.ca, self.ca_key = self._make(a.ca, self.root, self.root_key)
        self.signer, self.signer_key = its_lab.signer(
            issuer=self.ca, issuer_key=self.ca_key)

    @staticmethod
    def _make(like, issuer, issuer_key):
        key = ec.generate_private_key(ec.SECP256R1())
        extensions = [certificate.basic_constraints(True),
                      certificate.key_usage("digitalSignature",
                                            "keyCertSign", "cRLSign")]
        made = certificate.make(
            like.subject, certificate.public_der(key), extensions, 100,
            issuer, issuer_key or key)
        return certificate.Certificate(made), key


def rogue(x):
    return x.lab.once("rogue", lambda: Rogue(x.lab))


def look_alike(x, like, issuer=None):
    """A certificate with name and key identifiers of another one, for and by
    an unknown key."""
    def make():
        key = ec.generate_private_key(ec.SECP256R1())
        real = certificate.key_identifier
        certificate.key_identifier = lambda spki: like.ski
        try:
            return certificate.make(
                like.subject, certificate.public_der(key),
                _plain(like), 100, issuer, key), key
        finally:
            certificate.key_identifier = real
    return x.lab.once(("look-alike", like.der), make)


def _plain(like):
    if like.is_ca():
        return [certificate.basic_constraints(True), certificate.key_usage(
            "digitalSignature", "keyCertSign", "cRLSign")]
    return [certificate.key_usage("digitalSignature"),
            certificate.extended_key_usage(certificate.CMC_CA)]


def shown(row):
    """The honest answer; row(x, certificates) is what is shown instead."""
    def answer(x):
        message = x.answer()
        message.set_extra_certs(*row(x, message.certificates()))
        return message.encode()
    return answer


def _look_alikes(x):
    a = x.lab.authority
    return [look_alike(x, a.signer, a.ca)[0], look_alike(x, a.ca, a.root)[0],
            look_alike(x, a.root)[0]]


def _strangers(x, n):
    one = x.lab.once("stranger", lambda: x.lab.signer("CN=stranger"))[0]
    return [one.der] * n


def _mirrored(row):
    """Each ECDSA signature (r, s) as (r, n - s), which is as good: nobody
    can tell who has written which."""
    made = []
    for one in map(der.parse, row):
        bits = one.kids[2]
        r, s = utils.decode_dss_signature(bits.content[1:])
        bits.content = b"\0" + utils.encode_dss_signature(r, P256_N - s)
        made.append(one.encode())
    return made


ROWS = {
    "signatures mirrored": (lambda x, c: _mirrored(c), "ok", "ok"),
    "stripped": (lambda x, c: [], "cert", "signer"),
    "turned round": (lambda x, c: c[::-1], "ok", "ok"),
    "doubled": (lambda x, c: c * 2, "ok", "ok"),
    "with the root": (lambda x, c: c + [x.lab.authority.root.der], "ok",
                      "ok"),
    "100 strangers before": (lambda x, c: _strangers(x, 100) + c, "ok",
                             "ok"),
    "100 strangers behind": (lambda x, c: c + _strangers(x, 100), "ok",
                             "ok"),
    "200 strangers": (lambda x, c: c + _strangers(x, 200), "too-long",
                      "too-long"),
    "each 25 times": (lambda x, c: c * 25, "ok", "ok"),
    "a root of the same name": (lambda x, c: [rogue(x).root.der] + c, "ok",
                                "ok"),
    "a CA of the same name": (lambda x, c: [rogue(x).ca.der] + c, "ok",
                              "ok"),
    "a signer of the same name": (lambda x, c: [rogue(x).signer.der] + c,
                                  "ok", "ok"),
    "all of the rogue": (lambda x, c: [
        rogue(x).root.der, rogue(x).ca.der, rogue(x).signer.der] + c, "ok",
        "ok"),
    "the rogue instead": (lambda x, c: [
        rogue(x).signer.der, rogue(x).ca.der, rogue(x).root.der], "cert",
        "signer"),
    "the root's look-alike before": (lambda x, c: _look_alikes(x)[2:] + c,
                                     "ok", "ok"),
    "the signer's look-alike before": (lambda x, c: _look_alikes(x)[:1] + c,
                                       "ok", "ok path"),
    # Name and key identifier lead to the wrong issuer; path.c takes the
    # first and does not search. Whoever is in between can stop an answer
    # anyway.
    "the CA's look-alike before": (lambda x, c: _look_alikes(x)[1:2] + c,
                                   "cert", "ok path"),
    "the CA's look-alike behind": (lambda x, c: c + _look_alikes(x)[1:2],
                                   "ok", "ok"),
    "all look-alikes behind": (lambda x, c: c + _look_alikes(x), "ok", "ok")}


def rows():
    for name, (row, by_mac, by_signature) in ROWS.items():
        for operation, word in (("ir", by_mac), ("cr-mac", by_mac),
                                ("kur", by_signature), ("cr", by_signature)):
            yield case(GROUP, "extraCerts: " + name, operation, shown(row),
                       outcome(word, operation))
            later = "too-long" if word == "too-long" else "ok"
            yield case(GROUP, "confirmation, extraCerts: " + name, operation,
                       {1: shown(row)}, outcome(later, operation, 1))


def _impostor(show, kid=None):
    """Signed by a rogue, who shows these certificates."""
    def answer(x):
        made = show(x)
        message = x.answer()
        message.set_header(2, der.octets(kid(x) if kid else made[0][0].ski))
        message.set_extra_certs(*(c.der for c in made[0]))
        return message.sign(made[1]).encode()
    return answer


def _rogue_chain(x):
    r = rogue(x)
    return [r.signer, r.ca, r.root], r.signer_key


def _rogue_signer_only(x):
    return [rogue(x).signer], rogue(x).signer_key


def _look_alike_signer(x):
    a = x.lab.authority
    made, key = look_alike(x, a.signer, a.ca)
    return [certificate.Certificate(made), a.ca], key


def _look_alike_chain(x):
    made, key = look_alike(x, x.lab.authority.signer, x.lab.authority.ca)
    return [certificate.Certificate(d) for d in [made] + _look_alikes(x)[1:]
            ], key


def _rogue_as_honest(x):
    """The rogue's signature, the honest certificates."""
    a = x.lab.authority
    return [a.signer, a.ca], rogue(x).signer_key


def impostors():
    honest = (lambda x: x.lab.authority.signer.ski)
    for operation in ("kur", "cr"):
        for phase in (0, 1):
            word = "bad" if phase else "signer"
            for name, show, kid in (
                    ("a rogue chain with its root", _rogue_chain, None),
                    ("a rogue chain under the honest senderKID",
                     _rogue_chain, honest),
                    ("a rogue signer", _rogue_signer_only, None),
                    ("a look-alike of the signer", _look_alike_signer, None),
                    ("look-alikes of all", _look_alike_chain, None),
                    ("a rogue behind honest certificates", _rogue_as_honest,
                     None)):
                yield case(GROUP, "%s, answer %d" % (name, phase), operation,
                           {phase: _impostor(show, kid)},
                           outcome(word, operation, phase))


# caPubs.

def ca_pubs(pubs, certificate_of=None):
    """These anchors in the answer, protected as it should be."""
    def answer(x):
        message = x.answer()
        content = message.find("body.content")
        content.kids = [k for k in content.kids if k.tag != 0xa1]
        row = pubs(x)
        if row:
            content.kids.insert(0, der.seq(der.seq(*row), tag=0xa1))
        if certificate_of:
            place = message.find(CERTIFICATE)
            place.__dict__.update(
                der.parse(certificate_of(x, message)).__dict__)
            message.set_extra_certs(*message.certificates(),
                                    rogue(x).ca.der)
        return message.seal(x.lab).encode()
    return answer


def _by_rogue(x, message):
    """The certificate that was asked for, but from the rogue."""
    honest = certificate.Certificate(message.find(CERTIFICATE).encode())
    r = rogue(x)
    return certificate.make(
        names.from_text("CN=victim"), honest.spki,
        [certificate.key_usage("digitalSignature")], 50, r.ca, r.ca_key)


def _rogue_root(x):
    return [rogue(x).root.der]


def _both(x):
    return [rogue(x).root.der, x.lab.authority.root.der]


def _both_turned(x):
    return _both(x)[::-1]


def _twin_of_root(x):
    return _look_alikes(x)[2:]


def _ca_as_anchor(x):
    """An intermediate CA is an anchor like any other, to who offers it; but
    the root it is not."""
    return [x.lab.authority.ca.der]


def anchors():
    known = ("kur", "cr", "cr-mac", "ir-trusted")
    for name, pubs in (("a foreign root", _rogue_root), ("both", _both),
                       ("both, turned", _both_turned),
                       ("the root's look-alike", _twin_of_root),
                       ("ours", lambda x: [x.lab.authority.root.der]),
                       ("100 roots", lambda x: _rogue_root(x) * 100)):
        for operation in known:
            yield case(GROUP, "caPubs: " + name, operation, ca_pubs(pubs),
                       outcome("any", operation))
    for operation in known:
        yield case(GROUP, "caPubs: a foreign root and its certificate",
                   operation, ca_pubs(_rogue_root, _by_rogue),
                   outcome("cert", operation))
    for name, pubs, word in (("a foreign root", _rogue_root, "cert"),
                             ("both", _both, "ok"),
                             ("both, turned", _both_turned, "ok"),
                             ("none", lambda x: [], "cert"),
                             ("the root's look-alike", _twin_of_root, "cert")):
        yield case(GROUP, "caPubs: " + name, "ir", ca_pubs(pubs),
                   outcome(word, "ir"))
    yield case(GROUP, "caPubs: a foreign root and its certificate", "ir",
               confirmed(ca_pubs(_rogue_root, _by_rogue)),
               outcome("ok", "ir"),
               exempt="who knows the secret is the CA, to a device that "
               "learns its anchors (RFC 9483 4.1.5)")
    yield case(GROUP, "caPubs: the CA that issues", "ir",
               ca_pubs(_ca_as_anchor), outcome("ok", "ir"),
               exempt="an anchor that the certificate leads to, from who "
               "knows the secret")


def in_rejections():
    for operation in ("ir", "kur"):
        def answer(x):
            message = x.answer()
            info = der.seq(der.Node(0x02, b"\2"))
            response = der.seq(der.Node(0x02, b"\0"), info)
            pubs = der.seq(der.seq(x.lab.authority.root.der), tag=0xa1)
            message.set_body(message.tree.kids[1].tag,
                             der.seq(pubs, der.seq(response)))
            return message.seal(x.lab).encode()
        yield case(GROUP, "caPubs in a rejection", operation, answer,
                   outcome("rejected bad", operation))


def cases(seen):
    yield from rows()
    yield from impostors()
    yield from anchors()
    yield from in_rejections()
