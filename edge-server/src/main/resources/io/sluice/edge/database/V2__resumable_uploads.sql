-- While an upload is receiving, its size is -1 if nobody knows it yet, its sha256 is empty, and received
-- is the number of bytes that survive a power cut; afterwards received is null.
ALTER TABLE upload ADD COLUMN received INTEGER;

-- What is special about an upload that comes in several requests. metadata and concat are the client's own
-- words; parts are ids, separated by spaces; expires_at is null once the upload is whole; boot names
-- the time of the machine in which received was last compared with the file.
CREATE TABLE transfer (
    upload_id  TEXT    NOT NULL PRIMARY KEY REFERENCES upload (id),
    protocol   TEXT    NOT NULL,
    role       TEXT    NOT NULL,
    actor      TEXT    NOT NULL,
    metadata   TEXT,
    concat     TEXT,
    parts      TEXT    NOT NULL,
    expires_at INTEGER,
    boot       TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX transfer_by_expiry ON transfer (expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX transfer_final ON transfer (upload_id) WHERE role = 'final' AND expires_at IS NOT NULL;
