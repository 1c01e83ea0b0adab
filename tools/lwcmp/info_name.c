/* SPDX-License-Identifier: Apache-2.0 */
#include "info_name.h"

#include <string.h>
#include <strings.h>

#include "oid_text.h"

/* id-it, 1.3.6.1.5.5.7.4, with tag and length for one number more. */
static const uint8_t id_it[] = {0x06, 0x08, 0x2b, 0x06, 0x01,
                                0x05, 0x05, 0x07, 0x04};

static const struct {
    uint8_t number;
    const char *name;
} names[] = {
    {1, "caProtEncCert"},      {2, "signKeyPairTypes"}, {3, "encKeyPairTypes"},
    {4, "preferredSymmAlg"},   {5, "caKeyUpdateInfo"},  {6, "currentCRL"},
    {7, "unsupportedOIDs"},    {10, "keyPairParamReq"}, {11, "keyPairParamRep"},
    {12, "revPassphrase"},     {14, "confirmWaitTime"}, {16, "suppLangTags"},
    {17, "caCerts"},           {18, "rootCaKeyUpdate"}, {19, "certReqTemplate"},
    {20, "rootCaCert"},        {22, "crlStatusList"},   {23, "crls"},
    {24, "KemCiphertextInfo"},
};
#define NAMES (sizeof(names) / sizeof(names[0]))

bool lwcmp_cli_info_name_put(struct lwcmp_der_out *o, const char *text)
{
    size_t i;

    for (i = 0; i < NAMES; i++) {
        if (strcasecmp(names[i].name, text) == 0) {
            lwcmp_der_put_raw(o, id_it, sizeof(id_it));
            lwcmp_der_put_raw(o, &names[i].number, 1);
            return true;
        }
    }
    return lwcmp_cli_oid_put(o, text, strlen(text));
}

void lwcmp_cli_info_name_print(FILE *out, struct lwcmp_bytes oid)
{
    size_t i;

    lwcmp_cli_oid_print(out, oid);
    for (i = 0; i < NAMES; i++) {
        if (oid.n == sizeof(id_it) + 1 &&
            memcmp(oid.p, id_it, sizeof(id_it)) == 0 &&
            oid.p[sizeof(id_it)] == names[i].number) {
            (void)fprintf(out, " (%s)", names[i].name);
        }
    }
}
