/* SPDX-License-Identifier: Apache-2.0 */
#include "san_walk.h"

/*
 * Extension ::= SEQUENCE { extnID OBJECT IDENTIFIER,
 *     critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING }
 * GeneralNames ::= SEQUENCE SIZE (1..MAX) OF GeneralName
 */
void lwcmp_cli_names_begin(struct lwcmp_cli_names *names,
                           struct lwcmp_bytes extension)
{
    struct lwcmp_bytes row = extension;
    struct lwcmp_bytes part;

    names->row = (struct lwcmp_bytes){NULL, 0};
    (void)lwcmp_der_take(&row, LWCMP_DER_SEQUENCE, &row);
    (void)lwcmp_der_take(&row, LWCMP_DER_OID, &part);
    if (row.n > 0 && row.p[0] == LWCMP_DER_BOOLEAN) {
        (void)lwcmp_der_take(&row, LWCMP_DER_BOOLEAN, &part);
    }
    (void)lwcmp_der_take(&row, LWCMP_DER_OCTET_STRING, &row);
    (void)lwcmp_der_take(&row, LWCMP_DER_SEQUENCE, &names->row);
}

bool lwcmp_cli_names_next(struct lwcmp_cli_names *names, uint8_t *tag,
                          struct lwcmp_bytes *content)
{
    if (names->row.n == 0) {
        return false;
    }
    *tag = names->row.p[0];
    return lwcmp_der_take(&names->row, *tag, content) == 0;
}
