/* SPDX-License-Identifier: Apache-2.0 */
/* The verbs, and what their help says about them. */
#include "options.h"

#define VERB(bit, operation, name, about) \
    {                                     \
        bit, operation, name, about       \
    }

const struct lwcmp_cli_verb lwcmp_cli_verb_table[] = {
    VERB(LWCMP_CLI_ENROLL, LWCMP_IR, "enroll",
         "The first certificate from a CA, by a shared secret or under "
         "another\ncertificate, a manufacturer's say.\n\n"
         "  LWCMP_SECRET=... lwcmp enroll --server http://ca.example \\\n"
         "      --ref 1234 --secret env:LWCMP_SECRET \\\n"
         "      --subject \"C=FI,O=Example,CN=device 1\" "
         "--trusted root.pem \\\n"
         "      --newkeyout device.key --certout device.pem\n"),
    VERB(LWCMP_CLI_CERTIFY, LWCMP_CR, "certify",
         "A further certificate from a CA that knows us.\n\n"
         "  lwcmp certify --server http://ca.example --trusted root.pem "
         "\\\n"
         "      --cert device.pem --key device.key \\\n"
         "      --subject \"CN=device 1, door\" "
         "--ext-key-usage clientAuth \\\n"
         "      --newkeyout door.key --certout door.pem\n"),
    VERB(LWCMP_CLI_RENEW, LWCMP_KUR, "renew",
         "The next certificate of the same identity, for a new key, "
         "signed with\nthe old one. Subject and other names stay.\n\n"
         "  lwcmp renew --server http://ca.example --trusted root.pem "
         "\\\n"
         "      --cert device.pem --key device.key \\\n"
         "      --newkeyout device-2.key --certout device-2.pem\n\n"
         "  lwcmp renew --server http://ca.example --trusted root.pem "
         "\\\n"
         "      --state /var/lib/device\n"),
    VERB(LWCMP_CLI_P10CR, LWCMP_P10CR, "p10cr",
         "A certificate by a PKCS #10 request (CSR) that was made "
         "elsewhere, where\nits key stays.\n\n"
         "  LWCMP_SECRET=... lwcmp p10cr --server http://ca.example \\\n"
         "      --ref 1234 --secret env:LWCMP_SECRET \\\n"
         "      --trusted root.pem --csr device.csr "
         "--certout device.pem\n"),
    VERB(LWCMP_CLI_RECOVER, LWCMP_KRR, "recover",
         "A certificate that was there before and its key, which the CA has "
         "in its\narchive since `enroll --backup` or the like.\n\n"
         "  LWCMP_SECRET=... lwcmp recover --server http://ca.example \\\n"
         "      --ref 1234 --secret env:LWCMP_SECRET \\\n"
         "      --subject \"C=FI,O=Example,CN=device 1\" "
         "--trusted root.pem \\\n"
         "      --newkeyout device.key --certout device.pem\n"),
    VERB(LWCMP_CLI_INFO, LWCMP_GENM, "info",
         "Asks a CA for something that has a name or an object identifier.\n\n"
         "  lwcmp info --server http://ca.example --trusted root.pem \\\n"
         "      --cert device.pem --key device.key \\\n"
         "      --info caCerts --infoout ca-certs.der\n"),
    VERB(LWCMP_CLI_CACERTS, LWCMP_GENM, "cacerts",
         "The certificates of a CA and of those above it, to build paths "
         "with. They are\nno trust anchors.\n\n"
         "  lwcmp cacerts --server http://ca.example --trusted root.pem \\\n"
         "      --cert device.pem --key device.key --out ca-certs.pem\n"),
    VERB(LWCMP_CLI_ROOTUPDATE, LWCMP_GENM, "rootupdate",
         "Asks whether a trust anchor has a successor, which then counts "
         "beside it.\n\n"
         "  lwcmp rootupdate --server http://ca.example --trusted root.pem "
         "\\\n"
         "      --state /var/lib/device\n"),
    VERB(LWCMP_CLI_TEMPLATE, LWCMP_GENM, "template",
         "Asks what a request for a certificate should look like.\n\n"
         "  lwcmp template --server http://ca.example --trusted root.pem \\\n"
         "      --ref 1234 --secret env:LWCMP_SECRET --out template.der\n"),
    VERB(LWCMP_CLI_REVOKE, LWCMP_RR, "revoke",
         "Asks the CA to revoke a certificate: the one in a file, the one of "
         "a name and\nnumber, or the one that signs.\n\n"
         "  lwcmp revoke --server http://ca.example --trusted root.pem \\\n"
         "      --cert device.pem --key device.key --reason keyCompromise\n"),
    VERB(LWCMP_CLI_POLL, LWCMP_IR, "poll",
         "Fetches the certificate of a request that waits at the CA, with "
         "nothing but its\ntransactionID, its key and what proved who "
         "asked. Where --state has the request,\nthe command that asked does "
         "that as well. Below /.well-known/cmp it asks where\n`enroll` does; "
         "for what `certify` or `renew` has asked, give the whole path, as\nin "
         "--server http://ca.example/.well-known/cmp/certification "
         "--no-label.\nA key that the CA makes comes with the command that "
         "asked for it.\n\n"
         "  LWCMP_SECRET=... lwcmp poll --server http://ca.example \\\n"
         "      --transaction 4114859265 --ref 1234 --secret "
         "env:LWCMP_SECRET \\\n"
         "      --trusted root.pem --newkey device.key "
         "--certout device.pem\n"),
    VERB(LWCMP_CLI_CRL, LWCMP_GENM, "crl",
         "Asks a CA for a CRL, and verifies it. It has to be by a trust "
         "anchor, or by a CA\nright below one whose certificate is in "
         "--chain, or above the one that signs,\nor behind the one in "
         "--crl-of.\n\n"
         "  lwcmp crl --server http://ca.example --trusted root.pem \\\n"
         "      --cert device.pem --key device.key \\\n"
         "      --crl-of device.pem --have ca.crl --out ca.crl\n"),
    VERB(LWCMP_CLI_FACTORY_PACK, 0, "factory pack", NULL),
    VERB(LWCMP_CLI_FACTORY_SHOW, 0, "factory show", NULL),
};

const size_t lwcmp_cli_verb_count =
    sizeof(lwcmp_cli_verb_table) / sizeof(lwcmp_cli_verb_table[0]);

const struct lwcmp_cli_verb *lwcmp_cli_verb_find(unsigned verb)
{
    static const struct lwcmp_cli_verb none = {0, 0, "", ""};
    size_t i;

    for (i = 0; i < lwcmp_cli_verb_count; i++) {
        if (lwcmp_cli_verb_table[i].bit == verb) {
            return &lwcmp_cli_verb_table[i];
        }
    }
    return &none;
}

const char *lwcmp_cli_verb_name(unsigned verb)
{
    return lwcmp_cli_verb_find(verb)->name;
}

unsigned lwcmp_cli_verb_bit(enum lwcmp_operation operation)
{
    size_t i;

    for (i = 0; i < lwcmp_cli_verb_count; i++) {
        if (lwcmp_cli_verb_table[i].operation == operation) {
            return lwcmp_cli_verb_table[i].bit;
        }
    }
    return 0;
}

bool lwcmp_cli_is_errand(const struct lwcmp_cli_options *options)
{
    return options->operation >= LWCMP_RR;
}
