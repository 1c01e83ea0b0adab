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
    struct lwcmp_der_in in, seq, value;

    names->err = 0;
    lwcmp_der_in_init(&in, extension, &names->err);
    lwcmp_der_enter(&in, LWCMP_DER_SEQUENCE, &seq);
    lwcmp_der_skip_if(&seq, LWCMP_DER_OID);
    lwcmp_der_skip_if(&seq, LWCMP_DER_BOOLEAN);
    lwcmp_der_enter(&seq, LWCMP_DER_OCTET_STRING, &value);
    lwcmp_der_enter(&value, LWCMP_DER_SEQUENCE, &names->in);
}

bool lwcmp_cli_names_next(struct lwcmp_cli_names *names, uint8_t *tag,
                          struct lwcmp_bytes *content)
{
    if (!lwcmp_der_more(&names->in)) {
        return false;
    }
    *tag = names->in.p[0];
    lwcmp_der_get(&names->in, *tag, content);
    return names->err == 0;
}
