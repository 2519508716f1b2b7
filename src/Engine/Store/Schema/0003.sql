-- The organisation's configuration: what the connector created in it, and what the last complete read saw of it.

-- Rules and mailbox policies that are ours, so that they alone are removed again. A rule's name is its characteristic and text.
CREATE TABLE owned_object
(
    kind       INTEGER NOT NULL,
    name_key   TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    id         TEXT,
    written_at INTEGER NOT NULL,
    run_id     TEXT    NOT NULL,
    PRIMARY KEY (kind, name_key)
) STRICT, WITHOUT ROWID;

ALTER TABLE snapshot ADD COLUMN ota_mail_insert TEXT;
ALTER TABLE snapshot ADD COLUMN admin_recipients TEXT NOT NULL DEFAULT '[]';

-- A quick run reads neither policies nor classes: these stay as the last run saw them that did.
CREATE TABLE configuration_read
(
    kind  INTEGER NOT NULL PRIMARY KEY,
    as_of INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE mailbox_policy
(
    id         TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    dn         TEXT,
    is_default INTEGER NOT NULL,
    settings   TEXT    NOT NULL
) STRICT;

CREATE TABLE device_class
(
    device_type  TEXT NOT NULL,
    device_model TEXT
) STRICT;
