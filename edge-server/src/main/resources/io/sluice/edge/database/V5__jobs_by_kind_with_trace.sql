-- Jobs are taken by kind, as processors may take only some; each carries the trace of its request.
ALTER TABLE job ADD COLUMN trace_parent TEXT;

DROP INDEX job_to_do;
CREATE INDEX job_to_do ON job (kind, not_before, id) WHERE state = 'queued';
