#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes the certificates of the path tests with the openssl program, which is
# no part of lwcmp: an independent hand writes what our provider judges. Run it
# only to renew them all; the results lie beside it. The keys are thrown away.
# Everything here is test material.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rm -f ./*.der

# The bounds are dates after February, in years where leap days are decided.
# The time that the tests call now is 2030-01-01; nearly everything is valid
# from 2000-03-01 to 2120-01-01.
from=20000301000000Z
to=21200101000000Z

# key NAME OPENSSL-ARGUMENTS...
key() {
    name=$1
    shift
    openssl genpkey -out "$work/$name.key" "$@" 2>/dev/null
}

ec() {
    key "$1" -algorithm EC -pkeyopt "ec_paramgen_curve:${2:-P-256}"
}

rsa() {
    key "$1" -algorithm RSA -pkeyopt "rsa_keygen_bits:$2"
}

# issue NAME SUBJECT ISSUER-NAME DIGEST EXTENSIONS: signed by ISSUER-NAME's key,
# by its own where both names are the same.
issue() {
    mkdir -p "$work/ca"
    : >"$work/ca/index"
    cat >"$work/ca/conf" <<EOF
[ca]
default_ca = d
[d]
database = $work/ca/index
new_certs_dir = $work/ca
rand_serial = yes
default_md = $4
policy = p
unique_subject = no
[p]
commonName = supplied
[req]
distinguished_name = n
prompt = no
[n]
CN = $2
[x]
$5
EOF
    openssl req -new -config "$work/ca/conf" -key "$work/$1.key" \
        -out "$work/ca/csr"
    if [ "$1" = "$3" ]; then
        set -- "$1" -selfsign -keyfile "$work/$1.key"
    else
        set -- "$1" -cert "$work/$3.pem" -keyfile "$work/$3.key"
    fi
    name=$1
    shift
    openssl ca -batch -notext -config "$work/ca/conf" -extensions x \
        -in "$work/ca/csr" -out "$work/$name.pem" \
        -startdate "$from" -enddate "$to" "$@" 2>"$work/log" ||
        { cat "$work/log" >&2; exit 1; }
    openssl x509 -in "$work/$name.pem" -outform DER -out "$name.der"
}

ca='basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign,cRLSign'
ee='basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature'

# The good ones: root -> leaf, root -> sub -> leaf2, and sub -> sub2 -> leaf3.
for i in root sub sub2 leaf leaf2 leaf3; do ec $i; done
issue root 'Test Root' root sha256 "$ca"
issue leaf 'Leaf' root sha256 "$ee"
issue sub 'Test Sub' root sha256 "$ca"
issue leaf2 'Leaf 2' sub sha256 "$ee"
issue sub2 'Test Sub 2' sub sha256 "$ca"
issue leaf3 'Leaf 3' sub2 sha256 "$ee"

# Another root with the name of the first, and a leaf that is signed by it.
ec impostor
ec forged
issue impostor 'Test Root' impostor sha256 "$ca"
issue forged 'Forged' impostor sha256 "$ee"

# A root of another name that has the first one's key.
cp "$work/root.key" "$work/alias.key"
issue alias 'Other Root' alias sha256 "$ca"

# A self-signed end entity, to be an anchor itself.
ec pinned
issue pinned 'Pinned' pinned sha256 "$ee"

# bad NAME EXTENSIONS: an intermediate with a fault, and a leaf below it.
bad() {
    ec "$1"
    ec "$1-leaf"
    issue "$1" "Test $1" root sha256 "$2"
    issue "$1-leaf" "Leaf of $1" "$1" sha256 "$ee"
}
bad noca "$ee"
bad nobasic 'keyUsage=critical,keyCertSign'
bad nosign 'basicConstraints=critical,CA:TRUE
keyUsage=critical,digitalSignature'
bad unknown "$ca
1.3.6.1.4.1.55555.1=critical,DER:0500"
bad constrained "$ca
nameConstraints=critical,permitted;DNS:example.com"
bad nousage 'basicConstraints=critical,CA:TRUE'

# pathLenConstraint 0 with an intermediate below it, and one that keeps to it.
bad short 'basicConstraints=critical,CA:TRUE,pathlen:0
keyUsage=critical,keyCertSign'
ec deep
ec deep-leaf
issue deep 'Test Deep' short sha256 "$ca"
issue deep-leaf 'Leaf of deep' deep sha256 "$ee"

# A version 1 intermediate.
ec v1
ec v1-leaf
openssl req -new -key "$work/v1.key" -subj '/CN=Test v1' -out "$work/csr"
openssl x509 -req -in "$work/csr" -CA "$work/root.pem" \
    -CAkey "$work/root.key" -days 30000 -out "$work/v1.pem" 2>/dev/null
openssl x509 -in "$work/v1.pem" -outform DER -out v1.der
issue v1-leaf 'Leaf of v1' v1 sha256 "$ee"

# Weak: a SHA-1 signature, RSA of 1024 bits, a curve that we do not take.
ec sha1
issue sha1 'SHA-1' root sha1 "$ee"
rsa rsa1024 1024
ec rsa1024-leaf
issue rsa1024 'Test RSA 1024' root sha256 "$ca"
issue rsa1024-leaf 'Leaf of RSA 1024' rsa1024 sha256 "$ee"
ec k256 secp256k1
issue k256 'Curve' root sha256 "$ee"

# Other kinds that are good: P-384 with SHA-384 below RSA-2048.
rsa rsa 2048
ec p384 P-384
ec p384-leaf
issue rsa 'Test RSA Root' rsa sha256 "$ca"
issue p384 'Test P-384' rsa sha512 "$ca"
issue p384-leaf 'Leaf of P-384' p384 sha384 "$ee"

# Times. The intermediate below runs out before its leaf does.
ec expired
ec future
ec oldsub
ec oldsub-leaf
ec oldroot
ec oldroot-leaf
to=20280301000000Z
issue expired 'Expired' root sha256 "$ee"
issue oldsub 'Test Old Sub' root sha256 "$ca"
issue oldroot 'Test Old Root' oldroot sha256 "$ca"
to=21200101000000Z
issue oldsub-leaf 'Leaf of old sub' oldsub sha256 "$ee"
issue oldroot-leaf 'Leaf of old root' oldroot sha256 "$ee"
from=21000301000000Z
issue future 'Future' root sha256 "$ee"

openssl pkey -in "$work/leaf.key" -pubout -outform DER -out leaf.spki.der
openssl pkey -in "$work/rsa.key" -pubout -outform DER -out rsa.spki.der
openssl pkey -in "$work/rsa1024.key" -pubout -outform DER -out rsa1024.spki.der
openssl pkey -in "$work/k256.key" -pubout -outform DER -out k256.spki.der

# RSA key for signing, and a signature by openssl with it.
openssl rsa -in "$work/rsa.key" -traditional -outform DER \
    -out rsa.key.der 2>/dev/null
printf 'lwcmp' | openssl dgst -sha256 -sign "$work/rsa.key" \
    -out rsa.sig.der
chmod 644 ./*.der
