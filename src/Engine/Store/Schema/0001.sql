-- State of one connector.
--
-- Instants are UTC ticks (100 ns since 0001-01-01), Guids lower-case text, enumerations the numbers of the domain's members,
-- lists JSON arrays of text. A column whose name ends in _key holds a text in invariant upper case: comparing without case
-- must not depend on SQLite, which folds ASCII only.

CREATE TABLE run
(
    seq                 INTEGER PRIMARY KEY,
    id                  TEXT    NOT NULL UNIQUE,
    connector           TEXT    NOT NULL,
    kind                INTEGER NOT NULL,
    status              INTEGER NOT NULL,
    started             INTEGER NOT NULL,
    finished            INTEGER NOT NULL,
    partnerships        INTEGER NOT NULL,
    allowed             INTEGER NOT NULL,
    blocked             INTEGER NOT NULL,
    left_to_exchange    INTEGER NOT NULL,
    system_partnerships INTEGER NOT NULL,
    unreadable          INTEGER NOT NULL,
    changes             INTEGER NOT NULL,
    mailbox_writes      INTEGER NOT NULL,
    failures            INTEGER NOT NULL,
    conflicts           INTEGER NOT NULL,
    denials             INTEGER NOT NULL,
    exchange_commands   INTEGER NOT NULL,
    graph_requests      INTEGER NOT NULL,
    held_reason         TEXT,
    failure_message     TEXT,
    failure_id          TEXT
) STRICT;

CREATE INDEX run_started ON run (started);

-- The journal: a row is announced before its write and settled after it. A row that stayed pending tells of a kill in between.
CREATE TABLE change
(
    run_id       TEXT    NOT NULL REFERENCES run (id),
    sequence     INTEGER NOT NULL,
    target       TEXT    NOT NULL,
    mailbox_id   TEXT,
    action       TEXT    NOT NULL,
    before       TEXT    NOT NULL,
    after        TEXT    NOT NULL,
    outcome      INTEGER NOT NULL,
    message      TEXT,
    at           INTEGER NOT NULL,
    announced_at INTEGER NOT NULL,
    denials      INTEGER NOT NULL,
    PRIMARY KEY (run_id, sequence)
) STRICT, WITHOUT ROWID;

CREATE INDEX change_announced ON change (announced_at);
CREATE INDEX change_pending ON change (announced_at) WHERE outcome = 0;

-- The entries that are ours. It outlives the runs that wrote them.
CREATE TABLE ledger
(
    mailbox_id    TEXT    NOT NULL,
    list          INTEGER NOT NULL,
    device_key    TEXT    NOT NULL,
    device_id     TEXT    NOT NULL,
    written_at    INTEGER NOT NULL,
    run_id        TEXT    NOT NULL,
    missing_since INTEGER,
    PRIMARY KEY (mailbox_id, list, device_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE value
(
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What the next read is measured against: the counts of the last one that no run was held on.
CREATE TABLE baseline
(
    id              INTEGER PRIMARY KEY CHECK (id = 1),
    partnerships    INTEGER NOT NULL,
    mailboxes       INTEGER NOT NULL,
    managed_devices INTEGER NOT NULL,
    users           INTEGER NOT NULL,
    included_users  INTEGER
) STRICT;

-- The last complete read. These tables are replaced together, so nothing outside refers to their rows.
CREATE TABLE snapshot
(
    id               INTEGER PRIMARY KEY CHECK (id = 1),
    as_of            INTEGER NOT NULL,
    default_level    INTEGER NOT NULL,
    user_mail_insert TEXT,
    everybody        INTEGER NOT NULL
) STRICT;

CREATE TABLE access_rule
(
    id             TEXT    NOT NULL,
    name           TEXT    NOT NULL,
    characteristic INTEGER NOT NULL,
    query_string   TEXT    NOT NULL,
    access_level   INTEGER NOT NULL
) STRICT;

-- One row per decided partnership. Position is its place in the order by mailbox and device id, so that a filtered list comes
-- sorted from any index. Owner numbers the mailboxes of this snapshot; a partnership whose mailbox was not read has one alone.
CREATE TABLE device
(
    position             INTEGER PRIMARY KEY,
    owner                INTEGER NOT NULL,
    id                   TEXT    NOT NULL,
    identity             TEXT    NOT NULL,
    owner_dn             TEXT,
    owner_canonical_name TEXT,
    device_key           TEXT    NOT NULL,
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
    conflict             INTEGER NOT NULL
) STRICT;

CREATE INDEX device_owner ON device (owner);
CREATE INDEX device_device_key ON device (device_key);
CREATE INDEX device_decision ON device (decision);
CREATE INDEX device_reason ON device (reason);

-- Mailboxes that own a row of device or have entries, and the names by which people ask for any mailbox.
CREATE TABLE mailbox
(
    owner               INTEGER PRIMARY KEY,
    id                  TEXT    NOT NULL,
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

CREATE TABLE mailbox_name
(
    name_key TEXT    NOT NULL,
    owner    INTEGER NOT NULL,
    PRIMARY KEY (name_key, owner)
) STRICT, WITHOUT ROWID;

-- Users that share a name with such a mailbox, and with which one.
CREATE TABLE tenant_user
(
    number            INTEGER PRIMARY KEY,
    id                TEXT    NOT NULL,
    upn               TEXT    NOT NULL,
    on_premises_dn    TEXT,
    on_premises_guid  TEXT,
    on_premises_sam   TEXT,
    on_premises_domain TEXT,
    smtp_addresses    TEXT    NOT NULL,
    licensed          INTEGER NOT NULL,
    included          INTEGER NOT NULL,
    excluded          INTEGER NOT NULL
) STRICT;

CREATE TABLE candidate
(
    owner INTEGER NOT NULL,
    user  INTEGER NOT NULL,
    PRIMARY KEY (owner, user)
) STRICT, WITHOUT ROWID;

-- Managed devices whose EAS id is that of a row of device.
CREATE TABLE managed_device
(
    eas_key       TEXT    NOT NULL,
    eas_id        TEXT    NOT NULL,
    id            TEXT    NOT NULL,
    user_id       TEXT,
    upn           TEXT,
    eas_activated INTEGER NOT NULL,
    compliance    INTEGER NOT NULL,
    os            TEXT    NOT NULL,
    device_name   TEXT    NOT NULL,
    model         TEXT,
    last_sync     INTEGER
) STRICT;

CREATE INDEX managed_device_eas_key ON managed_device (eas_key);
