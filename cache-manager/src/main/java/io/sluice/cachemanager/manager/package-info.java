/** Keeps the cache within its limits, round after round. */
@NullMarked
package io.sluice.cachemanager.manager;

import org.jspecify.annotations.NullMarked;
