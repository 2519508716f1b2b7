-- Every entry of every mailbox's two lists. A read replaces what it says of an entry and leaves when it was first seen; first_seen is
-- null for what stood there at the first read. Generation numbers the reads, so that what a read did not see can be told and taken out.
CREATE TABLE entry
(
    mailbox_id TEXT    NOT NULL,
    list       INTEGER NOT NULL,
    device_key TEXT    NOT NULL,
    device_id  TEXT    NOT NULL,
    owner      INTEGER NOT NULL,
    first_seen INTEGER,
    generation INTEGER NOT NULL,
    PRIMARY KEY (mailbox_id, list, device_key)
) STRICT, WITHOUT ROWID;
