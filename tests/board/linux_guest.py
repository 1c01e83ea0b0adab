# SPDX-License-Identifier: Apache-2.0
"""Linux's own TCP/IP in the place of a board: a network namespace whose only
interface is a tap that ends at the wire.

usage: unshare -rn linux_guest.py FD PORT ACTION ...

FD is a UDP socket from outside, PORT the wire's. Each ACTION prints a line:
exchange:N[:SECONDS[:SIZE]]
                    connects, sends N octets, prints what becomes of the
                    answer, which should be the same backwards; gives up after
                    SECONDS without any; SIZE is the receive buffer
resolve:NAME        asks DNS
raw:HEX             sends a frame
"""
import fcntl
import os
import socket
import struct
import subprocess
import sys
import threading

ADDRESS, ROUTER, DNS = "10.0.2.15", "10.0.2.2", "10.0.2.3"
CA = "10.0.2.100", 80
TUNSETIFF, IFF_TAP, IFF_NO_PI = 0x400454ca, 2, 0x1000


def open_tap():
    tap = os.open("/dev/net/tun", os.O_RDWR)
    fcntl.ioctl(tap, TUNSETIFF, struct.pack("16sH22x", b"wire0",
                                            IFF_TAP | IFF_NO_PI))
    for words in (["addr", "add", ADDRESS + "/24", "dev", "wire0"],
                  ["link", "set", "wire0", "up"],
                  ["route", "add", "default", "via", ROUTER]):
        subprocess.run(["ip", *words], check=True)
    return tap


def pump(read, write):
    while True:
        frame = read()
        try:
            write(frame)
        except OSError:
            pass


def start(tap, wire, port):
    for read, write in (
            (lambda: os.read(tap, 2048),
             lambda frame: wire.sendto(frame, ("127.0.0.1", port))),
            (lambda: wire.recv(2048), lambda frame: os.write(tap, frame))):
        threading.Thread(target=pump, args=(read, write),
                         daemon=True).start()


def exchange(n, seconds="20", size="0"):
    data = os.urandom(int(n))
    answer = b""
    with socket.socket() as s:
        s.settimeout(int(seconds))
        if int(size):
            s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, int(size))
        try:
            s.connect(CA)
            s.sendall(len(data).to_bytes(4, "big") + data)
            while piece := s.recv(65536):
                answer += piece
        except OSError as e:
            return "%s after %d" % (type(e).__name__, len(answer))
    same = "same" if answer == data[::-1] else "end"
    return "%s after %d" % (same, len(answer))


def resolve(name):
    query = b"\x12\x34\1\0\0\1\0\0\0\0\0\0" + b"".join(
        bytes([len(x)]) + x.encode() for x in name.split(".")) + \
        b"\0\0\1\0\1"
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.settimeout(1)
        s.sendto(query, (DNS, 53))
        try:
            return s.recv(512).hex()
        except OSError as e:
            return type(e).__name__


def main():
    wire = socket.socket(fileno=int(sys.argv[1]))
    tap = open_tap()
    start(tap, wire, int(sys.argv[2]))
    for action in sys.argv[3:]:
        name, *values = action.split(":")
        if name == "raw":
            wire.sendto(bytes.fromhex(values[0]),
                        ("127.0.0.1", int(sys.argv[2])))
        else:
            print({"exchange": exchange, "resolve": resolve}[name](*values),
                  flush=True)


if __name__ == "__main__":
    main()
