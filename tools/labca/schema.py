# SPDX-License-Identifier: Apache-2.0
"""The ASN.1 types of CMP (RFC 9480, RFC 9810) and CRMF (RFC 4211).

The CMP module is tagged EXPLICIT, the CRMF and CMS modules IMPLICIT; a tagged
CHOICE is explicit in all of them. Types of X.509 and PKCS #10 come from
pyasn1-modules.
"""
from pyasn1.type import char, constraint, namedtype, namedval, tag, univ, useful
from pyasn1_modules import rfc2986, rfc5280, rfc5652

import asn1

AlgorithmIdentifier = rfc5280.AlgorithmIdentifier
Certificate = rfc5280.Certificate
Extensions = rfc5280.Extensions
GeneralName = rfc5280.GeneralName
Name = rfc5280.Name
SubjectPublicKeyInfo = rfc5280.SubjectPublicKeyInfo

required = namedtype.NamedType
optional = namedtype.OptionalNamedType


def explicit(kind, n):
    return kind.subtype(explicitTag=tag.Tag(
        tag.tagClassContext, tag.tagFormatConstructed, n))


def implicit(kind, n):
    """An implicit tag on a primitive type."""
    return kind.subtype(implicitTag=tag.Tag(
        tag.tagClassContext, tag.tagFormatSimple, n))


def implicit_cons(kind, n):
    """An implicit tag on a SEQUENCE or SET."""
    return kind.subtype(implicitTag=tag.Tag(
        tag.tagClassContext, tag.tagFormatConstructed, n))


def sequence(name, *fields):
    return type(name, (univ.Sequence,),
                {"componentType": namedtype.NamedTypes(*fields)})


def choice(name, *fields):
    return type(name, (univ.Choice,),
                {"componentType": namedtype.NamedTypes(*fields)})


def sequence_of(name, kind, at_least=0):
    """SEQUENCE OF, or SEQUENCE SIZE (1..MAX) OF where RFCs say so."""
    body = {"componentType": kind}
    if at_least:
        body["sizeSpec"] = constraint.ValueSizeConstraint(at_least, 100000)
        body["subtypeSpec"] = body["sizeSpec"]
    return type(name, (univ.SequenceOf,), body)


# --- CRMF, RFC 4211 (implicit tags) ---------------------------------------

OptionalValidity = sequence(
    "OptionalValidity",
    optional("notBefore", explicit(rfc5280.Time(), 0)),
    optional("notAfter", explicit(rfc5280.Time(), 1)))

CertTemplate = sequence(
    "CertTemplate",
    optional("version", implicit(univ.Integer(), 0)),
    optional("serialNumber", implicit(univ.Integer(), 1)),
    optional("signingAlg", implicit_cons(AlgorithmIdentifier(), 2)),
    optional("issuer", explicit(Name(), 3)),
    optional("validity", implicit_cons(OptionalValidity(), 4)),
    optional("subject", explicit(Name(), 5)),
    optional("publicKey", implicit_cons(SubjectPublicKeyInfo(), 6)),
    optional("issuerUID", implicit(univ.BitString(), 7)),
    optional("subjectUID", implicit(univ.BitString(), 8)),
    optional("extensions", implicit_cons(Extensions(), 9)))

AttributeTypeAndValue = sequence(
    "AttributeTypeAndValue",
    required("type", univ.ObjectIdentifier()),
    required("value", univ.Any()))

Controls = sequence_of("Controls", AttributeTypeAndValue(), 1)

CertRequest = sequence(
    "CertRequest",
    required("certReqId", univ.Integer()),
    required("certTemplate", CertTemplate()),
    optional("controls", Controls()))

PKMACValue = sequence(
    "PKMACValue",
    required("algId", AlgorithmIdentifier()),
    required("value", univ.BitString()))

POPOSigningKeyInput = sequence(
    "POPOSigningKeyInput",
    required("authInfo", choice(
        "AuthInfo",
        required("sender", explicit(GeneralName(), 0)),
        required("publicKeyMAC", PKMACValue()))()),
    required("publicKey", SubjectPublicKeyInfo()))

POPOSigningKey = sequence(
    "POPOSigningKey",
    optional("poposkInput", implicit_cons(POPOSigningKeyInput(), 0)),
    required("algorithmIdentifier", AlgorithmIdentifier()),
    required("signature", univ.BitString()))

POPOPrivKey = choice(
    "POPOPrivKey",
    required("thisMessage", implicit(univ.BitString(), 0)),
    required("subsequentMessage", implicit(univ.Integer(), 1)),
    required("dhMAC", implicit(univ.BitString(), 2)),
    required("agreeMAC", implicit_cons(PKMACValue(), 3)),
    required("encryptedKey", implicit_cons(rfc5652.EnvelopedData(), 4)))

ProofOfPossession = choice(
    "ProofOfPossession",
    required("raVerified", implicit(univ.Null(), 0)),
    required("signature", implicit_cons(POPOSigningKey(), 1)),
    required("keyEncipherment", explicit(POPOPrivKey(), 2)),
    required("keyAgreement", explicit(POPOPrivKey(), 3)))

CertReqMsg = sequence(
    "CertReqMsg",
    required("certReq", CertRequest()),
    optional("popo", ProofOfPossession()),
    optional("regInfo", sequence_of("RegInfo", AttributeTypeAndValue(), 1)()))

CertReqMessages = sequence_of("CertReqMessages", CertReqMsg(), 1)

EncryptedValue = sequence(
    "EncryptedValue",
    optional("intendedAlg", implicit_cons(AlgorithmIdentifier(), 0)),
    optional("symmAlg", implicit_cons(AlgorithmIdentifier(), 1)),
    optional("encSymmKey", implicit(univ.BitString(), 2)),
    optional("keyAlg", implicit_cons(AlgorithmIdentifier(), 3)),
    optional("valueHint", implicit(univ.OctetString(), 4)),
    required("encValue", univ.BitString()))

EncryptedKey = choice(
    "EncryptedKey",
    required("encryptedValue", EncryptedValue()),
    required("envelopedData", implicit_cons(rfc5652.EnvelopedData(), 0)))

PKIArchiveOptions = choice(
    "PKIArchiveOptions",
    required("encryptedPrivKey", explicit(EncryptedKey(), 0)),
    required("keyGenParameters", implicit(univ.OctetString(), 1)),
    required("archiveRemGenPrivKey", implicit(univ.Boolean(), 2)))

EncKeyWithID = sequence(
    "EncKeyWithID",
    required("privateKey", sequence(
        "PrivateKeyInfo",
        required("version", univ.Integer()),
        required("privateKeyAlgorithm", AlgorithmIdentifier()),
        required("privateKey", univ.OctetString()))()),
    optional("identifier", choice(
        "KeyIdentifier",
        required("string", char.UTF8String()),
        required("generalName", GeneralName()))()))

CertId = sequence(
    "CertId",
    required("issuer", GeneralName()),
    required("serialNumber", univ.Integer()))

PBMParameter = sequence(
    "PBMParameter",
    required("salt", univ.OctetString()),
    required("owf", AlgorithmIdentifier()),
    required("iterationCount", univ.Integer()),
    required("mac", AlgorithmIdentifier()))

PKIPublicationInfo = sequence(
    "PKIPublicationInfo",
    required("action", univ.Integer()),
    optional("pubInfos", sequence_of("PubInfos", sequence(
        "SinglePubInfo",
        required("pubMethod", univ.Integer()),
        optional("pubLocation", GeneralName()))(), 1)()))

# --- PKIStatusInfo, RFC 9810 section 5.2.3 --------------------------------

PKI_STATUS = ("accepted", "grantedWithMods", "rejection", "waiting",
              "revocationWarning", "revocationNotification",
              "keyUpdateWarning")

FAIL_INFO = (
    "badAlg", "badMessageCheck", "badRequest", "badTime", "badCertId",
    "badDataFormat", "wrongAuthority", "incorrectData", "missingTimeStamp",
    "badPOP", "certRevoked", "certConfirmed", "wrongIntegrity",
    "badRecipientNonce", "timeNotAvailable", "unacceptedPolicy",
    "unacceptedExtension", "addInfoNotAvailable", "badSenderNonce",
    "badCertTemplate", "signerNotTrusted", "transactionIdInUse",
    "unsupportedVersion", "notAuthorized", "systemUnavail", "systemFailure",
    "duplicateCertReq")


class PKIStatus(univ.Integer):
    namedValues = namedval.NamedValues(*zip(PKI_STATUS, range(7)))


class PKIFailureInfo(univ.BitString):
    namedValues = namedval.NamedValues(*zip(FAIL_INFO, range(27)))


PKIFreeText = sequence_of("PKIFreeText", char.UTF8String(), 1)

PKIStatusInfo = sequence(
    "PKIStatusInfo",
    required("status", PKIStatus()),
    optional("statusString", PKIFreeText()),
    optional("failInfo", PKIFailureInfo()))

# --- CMP, RFC 9810 section 5 (explicit tags) ------------------------------

Certificates = sequence_of("Certificates", Certificate(), 1)
CertificateLists = sequence_of("CertificateLists",
                               rfc5280.CertificateList(), 1)

InfoTypeAndValue = sequence(
    "InfoTypeAndValue",
    required("infoType", univ.ObjectIdentifier()),
    optional("infoValue", univ.Any()))

PKIHeader = sequence(
    "PKIHeader",
    required("pvno", univ.Integer()),
    required("sender", GeneralName()),
    required("recipient", GeneralName()),
    optional("messageTime", explicit(useful.GeneralizedTime(), 0)),
    optional("protectionAlg", explicit(AlgorithmIdentifier(), 1)),
    optional("senderKID", explicit(univ.OctetString(), 2)),
    optional("recipKID", explicit(univ.OctetString(), 3)),
    optional("transactionID", explicit(univ.OctetString(), 4)),
    optional("senderNonce", explicit(univ.OctetString(), 5)),
    optional("recipNonce", explicit(univ.OctetString(), 6)),
    optional("freeText", explicit(PKIFreeText(), 7)),
    optional("generalInfo", explicit(
        sequence_of("GeneralInfo", InfoTypeAndValue(), 1)(), 8)))

CertOrEncCert = choice(
    "CertOrEncCert",
    required("certificate", explicit(Certificate(), 0)),
    required("encryptedCert", explicit(EncryptedKey(), 1)))

CertifiedKeyPair = sequence(
    "CertifiedKeyPair",
    required("certOrEncCert", CertOrEncCert()),
    optional("privateKey", explicit(EncryptedKey(), 0)),
    optional("publicationInfo", explicit(PKIPublicationInfo(), 1)))

CertResponse = sequence(
    "CertResponse",
    required("certReqId", univ.Integer()),
    required("status", PKIStatusInfo()),
    optional("certifiedKeyPair", CertifiedKeyPair()),
    optional("rspInfo", univ.OctetString()))

CertRepMessage = sequence(
    "CertRepMessage",
    optional("caPubs", explicit(Certificates(), 1)),
    required("response", sequence_of("CertResponses", CertResponse())()))

CertStatus = sequence(
    "CertStatus",
    required("certHash", univ.OctetString()),
    required("certReqId", univ.Integer()),
    optional("statusInfo", PKIStatusInfo()),
    optional("hashAlg", explicit(AlgorithmIdentifier(), 0)))

Challenge = sequence(
    "Challenge",
    optional("owf", AlgorithmIdentifier()),
    required("witness", univ.OctetString()),
    required("challenge", univ.OctetString()),
    optional("encryptedRand", explicit(rfc5652.EnvelopedData(), 0)))

KeyRecRepContent = sequence(
    "KeyRecRepContent",
    required("status", PKIStatusInfo()),
    optional("newSigCert", explicit(Certificate(), 0)),
    optional("caCerts", explicit(Certificates(), 1)),
    optional("keyPairHist", explicit(
        sequence_of("KeyPairHist", CertifiedKeyPair(), 1)(), 2)))

RevDetails = sequence(
    "RevDetails",
    required("certDetails", CertTemplate()),
    optional("crlEntryDetails", Extensions()))

# There is at least one status, but a fault sends none.
RevRepContent = sequence(
    "RevRepContent",
    required("status", sequence_of("Statuses", PKIStatusInfo())()),
    optional("revCerts", explicit(sequence_of("CertIds", CertId(), 1)(), 0)),
    optional("crls", explicit(CertificateLists(), 1)))

CAKeyUpdAnnContent = sequence(
    "CAKeyUpdAnnContent",
    required("oldWithNew", Certificate()),
    required("newWithOld", Certificate()),
    required("newWithNew", Certificate()))

RootCaKeyUpdateContent = sequence(
    "RootCaKeyUpdateContent",
    required("newWithNew", Certificate()),
    optional("newWithOld", explicit(Certificate(), 0)),
    optional("oldWithNew", explicit(Certificate(), 1)))

CertReqTemplateContent = sequence(
    "CertReqTemplateContent",
    required("certTemplate", CertTemplate()),
    optional("keySpec", Controls()))

CRLStatusListValue = sequence_of("CRLStatusListValue", sequence(
    "CRLStatus",
    required("source", choice(
        "CRLSource",
        required("dpn", explicit(rfc5280.DistributionPointName(), 0)),
        required("issuer", explicit(rfc5280.GeneralNames(), 1)))()),
    optional("thisUpdate", rfc5280.Time()))(), 1)

CAKeyUpdContent = choice(
    "CAKeyUpdContent",
    required("cAKeyUpdAnnV2", CAKeyUpdAnnContent()),
    required("cAKeyUpdAnnV3", explicit(RootCaKeyUpdateContent(), 0)))

RevAnnContent = sequence(
    "RevAnnContent",
    required("status", PKIStatus()),
    required("certId", CertId()),
    required("willBeRevokedAt", useful.GeneralizedTime()),
    required("badSinceDate", useful.GeneralizedTime()),
    optional("crlDetails", Extensions()))

ErrorMsgContent = sequence(
    "ErrorMsgContent",
    required("pKIStatusInfo", PKIStatusInfo()),
    optional("errorCode", univ.Integer()),
    optional("errorDetails", PKIFreeText()))

PollReqContent = sequence_of("PollReqContent", sequence(
    "PollReq", required("certReqId", univ.Integer()))())

PollRepContent = sequence_of("PollRepContent", sequence(
    "PollRep",
    required("certReqId", univ.Integer()),
    required("checkAfter", univ.Integer()),
    optional("reason", PKIFreeText()))())

GenMsgContent = sequence_of("GenMsgContent", InfoTypeAndValue())


# PKIMessages is recursive: the messages inside stay undecoded here.
NestedMessageContent = sequence_of("NestedMessageContent", univ.Any(), 1)

BODIES = (
    ("ir", CertReqMessages()), ("ip", CertRepMessage()),
    ("cr", CertReqMessages()), ("cp", CertRepMessage()),
    ("p10cr", rfc2986.CertificationRequest()),
    ("popdecc", sequence_of("POPODecKeyChallContent", Challenge())()),
    ("popdecr", sequence_of("POPODecKeyRespContent", univ.Integer())()),
    ("kur", CertReqMessages()), ("kup", CertRepMessage()),
    ("krr", CertReqMessages()), ("krp", KeyRecRepContent()),
    ("rr", sequence_of("RevReqContent", RevDetails())()),
    ("rp", RevRepContent()),
    ("ccr", CertReqMessages()), ("ccp", CertRepMessage()),
    ("ckuann", CAKeyUpdContent()), ("cann", Certificate()),
    ("rann", RevAnnContent()),
    ("crlann", sequence_of("CRLAnnContent", rfc5280.CertificateList())()),
    ("pkiconf", univ.Null()), ("nested", NestedMessageContent()),
    ("genm", GenMsgContent()), ("genp", GenMsgContent()),
    ("error", ErrorMsgContent()),
    ("certConf", sequence_of("CertConfirmContent", CertStatus())()),
    ("pollReq", PollReqContent()), ("pollRep", PollRepContent()))

PKIBody = choice("PKIBody", *(required(name, explicit(kind, n))
                              for n, (name, kind) in enumerate(BODIES)))

PKIMessage = sequence(
    "PKIMessage",
    required("header", PKIHeader()),
    required("body", PKIBody()),
    optional("protection", explicit(univ.BitString(), 0)),
    optional("extraCerts", explicit(Certificates(), 1)))


def decode(der):
    """A PKIMessage and nothing after it; ValueError says what is wrong."""
    return asn1.parse(der, PKIMessage())


def encode(message):
    return asn1.encode(message)
