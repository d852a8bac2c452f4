package io.sluice.edge.identity;

import java.util.regex.Pattern;

/** What a tenant may be called: a word that is safe in settings, logs and metrics. */
public final class TenantName {
    private static final Pattern VALID = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

    private TenantName() {}

    /** Whether a tenant may be called so: up to 63 of a-z, 0-9, _ and -. */
    public static boolean isValid(String name) {
        return VALID.matcher(name).matches();
    }
}
