@NullMarked
package io.sluice.master.child;

import org.jspecify.annotations.NullMarked;
