@NullMarked
package io.sluice.processor.render;

import org.jspecify.annotations.NullMarked;
