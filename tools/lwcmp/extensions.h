/* SPDX-License-Identifier: Apache-2.0 */
/* Requested extensions (RFC 5280 4.2.1) from lists as people write them. */
#ifndef LWCMP_CLI_EXTENSIONS_H
#define LWCMP_CLI_EXTENSIONS_H

#include "der_out.h"
#include "list.h"

#define LWCMP_CLI_EXTENSIONS_MAX 4096

/*
 * subjectAltName from "dns:host,ip:10.0.0.1,email:a@b,uri:urn:x"; without
 * prefix the kind is guessed. Critical where the subject is empty.
 */
int lwcmp_cli_san_put(struct lwcmp_der_out *o,
                      const struct lwcmp_cli_list *list, bool critical);

/* keyUsage from "digitalSignature,keyAgreement". */
int lwcmp_cli_key_usage_put(struct lwcmp_der_out *o,
                            const struct lwcmp_cli_list *list);

/* extKeyUsage from "clientAuth,1.3.6.1.5.5.7.3.1". */
int lwcmp_cli_ext_key_usage_put(struct lwcmp_der_out *o,
                                const struct lwcmp_cli_list *list);

#endif
