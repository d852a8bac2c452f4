/** Loads, expires and bounds the disk cache. */
@NullMarked
package io.sluice.cachemanager;

import org.jspecify.annotations.NullMarked;
