@NullMarked
package io.sluice.processor.check;

import org.jspecify.annotations.NullMarked;
