# SPDX-License-Identifier: Apache-2.0
"""What is no HTTP, or no answer of CMP (RFC 9112, RFC 9811)."""
from case import case, outcome
from cases_holes import _status, error
from wire import Wire, endless, http, raw

GROUP = "HTTP"
SHORT = ["--timeout", "2"]
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/pkixcmp\r\n"
HTML = b"<html><body>It works!</body></html>"


def _with(**parts):
    """The honest answer with another head."""
    return lambda x: http(x.honest(), **parts)


def _page(status, kind="text/html", body=HTML, more=()):
    return lambda x: http(body, status, kind, more)


def _head(*lines, begin=HEAD):
    """These header lines, and the honest answer."""
    return lambda x: raw(begin + b"".join(b"%s\r\n" % (
        line if isinstance(line, bytes) else line.encode())
        for line in lines) + b"\r\n" + x.honest())


def _length(text):
    return lambda x: raw(HEAD + b"Content-Length: "
                         + text(len(x.honest())).encode() + b"\r\n\r\n"
                         + x.answers[-1])


def pages():
    for status in ("200 OK", "404 Not Found", "403 Forbidden",
                   "401 Unauthorized", "500 Error", "502 Bad Gateway",
                   "503 Busy"):
        yield "page, " + status, _page(status), "http"
    for status in ("301", "302", "303", "307", "308"):
        yield "redirection " + status, lambda x, s=status: http(
            x.honest(), s + " Moved", more=["Location: " + x.device.url],
            kind="application/pkixcmp"), "http"
    yield "redirection to a file", _page(
        "302 Found", more=["Location: file:///etc/passwd"]), "http"
    yield "204", lambda x: raw(b"HTTP/1.1 204 No Content\r\n\r\n"), "http"
    yield "304", lambda x: raw(b"HTTP/1.1 304 Not Modified\r\n\r\n"), "http"
    yield "CMP as text/html", _with(kind="text/html"), "http"
    yield "CMP as octets", _with(kind="application/octet-stream"), "http"
    yield "CMP as pkixcmpx", _with(kind="application/pkixcmpx"), "http"
    yield "CMP as pkix", _with(kind="application/pkix"), "http"
    yield "CMP with parameters", _with(
        kind="Application/PKIXCMP; charset=x"), "ok"
    yield "no content type", _head("Connection: close",
                                   begin=b"HTTP/1.1 200 OK\r\n"), "http"
    yield "HTML as CMP", _page("200 OK", "application/pkixcmp"), "bad"
    yield "nothing as CMP", _page("200 OK", "application/pkixcmp", b""), \
        "http"


def lengths():
    yield "short", _length(lambda n: str(n - 1)), "bad"
    yield "one octet", _length(lambda n: "1"), "bad"
    yield "0", _length(lambda n: "0"), "http"
    yield "long", _length(lambda n: str(n + 1)), "network"
    yield "2^31", _length(lambda n: str(2 ** 31)), "network"
    yield "2^64", _length(lambda n: str(2 ** 64)), "http"
    yield "2^64 and ours", _length(lambda n: str(2 ** 64 + n)), "http"
    yield "negative", _length(lambda n: "-1"), "http"
    yield "signed", _length(lambda n: "+%d" % n), "http"
    yield "hexadecimal", _length(lambda n: "0x%x" % n), "http"
    yield "list", _length(lambda n: "%d, %d" % (n, n)), "http"
    yield "empty", _length(lambda n: ""), "http"
    yield "two that differ", _length(
        lambda n: "%d\r\nContent-Length: %d" % (n, n + 1)), "http"
    yield "the same twice", _length(
        lambda n: "%d\r\nContent-Length: %d" % (n, n)), "ok http"
    yield "leading zeros", _length(lambda n: "%020d" % n), "ok"
    # It may come while the next answer is waited for.
    yield "junk behind", lambda x: Wire(
        http(x.honest()).pieces + [b"junk" * 100], True), "ok junk"


def heads():
    yield "HTTP/2.0", _head(begin=HEAD.replace(b"/1.1", b"/2.0")), "http"
    yield "HTTP/1.2", _head(begin=HEAD.replace(b"/1.1", b"/1.2")), "http"
    yield "HTTP/0.9", lambda x: raw(x.honest()), "broken"
    yield "status 99", _head(begin=HEAD.replace(b"200", b"099")), "http"
    yield "status 2000", _head(begin=HEAD.replace(b"200", b"2000")), "http"
    yield "no status", _head(begin=HEAD.replace(b"200", b"")), "http"
    yield "folded line", _head("X-Folded: a", " b"), "http"
    yield "no colon", _head("this is no header"), "http"
    yield "blank in a name", _head("Content-Length : 5"), "http"
    yield "empty name", _head(": 5"), "http"
    yield "NUL", _head(b"X-Nul: \0"), "http"
    yield "escape", _head(b"X-Escape: \x1b[2J"), "http"
    yield "lone CR", _head(b"X-Cr: a\rContent-Length: 3"), "http"
    yield "many headers", _head(*["X-Header: %d" % i for i in range(9999)]), \
        "http"
    yield "a long header", _head("X-Long: " + "a" * 1000000), "http"
    yield "a long status line", _head(
        begin=b"HTTP/1.1 200 " + b"a" * 1000000 + b"\r\n"), "http"
    yield "format in the reason", _page("404 %s%n\x1b[2J"), "http"
    yield "gzip", _with(more=["Content-Encoding: gzip"]), "any http"
    yield "transfer coding gzip", _with(more=["Transfer-Encoding: gzip"]), \
        "http"
    yield "100 before", lambda x: Wire(
        [b"HTTP/1.1 100 Continue\r\n\r\n"] + http(x.honest()).pieces,
        True), "ok"
    yield "nothing", lambda x: None, "network"
    yield "half a head", lambda x: raw(HEAD), "network"
    yield "half an answer", lambda x: raw(
        http(x.honest()).pieces[0][:-100]), "network"


def chunk(data, size=None, more=b""):
    return (b"%x" % (len(data) if size is None else size)
            if not isinstance(size, bytes) else size) + more + b"\r\n" \
        + data + b"\r\n"


def _chunked(*make, end=b"0\r\n\r\n", head=b""):
    def answer(x):
        made = x.honest()
        return raw(HEAD + head + b"Transfer-Encoding: chunked\r\n\r\n"
                   + b"".join(m(made) for m in make) + end)
    return answer


def chunks():
    yield "one", _chunked(chunk), "ok"
    for n, words in ((1, "ok http"), (100, "ok"), (1000, "ok")):
        yield "of %d octets" % n, _chunked(lambda d, n=n: b"".join(
            chunk(d[i:i + n]) for i in range(0, len(d), n))), words
    yield "size in capitals", _chunked(
        lambda d: chunk(d, b"%04X" % len(d))), "ok"
    yield "extension", _chunked(lambda d: chunk(d, more=b";a=b")), "ok"
    yield "trailer", _chunked(chunk, end=b"0\r\nX-T: 1\r\n\r\n"), "ok"
    wrong = "bad broken too-long"
    for name, size in (("2^64", b"1" + b"0" * 16), ("-1", b"-1"),
                       ("0x5", b"0x5"), ("empty", b""), ("g", b"g"),
                       ("2^63", b"8" + b"0" * 15), (" 5", b" 5"),
                       ("2^32 digits", b"0" * 100000)):
        yield "size " + name, _chunked(
            lambda d, size=size: chunk(d, size)), wrong
    yield "too short", _chunked(lambda d: chunk(d, len(d) - 1)), wrong
    yield "too long", _chunked(lambda d: chunk(d, len(d) + 1)), wrong
    yield "no end", _chunked(chunk, end=b""), wrong
    yield "end with junk", _chunked(chunk, end=b"0\r\njunk"), wrong
    yield "endless trailer", _chunked(
        chunk, end=b"0\r\n" + b"X: y\r\n" * 100000), "ok " + wrong
    yield "with a length", _chunked(chunk, head=b"Content-Length: 5\r\n"), \
        "ok " + wrong
    yield "long extension", _chunked(
        lambda d: chunk(d, more=b";" + b"a" * 100000)), "ok " + wrong
    yield "twice", _chunked(chunk, head=b"Transfer-Encoding: chunked\r\n"), \
        "ok " + wrong


def slow():
    yield "100 and nothing more", _page("100 Continue"), "broken"
    yield "silence", lambda x: Wire([4.0], False), "network"
    yield "silence behind the head", lambda x: Wire([HEAD, 4.0], False), \
        "network"
    yield "a trickle of headers", lambda x: endless(HEAD, b"a", 0.1), \
        "broken"
    yield "a trickle of content", lambda x: endless(
        HEAD + b"Content-Length: 60000\r\n\r\n", b"0", 0.1), "network"
    yield "half, then silence", lambda x: Wire(
        [http(x.honest()).pieces[0][:-100], 4.0], False), "network"


def floods():
    yield "endless content", lambda x: endless(
        HEAD + b"\r\n", bytes(4096)), "too-long"
    yield "endless page", lambda x: endless(
        b"HTTP/1.1 200 OK\r\n\r\n", b"<p>" * 1000), "http"
    yield "endless headers", lambda x: endless(HEAD, b"X: y\r\n" * 99), \
        "http"
    yield "endless header", lambda x: endless(HEAD + b"X: ", b"y" * 999), \
        "http"
    yield "endless interim answers", lambda x: endless(
        b"", b"HTTP/1.1 100 Continue\r\n\r\n"), "http"
    yield "endless status line", lambda x: endless(b"HTTP/1.1 ", b"2" * 99), \
        "http"
    yield "endless chunks", lambda x: endless(
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n",
        b"1\r\n0\r\n" * 500), "too-long http"
    yield "endless empty lines", lambda x: endless(b"", b"\r\n" * 99), "http"
    yield "100 KB of CMP", lambda x: http(bytes(100000)), "too-long"


def cases(seen):
    parts = (("page", pages, ()), ("length", lengths, ()),
             ("head", heads, ()), ("chunk", chunks, ()),
             ("slow", slow, SHORT), ("flood", floods, ()))
    for kind, part, options in parts:
        for phase, operation in ((0, "ir"), (1, "kur")):
            for name, change, words in part():
                yield case(GROUP, "%s: %s, answer %d" % (kind, name, phase),
                           operation, {phase: change},
                           outcome(words, operation, phase),
                           options=options)
    info = _status(b"\2", fail=b"\4\x10").encode()
    for status in ("400 Bad Request", "500 Error", "404 Not Found"):
        for protect, word in ((True, "rejected"), (False, "bad")):
            yield case(
                GROUP, "CMP error %s, HTTP %s" % (
                    "protected" if protect else "unprotected", status),
                "kur", lambda x, s=status, p=protect: http(
                    error(info, p)(x), s), outcome(word, "kur"))
