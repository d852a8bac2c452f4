package io.sluice.edge.quota;

import io.sluice.model.ByteSize;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * The most that a tenant may have.
 *
 * @param maxBytes of all its originals; null for no limit
 * @param maxFiles null for no limit
 */
record TenantQuota(@Nullable ByteSize maxBytes, @Nullable Long maxFiles) {
    static final TenantQuota NONE = new TenantQuota(null, null);

    TenantQuota {
        Assert.isTrue(
                maxFiles == null || maxFiles >= 0,
                () -> "sluice.tenants.NAME.max-files is %d: give 0 or more".formatted(maxFiles));
    }

    long bytes() {
        return maxBytes == null ? Long.MAX_VALUE : maxBytes.bytes();
    }

    long files() {
        return maxFiles == null ? Long.MAX_VALUE : maxFiles;
    }
}
