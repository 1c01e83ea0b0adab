/* SPDX-License-Identifier: Apache-2.0 */
#include "quirk_names.h"

#include <string.h>
#include <strings.h>

#include "lwcmp/quirks.h"
#include "fail.h"

static const struct {
    const char *name;
    uint32_t bit;
    const char *acted;
} quirks[] = {
    {"null-sender", LWCMP_QUIRK_NULL_SENDER,
     "our messages name no sender but --ref in senderKID"},
    {"signed-answers", LWCMP_QUIRK_SIGNED_ANSWERS,
     "an answer was signed, though the secret should protect it"},
    {"reflected-kid", LWCMP_QUIRK_REFLECTED_KID,
     "an answer had our own senderKID"},
    {"unprotected-negative", LWCMP_QUIRK_UNPROTECTED_NEGATIVE,
     "nobody vouches for the refusal, or that it was meant for us"},
    {"ip-for-cr", LWCMP_QUIRK_IP_FOR_CR,
     "the certificate came in the answer to another kind of request"},
    {"missing-key-usage", LWCMP_QUIRK_MISSING_KEY_USAGE,
     "the signer's keyUsage does not have digitalSignature"},
    {"no-status-info", LWCMP_QUIRK_NO_STATUS_INFO,
     "our certConf has no statusInfo"},
    {"anchor-in-extra-certs", LWCMP_QUIRK_ANCHOR_IN_EXTRA_CERTS,
     "INSECURE: the trust anchor came with the answer that it is to prove"},
};
#define QUIRKS (sizeof(quirks) / sizeof(quirks[0]))

/* Tolerances that are options of their own. */
static const struct {
    const char *name;
    uint32_t bit;
    const char *acted;
} options[] = {
    {"hmac-sha1", LWCMP_QUIRK_HMAC_SHA1, "an answer was protected by SHA-1"},
    {"cert-req-id-0", LWCMP_QUIRK_CERT_REQ_ID_0,
     "the answer to our PKCS #10 request has the certReqId 0"},
    {"loose-cms", LWCMP_QUIRK_LOOSE_CMS,
     "the key was not packed as RFC 9483 has it"},
};
#define OPTIONS (sizeof(options) / sizeof(options[0]))

static const struct {
    const char *name;
    uint32_t bits;
} presets[] = {
    {"lcmp", LWCMP_PRESET_LCMP},
    {"3gpp", LWCMP_PRESET_3GPP},
    {"legacy", LWCMP_PRESET_LEGACY},
};
#define PRESETS (sizeof(presets) / sizeof(presets[0]))

static int complain(const char *name, const char *const *names)
{
    const char *nearest = lwcmp_cli_nearest(name, names, QUIRKS);
    size_t i;

    for (i = 0; i < OPTIONS; i++) {
        if (strcasecmp(options[i].name, name) == 0) {
            return lwcmp_cli_fail(LWCMP_EXIT_USAGE, "that is an option: --%s",
                                  options[i].name);
        }
    }
    return lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                          nearest ? "there is no quirk \"%s\"; did you mean %s?"
                                  : "there is no quirk \"%s\"; `lwcmp help "
                                    "enroll` lists them",
                          name, nearest);
}

static int add_quirk(struct lwcmp_cli_options *o, const char *name)
{
    const char *names[QUIRKS];
    size_t i;

    for (i = 0; i < QUIRKS; i++) {
        if (strcasecmp(quirks[i].name, name) == 0) {
            o->quirks |= quirks[i].bit;
            return 0;
        }
        names[i] = quirks[i].name;
    }
    return complain(name, names);
}

static int add_preset(struct lwcmp_cli_options *o)
{
    size_t i;

    for (i = 0; i < PRESETS; i++) {
        if (strcasecmp(presets[i].name, o->preset) == 0) {
            o->quirks |= presets[i].bits;
            return 0;
        }
    }
    return lwcmp_cli_fail(LWCMP_EXIT_USAGE, "--preset is lcmp, 3gpp or legacy");
}

/* A secret alone protects what it has asked for, or else a signer may. */
static bool signer_fits(const struct lwcmp_cli_options *o)
{
    bool may_sign = (o->quirks & (uint32_t)LWCMP_QUIRK_SIGNED_ANSWERS) != 0;

    return !o->secret || may_sign || (!o->responder && !o->responder_cert);
}

static bool is_preset(const struct lwcmp_cli_options *o, const char *name)
{
    return o->preset && strcasecmp(o->preset, name) == 0;
}

static const char *check(const struct lwcmp_cli_options *o)
{
    if (o->quirks && !LWCMP_WITH_QUIRKS) {
        return "--quirk and --preset were left out when this program was "
               "built; build it with LWCMP_WITH_QUIRKS";
    }
    if (is_preset(o, "3gpp") && (o->secret || o->implicit_confirm)) {
        return "--preset 3gpp excludes --secret and --implicit-confirm";
    }
    return signer_fits(o) ? NULL
                          : "--responder and --responder-cert exclude "
                            "--secret, save with --quirk signed-answers";
}

int lwcmp_cli_quirks_read(struct lwcmp_cli_options *o)
{
    struct lwcmp_cli_words words = {0};
    const char *wrong;
    int code = o->preset ? add_preset(o) : 0;

    while (!code && lwcmp_cli_next_word(&o->quirk, &words)) {
        code = add_quirk(o, words.word);
    }
    if (code) {
        return code;
    }
    wrong = check(o);
    if (is_preset(o, "legacy") && o->secret) {
        o->hmac_sha1 |= LWCMP_WITH_HMAC_SHA1;
    }
    return wrong ? lwcmp_cli_fail(LWCMP_EXIT_USAGE, "%s", wrong) : 0;
}

void lwcmp_cli_quirks_say(uint32_t used)
{
    size_t i;

    for (i = 0; i < QUIRKS; i++) {
        if (used & quirks[i].bit) {
            lwcmp_cli_note("quirk %s: %s", quirks[i].name, quirks[i].acted);
        }
    }
    for (i = 0; i < OPTIONS; i++) {
        if (used & options[i].bit) {
            lwcmp_cli_note("--%s: %s", options[i].name, options[i].acted);
        }
    }
}
