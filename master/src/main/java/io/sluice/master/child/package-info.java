/** One program as a child process: its command line, its log, its next start. */
@NullMarked
package io.sluice.master.child;

import org.jspecify.annotations.NullMarked;
