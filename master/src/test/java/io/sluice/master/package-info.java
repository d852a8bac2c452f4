@NullMarked
package io.sluice.master;

import org.jspecify.annotations.NullMarked;
