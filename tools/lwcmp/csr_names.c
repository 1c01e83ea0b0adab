/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A PKCS #10 request for a renewal: it names who is renewed (RFC 9483 4.1.3).
 */
#include "bytes.h"
#include "fail.h"
#include "name.h"
#include "session.h"

#if LWCMP_WITH_P10CR

/* That of --cert, or the one in the state, into a buffer that is free yet. */
static int read_old(struct lwcmp_cli_session *s, struct lwcmp_cert *old)
{
    const struct lwcmp_store *store = &s->state.store;
    struct lwcmp_bytes row = {s->buffer, 0};
    struct lwcmp_bytes der = s->config.certificate;
    unsigned slot;

    if (der.n == 0 &&
        (lwcmp_identity(store, &slot) ||
         store->read(store->context,
                     (enum lwcmp_record)(LWCMP_RECORD_CERT_1 + slot), s->buffer,
                     sizeof(s->buffer), &row.n) ||
         !lwcmp_cert_next(&row, &der))) {
        return LWCMP_ERR_NO_IDENTITY;
    }
    return lwcmp_cert_read(&der, old);
}

/*
 * Extension ::= SEQUENCE {                         -- RFC 5280 4.1
 *     extnID     OBJECT IDENTIFIER,
 *     critical   BOOLEAN DEFAULT FALSE,
 *     extnValue  OCTET STRING }
 * What is in a subjectAltName, critical or not; of any other, nothing.
 */
static struct lwcmp_bytes names_in(struct lwcmp_bytes extension)
{
    static const uint8_t id_ce_san[] = {0x55, 0x1d, 0x11};
    struct lwcmp_bytes in = {NULL, 0}, part;

    if (lwcmp_der_take_only(&extension, LWCMP_DER_SEQUENCE, &in) ||
        lwcmp_der_take(&in, LWCMP_DER_OID, &part) ||
        !lwcmp_bytes_are(&part, id_ce_san, sizeof(id_ce_san))) {
        in.n = 0;
    }
    (void)lwcmp_der_take(&in, LWCMP_DER_BOOLEAN, &part);
    return in;
}

/* Whether other names are asked for; *more: or other extensions. */
static bool names_another(const struct lwcmp_csr *csr,
                          const struct lwcmp_cert *old, bool *more)
{
    const struct lwcmp_bytes kept = names_in(old->san);
    struct lwcmp_bytes row = csr->extensions;
    struct lwcmp_bytes extension, names;

    *more = false;
    if (!lwcmp_cli_name_is_same(csr->subject, old->subject)) {
        return true;
    }
    while (lwcmp_der_take_whole(&row, LWCMP_DER_SEQUENCE, &extension) == 0) {
        names = names_in(extension);
        if (names.n == 0) {
            *more = true;
        } else if (!lwcmp_bytes_equal(&names, &kept)) {
            return true;
        }
    }
    return false;
}

int lwcmp_cli_csr_check_names(struct lwcmp_cli_session *s)
{
    const char *path = s->options->csr;
    struct lwcmp_cert old;
    bool more;

    if (read_old(s, &old)) {
        return 0; /* then there is nothing to renew, which the engine says */
    }
    if (names_another(&s->csr, &old, &more)) {
        return lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                              "%s has other names than the certificate, and a "
                              "renewal keeps them: enroll or certify",
                              path);
    }
    if (more) {
        lwcmp_cli_note("a renewal asks for names and key alone; what else %s "
                       "has is left to the CA",
                       path);
    }
    return 0;
}

#endif
