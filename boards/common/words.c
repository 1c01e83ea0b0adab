/* SPDX-License-Identifier: Apache-2.0 */
#include "words.h"

#include "say.h"

/* PKIBody, RFC 9810 5.1.2: those of an end entity. */
static const struct {
    uint8_t tag;
    char name[9];
} bodies[] = {
    {0, "ir"},        {1, "ip"},       {2, "cr"},       {3, "cp"},
    {7, "kur"},       {8, "kup"},      {19, "pkiconf"}, {23, "error"},
    {24, "certConf"}, {25, "pollReq"}, {26, "pollRep"},
};

/* Steps behind tag and length, into the element, and tells its length. */
static bool enter(struct lwcmp_bytes *in, size_t *length)
{
    size_t octets = 0, i;

    if (in->n < 2) {
        return false;
    }
    *length = in->p[1];
    if (*length >= 0x80) {
        octets = *length - 0x80;
        *length = 0;
    }
    if (octets > 2 || in->n < 2 + octets) {
        return false;
    }
    for (i = 0; i < octets; i++) {
        *length = *length << 8 | in->p[2 + i];
    }
    in->p += 2 + octets;
    in->n -= 2 + octets;
    return *length <= in->n;
}

/* PKIMessage ::= SEQUENCE { header PKIHeader, body PKIBody, ... } */
const char *lwcmp_words_message(struct lwcmp_bytes message)
{
    size_t n, i;

    if (!enter(&message, &n) || !enter(&message, &n) || message.n == n) {
        return "message";
    }
    for (i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        if (message.p[n] == (0xa0 | bodies[i].tag)) {
            return bodies[i].name;
        }
    }
    return "message";
}

static const struct {
    uint8_t error;
    const char *words;
} errors[] = {
    {LWCMP_ERR_CONFIG, "factory record and firmware do not go together"},
    {LWCMP_ERR_BUFFER, "a message is larger than the work buffer"},
    {LWCMP_ERR_REFUSED, "the certificate was refused here"},
    {LWCMP_ERR_NO_ANCHOR, "there is no trust anchor"},
    {LWCMP_ERR_NO_IDENTITY, "there is no certificate to renew"},
    {LWCMP_ERR_STORE, "the flash store failed or is full"},
    {LWCMP_ERR_JOURNAL, "the journal is damaged or of newer firmware"},
    {LWCMP_ERR_RANDOM, "no random numbers"},
    {LWCMP_ERR_KEY, "a key is missing or may not be used this way"},
    {LWCMP_ERR_CRYPTO, "the crypto library failed, or lacks memory"},
    {LWCMP_ERR_NETWORK, "no connection, or it broke"},
    {LWCMP_ERR_TIMEOUT, "no answer in time"},
    {LWCMP_ERR_HTTP, "the server does not take the request"},
    {LWCMP_ERR_CONTENT, "the answer is not CMP"},
    {LWCMP_ERR_SYNTAX, "the answer is not a CMP message"},
    {LWCMP_ERR_VERSION, "the answer is of another CMP version"},
    {LWCMP_ERR_TRANSACTION_ID, "the answer is of another transaction"},
    {LWCMP_ERR_SENDER_NONCE, "the answer has no good nonce"},
    {LWCMP_ERR_RECIP_NONCE, "the answer does not repeat our nonce"},
    {LWCMP_ERR_UNEXPECTED, "the answer does not fit the request"},
    {LWCMP_ERR_UNPROTECTED, "the answer is not protected"},
    {LWCMP_ERR_PROTECTION, "the protection of the answer is wrong"},
    {LWCMP_ERR_WRONG_KIND, "the answer is protected in another way"},
    {LWCMP_ERR_ALGORITHM, "an algorithm is not known or not allowed"},
    {LWCMP_ERR_ITERATIONS, "the server wants too few or many iterations"},
    {LWCMP_ERR_SENDER_KID, "the answer names another key"},
    {LWCMP_ERR_NO_SIGNER, "the certificate of the responder is missing"},
    {LWCMP_ERR_UNTRUSTED, "the responder is not trusted"},
    {LWCMP_ERR_NOT_AUTHORIZED, "the signer may not answer as the CA"},
    {LWCMP_ERR_EXPIRED, "a certificate has expired"},
    {LWCMP_ERR_NOT_YET_VALID, "a certificate is not valid yet"},
    {LWCMP_ERR_CERT_REQ_ID, "the answer is for another request"},
    {LWCMP_ERR_STATUS, "the answer contradicts itself"},
    {LWCMP_ERR_CERT_SYNTAX, "the new certificate cannot be read"},
    {LWCMP_ERR_CERT_KEY, "the new certificate is for another key"},
    {LWCMP_ERR_CERT_CHAIN, "the new certificate has no valid path"},
#if LWCMP_WITH_CMS
    {LWCMP_ERR_CMS, "the key or certificate is not packed as it should be"},
    {LWCMP_ERR_DECRYPT, "the key or certificate does not decrypt"},
#endif
    {LWCMP_ERR_REJECTED, "the CA rejected the request"},
    {LWCMP_ERR_PEER_ERROR, "the CA answered with an error"},
    {LWCMP_ERR_PEER_CLAIM, "an error came back without protection: is the "
                           "secret right, and not used up?"},
    {LWCMP_ERR_WAITING, "the CA wants time"},
};

const char *lwcmp_words_error(int error)
{
    size_t i;

    for (i = 0; i < sizeof errors / sizeof errors[0]; i++) {
        if (errors[i].error == error) {
            return errors[i].words;
        }
    }
    return "something inside the firmware failed";
}

/* PKIFailureInfo (RFC 9810 5.2.3): those that a person can act on. */
static const struct {
    uint8_t bit;
    const char *name;
} failures[] = {
    {0, "badAlg"},           {1, "badMessageCheck"},   {2, "badRequest"},
    {3, "badTime"},          {4, "badCertId"},         {6, "wrongAuthority"},
    {9, "badPOP"},           {10, "certRevoked"},      {12, "wrongIntegrity"},
    {19, "badCertTemplate"}, {20, "signerNotTrusted"}, {23, "notAuthorized"},
    {24, "systemUnavail"},   {25, "systemFailure"},
};

void lwcmp_words_status(const struct lwcmp_status *status)
{
    size_t i;

    if (!status->present || (status->status == 0 && status->text.n == 0)) {
        return;
    }
    lwcmp_say_begin("server");
    lwcmp_say_text("says ");
    lwcmp_say_bytes(status->text);
    lwcmp_say_text(" (status ");
    lwcmp_say_number(status->status);
    for (i = 0; i < sizeof failures / sizeof failures[0]; i++) {
        if (status->fail_info & (uint32_t)1 << failures[i].bit) {
            lwcmp_say_text(", ");
            lwcmp_say_text(failures[i].name);
        }
    }
    lwcmp_say_text(status->authenticated ? ")" : "; not authenticated)");
    lwcmp_say_end();
}
