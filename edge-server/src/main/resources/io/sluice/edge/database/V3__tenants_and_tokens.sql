-- What each tenant has, counted in the commits that accept and delete, so that a quota never drifts.
CREATE TABLE tenant_usage (
    tenant TEXT    NOT NULL PRIMARY KEY,
    bytes  INTEGER NOT NULL,
    files  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO tenant_usage (tenant, bytes, files)
SELECT tenant, sum(size), count(*) FROM upload WHERE state NOT IN ('receiving', 'deleted') GROUP BY tenant;

-- The uploads that a signed upload token has made: their number is what it has used up, and its
-- holder may ask how they fare. The token itself is not stored; it carries its limits.
CREATE TABLE token_use (
    token_id   TEXT    NOT NULL,
    upload_id  TEXT    NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (token_id, upload_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX token_use_by_age ON token_use (expires_at);

ALTER TABLE upload ADD COLUMN created_by TEXT;

-- Narrower than the profile's list, parted by blanks; null for the profile's own.
ALTER TABLE upload ADD COLUMN allowed_types TEXT;

ALTER TABLE audit ADD COLUMN tenant TEXT;
ALTER TABLE audit ADD COLUMN address TEXT;
