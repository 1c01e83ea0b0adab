# SPDX-License-Identifier: Apache-2.0
#
# The machine that builds: POSIX sockets, files and clock, and a command line.

PORTS := posix run factory crc tls
PROGRAM := lwcmp
RELEASE_CC := gcc
