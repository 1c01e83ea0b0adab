/* SPDX-License-Identifier: Apache-2.0 */
/* Errands: what asks for no certificate (RFC 9483 4.2, 4.3). */
#include "engine.h"

#if LWCMP_WITH_ERRANDS

#include "body_info.h"

/* Which profile is only of interest where a template is asked for. */
bool lwcmp_errand_fits(const struct lwcmp_config *config,
                       const struct lwcmp_request *request)
{
    bool has_profile = lwcmp_profile(request).n > 0;
    struct lwcmp_bytes content;

    if (LWCMP_WITH_RR && request->operation == LWCMP_RR) {
        return !has_profile && lwcmp_revoke_fits(config, request);
    }
    return LWCMP_WITH_GENM && request->operation == LWCMP_GENM &&
           request->info_type.n > 0 &&
           (!has_profile || lwcmp_body_info_is_template(&request->info_type)) &&
           (request->info_value.n == 0 ||
            lwcmp_der_take_only(&request->info_value, LWCMP_DER_ANY,
                                &content) == 0);
}

const char *lwcmp_errand_label(const struct lwcmp_request *request)
{
    return lwcmp_is_revocation(request)
               ? "revocation"
               : lwcmp_body_info_label(&request->info_type);
}

void lwcmp_errand_put(struct lwcmp *c, struct lwcmp_der_out *o)
{
    if (lwcmp_is_revocation(c->request)) {
        lwcmp_revoke_put(c, o);
    } else {
        lwcmp_body_info_put(o, &c->request->info_type, &c->request->info_value);
    }
}

/* What has come is the content of the message, and then what is in it. */
int lwcmp_errand_take(struct lwcmp *c)
{
    struct lwcmp_bytes *content = &c->in.content;

    return lwcmp_errand_over(
        c,
        lwcmp_is_revocation(c->request)
            ? lwcmp_revoke_take(c)
            : lwcmp_body_info_read(content, &c->request->info_type, content));
}

#if LWCMP_WITH_GENM
struct lwcmp_bytes lwcmp_info(const struct lwcmp *c)
{
    return lwcmp_result(c) == 0 && c->in.type == LWCMP_BODY_GENP
               ? c->in.content
               : (struct lwcmp_bytes){NULL, 0};
}
#endif

#endif
