package io.sluice.edge.http.intake;

import io.sluice.edge.http.multipart.MultipartLimits;

/**
 * How much a request may bring.
 *
 * @param files of one form
 * @param field one form field's value, in bytes
 * @param writeSize bytes that are collected for one write
 * @param form what the form's parser takes
 */
public record IntakeLimits(int files, int field, int writeSize, MultipartLimits form) {}
