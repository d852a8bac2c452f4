package io.sluice.model;

/**
 * A rendition that was made and is, or was, in the cache.
 *
 * @param name the profile's name for it
 * @param cacheKey names its cache entry
 * @param width in pixels
 * @param height in pixels
 * @param size in bytes
 */
public record Rendition(
        String name, String cacheKey, String contentType, int width, int height, long size) {}
