# SPDX-License-Identifier: Apache-2.0
"""The state of the lab CA in one sqlite file.

Certificates: issued (not confirmed yet), confirmed, rejected, superseded,
revoked.
Transactions: waiting (for pollReq), open (waits for certConf), confirmed,
rejected, failed; answered: it was about no certificate request.
Revocations: since when, why, and what the certificate was before.
Waits: the decision is pending, approved or refused; answer is the final one.
"""
import contextlib
import os
import sqlite3

import names

TABLES = """
CREATE TABLE secrets (reference BLOB PRIMARY KEY, secret BLOB NOT NULL,
    spend TEXT NOT NULL, spent INTEGER NOT NULL DEFAULT 0);
CREATE TABLE anchors (der BLOB PRIMARY KEY);
CREATE TABLE certificates (serial TEXT PRIMARY KEY, der BLOB NOT NULL,
    subject TEXT NOT NULL, not_before TEXT NOT NULL, not_after TEXT NOT NULL,
    state TEXT NOT NULL, transaction_id TEXT NOT NULL, replaces TEXT);
CREATE TABLE archive (serial TEXT PRIMARY KEY, key BLOB NOT NULL);
CREATE TABLE revocations (serial TEXT PRIMARY KEY, reason INTEGER NOT NULL,
    time TEXT NOT NULL, before TEXT NOT NULL);
CREATE TABLE transactions (id BLOB PRIMARY KEY, peer TEXT NOT NULL,
    body TEXT NOT NULL, request_nonce BLOB NOT NULL, digest BLOB NOT NULL,
    state TEXT NOT NULL, nonce BLOB, request_id INTEGER, serial TEXT,
    answer BLOB, signer BLOB);
CREATE TABLE waits (id BLOB PRIMARY KEY, request BLOB NOT NULL, kind TEXT,
    request_id INTEGER NOT NULL, polls_left INTEGER NOT NULL,
    decision TEXT NOT NULL, check_after TEXT NOT NULL, told REAL NOT NULL,
    nonces BLOB NOT NULL, nonce_rule TEXT NOT NULL, answer BLOB);
"""


def serial_text(number):
    return "%040x" % number


class Store:
    def __init__(self, folder):
        self.path = os.path.join(folder, "labca.sqlite")
        if not os.path.exists(self.path):
            raise FileNotFoundError(
                "%s is not there; make a CA with: labca init %s"
                % (self.path, folder))

    @staticmethod
    def create(folder):
        path = os.path.join(folder, "labca.sqlite")
        os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))
        with contextlib.closing(sqlite3.connect(path)) as db:
            db.executescript(TABLES)

    @contextlib.contextmanager
    def change(self):
        """One transaction on disk: committed at the end, undone on error.
        Other processes (labca secret) wait for it."""
        db = sqlite3.connect(self.path, timeout=20, isolation_level=None)
        db.row_factory = sqlite3.Row
        try:
            db.execute("BEGIN IMMEDIATE")
            yield State(db)
            db.execute("COMMIT")
        finally:
            db.close()


class State:
    """What may be asked and changed within Store.change()."""

    def __init__(self, db):
        self._db = db

    def _one(self, query, *values):
        return self._db.execute(query, values).fetchone()

    # Secrets

    def add_secret(self, reference, secret, spend):
        self._db.execute(
            "INSERT INTO secrets (reference, secret, spend) VALUES (?, ?, ?)",
            (reference, secret, spend))

    def secret(self, reference):
        return self._one("SELECT * FROM secrets WHERE reference = ?",
                         reference)

    def spend(self, reference):
        self._db.execute("UPDATE secrets SET spent = 1 WHERE reference = ?",
                         (reference,))

    # Trust anchors for signers that are not ours

    def add_anchor(self, der):
        self._db.execute("INSERT OR IGNORE INTO anchors VALUES (?)", (der,))

    def anchors(self):
        return [row["der"] for row in
                self._db.execute("SELECT der FROM anchors")]

    # Certificates

    def add_certificate(self, cert, transaction_id, replaces=None):
        self._db.execute(
            "INSERT INTO certificates VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (serial_text(cert.serial), cert.der, names.to_text(cert.subject),
             cert.not_before.isoformat(), cert.not_after.isoformat(),
             "issued", transaction_id.hex(), replaces))

    def certificate(self, serial):
        return self._one("SELECT * FROM certificates WHERE serial = ?",
                         serial)

    def certificates(self):
        return self._db.execute(
            "SELECT * FROM certificates ORDER BY rowid").fetchall()

    def set_certificate(self, serial, state):
        self._db.execute("UPDATE certificates SET state = ? "
                         "WHERE serial = ?", (state, serial))

    # Revocations

    def revoke(self, serial, reason, time):
        """reason: a number of RFC 5280 5.3.1; time: a datetime. One that was
        on hold stays what it was before that."""
        before = self.certificate(serial)["state"]
        if before == "revoked":
            before = self.revocation(serial)["before"]
        self._db.execute(
            "INSERT OR REPLACE INTO revocations VALUES (?, ?, ?, ?)",
            (serial, reason, time.isoformat(), before))
        self.set_certificate(serial, "revoked")

    def release(self, serial):
        """It is no longer on hold."""
        self.set_certificate(serial, self.revocation(serial)["before"])
        self._db.execute("DELETE FROM revocations WHERE serial = ?",
                         (serial,))

    def revocation(self, serial):
        return self._one("SELECT * FROM revocations WHERE serial = ?", serial)

    def revoked(self):
        """What a CRL has: rows with serial (40 hex digits), reason (a
        number) and time (ISO 8601, UTC)."""
        return self._db.execute(
            "SELECT * FROM revocations ORDER BY rowid").fetchall()

    # Private keys of certificates, which devices have given away

    def archive(self, serial, key):
        self._db.execute("INSERT INTO archive VALUES (?, ?)", (serial, key))

    def archived(self, serial):
        row = self._one("SELECT key FROM archive WHERE serial = ?", serial)
        return None if row is None else row["key"]

    # Transactions

    def transaction(self, transaction_id):
        return self._one("SELECT * FROM transactions WHERE id = ?",
                         transaction_id)

    def add_transaction(self, transaction_id, **columns):
        self._add("transactions", transaction_id, columns)

    def set_transaction(self, transaction_id, **columns):
        self._set("transactions", transaction_id, columns)

    def _add(self, table, transaction_id, columns):
        columns["id"] = transaction_id
        self._db.execute(
            "INSERT OR REPLACE INTO %s (%s) VALUES (%s)" % (
                table, ", ".join(columns), ", ".join("?" * len(columns))),
            tuple(columns.values()))

    def _set(self, table, transaction_id, columns):
        self._db.execute(
            "UPDATE %s SET %s WHERE id = ?" % (table, ", ".join(
                "%s = ?" % name for name in columns)),
            tuple(columns.values()) + (transaction_id,))

    # Requests that wait, one for each transaction

    def wait(self, transaction_id):
        return self._one("SELECT * FROM waits WHERE id = ?", transaction_id)

    def add_wait(self, transaction_id, **columns):
        self._add("waits", transaction_id, columns)

    def set_wait(self, transaction_id, **columns):
        self._set("waits", transaction_id, columns)

    def end_wait(self, transaction_id):
        self._db.execute("DELETE FROM waits WHERE id = ?", (transaction_id,))

    def pending(self):
        """The requests that somebody has to approve or refuse."""
        return self._db.execute("SELECT * FROM waits WHERE decision = "
                                "'pending' ORDER BY rowid").fetchall()
