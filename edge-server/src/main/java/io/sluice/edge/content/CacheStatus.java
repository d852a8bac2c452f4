package io.sluice.edge.content;

/** How the cache answered, in nginx's words; the value of {@code X-Cache}. */
public enum CacheStatus {
    HIT,
    MISS
}
