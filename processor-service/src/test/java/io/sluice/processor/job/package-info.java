@NullMarked
package io.sluice.processor.job;

import org.jspecify.annotations.NullMarked;
