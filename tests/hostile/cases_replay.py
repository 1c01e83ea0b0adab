# SPDX-License-Identifier: Apache-2.0
"""Answers of another time, another message, or another CA."""
import der
from answer import Answer
from asn1 import wrap
from case import case, confirmed, outcome

GROUP = "replays"
OPERATIONS = ("ir", "ir-trusted", "cr", "cr-mac", "kur")


def _old(phase, operation=None):
    """What the honest CA has said in an earlier transaction."""
    def answer(x):
        x.honest()
        return x.seen[operation or x.case.operation].answers[phase]
    return answer


def _first_again(x):
    x.honest()
    return x.answers[0]


def _reflected(x):
    x.honest()
    return x.request


def _first_request(x):
    x.honest()
    return x.requests[0]


def _body(tag, content):
    """The honest header with another body, protected as it should be."""
    def answer(x):
        message = x.answer()
        message.set_body(tag, content)
        return message.seal(x.lab).encode()
    return answer


def _retag(tag):
    def answer(x):
        message = x.answer()
        message.tree.kids[1].tag = tag
        return message.seal(x.lab).encode()
    return answer


def _twice(x):
    return x.honest() * 2


def _again_for_confirmation(x):
    """ip once more, with a header that fits certConf."""
    message = x.answer()
    message.tree.kids[1] = Answer(x.answers[0]).tree.kids[1]
    return message.seal(x.lab).encode()


def _in_time(x):
    """An old answer with the nonces and the transactionID of this one; its
    protection is the old one."""
    now = x.answer()
    old = Answer(x.seen[x.case.operation].answers[0])
    for n in (4, 6):
        field = now.find("header.%s.value" % (
            "transactionID" if n == 4 else "recipNonce"))
        old.set_header(n, field)
    return old.encode()


def _mixed(x):
    """This header, the body of an old answer."""
    now = x.answer()
    now.tree.kids[1] = Answer(
        x.seen[x.case.operation].answers[0]).tree.kids[1]
    return now.encode()


def signed_by(signer):
    """An answer signed by somebody else, who shows his certificate."""
    def answer(x):
        cert, key = signer(x)
        message = x.answer()
        message.tree.kids[0].kids[1] = der.seq(cert.subject, tag=0xa4)
        message.set_header(2, der.octets(cert.ski))
        message.set_extra_certs(cert.der, x.lab.authority.ca.der)
        return message.sign(key).encode()
    return answer


def _other_signer(x):
    return x.lab.once("other signer", x.lab.signer)


def _twin(x):
    """A CA of the same names renews, with everything that a CA has."""
    twin = x.lab.twin().authority
    message = x.answer()
    message.set_header(2, der.octets(twin.signer.ski))
    message.set_extra_certs(twin.signer.der, twin.ca.der)
    return message.sign(twin.signer_key).encode()


def _twin_with_root(x):
    twin = x.lab.twin().authority
    message = Answer(_twin(x))
    message.set_extra_certs(twin.signer.der, twin.ca.der, twin.root.der)
    return message.encode()


def _twin_and_honest(x):
    """The twin signs; the honest certificates are shown, too."""
    a, twin = x.lab.authority, x.lab.twin().authority
    message = Answer(_twin(x))
    message.set_extra_certs(twin.signer.der, a.signer.der, a.ca.der,
                            twin.ca.der)
    return message.encode()


def _twin_under_secret(x):
    """It does not know the secret."""
    message = x.answer()
    message.seal(x.lab)
    value = bytes(b ^ 0x55 for b in message.protection.kids[0].content[1:])
    message.set_protection(value)
    return message.encode()


def old_answers(operation):
    yield case(GROUP, "old answer", operation, _old(0),
               outcome("bad", operation))
    yield case(GROUP, "old confirmation as answer", operation, _old(1),
               outcome("bad", operation))
    yield case(GROUP, "old confirmation", operation, {1: _old(1)},
               outcome("bad", operation, 1))
    yield case(GROUP, "old answer with new nonces", operation, _in_time,
               outcome("bad", operation))
    yield case(GROUP, "new header, old body", operation, _mixed,
               outcome("bad", operation))
    yield case(GROUP, "answer twice in one", operation, _twice,
               outcome("bad", operation))
    yield case(GROUP, "answer instead of confirmation", operation,
               {1: _first_again}, outcome("bad", operation, 1))
    yield case(GROUP, "answer with a fresh header instead of confirmation",
               operation, {1: _again_for_confirmation},
               outcome("bad", operation, 1))
    yield case(GROUP, "own message back", operation, _reflected,
               outcome("bad", operation))
    yield case(GROUP, "own confirmation back", operation, {1: _reflected},
               outcome("bad", operation, 1))
    yield case(GROUP, "own first message instead of confirmation", operation,
               {1: _first_request}, outcome("bad", operation, 1))


def bodies(operation):
    """Every other body, protected as it should be, in either place."""
    yield case(GROUP, "pkiConf before certConf", operation,
               _body(0xb3, b"\5\0"), outcome("bad", operation))
    own = {"ir": 1, "ir-trusted": 1, "cr": 3, "cr-mac": 3, "kur": 8}
    for n in range(31):
        if n not in (own[operation], 23):
            yield case(GROUP, "body [%d] for the answer" % n, operation,
                       _retag(0xa0 + n),
                       outcome("bad", operation))
        if n != 23 and n != 19:
            yield case(GROUP, "body [%d] for the confirmation" % n,
                       operation, {1: _retag(0xa0 + n)},
                       outcome("bad", operation, 1))


def other_answers():
    for operation in OPERATIONS:
        for other in OPERATIONS:
            if other != operation:
                yield case(GROUP, "old answer to %s" % other, operation,
                           _old(0, other), outcome("bad", operation))
    for operation in ("kur", "cr"):
        yield case(GROUP, "answer of another valid signer", operation,
                   confirmed(signed_by(_other_signer),
                             signed_by(_other_signer)),
                   outcome("ok", operation))
        yield case(GROUP, "confirmation of another valid signer", operation,
                   {1: signed_by(_other_signer)}, outcome("bad", operation, 1))
        for name, twin in (("", _twin), (", with its root", _twin_with_root),
                           (", and all of ours", _twin_and_honest)):
            yield case(GROUP, "CA of the same names" + name, operation, twin,
                       outcome("signer", operation))
            yield case(GROUP, "confirmation by a CA of the same names" + name,
                       operation, {1: twin}, outcome("bad", operation, 1))
    for operation in ("ir", "cr-mac"):
        for phase in (0, 1):
            yield case(GROUP, "who does not know the secret, answer %d"
                       % phase, operation, {phase: _twin_under_secret},
                       outcome("bad", operation, phase))
    yield case(GROUP, "junk behind the answer", "ir",
               lambda x: x.honest() + wrap(0x04, b"junk"),
               outcome("bad", "ir"))


def cases(seen):
    for operation in OPERATIONS:
        yield from old_answers(operation)
    for operation in ("ir", "kur"):
        yield from bodies(operation)
    yield from other_answers()
