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

static const struct {
    const char *name;
    uint32_t bits;
} presets[] = {
    {"lcmp", LWCMP_PRESET_LCMP},
    {"3gpp", LWCMP_PRESET_3GPP},
    {"legacy", LWCMP_PRESET_LEGACY},
};
#define PRESETS (sizeof(presets) / sizeof(presets[0]))

static int add_quirk(struct lwcmp_cli_options *o, const char *name)
{
    const char *names[QUIRKS];
    const char *nearest;
    size_t i;

    for (i = 0; i < QUIRKS; i++) {
        if (strcasecmp(quirks[i].name, name) == 0) {
            o->quirks |= quirks[i].bit;
            return 0;
        }
        names[i] = quirks[i].name;
    }
    nearest = lwcmp_cli_nearest(name, names, QUIRKS);
    return lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                          nearest ? "there is no quirk \"%s\"; did you mean %s?"
                                  : "there is no quirk \"%s\"; `lwcmp help "
                                    "enroll` lists them",
                          name, nearest);
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

/* What goes with a preset besides, and with a tolerance. */
static const char *check(struct lwcmp_cli_options *o)
{
    const char *preset = o->preset ? o->preset : "";
    bool signs = (o->quirks & (uint32_t)LWCMP_QUIRK_SIGNED_ANSWERS) != 0;

    if (o->quirks && !LWCMP_WITH_QUIRKS) {
        return "--quirk and --preset were left out when this program was "
               "built; build it with LWCMP_WITH_QUIRKS";
    }
    if (strcasecmp(preset, "3gpp") == 0 && (o->secret || o->implicit_confirm)) {
        return "--preset 3gpp excludes --secret and --implicit-confirm";
    }
    if (o->secret && !signs && (o->responder || o->responder_cert)) {
        return "--responder and --responder-cert exclude --secret, save with "
               "--quirk signed-answers";
    }
    if (strcasecmp(preset, "legacy") == 0 && LWCMP_WITH_HMAC_SHA1) {
        o->hmac_sha1 = o->secret != NULL;
    }
    return NULL;
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
}
