-- What happened to uploads, told to whoever listens. Triggers write the rows, so that no statement
-- that changes a state can leave its event out. seq order is commit order: there is one writer.

CREATE TABLE event (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    uid       TEXT    NOT NULL DEFAULT ('msg_' || lower(hex(randomblob(16)))),
    upload_id TEXT    NOT NULL,
    tenant    TEXT    NOT NULL,
    type      TEXT    NOT NULL,
    at        INTEGER NOT NULL,
    data      TEXT    NOT NULL
) STRICT;

CREATE INDEX event_by_upload ON event (upload_id, id);

-- The secrets are needed to sign, so they can't be hashed. types is '' for all, or each between blanks.
CREATE TABLE webhook (
    id              TEXT    NOT NULL PRIMARY KEY,
    tenant          TEXT,
    url             TEXT    NOT NULL,
    types           TEXT    NOT NULL,
    secret          TEXT    NOT NULL,
    old_secret      TEXT,
    old_secret_ends INTEGER,
    disabled_reason TEXT,
    failing_since   INTEGER,
    created_at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The outbox: a row for each event and webhook, from the commit of the event until it is forgotten.
CREATE TABLE delivery (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    webhook_id TEXT    NOT NULL REFERENCES webhook (id) ON DELETE CASCADE,
    event_id   INTEGER NOT NULL REFERENCES event (id),
    state      TEXT    NOT NULL DEFAULT 'waiting',
    attempts   INTEGER NOT NULL DEFAULT 0,
    tries      INTEGER NOT NULL DEFAULT 0,
    due_at     INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE INDEX delivery_due ON delivery (webhook_id, due_at) WHERE state = 'waiting';
CREATE INDEX delivery_by_webhook ON delivery (webhook_id, id);
CREATE INDEX delivery_by_event ON delivery (event_id);

CREATE TABLE delivery_attempt (
    delivery_id INTEGER NOT NULL REFERENCES delivery (id) ON DELETE CASCADE,
    attempt     INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    took_ms     INTEGER NOT NULL,
    status      INTEGER,
    error       TEXT,
    PRIMARY KEY (delivery_id, attempt)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER event_of_new_upload AFTER INSERT ON upload
BEGIN
    INSERT INTO event (upload_id, tenant, type, at, data)
    VALUES (new.id, new.tenant, 'upload.' || new.state, new.updated_at,
        json_object('upload', new.id, 'tenant', new.tenant, 'state', new.state,
            'filename', new.filename, 'declaredType', new.declared_type, 'contentType', new.content_type,
            'size', nullif(new.size, -1), 'sha256', nullif(new.sha256, ''), 'profile', new.profile, 'attempts', new.attempts,
            'verdict', new.verdict, 'problem', NULL));
END;

CREATE TRIGGER event_of_new_state AFTER UPDATE OF state ON upload WHEN new.state <> old.state
BEGIN
    INSERT INTO event (upload_id, tenant, type, at, data)
    VALUES (new.id, new.tenant, 'upload.' || new.state, new.updated_at,
        json_object('upload', new.id, 'tenant', new.tenant, 'state', new.state,
            'filename', new.filename, 'declaredType', new.declared_type, 'contentType', new.content_type,
            'size', nullif(new.size, -1), 'sha256', nullif(new.sha256, ''), 'profile', new.profile, 'attempts', new.attempts,
            'verdict', new.verdict,
            'problem', CASE WHEN new.problem_code IS NULL THEN NULL
                ELSE json_object('code', new.problem_code, 'detail', new.problem_detail) END));
END;

CREATE TRIGGER event_goes_out AFTER INSERT ON event
BEGIN
    INSERT INTO delivery (webhook_id, event_id, due_at, updated_at)
    SELECT id, new.id, new.at, new.at FROM webhook
    WHERE disabled_reason IS NULL
        AND (tenant IS NULL OR tenant = new.tenant)
        AND (types = '' OR instr(types, ' ' || new.type || ' ') > 0);
END;
