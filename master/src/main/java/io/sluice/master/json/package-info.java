/** One JSON object a line, as it goes over the master's socket. */
@NullMarked
package io.sluice.master.json;

import org.jspecify.annotations.NullMarked;
