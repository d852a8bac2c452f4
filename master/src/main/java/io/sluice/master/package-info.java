/** The command line of Sluice, and the process that starts, watches and stops the others. */
@NullMarked
package io.sluice.master;

import org.jspecify.annotations.NullMarked;
