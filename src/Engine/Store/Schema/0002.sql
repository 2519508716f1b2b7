-- Why a run went as it went, and the servers that a connector knows.

ALTER TABLE run ADD COLUMN re_reads INTEGER NOT NULL DEFAULT 0;

CREATE TABLE run_note
(
    run_id   TEXT    NOT NULL REFERENCES run (id),
    sequence INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    kind     INTEGER NOT NULL,
    text     TEXT    NOT NULL,
    PRIMARY KEY (run_id, sequence)
) STRICT, WITHOUT ROWID;

-- The servers of the organisation as they were found, and how each was when it was last tried.
CREATE TABLE server
(
    fqdn_key             TEXT    NOT NULL PRIMARY KEY,
    fqdn                 TEXT    NOT NULL,
    name                 TEXT    NOT NULL,
    version              TEXT,
    role                 TEXT    NOT NULL,
    site                 TEXT,
    client_access        INTEGER NOT NULL,
    mailbox              INTEGER NOT NULL,
    edge                 INTEGER NOT NULL,
    in_use               INTEGER NOT NULL,
    last_probe           INTEGER,
    failed_since         INTEGER,
    failure              TEXT
) STRICT, WITHOUT ROWID;
