-- What is remembered of the tenant between runs, and from where Graph is to be asked what changed. The links are Graph's own text; they
-- name a moment and a question, and are worth nothing without a token.
CREATE TABLE known_tenant
(
    id              INTEGER PRIMARY KEY CHECK (id = 1),
    mark            TEXT    NOT NULL,
    read_at         INTEGER NOT NULL,
    newest_check_in INTEGER,
    device_link     TEXT,
    user_link       TEXT,
    group_links     TEXT,
    count_excess    INTEGER
) STRICT;

CREATE TABLE known_user
(
    id                 TEXT    NOT NULL PRIMARY KEY,
    upn                TEXT    NOT NULL,
    on_premises_dn     TEXT,
    on_premises_guid   TEXT,
    on_premises_sam    TEXT,
    on_premises_domain TEXT,
    smtp_addresses     TEXT    NOT NULL,
    licensed           INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE known_device
(
    id              TEXT    NOT NULL PRIMARY KEY,
    user_id         TEXT,
    upn             TEXT,
    entra_device_id TEXT,
    eas_id          TEXT    NOT NULL,
    eas_activated   INTEGER NOT NULL,
    compliance      INTEGER NOT NULL,
    os              TEXT    NOT NULL,
    device_name     TEXT    NOT NULL,
    model           TEXT,
    last_sync       INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE known_group
(
    id            TEXT NOT NULL PRIMARY KEY,
    nested_groups TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE known_member
(
    group_id TEXT NOT NULL,
    user_id  TEXT NOT NULL,
    PRIMARY KEY (group_id, user_id)
) STRICT, WITHOUT ROWID;

-- The last complete read is kept so that a part of it can be replaced. What was kept before is of another form; until the next sync
-- nothing is known.
DELETE FROM snapshot;
DELETE FROM mailbox_name;
DELETE FROM managed_device;
DROP TABLE device;
DROP TABLE mailbox;
DROP TABLE tenant_user;
DROP TABLE candidate;

-- One row per decided partnership, in the order in which they are listed. Owner numbers the mailboxes of this snapshot; a partnership whose
-- mailbox was not read has one alone. Mark stands for everything that was read of the partnership.
CREATE TABLE device
(
    mailbox_key          TEXT    NOT NULL,
    device_key           TEXT    NOT NULL,
    id                   TEXT    NOT NULL,
    owner                INTEGER NOT NULL,
    mark                 INTEGER NOT NULL,
    identity             TEXT    NOT NULL,
    owner_dn             TEXT,
    owner_canonical_name TEXT,
    device_id            TEXT    NOT NULL,
    device_type          TEXT    NOT NULL,
    device_model         TEXT,
    device_os            TEXT,
    user_agent           TEXT,
    friendly_name        TEXT,
    client_type          TEXT,
    access_state         INTEGER NOT NULL,
    access_reason        INTEGER NOT NULL,
    access_reason_text   TEXT,
    access_rule          TEXT,
    first_sync           INTEGER,
    when_changed         INTEGER,
    mailbox              TEXT    NOT NULL,
    user_principal_name  TEXT,
    managed_device_id    TEXT,
    compliance           INTEGER,
    last_sync            INTEGER,
    decision             INTEGER NOT NULL,
    reason               INTEGER NOT NULL,
    conflict             INTEGER NOT NULL,
    PRIMARY KEY (mailbox_key, device_key, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX device_owner ON device (owner);
CREATE INDEX device_device_key ON device (device_key);
CREATE INDEX device_decision ON device (decision);
CREATE INDEX device_reason ON device (reason);

-- Mailboxes that own a row of device or have entries.
CREATE TABLE mailbox
(
    owner               INTEGER PRIMARY KEY,
    sort_key            TEXT    NOT NULL,
    id                  TEXT    NOT NULL UNIQUE,
    dn                  TEXT,
    identity            TEXT    NOT NULL,
    display_name        TEXT    NOT NULL,
    primary_smtp        TEXT    NOT NULL,
    smtp_addresses      TEXT    NOT NULL,
    sam_account_name    TEXT,
    active_sync_enabled INTEGER NOT NULL,
    allowed_ids         TEXT    NOT NULL,
    blocked_ids         TEXT    NOT NULL,
    mailbox_policy      TEXT,
    when_changed        INTEGER
) STRICT;

CREATE INDEX mailbox_name_owner ON mailbox_name (owner);

-- Every mailbox that was read, with its number and a mark that stands for everything that was read of it.
CREATE TABLE mailbox_mark
(
    id    TEXT    NOT NULL PRIMARY KEY,
    owner INTEGER NOT NULL,
    mark  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Users that share a name with a mailbox of device, and with which one.
CREATE TABLE tenant_user
(
    id                 TEXT    NOT NULL PRIMARY KEY,
    upn                TEXT    NOT NULL,
    on_premises_dn     TEXT,
    on_premises_guid   TEXT,
    on_premises_sam    TEXT,
    on_premises_domain TEXT,
    smtp_addresses     TEXT    NOT NULL,
    licensed           INTEGER NOT NULL,
    included           INTEGER NOT NULL,
    excluded           INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE candidate
(
    owner   INTEGER NOT NULL,
    user_id TEXT    NOT NULL,
    PRIMARY KEY (owner, user_id)
) STRICT, WITHOUT ROWID;
