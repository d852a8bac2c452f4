@NullMarked
package io.sluice.master.supervisor;

import org.jspecify.annotations.NullMarked;
