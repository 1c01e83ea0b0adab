/* SPDX-License-Identifier: Apache-2.0 */
/* The options, in the order of the help. */
#include "options.h"

#include <string.h>

#define OWN (LWCMP_CLI_ENROLL | LWCMP_CLI_CERTIFY | LWCMP_CLI_RENEW)
#define WISH (LWCMP_CLI_ENROLL | LWCMP_CLI_CERTIFY)
#define IR LWCMP_CLI_ENROLL
#define P10 LWCMP_CLI_P10CR
#define REVOKE LWCMP_CLI_REVOKE
#define POLL LWCMP_CLI_POLL
#define REC LWCMP_CLI_RECOVER
#define ALL (OWN | P10 | POLL | REC)
#define FIRST (WISH | P10 | REC)
#define INFO LWCMP_CLI_INFO
#define CACERTS LWCMP_CLI_CACERTS
#define ROOT LWCMP_CLI_ROOTUPDATE
#define TEMPLATE LWCMP_CLI_TEMPLATE
#define CRL LWCMP_CLI_CRL
#define ERRAND (INFO | CACERTS | ROOT | TEMPLATE | REVOKE | CRL)
#define ANY (ALL | ERRAND)
#define PACK LWCMP_CLI_FACTORY_PACK
#define FACTORY (PACK | LWCMP_CLI_FACTORY_SHOW)

#define HEADING(text, verbs)                          \
    {                                                 \
        NULL, NULL, text, 0, LWCMP_CLI_HEADING, verbs \
    }
#define TEXT(name, field, verbs, argument, help)                         \
    {                                                                    \
        name, argument, help, offsetof(struct lwcmp_cli_options, field), \
            LWCMP_CLI_TEXT, verbs                                        \
    }
#define TEXTS(name, field, verbs, argument, help)                        \
    {                                                                    \
        name, argument, help, offsetof(struct lwcmp_cli_options, field), \
            LWCMP_CLI_TEXTS, verbs                                       \
    }
#define FLAG(name, field, verbs, help)                               \
    {                                                                \
        name, NULL, help, offsetof(struct lwcmp_cli_options, field), \
            LWCMP_CLI_FLAG, verbs                                    \
    }

const struct lwcmp_cli_option lwcmp_cli_option_table[] = {
    HEADING("Server", ANY | PACK),
    TEXT("server", server, ANY | PACK, "URL",
         "http[s]://host[:port]/path; without a path: /.well-known/cmp"),
    TEXT("url", server, ANY | PACK, "URL", NULL),
    FLAG("label", label, ANY | PACK,
         "append the name of the operation to the path, which is done "
         "anyway below /.well-known/cmp"),
    FLAG("no-label", no_label, ANY | PACK, "do not append it there either"),

    HEADING("TLS, where --server begins with https", ANY),
    TEXTS("tls-trusted", tls_trusted, ANY, "FILE",
          "trust anchors for the server's TLS certificate, PEM; may be given "
          "several times"),
    TEXT("tls-host", tls_host, ANY, "NAME",
         "name or address to ask for and to find in that certificate, if not "
         "the one in --server"),
    TEXT("tls-cert", tls_cert, ANY, "FILE",
         "the certificate to show a server that wants one, PEM; others behind "
         "it are its chain"),
    TEXT("tls-key", tls_key, ANY, "FILE", "its private key, PEM"),
    TEXT("tls-key-pass", tls_key_pass, ANY, "SOURCE",
         "passphrase of --tls-key, given like a secret"),

    HEADING("Proof of who asks: a shared secret", FIRST | POLL | ERRAND | PACK),
    TEXT("ref", ref, FIRST | POLL | ERRAND | PACK, "TEXT",
         "reference number of the secret"),
    TEXT("secret", secret, FIRST | POLL | ERRAND | PACK, "SOURCE",
         "env:NAME, file:FILE, fd:NUMBER, stdin or pass:TEXT"),

    HEADING("Proof of who asks: a certificate", ANY),
    TEXT("cert", cert, ANY, "FILE",
         "the certificate to sign with, PEM; others behind it are its chain"),
    TEXT("key", key, ANY, "FILE", "its private key, PEM"),
    TEXT("chain", chain, ANY, "FILE", "certificates above it, PEM"),
    TEXT("key-pass", key_pass, ANY, "SOURCE",
         "passphrase of --key and --newkey, given like a secret"),

    HEADING("The certificate asked for", FIRST | PACK | LWCMP_CLI_RENEW),
    TEXT("subject", subject, WISH | PACK | REC, "NAME",
         "\"C=FI,O=Example,CN=device 1\" or \"/C=FI/O=Example/CN=device 1\""),
    TEXTS("san", san, WISH, "LIST",
          "other names: dns:HOST,ip:ADDRESS,email:ADDRESS,uri:URI"),
    TEXTS("key-usage", key_usage, WISH, "LIST",
          "digitalSignature,keyAgreement,..."),
    TEXTS("ext-key-usage", ext_key_usage, WISH, "LIST",
          "clientAuth,serverAuth,... or dotted numbers"),
    TEXT("csr", csr, WISH, "FILE",
         "take subject and extensions out of this PKCS #10 request, PEM or "
         "DER; --newkey then has to be its key"),
    TEXT("csr", csr, LWCMP_CLI_RENEW, "FILE",
         "this PKCS #10 request, PEM or DER, names the same device; --newkey "
         "then has to be its key"),
    TEXT("csr", csr, P10, "FILE",
         "the PKCS #10 request, PEM or DER, which is sent as it is"),

    TEXT("template", template, WISH, "FILE",
         "fill in what the CA wants, as written by lwcmp template; of the "
         "options above what it does not ask for is left out"),
    TEXT("profile", profile, OWN | P10, "NAME",
         "certificate profile, by a name that the CA knows"),

    HEADING("Its key", OWN | POLL | REC),
    TEXT("newkey", newkey, OWN | POLL, "FILE", "have this key certified, PEM"),
    TEXT("newkeyout", newkeyout, OWN, "FILE",
         "make a key and write it there, PKCS#8 PEM, before anything is sent; "
         "an existing file is never overwritten"),
    TEXT("newkeyout", newkeyout, REC, "FILE",
         "write the key there when it has come, PKCS#8 PEM; an existing file "
         "is never overwritten"),
    TEXT("keytype", keytype, OWN, "TYPE",
         "p256 (default), p384, p521, rsa2048, rsa3072 or rsa4096"),
    TEXT("backup", backup, OWN, "FILE",
         "give the CA a copy of the new key, encrypted for this certificate "
         "of the CA, PEM; with --state the key may then leave it"),
    FLAG("central-key", central_key, OWN,
         "the CA makes the key and sends it encrypted; --newkeyout gets it "
         "when it has come"),
    FLAG("loose-cms", loose_cms, OWN | REC,
         "take it as OpenSSL packs it, which is not what RFC 9483 says"),
    FLAG("encryption-key", encryption_key, OWN,
         "the key is not one that signs: the CA encrypts the certificate for "
         "it"),

    HEADING("The question", INFO | ROOT | TEMPLATE),
    TEXT("info", info, INFO, "NAME",
         "caCerts, rootCaCert, certReqTemplate, signKeyPairTypes, ... or "
         "dotted numbers"),
    TEXT("value", value, INFO, "FILE", "what goes with it, if any, DER"),
    TEXT("oldroot", oldroot, ROOT, "FILE",
         "the root that may have a successor, PEM or DER; else the one "
         "learned last, or the only one of --trusted"),
    TEXT("profile", profile, INFO | TEMPLATE, "NAME",
         "certificate profile, by a name that the CA knows"),

    HEADING("The certificate to be revoked", REVOKE),
    TEXT("revoke", revoke, REVOKE, "FILE",
         "this one, PEM; if none is named, the one that signs"),
    TEXT("issuer", issuer, REVOKE, "NAME", "or that of this issuer, with"),
    TEXT("serial", serial, REVOKE, "HEX", "this serial number"),
    TEXT("reason", reason, REVOKE, "REASON",
         "unspecified (default), keyCompromise, affiliationChanged, "
         "superseded, cessationOfOperation, certificateHold, removeFromCRL, "
         "privilegeWithdrawn, or a number of RFC 5280"),

    HEADING("The request that waits", POLL),
    TEXT("transaction", transaction, POLL, "ID",
         "its transactionID: hexadecimal digits, or a decimal number of 32 "
         "bits, as some programs print it"),
    TEXT("csr", csr, POLL, "FILE",
         "it was this PKCS #10 request, PEM or DER; then there is no --newkey"),

    HEADING("Which CRL", CRL),
    TEXT("crl-of", crl_of, CRL, "FILE",
         "the one for this certificate, PEM or DER; others behind it are its "
         "chain"),
    TEXT("crl-issuer", crl_issuer, CRL, "NAME", "or the one of this CA"),
    TEXT("have", have, CRL, "FILE",
         "or of these the one that is newer than this CRL, PEM or DER; --out "
         "may be the same file"),
    FLAG("current", current, CRL,
         "ask for the CA's own, by currentCRL, as old servers have it"),

    HEADING("Whom to trust", ANY | PACK),
    TEXTS("trusted", trusted, ANY | PACK, "FILE",
          "trust anchors, PEM; may be given several times"),
    TEXT("recipient", recipient, ANY | PACK, "NAME", "name of the CA"),
    TEXT("responder-cert", responder_cert, ANY, "FILE",
         "answers are signed with exactly this certificate"),
    TEXT("responder", responder, ANY, "NAME",
         "answers are signed by who has this subject"),
    TEXTS("crls", crls, ANY, "FILE",
          "CRLs that the certificates of who answers are looked up in, PEM or "
          "DER; may be given several times"),
    FLAG("require-status", require_status, ANY,
         "take no answer from whom no CRL says that he is not revoked"),
    FLAG("learn-anchors", learn_anchors, IR | POLL | PACK,
         "take trust anchors from the answer, which the secret protects"),
    FLAG("no-anchor", no_anchor, FIRST | POLL,
         "take the certificate though there is nothing to validate it with"),

    HEADING("Results", ANY),
    TEXT("certout", certout, ALL, "FILE", "the new certificate, PEM"),
    TEXT("out", certout, ALL, "FILE", NULL),
    TEXT("chainout", chainout, ALL, "FILE", "the certificates above it, PEM"),
    TEXT("anchorsout", anchorsout, ALL | ROOT, "FILE",
         "trust anchors learned, PEM"),
    TEXT("cacertsout", anchorsout, ALL | ROOT, "FILE", NULL),
    TEXT("infoout", infoout, INFO, "FILE",
         "the value of the answer, DER; else it is printed"),
    TEXT("out", infoout, INFO, "FILE", NULL),
    TEXT("out", infoout, CACERTS, "FILE", "the certificates, PEM"),
    TEXT("out", infoout, CRL, "FILE", "the CRL, DER"),
    TEXT("out", infoout, TEMPLATE, "FILE",
         "the template, DER, for enroll --template"),
    TEXT("state", state, OWN | POLL | REC | ERRAND, "DIR",
         "the identity lives there as in a device, with a key that is never "
         "given out; renew takes it from there"),
    TEXT("state", state, P10, "DIR",
         "the certificate lives there, without its key; it takes the place of "
         "one that is there"),

    HEADING("The image", FACTORY),
    TEXT("out", out, PACK, "FILE",
         "the image, for its owner only: there is a secret in it; an existing "
         "file is never overwritten"),
    TEXT("block-size", block_size_text, FACTORY, "BYTES",
         "of an erase block: the secret begins there; 4096 if not given"),

    HEADING("How", ANY | PACK),
    FLAG("implicit-confirm", implicit_confirm, OWN | P10 | POLL | PACK,
         "ask the CA to do without a confirmation"),
    FLAG("keep-secret", keep_secret, PACK,
         "the device does not wipe the secret once it has a certificate"),
    FLAG("ask", ask, ALL, "show the certificate and ask before it is taken"),
    FLAG("pbmac1", pbmac1, FIRST | POLL | ERRAND,
         "protect our messages with PBMAC1, not with PasswordBasedMac"),
    FLAG("cert-req-id-0", cert_req_id_0, P10 | POLL,
         "accept an answer that says certReqId 0, not -1, from old servers"),
    TEXT("mac-hash", mac_hash_text, FIRST | POLL | ERRAND, "HASH",
         "of the secret, in our messages: sha256 (default), sha384, sha512"),
    FLAG("rsa-pss", rsa_pss, ANY,
         "RSA keys in files, and new ones, sign by RSASSA-PSS, not by PKCS#1 "
         "v1.5"),
    TEXT("rsa-hash", rsa_hash_text, ANY, "HASH",
         "to sign with RSA keys: sha256 (default), sha384 or sha512"),
    FLAG("hmac-sha1", hmac_sha1, FIRST | POLL | ERRAND,
         "accept HMAC-SHA1 from old servers"),
    TEXT("iterations", iterations_text, FIRST | POLL | ERRAND, "N",
         "of the secret, in our messages"),
    TEXT("preset", preset, ANY, "NAME",
         "lcmp (default): RFC 9483 as it stands; legacy: servers of the time "
         "of RFC 4210; 3gpp: mobile networks, INSECURE without --trusted"),
    TEXTS("quirk", quirk, ANY, "LIST",
          "what the server is forgiven, in each case where it acts said on "
          "stderr: null-sender, signed-answers, reflected-kid, "
          "unprotected-negative, ip-for-cr, missing-key-usage, "
          "no-status-info, anchor-in-extra-certs"),
    TEXT("timeout", timeout_text, ANY, "SECONDS",
         "for each exchange of messages; 30 if not given"),
    TEXT("wait", wait_text, ANY, "SECONDS",
         "how long to wait for a CA that wants time, in all; else the same "
         "command goes on later"),
    FLAG("anew", anew, ANY, "ask anew even if an earlier request waits"),
    TEXT("dump", dump, ANY, "DIR", "write each message to a file there, DER"),
    FLAG("verbose", verbose, ANY, "say what happens, on stderr"),
    FLAG("v", verbose, ANY, NULL),
    FLAG("quiet", quiet, ANY, "say nothing but errors"),
    FLAG("q", quiet, ANY, NULL),
    FLAG("help", help, ANY | FACTORY, "this text"),
    FLAG("h", help, ANY | FACTORY, NULL),
};

const size_t lwcmp_cli_option_count =
    sizeof(lwcmp_cli_option_table) / sizeof(lwcmp_cli_option_table[0]);

const struct lwcmp_cli_option *lwcmp_cli_option_find(const char *name,
                                                     unsigned verbs)
{
    size_t i;

    for (i = 0; i < lwcmp_cli_option_count; i++) {
        const struct lwcmp_cli_option *o = &lwcmp_cli_option_table[i];

        if (o->name && (o->verbs & verbs) && strcmp(o->name, name) == 0) {
            return o;
        }
    }
    return NULL;
}
