# SPDX-License-Identifier: Apache-2.0
"""A CA that wants time, and one that only says so (RFC 9483 4.4)."""
import der
from answer import TEXT, Answer
from asn1 import wrap
from case import case, outcome, pki_conf, sent_by
from cases_holes import _status, error, rejection
from cases_protection import SIGNERS
from cases_replay import signed_by
from cases_texts import TEXTS
from lab import DONE, NOT_AUTHENTIC, PATH, WAITING

GROUP = "polling"
INFO = _status(b"\3", TEXT).encode()
OPERATIONS = ("ir", "kur", "cr")
POLL_REP = 0xba

# How the wait begins: what is waited for has this certReqId.
WAITS = {"a response": (0, rejection(INFO), b"\0"),
         "an answer": (0, error(INFO), b"\xff"),
         "the confirmation": (1, error(INFO), b"\xff")}


def poll_rep(*replies, tag=POLL_REP):
    """pollRep of these contents of a reply, protected as it should be."""
    def answer(x):
        message = x.answer()
        message.set_body(tag, der.seq(*(der.seq(*r) for r in replies)))
        return message.seal(x.lab).encode()
    return answer


def _integer(octets):
    return wrap(0x02, octets)


def _sent(operation, phase, *more):
    return sent_by(operation, phase) + more


def _polled(operation, phase, word):
    """What comes of the answer to the first pollReq."""
    sent = _sent(operation, phase, "pollReq")
    wait, bad = {(WAITING, sent)}, {(NOT_AUTHENTIC, sent)}
    path = {(PATH, sent)}
    return {"wait": wait, "ok": wait, "bad": bad, "path": path,
            "signer": bad | path}[word]


def _replies(req_id):
    minute = _integer(b"\x3c")
    own = _integer(req_id)
    other = _integer(b"\0" if req_id != b"\0" else b"\xff")
    yield "in a minute", [(own, minute)], "wait"
    yield "with a reason", [(own, minute, TEXT)], "wait"
    yield "never", [(own, _integer(b"\x7f" + b"\xff" * 7))], "wait"
    yield "in 2^31 - 1 s", [(own, _integer(b"\x7f\xff\xff\xff"))], "wait"
    yield "in 2^32 - 1 s", [(own, _integer(b"\0\xff\xff\xff\xff"))], "wait"
    yield "in 1000 octets", [(own, _integer(b"\1" + bytes(999)))], "wait"
    yield "now", [(own, _integer(b"\0"))], "wait"
    yield "an hour ago", [(own, _integer(b"\xf1\xf0"))], "bad"
    yield "no time", [(own,)], "bad"
    yield "no octets of time", [(own, _integer(b""))], "bad"
    yield "no certReqId", [(minute,)], "bad"
    yield "another certReqId", [(other, minute)], "bad"
    yield "certReqId 1", [(_integer(b"\1"), minute)], "bad"
    yield "nothing", [], "bad"
    yield "an empty reply", [()], "bad"
    yield "two replies", [(own, minute)] * 2, "bad"
    yield "empty reason", [(own, minute, b"\x30\0")], "bad"
    yield "reason is no text", [(own, minute, b"\x30\3\4\1a")], "bad"
    yield "two reasons", [(own, minute, TEXT, TEXT)], "bad"


def replies():
    for kind, (phase, begin, req_id) in WAITS.items():
        for operation in ("ir", "kur"):
            for name, contents, word in _replies(req_id):
                yield case(GROUP, "pollRep for %s: %s" % (kind, name),
                           operation, {phase: begin,
                                       phase + 1: poll_rep(*contents)},
                           _polled(operation, phase, word))
    for name, text in TEXTS.items():
        reply = (_integer(b"\0"), _integer(b"\x3c"),
                 wrap(0x30, wrap(0x0c, text)))
        yield case(GROUP, "reason: " + name, "ir",
                   {0: rejection(INFO), 1: poll_rep(reply)},
                   _polled("ir", 0, "wait"))


GOOD = poll_rep((_integer(b"\0"), _integer(b"\x3c")))


def _header(n, value):
    """The good pollRep with another field in the header."""
    def answer(x):
        message = Answer(GOOD(x))
        message.set_header(n, der.octets(value(x)))
        return message.seal(x.lab).encode()
    return answer


def _first_nonce(x):
    return Answer(x.requests[0]).find("header.senderNonce.value").content


def _unprotected(x):
    message = Answer(GOOD(x))
    message.set_protection(None)
    return message.encode()


def _flipped(x):
    message = Answer(GOOD(x))
    bits = message.find("protection.value")
    bits.content = bits.content[:-1] + bytes([bits.content[-1] ^ 1])
    return message.encode()


def _again(x):
    x.honest()
    return x.waited


def _waiting_again(x):
    """The status of before, in a new message."""
    message = x.answer()
    message.tree.kids[1] = der.seq(
        der.seq(der.seq(der.seq(_integer(b"\0"), INFO))),
        tag=Answer(x.answers[0]).tree.kids[1].tag)
    return message.seal(x.lab).encode()


def _keep(begin):
    """Remember what told to wait."""
    def answer(x):
        x.waited = begin(x)
        return x.waited
    return answer


def _by(signer):
    """pollRep signed by somebody else."""
    def answer(x):
        message = Answer(signed_by(signer)(x))
        message.set_body(POLL_REP, Answer(GOOD(x)).find("body.content"))
        return message.sign(signer(x)[1]).encode()
    return answer


BAD = {"unprotected": _unprotected, "protection flipped": _flipped,
       "another transaction": _header(4, lambda x: bytes(16)),
       "another nonce": _header(6, lambda x: bytes(16)),
       "short senderNonce": _header(5, lambda x: b"12345678"),
       "the first 'waiting' again": _again,
       "own pollReq back": lambda x: x.honest() and x.request,
       "own request back": lambda x: x.honest() and x.requests[0],
       "pkiConf": pki_conf}


def bad_answers():
    for operation in OPERATIONS:
        for name, change in BAD.items():
            yield case(GROUP, "to pollReq: " + name, operation,
                       {0: _keep(rejection(INFO)), 1: change},
                       _polled(operation, 0, "bad"))
    for operation in ("kur", "cr"):
        for name, (signer, word) in SIGNERS.items():
            # An RA polls for the device and hands on what the CA says, so
            # that the signer may change here, and only here.
            yield case(GROUP, "to pollReq, signer: " + name, operation,
                       {0: rejection(INFO), 1: _by(signer)},
                       _polled(operation, 0, word))
    for n in range(31):
        own = {1, 23, POLL_REP & 0x1f}
        if n not in own:
            yield case(GROUP, "to pollReq: body [%d]" % n, "ir",
                       {0: rejection(INFO),
                        1: poll_rep((_integer(b"\0"), _integer(b"\x3c")),
                                    tag=0xa0 + n)},
                       _polled("ir", 0, "bad"))
    waits = {0: rejection(INFO), **{n: _waiting_again for n in range(1, 9)}}
    yield case(GROUP, "waiting for ever", "ir", waits,
               _polled("ir", 0, "wait"))
    yield case(GROUP, "waiting for ever, while it waits 2 s", "ir", waits,
               {(WAITING, _sent("ir", 0, *["pollReq"] * 3))},
               options=["--wait", "2"])
    polls = {0: rejection(INFO), **{
        n: poll_rep((_integer(b"\0"), _integer(b"\0")))
        for n in range(1, 9)}}
    yield case(GROUP, "pollRep for ever, while it waits 2 s", "ir", polls,
               {(WAITING, _sent("ir", 0, *["pollReq"] * 3))},
               options=["--wait", "2"])


# The end of a wait.

def _final(nonce=None):
    """What the first request would have got, in answer to pollReq."""
    def answer(x):
        message = x.answer()
        first = Answer(x.answers[0])
        message.tree.kids[1] = first.tree.kids[1]
        message.set_extra_certs(*first.certificates())
        if nonce:
            message.set_header(6, der.octets(nonce(x)))
        return message.seal(x.lab).encode()
    return answer


def _forged(x):
    message = Answer(_final()(x))
    message.find("header.senderNonce.value").content = b"n" * 16
    return message.encode()


def ends():
    for operation in OPERATIONS:
        full = _sent(operation, 0, "pollReq", "certConf")
        short = _sent(operation, 0, "pollReq")
        for name, final, expected in (
                ("the answer", _final(), {(DONE, full)}),
                ("the answer to the first nonce", _final(_first_nonce),
                 {(DONE, full)}),
                ("the answer to no nonce", _final(lambda x: bytes(16)),
                 {(NOT_AUTHENTIC, short)}),
                ("a forged answer", _forged, {(NOT_AUTHENTIC, short)})):
            yield case(GROUP, "at last, " + name, operation,
                       {0: rejection(INFO), 1: final, 2: pki_conf}, expected)
        yield case(GROUP, "at last, pkiConf", operation,
                   {1: error(INFO), 2: pki_conf},
                   {(DONE, _sent(operation, 1, "pollReq"))})
        yield case(GROUP, "no wait, pollRep", operation, {0: GOOD},
                   outcome("bad", operation))
        yield case(GROUP, "no wait for the confirmation, pollRep", operation,
                   {1: GOOD}, outcome("bad", operation, 1))


def cases(seen):
    yield from replies()
    yield from bad_answers()
    yield from ends()
