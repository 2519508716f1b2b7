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
