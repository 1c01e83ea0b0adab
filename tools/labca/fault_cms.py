# SPDX-License-Identifier: Apache-2.0
"""Faults in what is encrypted for the device: keys and certificates. Names
that begin with cms- change how it is done and are good, if not said
otherwise in tools/labca/README.md."""
import asn1
import cms
import schema


def _wrap(**values):
    def change(policy, x):
        policy.wrapping = {**policy.wrapping, **values}
    return {"policy": change}


def _pairs(n):
    def change(policy, x):
        policy.recovered_pairs = n
    return {"policy": change}


def _keys(change):
    """The body as DER but for what is encrypted, which is changed."""
    def stage(body, x):
        value = asn1.build(schema.PKIBody(), body)
        der = asn1.encode(value)
        if body[0] in ("ip", "cp", "kup", "krp"):
            for pair in _pairs_in(body[0], value.getComponent()):
                key = None if pair is None else asn1.field(pair, "privateKey")
                if key is not None:
                    key = asn1.elements(asn1.encode(key))[0]
                    der = _replace(der, key, change(key))
        return asn1.Der(der)
    return stage


def _deep(key):
    """EnvelopedData: encryptedContent in one piece within pieces."""
    version, recipients, content = asn1.elements(key)
    kind, alg, octets = asn1.elements(content)
    piece = b"\x04" + octets[1:]
    for _ in range(1000):
        piece = asn1.wrap(0x24, piece)
    content = asn1.wrap(0x30, kind + alg + asn1.wrap(0xa0, piece))
    return asn1.wrap(0xa0, version + recipients + content)


def _pairs_in(kind, content):
    if kind == "krp":
        return list(asn1.field(content, "keyPairHist") or [])
    return [asn1.field(r, "certifiedKeyPair") for r in content["response"]]


def _replace(der, old, new):
    """Inside an element that is long enough to hold it."""
    if der == old:
        return new
    if not der[0] & 0x20 or len(der) < len(old):
        return der
    return asn1.wrap(der[0], b"".join(
        _replace(e, old, new) for e in asn1.elements(der)))


FAULTS = {
    # Good ones.
    "cms-128": _wrap(key_bytes=16),
    "cms-192": _wrap(key_bytes=24),
    "cms-sha384": _wrap(hash="sha384"),
    "cms-sha512": _wrap(hash="sha512"),
    "cms-oaep": _wrap(oaep=True),
    "cms-issuer-serial": _wrap(by_ski=False),
    "cms-no-ukm": _wrap(ukm=None),
    "cms-version-0": _wrap(version=0),
    "cms-ber": {**_wrap(ber=True), "body": _keys(cms.to_ber)},
    "cms-by-ca": _wrap(kga="ca"),
    "cms-by-signer": _wrap(kga="signer"),
    # Good only where the device is told so.
    "cms-loose": _wrap(content_type="1.2.840.113549.1.7.1",
                       package_type="1.2.840.113549.1.7.1", bare_key=True),
    # Bad ones.
    "cms-sha1-kdf": _wrap(hash="sha1"),
    "cms-other-key": _wrap(other_key=True),
    "cms-other-public": _wrap(other_public=True),
    "cms-two-keys": _wrap(two_keys=True),
    "cms-two-recipients": _wrap(two_recipients=True),
    "cms-bad-padding": _wrap(bad_padding=True),
    "cms-bad-wrap": _wrap(bad_wrap=True),
    "cms-bad-digest": _wrap(bad_digest=True),
    "cms-bad-signature": _wrap(bad_signature=True),
    "cms-other-hash": _wrap(other_hash=True),
    "cms-encrypted-value": _wrap(encrypted_value=True),
    "cms-mac-salt": _wrap(mac_salt=True),
    "cms-other-recipient": _wrap(other_recipient=True),
    "cms-secret": _wrap(pwri=True),
    "cms-no-secret": _wrap(pwri=False),
    "cms-pwri-kek": _wrap(pwri_kek=True),
    "cms-iterations": _wrap(iterations=1000000),
    "cms-no-kga": _wrap(kga="device"),
    "cms-self-signed": _wrap(kga="self"),
    "cms-no-key": _wrap(no_key=True),
    "cms-unasked-key": _wrap(unasked_key=True),
    "cms-deep": {"body": _keys(_deep)},
    "cms-garbage": _wrap(garbage=True),
    "cms-in-the-clear": _wrap(in_the_clear=True),
    "cms-unasked-encryption": _wrap(encrypt_cert=True),
    "no-pair": _pairs(0),
    "two-pairs": _pairs(2),
}
