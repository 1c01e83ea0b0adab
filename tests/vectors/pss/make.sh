#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Makes signatures and certificates by RSASSA-PSS with the openssl program. Run
# it only to renew them all; the results lie beside it. The keys are thrown
# away. Everything here is test material.
#
# NAME.der is a certificate that root.der has issued, NAME the hash of its
# signature. salt.der and mgf.der have a salt and a mask of another hash.
# signatures.txt is described in its first lines; the text signed is "lwcmp".
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rm -f ./*.der

hex() { od -An -v -tx1 | tr -d ' \n'; }

# key NAME BITS
key() {
    openssl genpkey -algorithm RSA -pkeyopt "rsa_keygen_bits:$2" \
        -out "$work/$1.key" 2>/dev/null
}

# issue NAME SUBJECT DIGEST SALT EXTENSIONS [more options]
issue() {
    name=$1
    digest=$3
    salt=$4
    printf '%s\n' "$5" >"$work/ext"
    openssl req -new -subj "/CN=$2" -key "$work/$name.key" -out "$work/csr"
    shift 5
    if [ "$name" = root ]; then
        set -- -signkey "$work/root.key" "$@"
    else
        set -- -CA "$work/root.pem" -CAkey "$work/root.key" "$@"
    fi
    openssl x509 -req -days 36500 -in "$work/csr" -out "$work/$name.pem" \
        -extfile "$work/ext" "-$digest" -sigopt rsa_padding_mode:pss \
        -sigopt "rsa_pss_saltlen:$salt" "$@" 2>/dev/null
    openssl x509 -in "$work/$name.pem" -outform DER -out "$name.der"
}

key root 2048
issue root 'PSS root' sha256 32 'basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign
subjectKeyIdentifier=hash'
for name in sha1 sha256 sha384 sha512 salt mgf; do
    key $name 2048
done
ee='basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid'
issue sha256 leaf sha256 32 "$ee"
issue sha384 leaf sha384 48 "$ee"
issue sha512 leaf sha512 64 "$ee"
issue sha1 leaf sha1 20 "$ee"
issue salt leaf sha256 20 "$ee"
issue mgf leaf sha256 32 "$ee" -sigopt rsa_mgf1_md:sha512

# sign NAME ENUM DIGEST SALT OUTCOME [more options]
sign() {
    spki=$(openssl pkey -in "$work/$1.key" -pubout -outform DER | hex)
    value=$2
    digest=$3
    salt=$4
    outcome=$5
    key=$work/$1.key
    shift 5
    signature=$(openssl dgst "-$digest" -sign "$key" \
        -sigopt rsa_padding_mode:pss -sigopt "rsa_pss_saltlen:$salt" "$@" \
        "$work/text" | hex)
    echo "# $digest, salt of $salt $*"
    echo "$value $spki $signature $outcome"
}

printf lwcmp >"$work/text"
key long 4096
{
    echo '# enum lwcmp_sig, SubjectPublicKeyInfo, signature of "lwcmp" by'
    echo '# OpenSSL, what lwcmp_crypto_verify() says'
    sign root 7 sha256 32 ok
    sign root 8 sha384 48 ok
    sign root 9 sha512 64 ok
    sign long 7 sha256 32 ok
    sign long 9 sha512 64 ok
    sign root 7 sha256 20 PROTECTION
    sign root 7 sha256 0 PROTECTION
    sign root 9 sha512 32 PROTECTION
    sign root 7 sha256 32 PROTECTION -sigopt rsa_mgf1_md:sha1
    sign root 7 sha512 64 PROTECTION
} >signatures.txt
