/* SPDX-License-Identifier: Apache-2.0 */
/* genm and genp: one question, one answer (RFC 9810 5.3.19, RFC 9483 4.3). */
#ifndef LWCMP_BODY_INFO_H
#define LWCMP_BODY_INFO_H

#include "der_out.h"

/* Writes GenMsgContent: infoType as content octets, infoValue DER or absent. */
void lwcmp_body_info_put(struct lwcmp_der_out *o,
                         const struct lwcmp_bytes *type,
                         const struct lwcmp_bytes *value);

/*
 * Reads GenRepContent that answers a question of this type: infoValue, DER, or
 * absent. LWCMP_ERR_SYNTAX, or LWCMP_ERR_INFO where it holds another answer,
 * or not just one; the value is as it was then. It may be the content itself.
 */
int lwcmp_body_info_read(const struct lwcmp_bytes *content,
                         const struct lwcmp_bytes *type,
                         struct lwcmp_bytes *value);

/* Whether certReqTemplate is asked for. */
bool lwcmp_body_info_is_template(const struct lwcmp_bytes *type);

/* The label of the question in a URL (RFC 9483 6.1); "": it has none. */
const char *lwcmp_body_info_label(const struct lwcmp_bytes *type);

#endif
