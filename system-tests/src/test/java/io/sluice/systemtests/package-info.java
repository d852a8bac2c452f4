/** Everything at once, as a user meets it: real processes, HTTP, files and signals. */
@NullMarked
package io.sluice.systemtests;

import org.jspecify.annotations.NullMarked;
