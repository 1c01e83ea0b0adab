# SPDX-License-Identifier: Apache-2.0
"""An answer of HTTP (RFC 9112) before it is sent."""
import email.utils
import http

CMP = "application/pkixcmp"


class Reply:
    def __init__(self, status, kind, data, **headers):
        self.status = status
        self.kind = kind
        self.data = data
        self.headers = headers

    def head(self, version, framing, connection):
        """Status line and header fields; framing is the fields that say
        where the body ends."""
        fields = {"Server": "labca",
                  "Date": email.utils.formatdate(usegmt=True),
                  "Content-Type": self.kind, **framing,
                  "Cache-Control": "no-cache", "Connection": connection,
                  **self.headers}
        lines = ["%s %d %s" % (version, self.status, self._phrase())]
        lines += ["%s: %s" % field for field in fields.items()]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")

    def _phrase(self):
        known = {status.value: status.phrase for status in http.HTTPStatus}
        return known.get(self.status, "Unknown")
