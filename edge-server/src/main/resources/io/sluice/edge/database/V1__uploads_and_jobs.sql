-- Times are Unix milliseconds; ids are UUIDv7 texts, so that their order is the order of creation.

CREATE TABLE upload (
    id             TEXT    NOT NULL PRIMARY KEY,
    tenant         TEXT    NOT NULL,
    state          TEXT    NOT NULL,
    filename       TEXT,
    declared_type  TEXT,
    content_type   TEXT,
    size           INTEGER NOT NULL,
    sha256         TEXT    NOT NULL,
    profile        TEXT    NOT NULL,
    metadata       TEXT    NOT NULL,
    created_at     INTEGER NOT NULL,
    updated_at     INTEGER NOT NULL,
    attempts       INTEGER NOT NULL DEFAULT 0,
    verdict        TEXT,
    scan_engine    TEXT,
    scan_signature TEXT,
    scanned_at     INTEGER,
    image_format   TEXT,
    image_width    INTEGER,
    image_height   INTEGER,
    image_frames   INTEGER,
    problem_code   TEXT,
    problem_detail TEXT,
    version        INTEGER NOT NULL DEFAULT 1
) STRICT, WITHOUT ROWID;

CREATE INDEX upload_by_tenant ON upload (tenant, id);
CREATE INDEX upload_by_state ON upload (state, id);

CREATE TABLE rendition (
    upload_id    TEXT    NOT NULL REFERENCES upload (id),
    name         TEXT    NOT NULL,
    cache_key    TEXT    NOT NULL,
    content_type TEXT    NOT NULL,
    width        INTEGER NOT NULL,
    height       INTEGER NOT NULL,
    size         INTEGER NOT NULL,
    PRIMARY KEY (upload_id, name, cache_key)
) STRICT, WITHOUT ROWID;

-- attempt is the fencing token: it only grows. tries are the attempts that count against the limit.
-- orphans counts how often the edge died with the job in a processor's hands.
CREATE TABLE job (
    id         TEXT    NOT NULL PRIMARY KEY,
    upload_id  TEXT    NOT NULL REFERENCES upload (id),
    kind       TEXT    NOT NULL,
    rendition  TEXT,
    state      TEXT    NOT NULL,
    attempt    INTEGER NOT NULL DEFAULT 0,
    tries      INTEGER NOT NULL DEFAULT 0,
    orphans    INTEGER NOT NULL DEFAULT 0,
    not_before INTEGER NOT NULL,
    lease_end  INTEGER,
    reason     TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX job_to_do ON job (not_before, id) WHERE state = 'queued';
CREATE INDEX job_leased ON job (lease_end) WHERE state = 'leased';
CREATE INDEX job_by_upload ON job (upload_id);

-- The history of a job: one row for each attempt that has ended.
CREATE TABLE attempt (
    job_id   TEXT    NOT NULL REFERENCES job (id),
    attempt  INTEGER NOT NULL,
    ended_at INTEGER NOT NULL,
    outcome  TEXT    NOT NULL,
    reason   TEXT,
    PRIMARY KEY (job_id, attempt)
) STRICT, WITHOUT ROWID;

CREATE TABLE idempotency (
    tenant     TEXT    NOT NULL,
    key        TEXT    NOT NULL,
    upload_id  TEXT    NOT NULL REFERENCES upload (id),
    created_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX idempotency_by_age ON idempotency (created_at);

-- A key's secret is stored as its SHA-256 only: it has 256 random bits, so a slow hash would add nothing.
CREATE TABLE api_key (
    hash       TEXT    NOT NULL PRIMARY KEY,
    name       TEXT    NOT NULL,
    tenant     TEXT    NOT NULL,
    scopes     TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    at      INTEGER NOT NULL,
    actor   TEXT    NOT NULL,
    action  TEXT    NOT NULL,
    subject TEXT    NOT NULL,
    detail  TEXT
) STRICT;
