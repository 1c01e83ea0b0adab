/* SPDX-License-Identifier: Apache-2.0 */
#include "lwcmp/general.h"

#if LWCMP_WITH_GENM

#include "der_in.h"
#include "pki_message.h"

/* CaCertsValue ::= SEQUENCE SIZE (1..MAX) OF CMPCertificate, RFC 9480 2.14 */
int lwcmp_ca_certs_read(struct lwcmp_bytes value, struct lwcmp_bytes *row)
{
    int err = lwcmp_der_take_only(&value, LWCMP_DER_SEQUENCE, row);

    return err && value.n > 0 ? err : lwcmp_pki_check_row(*row);
}

/* CRLsValue ::= SEQUENCE SIZE (1..MAX) OF CertificateList, RFC 9480 2.17 */
int lwcmp_crls_read(struct lwcmp_bytes value, struct lwcmp_bytes *crl)
{
    struct lwcmp_bytes row;
    int err = lwcmp_ca_certs_read(value, &row);

    (void)lwcmp_der_take_whole(&row, LWCMP_DER_SEQUENCE, crl);
    return err == 0 && row.n > 0 ? LWCMP_ERR_INFO : err;
}

#endif
