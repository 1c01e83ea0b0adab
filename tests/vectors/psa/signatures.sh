#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Makes signatures.txt with new keys: what the openssl program signs, for each
# kind of key with each hash. The text that is signed is "lwcmp".
#
# usage: tests/vectors/psa/signatures.sh >tests/vectors/psa/signatures.txt
set -eu
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
cd "$folder"
printf lwcmp >text

hex() { od -An -v -tx1 | tr -d ' \n'; }

# name algorithm option first-value-of-enum-lwcmp_sig
sign() {
    openssl genpkey -algorithm "$2" -pkeyopt "$3" -out key 2>/dev/null
    spki=$(openssl pkey -in key -pubout -outform DER | hex)
    value=$4
    for hash in sha256 sha384 sha512; do
        echo "# $1 with $hash"
        echo "$value $spki $(openssl dgst -$hash -sign key text | hex)"
        value=$((value + 1))
    done
}

echo '# enum lwcmp_sig, SubjectPublicKeyInfo, signature of "lwcmp" by OpenSSL'
sign P-256 EC ec_paramgen_curve:P-256 1
sign P-384 EC ec_paramgen_curve:P-384 1
sign P-521 EC ec_paramgen_curve:P-521 1
sign RSA-2048 RSA rsa_keygen_bits:2048 4
sign RSA-3072 RSA rsa_keygen_bits:3072 4
sign RSA-4096 RSA rsa_keygen_bits:4096 4
