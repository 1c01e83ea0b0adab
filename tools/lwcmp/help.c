/* SPDX-License-Identifier: Apache-2.0 */
#include "help.h"

#include <stdio.h>
#include <string.h>

#define LEFT 26
#define RIGHT 79

void lwcmp_cli_help(void)
{
    (void)fputs(
        "usage: lwcmp VERB [options]\n"
        "\n"
        "Gets certificates by CMP (RFC 9810, RFC 9483) over HTTP or HTTPS.\n"
        "\n"
        "  enroll      the first certificate from a CA (ir)\n"
        "  certify     a further one (cr)\n"
        "  renew       the next one, with a new key (kur)\n"
        "  p10cr       one by a PKCS #10 request, for a key that is elsewhere\n"
        "  recover     one that the CA has in its archive, with its key (krr)\n"
        "  cacerts     the certificates of a CA\n"
        "  rootupdate  the successor of a trust anchor\n"
        "  template    what a request should look like\n"
        "  crl         whose certificates a CA has revoked\n"
        "  info        anything else that has a name or a number (genm)\n"
        "  revoke      have a certificate revoked (rr)\n"
        "  poll        fetch what a CA has approved, by its transactionID\n"
        "  show        print certificates as text\n"
        "  factory     what a device is given before its first boot\n"
        "  help        more about a VERB: lwcmp help enroll\n"
        "  version     print the version\n"
        "\n"
        "Other names: initialize and ir, cr, update and kur, pkcs10, krr, "
        "genm, rr.\n"
        "\n"
        "Exit status:\n"
        "   0  done, even if the new certificate could not be printed\n"
        "   1  something inside this program failed\n"
        "   2  the command line is wrong or lacks something\n"
        "   4  the request waits for approval by the CA\n"
        "  10  network, name of the server, no TLS with it, or no answer in "
        "time\n"
        "  12  another HTTP status than 200, or an answer that is not CMP\n"
        "  20  the CA said no\n"
        "  21  the answer is malformed or not authentic; so is an error that\n"
        "      comes without protection\n"
        "  22  no valid path from the answer's signer to a trust anchor, or\n"
        "      something has expired or is not valid yet; or so the server's\n"
        "      certificate for TLS, or it is for another name\n"
        "  23  the new certificate was not acceptable\n"
        "  30  files, keys or the state directory; what show prints; a "
        "factory\n"
        "      record that is damaged\n",
        stdout);
}

/* Words of a text, in the right column. */
static void print_wrapped(const char *text)
{
    size_t column = LEFT, n;

    while (*text) {
        n = strcspn(text, " ");
        if (column > LEFT && column + 1 + n > RIGHT) {
            (void)printf("\n%*s", LEFT, "");
            column = LEFT;
        }
        column +=
            (size_t)printf("%s%.*s", column > LEFT ? " " : "", (int)n, text);
        text += n + (text[n] == ' ');
    }
    (void)putchar('\n');
}

/* The option with its other names, which stand behind it in the table. */
static void print_option(const struct lwcmp_cli_option *o, size_t others)
{
    char left[80];
    int n = snprintf(left, sizeof(left), "  --%s%s%s", o->name,
                     o->argument ? " " : "", o->argument ? o->argument : "");
    size_t i;

    for (i = 1; i <= others; i++) {
        n += snprintf(left + n, sizeof(left) - (size_t)n, ", %s%s",
                      strlen(o[i].name) == 1 ? "-" : "--", o[i].name);
    }
    (void)printf("%-*s", LEFT, left);
    if (n >= LEFT) {
        (void)printf("\n%*s", LEFT, "");
    }
    print_wrapped(o->help);
}

static void print_options(unsigned verb)
{
    const struct lwcmp_cli_option *o = lwcmp_cli_option_table;
    size_t i, others;

    for (i = 0; i < lwcmp_cli_option_count; i++) {
        if (!(o[i].verbs & verb) || !o[i].help) {
            continue;
        }
        if (o[i].kind == LWCMP_CLI_HEADING) {
            (void)printf("\n%s:\n", o[i].help);
            continue;
        }
        others = 0;
        while (i + others + 1 < lwcmp_cli_option_count &&
               !o[i + others + 1].help) {
            others++;
        }
        print_option(&o[i], others);
    }
}

void lwcmp_cli_help_verb(unsigned verb)
{
    const struct lwcmp_cli_verb *v = lwcmp_cli_verb_find(verb);

    (void)printf("usage: lwcmp %s [options]\n\n%s", v->name, v->about);
    print_options(verb);
    (void)printf("\nExit status: see `lwcmp help`.\n");
}

void lwcmp_cli_help_show(void)
{
    (void)printf("usage: lwcmp show FILE ...\n\n"
                 "Prints the certificates in files, PEM or DER, as text with "
                 "their fingerprints.\n\n"
                 "  lwcmp show device.pem\n");
}

void lwcmp_cli_help_factory(void)
{
    (void)printf("usage: lwcmp factory pack [options]\n"
                 "       lwcmp factory show FILE [--block-size BYTES]\n\n"
                 "Makes the image that is put into the flash of a device "
                 "before its first boot:\nwhere its CA is, whom to trust, its "
                 "name and its secret. Or prints what is in\nsuch an image, "
                 "save for the secret. docs/factory.md tells more.\n\n"
                 "  LWCMP_SECRET=... lwcmp factory pack "
                 "--server http://ca.example \\\n"
                 "      --ref 1234 --secret env:LWCMP_SECRET \\\n"
                 "      --subject \"C=FI,O=Example,CN=device 1\" "
                 "--trusted root.pem \\\n"
                 "      --out device-1.bin\n");
    print_options(LWCMP_CLI_FACTORY_PACK);
    (void)printf("\nExit status: see `lwcmp help`.\n");
}
