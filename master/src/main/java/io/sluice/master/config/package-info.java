/** The settings that the master reads itself, and the layout of the data directory. */
@NullMarked
package io.sluice.master.config;

import org.jspecify.annotations.NullMarked;
