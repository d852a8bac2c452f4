/** Goes once through the tree at the start, so that the index has what the disk has. */
@NullMarked
package io.sluice.cachemanager.loader;

import org.jspecify.annotations.NullMarked;
