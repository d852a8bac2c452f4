package io.sluice.model;

/**
 * What is known of a picture without decoding it.
 *
 * @param format the sniffed format's word, as {@code jpeg}; not limited to what renditions can have
 * @param width in pixels, as displayed (EXIF orientation applied)
 * @param height in pixels, as displayed
 * @param frames 1 for a still picture
 */
public record ImageFacts(String format, int width, int height, int frames) {}
