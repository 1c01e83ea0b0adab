# SPDX-License-Identifier: Apache-2.0
"""A received PKIMessage, its parts by name and as the bytes that came."""
import datetime

import asn1
import names
import schema

IMPLICIT_CONFIRM = "1.3.6.1.5.5.7.4.13"
NULL = b"\x05\x00"


class Refusal(Exception):
    """Why a request is refused: a PKIFailureInfo bit and a sentence."""

    def __init__(self, fail, text):
        super().__init__(text)
        self.fail = fail
        self.text = text


class Rejection(Refusal):
    """A refusal of what the body asks for: told in ip, cp or kup."""


class Reply:
    """A body to answer with and what goes with it: implicit confirmation,
    the chain of a new certificate, a copy to keep for a repeated request,
    and a note for the log."""

    def __init__(self, body, outcome, implicit=False, issuing=False,
                 keep=False):
        self.body = body
        self.outcome = outcome
        self.implicit = implicit
        self.issuing = issuing
        self.keep = keep


class Request:
    def __init__(self, der):
        """ValueError if the bytes are no PKIMessage."""
        self.der = der
        self.message = schema.decode(der)
        self._parts = asn1.elements(der)
        h = self.header = self.message["header"]
        self.pvno = int(h["pvno"])
        self.sender = h["sender"]
        self.algorithm = asn1.field(h, "protectionAlg")
        self.sender_kid = asn1.octets(h, "senderKID")
        self.transaction_id = asn1.octets(h, "transactionID")
        self.sender_nonce = asn1.octets(h, "senderNonce")
        self.recip_nonce = asn1.octets(h, "recipNonce")
        self.body = self.message["body"].getName()
        self.content = self.message["body"].getComponent()

    @property
    def sender_name(self):
        """The sender as DER Name; None if it is another kind of name."""
        if self.sender.getName() != "directoryName":
            return None
        return asn1.elements(asn1.encode(self.sender))[0]

    @property
    def protected_part(self):
        """What is signed or MACed: header and body as they were received."""
        return asn1.wrap(0x30, self._parts[0] + self._parts[1])

    @property
    def protection(self):
        value = asn1.field(self.message, "protection")
        return None if value is None else value.asOctets()

    @property
    def extra_certs(self):
        if asn1.field(self.message, "extraCerts") is None:
            return []
        return asn1.elements(asn1.elements(self._parts[-1])[0])

    @property
    def raw_body(self):
        return self._parts[1]

    @property
    def raw_content(self):
        """The DER inside the tag of the body."""
        return asn1.elements(self.raw_body)[0]

    @property
    def asks_implicit_confirm(self):
        info = asn1.field(self.header, "generalInfo") or []
        return any(str(i["infoType"]) == IMPLICIT_CONFIRM for i in info)

    def describe(self):
        """Body, transactionID and sender for the log."""
        tid = (self.transaction_id or b"").hex()[:8] or "-"
        name = self.sender_name
        sender = names.to_text(name) if name else str(self.sender.getName())
        if self.sender_kid and self.sender_kid.isascii() \
                and self.sender_kid.decode().isprintable():
            sender += " (%s)" % self.sender_kid.decode()
        return "%s %s from %s" % (self.body, tid, sender or "(no name)")


def status_info(status, text=None, fail=None):
    return {"status": status, "statusString": [text] if text else None,
            "failInfo": fail}


def error_body(refusal):
    return ("error", {"pKIStatusInfo": status_info(
        "rejection", refusal.text, refusal.fail)})


def name_field(der):
    return ("directoryName", asn1.Der(der))


def time_text(days=0):
    """The time of so many days ahead, for messageTime."""
    time = datetime.datetime.now(datetime.timezone.utc) \
        + datetime.timedelta(days)
    return time.strftime("%Y%m%d%H%M%SZ")


def header_fields(request, nonce, implicit=False):
    """Header of the answer, without the fields that the protection sets."""
    fields = {"pvno": 2, "recipient": name_field(names.EMPTY),
              "messageTime": time_text(), "senderNonce": nonce}
    if request is not None:
        fields["pvno"] = request.pvno if request.pvno in (2, 3) else 2
        fields["recipient"] = asn1.Der(asn1.encode(request.sender))
        fields["transactionID"] = request.transaction_id
        fields["recipNonce"] = request.sender_nonce
    if implicit:
        fields["generalInfo"] = [{"infoType": IMPLICIT_CONFIRM,
                                  "infoValue": NULL}]
    return fields


def compose(header, body, protect, certs):
    """The whole answer as DER; protect turns the protected part into the
    octets of the protection, or into None. A body may be encoded already."""
    head = asn1.encode(asn1.build(schema.PKIHeader(), header))
    if not isinstance(body, asn1.Der):
        body = asn1.encode(asn1.build(schema.PKIBody(), body))
    value = protect(asn1.wrap(0x30, head + body))
    rest = b""
    if value is not None:
        bits = asn1.wrap(0x03, b"\0" + value)
        rest += asn1.wrap(0xa0, bits)
    if certs:
        rest += asn1.wrap(0xa1, asn1.wrap(0x30, b"".join(certs)))
    return asn1.wrap(0x30, head + body + rest)


def protection_offset(der):
    """Where the last octet of the protection of a message stands."""
    header, body, protection = asn1.elements(der)[:3]
    outer = len(der) - sum(map(len, asn1.elements(der)))
    return outer + len(header) + len(body) + len(protection) - 1
