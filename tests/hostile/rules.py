# SPDX-License-Identifier: Apache-2.0
"""What a change of an element has to lead to: one row for each element.

The element is a pattern on the names of fields.py; the first that fits
counts. The second column holds for every change that the third one does not
name. The words:

  bad     the message is refused (not authentic)
  ok      nothing happens: the transaction goes on
  any     refused, or ignored where RFC 9483 3.5 and 1.8 have it ignored;
          the content of these is of no use to us
  name    as any; or the next message repeats it to the CA, which then ends
          the transaction
  cert    the new certificate is turned down in certConf
  alg     likewise, maybe because its algorithm is not known
  root    as ok or as cert: an anchor that is another, or the same in other
          words (a self-signature is no part of an anchor)
  signer  who has signed cannot be found or believed
  http    nothing that is CMP
"""
import collections
import fnmatch

Rule = collections.namedtuple("Rule", "pattern usual others")

TABLE = """
. bad doubled=bad absent=http empty=bad

# A [0] where a name should be is taken for an otherName.
header.sender              bad  absent=any
header.recipient           bad  absent=any
header.sender.value        bad  empty=ok huge=name trailing=name
header.sender.value.*      name
header.recipient.value     bad  empty=ok huge=any trailing=any
header.recipient.value.*   any
header.messageTime         bad  absent=ok
header.messageTime.value   bad  empty=any huge=any trailing=any
header.senderKID           bad  absent=ok
header.recipKID            bad  absent=ok
header.recipKID.value      bad  empty=ok huge=ok trailing=ok
header.freeText            bad  absent=ok
header.freeText.value      bad  empty=any huge=any trailing=any
header.freeText.value.*    any
header.generalInfo         bad  absent=ok
header.generalInfo.value.0 bad  absent=ok doubled=ok
header.generalInfo.value.1 bad  absent=ok doubled=ok huge=ok trailing=ok
header.generalInfo.value.0.infoType    bad  huge=ok trailing=ok
# An OID may be the value of another.
header.generalInfo.value.1.infoType    bad  huge=ok trailing=ok doubled=ok
header.generalInfo.value.?.infoValue   any  absent=ok empty=ok huge=ok
header.generalInfo.value.?.infoValue.* any

# A salt may have any length, 17 octets of nonce are more than 16, and 100
# iterations with a zero behind are 25600.
header.protectionAlg.value.parameters.*salt           bad  huge=ok trailing=ok
header.protectionAlg.value.parameters.*iterationCount bad  trailing=ok
header.protectionAlg.value.parameters.kdf.parameters.keyLength      bad \
    absent=ok
header.protectionAlg.value.parameters.kdf.parameters.prf.parameters bad \
    absent=ok
header.protectionAlg.value.parameters.scheme.parameters             bad \
    absent=ok
header.protectionAlg.value.parameters.mac.parameters  bad  absent=ok
header.protectionAlg.value.parameters.owf             bad  trailing=ok
header.senderNonce.value                              bad  trailing=ok

body.content.caPubs        bad  absent=cert
body.content.caPubs.value.0  bad  doubled=ok empty=cert huge=cert trailing=cert
body.content.caPubs.value.0.* root

body.content.response.0.status.statusString    bad  absent=ok
body.content.response.0.status.statusString.0  bad  doubled=ok empty=ok \
    huge=ok trailing=ok
body.content.response.0.status.failInfo        bad  absent=ok huge=any \
    trailing=any
body.content.response.0.certifiedKeyPair.publicationInfo bad  absent=ok \
    empty=any huge=any trailing=any
body.content.response.0.certifiedKeyPair.publicationInfo.* any
body.content.response.0.rspInfo  bad  absent=ok empty=ok huge=ok trailing=ok

body.content.response.0.certifiedKeyPair.certOrEncCert.certificate bad \
    empty=cert huge=cert trailing=cert
body.content.response.0.certifiedKeyPair.certOrEncCert.certificate.algorithm* \
    alg
body.content.response.0.certifiedKeyPair.certOrEncCert.certificate.tbs.\
signature* alg
body.content.response.0.certifiedKeyPair.certOrEncCert.certificate.* cert

body.content.pKIStatusInfo.statusString    bad  absent=ok
body.content.pKIStatusInfo.statusString.0  bad  doubled=ok empty=ok huge=ok \
    trailing=ok
body.content.pKIStatusInfo.failInfo  bad  absent=ok huge=any trailing=any
body.content.errorCode               bad  absent=ok huge=any trailing=ok
body.content.errorDetails            bad  absent=ok
body.content.errorDetails.0          bad  doubled=ok empty=ok huge=ok \
    trailing=ok

* bad
"""

# Who does not learn anchors need not look at them.
CA_PUBS_UNUSED = """
body.content.caPubs           bad  absent=ok
body.content.caPubs.value.0   bad  doubled=ok empty=any huge=any trailing=any
body.content.caPubs.value.0.* any
"""

# extraCerts are not protected, so who has no credentials can do as much.
EXTRA_CERTS_OF_MAC = """
extraCerts           bad  absent=cert
extraCerts.value.0   bad  doubled=ok empty=cert huge=cert trailing=cert
extraCerts.value.0.* cert
"""
EXTRA_CERTS_OF_SIGNATURE = """
# NULL where no parameters belong is taken for none.
header.protectionAlg.value  bad  trailing=ok
extraCerts           bad  absent=signer
extraCerts.value.?   bad  absent=signer doubled=ok empty=signer huge=signer \
    trailing=signer
extraCerts.value.?.* signer
"""


def read(text):
    rows = []
    for line in text.splitlines():
        if line and not line.startswith("#"):
            pattern, usual, *others = line.split()
            rows.append(Rule(pattern, usual,
                             dict(o.split("=") for o in others)))
    return rows


def expected(rows, name, change):
    for row in rows:
        if fnmatch.fnmatchcase(name, row.pattern):
            return row.others.get(change, row.usual)
    raise KeyError(name)
