# SPDX-License-Identifier: Apache-2.0
"""TLS below HTTP, by Python's ssl module (RFC 9483 6.1)."""
import contextlib
import ssl

FAREWELL_SECONDS = 1.0

# What a connection that has broken, or never came about, raises.
LOST = ConnectionError, ssl.SSLError


def context(options):
    """None if the options ask for none."""
    if not options.tls_cert:
        if options.tls_key or options.tls_clients:
            raise ValueError("--tls-key and --tls-clients need --tls-cert")
        return None
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    # A client that goes without farewell is worth a note.
    made.options &= ~getattr(ssl, "OP_IGNORE_UNEXPECTED_EOF", 0)
    made.load_cert_chain(options.tls_cert, options.tls_key)
    if options.tls_clients:
        made.verify_mode = ssl.CERT_REQUIRED
        made.load_verify_locations(options.tls_clients)
    return made


def say_farewell(connection):
    """close_notify, so that the peer knows that nothing was cut off."""
    if not isinstance(connection, ssl.SSLSocket):
        return
    with contextlib.suppress(OSError, ValueError):
        connection.settimeout(FAREWELL_SECONDS)
        connection.unwrap()
