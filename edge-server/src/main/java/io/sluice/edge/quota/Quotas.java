package io.sluice.edge.quota;

import io.sluice.edge.database.Database;
import io.sluice.edge.identity.TenantName;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.Assert;

/**
 * What the tenants may have, and have: every tenant is counted, in the commits that accept and
 * delete its uploads; those with a quota are held to it, before the bytes come and once more in the
 * commit.
 */
public final class Quotas {
    private final Map<String, Ledger> ledgers = new TreeMap<>();

    Quotas(Map<String, TenantQuota> configured, Database database) {
        configured.forEach((tenant, quota) -> {
            Assert.isTrue(
                    TenantName.isValid(tenant),
                    () ->
                            "sluice.tenants.%s: a tenant's name is up to 63 of a-z, 0-9, _ and -"
                                    .formatted(tenant));
            Usage used = database.read(jdbc -> UsageRows.find(jdbc, tenant));
            ledgers.put(tenant, new Ledger(tenant, quota, used));
        });
    }

    /** No tenant has a quota; all are counted. */
    public static Quotas none(Database database) {
        return new Quotas(Map.of(), database);
    }

    /**
     * Reserves room for one request's files. Cheap: for event loops.
     *
     * @param announced the bytes that will come; 0 if they were not told
     * @throws QuotaExceeded if there is no room for them
     */
    public Reservation reserve(String tenant, long announced) {
        return new Reservation(ledgers.get(tenant)).announced(announced);
    }

    /**
     * Looks whether one more upload would fit now, without keeping its room: for uploads whose
     * bytes may come in days. Cheap.
     *
     * @param bytes of the upload; 0 if nobody knows yet
     * @throws QuotaExceeded if there is no room for it
     */
    public void requireRoom(String tenant, long bytes) {
        try (Reservation look = reserve(tenant, bytes)) {
            look.file();
        }
    }

    /**
     * Books uploads; the last step of the commit that accepts them.
     *
     * @throws QuotaExceeded if the tenant would have more than it may
     */
    public void accepted(JdbcClient jdbc, String tenant, long bytes, long files) {
        if (files > 0) {
            book(tenant, UsageRows.add(jdbc, tenant, bytes, files), true);
        }
    }

    /** Books a deletion; in its commit. */
    public void deleted(JdbcClient jdbc, String tenant, long bytes) {
        book(tenant, UsageRows.add(jdbc, tenant, -bytes, -1), false);
    }

    private void book(String tenant, Usage now, boolean isMore) {
        Ledger ledger = ledgers.get(tenant);
        if (ledger != null) {
            ledger.book(now, isMore);
        }
    }

    /** What the tenant has. Blocks. */
    public Usage usage(Database database, String tenant) {
        return database.read(jdbc -> UsageRows.find(jdbc, tenant));
    }
}
