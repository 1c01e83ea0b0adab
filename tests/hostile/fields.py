# SPDX-License-Identifier: Apache-2.0
"""Names for the elements of an answer (RFC 9810 5, RFC 5280 4.1).

A kid is known by its position in the honest message, or by its tag where
optional fields stand before it. What is not in the table is numbered.
"""
import collections

Place = collections.namedtuple("Place", "name path")

# type: {position or tag of a kid: (name, its type)}
TYPES = {
    "PKIMessage": {
        0: ("header", "PKIHeader"), 1: ("body", "PKIBody"),
        "a0": ("protection", "Tagged"),
        "a1": ("extraCerts", "Certificates")},
    "PKIHeader": {
        0: ("pvno", ""), 1: ("sender", "Tagged"), 2: ("recipient", "Tagged"),
        "a0": ("messageTime", "Tagged"),
        "a1": ("protectionAlg", "Algorithm"),
        "a2": ("senderKID", "Tagged"), "a3": ("recipKID", "Tagged"),
        "a4": ("transactionID", "Tagged"), "a5": ("senderNonce", "Tagged"),
        "a6": ("recipNonce", "Tagged"), "a7": ("freeText", "Tagged"),
        "a8": ("generalInfo", "GeneralInfo")},
    "Tagged": {0: ("value", "")},
    "Algorithm": {0: ("value", "AlgorithmIdentifier")},
    "AlgorithmIdentifier": {0: ("algorithm", ""),
                            1: ("parameters", "Parameters")},
    "PBMParameter": {
        0: ("salt", ""), 1: ("owf", "AlgorithmIdentifier"),
        2: ("iterationCount", ""), 3: ("mac", "AlgorithmIdentifier")},
    "PBMAC1-params": {0: ("kdf", "PBKDF2"),
                      1: ("scheme", "AlgorithmIdentifier")},
    "PBKDF2": {0: ("algorithm", ""), 1: ("parameters", "PBKDF2-params")},
    "PBKDF2-params": {
        0: ("salt", ""), 1: ("iterationCount", ""), 2: ("keyLength", ""),
        3: ("prf", "AlgorithmIdentifier")},
    "GeneralInfo": {0: ("value", "Infos")},
    "Infos": {n: (str(n), "Info") for n in range(4)},
    "Info": {0: ("infoType", ""), 1: ("infoValue", "")},
    "Certificates": {0: ("value", "Row")},
    "Row": {n: (str(n), "Certificate") for n in range(4)},
    "Certificate": {0: ("tbs", "TBSCertificate"), 1: ("algorithm", ""),
                    2: ("signature", "")},
    "TBSCertificate": {
        0: ("version", "Tagged"), 1: ("serialNumber", ""),
        2: ("signature", ""), 3: ("issuer", ""), 4: ("validity", ""),
        5: ("subject", ""), 6: ("publicKey", ""),
        7: ("extensions", "Extensions")},
    "Extensions": {0: ("value", "")},
    "CertRepMessage": {"a1": ("caPubs", "Certificates"),
                       "30": ("response", "Responses")},
    "Responses": {0: ("0", "CertResponse")},
    "CertResponse": {
        0: ("certReqId", ""), 1: ("status", "PKIStatusInfo"),
        "30": ("certifiedKeyPair", "CertifiedKeyPair"),
        "04": ("rspInfo", "")},
    "PKIStatusInfo": {0: ("status", ""), "30": ("statusString", ""),
                      "03": ("failInfo", "")},
    "CertifiedKeyPair": {0: ("certOrEncCert", "NewCertificate"),
                         "a1": ("publicationInfo", "Tagged")},
    "NewCertificate": {0: ("certificate", "Certificate")},
    "ErrorMsgContent": {0: ("pKIStatusInfo", "PKIStatusInfo"),
                        "02": ("errorCode", ""), "30": ("errorDetails", "")},
}
BODIES = {0xa1: "CertRepMessage", 0xa3: "CertRepMessage",
          0xa8: "CertRepMessage", 0xb3: "", 0xb7: "ErrorMsgContent"}


# Their parameters by the number of elements.
MACS = {4: "PBMParameter", 2: "PBMAC1-params"}


def _kid(kind, parent, i):
    if kind == "PKIBody":
        return "content", BODIES.get(parent.tag, "")
    known = TYPES.get(kind, {})
    return (known.get(i) or known.get("%02x" % parent.kids[i].tag)
            or (str(i), ""))


def places(node, kind="PKIMessage", name="", path=()):
    """Every element below a message, the outermost first."""
    for i, kid in enumerate(node.kids or []):
        own, its_kind = _kid(kind, node, i)
        if its_kind == "Parameters":
            its_kind = MACS.get(len(kid.kids or []), "")
        full = name + "." + own if name else own
        yield Place(full, path + (i,))
        yield from places(kid, its_kind, full, path + (i,))


def find(message, name):
    """(parent, position) of a field by its name."""
    for place in places(message):
        if place.name == name:
            return message.at(place.path[:-1]), place.path[-1]
    raise KeyError(name)
