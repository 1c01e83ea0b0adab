# SPDX-License-Identifier: Apache-2.0
"""Delayed delivery: a request waits for its answer until a pollReq gets it
(RFC 9483 section 4.4, RFC 9810 section 5.3.22)."""
import hashlib
import time

import asn1
from message import Refusal, Rejection, Reply, Request, status_info

WHOLE_MESSAGE = -1
NONCE = 16


def begin(x, count, kind=None, request_id=WHOLE_MESSAGE, manual=False):
    """The Reply that tells the device to wait: in an ip, cp or kup, or
    without a kind in an error. The request is kept as it came."""
    x.state.add_wait(
        x.request.transaction_id, request=x.request.der, kind=kind,
        request_id=request_id, polls_left=count,
        decision="pending" if manual else "approved",
        check_after="0", told=time.time(), nonces=x.nonce,
        nonce_rule=x.policy.poll_nonce)
    how = "for approval" if manual else "for pollReq"
    return Reply(_waiting_body(kind, request_id), "%s waiting, %s %s"
                 % (kind or "error", x.request.body, how),
                 keep=x.request.body != "certConf")


def has_to_wait(x):
    """Whether a request that asks for no certificate, rr or genm, waits."""
    if x.waited is not None and x.waited["decision"] == "refused":
        raise Rejection("notAuthorized", "the operator of this CA has "
                        "refused the request")
    return x.waited is None and x.policy.delays_requests()


def begin_errand(x):
    """It is always told to wait by an error message."""
    note_errand(x, "waiting")
    return begin(x, x.policy.poll_count or 0, manual=x.policy.manual)


def note_errand(x, state):
    if x.waited is not None:
        x.state.set_transaction(x.request.transaction_id, state=state)
        return
    x.state.add_transaction(
        x.request.transaction_id, peer=x.peer.key, body=x.request.body,
        request_nonce=x.request.sender_nonce, digest=_digest(x), state=state,
        nonce=x.nonce, signer=x.peer.signer)


def _digest(x):
    return hashlib.sha256(x.request.raw_body).digest()


def errand_again(x):
    """The Reply to a request that came before; None if it did not."""
    row = x.state.transaction(x.request.transaction_id)
    if x.waited is not None or row is None:
        return None
    if (row["peer"], row["request_nonce"], row["digest"]) != (
            x.peer.key, x.request.sender_nonce, _digest(x)):
        raise Refusal("transactionIdInUse",
                      "this transactionID belongs to another transaction")
    x.stored = row["answer"]
    return Reply(None, "answered before: the same answer again")


def _waiting_body(kind, request_id):
    info = status_info("waiting", "the request has to wait")
    if kind is None:
        return ("error", {"pKIStatusInfo": info})
    if kind == "krp":
        return (kind, {"status": info})
    return (kind, {"response": [{"certReqId": request_id, "status": info}]})


def answer(x):
    """The Reply to pollReq; None when the wait is over, and then x has
    turned to the request that has waited."""
    wait = _find(x)
    if wait["answer"] is not None:
        return _again(x, wait)
    if wait["polls_left"] != 0 or wait["decision"] == "pending":
        return _not_yet(x, wait)
    x.resume(wait)
    return None


def _find(x):
    tid = x.request.transaction_id
    wait = x.state.wait(tid)
    if wait is None:
        raise Refusal("badRequest", "nothing waits with this transactionID")
    if x.state.transaction(tid)["peer"] != x.peer.key:
        raise Refusal("notAuthorized", "pollReq is not protected with the "
                      "credentials of the request")
    content = x.request.content
    if len(content) != 1 \
            or int(content[0]["certReqId"]) != wait["request_id"]:
        raise Refusal("badRequest", "exactly one certReqId, %d, is expected"
                      % wait["request_id"])
    if x.request.recip_nonce is None and x.policy.poll_without_nonce:
        return wait
    if x.request.recip_nonce not in _nonces(wait):
        raise Refusal("badRecipientNonce", "recipNonce is not a senderNonce "
                      "of this wait")
    return wait


def _nonces(wait):
    """What was sent since the wait began. An answer may have been lost, or
    the device may have started again and forgotten the last ones."""
    sent = wait["nonces"]
    return [sent[at:at + NONCE] for at in range(0, len(sent), NONCE)]


def _not_yet(x, wait):
    left = wait["polls_left"]
    x.state.set_wait(
        x.request.transaction_id, polls_left=left - 1 if left > 0 else left,
        nonces=wait["nonces"] + x.nonce, told=time.time(),
        check_after=str(x.policy.check_after))
    remarks = "".join(_remarks(x, wait))
    if not x.policy.poll_rep:
        return Reply(_waiting_body(wait["kind"], wait["request_id"]),
                     "waiting instead of pollRep" + remarks)
    return Reply(("pollRep", [{
        "certReqId": wait["request_id"], "checkAfter": x.policy.check_after,
        "reason": ["the request has to wait"]}]),
        "pollRep, checkAfter %d%s" % (x.policy.check_after, remarks))


def _remarks(x, wait):
    """What the device may do but should not."""
    if time.time() - wait["told"] < int(wait["check_after"]):
        yield ", asked before checkAfter was over"
    if x.request.recip_nonce != _nonces(wait)[-1]:
        yield ", recipNonce is not that of the last answer"


def _again(x, wait):
    """The final answer was lost: the same body under a new header."""
    stored = Request(wait["answer"])
    tid = x.request.transaction_id
    x.resume(wait)
    keep = stored.body in ("ip", "cp", "kup", "krp")
    if keep:
        x.state.set_transaction(tid, nonce=x.nonce)
    return Reply(asn1.Der(stored.raw_body), "answered before: the same "
                 "answer again", stored.asks_implicit_confirm,
                 issuing=keep, keep=keep)
