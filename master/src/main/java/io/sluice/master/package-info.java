/** Starts, watches and stops the processes of one host. */
@NullMarked
package io.sluice.master;

import org.jspecify.annotations.NullMarked;
