@NullMarked
package io.sluice.master.check;

import org.jspecify.annotations.NullMarked;
