package io.sluice.edge.quota;

/**
 * One tenant's room: its quota, what it has, and what is promised to uploads under way.
 *
 * <p>Concurrency: event loops promise, the committer books. Each method is a few instructions under
 * the monitor, so a loop may call it. What it has is the database's number as of the last commit;
 * it is too high for the moment between a commit and the end of the promise for the same bytes,
 * which can only refuse too early.
 */
final class Ledger {
    private final String tenant;
    private final TenantQuota quota;
    private Usage used;
    private long promisedBytes;
    private long promisedFiles;

    Ledger(String tenant, TenantQuota quota, Usage used) {
        this.tenant = tenant;
        this.quota = quota;
        this.used = used;
    }

    /** Whether the file fits at all, were it the only one. */
    void requireFits(long fileBytes) {
        if (fileBytes > quota.bytes()) {
            throw new QuotaExceeded(
                    "tenant %s may have %d bytes (sluice.tenants.%s.max-bytes)"
                            .formatted(tenant, quota.bytes(), tenant),
                    true);
        }
    }

    synchronized void promise(long bytes, long files) {
        require(used.bytes() + promisedBytes + bytes, used.files() + promisedFiles + files);
        promisedBytes += bytes;
        promisedFiles += files;
    }

    synchronized void release(long bytes, long files) {
        promisedBytes -= bytes;
        promisedFiles -= files;
    }

    /** Takes over what the database says, unless that is more than allowed. */
    synchronized void book(Usage now, boolean isMore) {
        if (isMore) {
            require(now.bytes(), now.files());
        }
        used = now;
    }

    private void require(long bytes, long files) {
        if (bytes > quota.bytes()) {
            throw new QuotaExceeded(
                    "tenant %s has %d of its %d bytes (sluice.tenants.%s.max-bytes): delete some uploads"
                            .formatted(tenant, used.bytes(), quota.bytes(), tenant),
                    false);
        }
        if (files > quota.files()) {
            throw new QuotaExceeded(
                    "tenant %s has %d of its %d uploads (sluice.tenants.%s.max-files): delete some"
                            .formatted(tenant, used.files(), quota.files(), tenant),
                    false);
        }
    }
}
