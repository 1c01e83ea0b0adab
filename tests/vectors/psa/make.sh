#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Makes the pbmac1-*.der again, byte for byte, with Bouncy Castle (Debian:
# libbcpkix-java, default-jdk-headless).
#
# usage: tests/vectors/psa/make.sh [FOLDER]
set -eu
here=$(dirname "$0")
to=${1:-$here}
bc=/usr/share/java

make() {
    java -cp "$bc/bcprov.jar:$bc/bcutil.jar:$bc/bcpkix.jar" \
        "$here/../../interop/bc/Pbmac1.java" make lwcmp-test "$1" "$2" "$3" \
        >"$to/pbmac1-$1-$2-$3.der"
}

make sha256 sha256 32
make sha384 sha512 16
make sha512 sha384 64
