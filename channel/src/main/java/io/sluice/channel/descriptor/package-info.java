/**
 * Open descriptors where Java has no class for them: connections over them, and passing them on.
 */
@NullMarked
package io.sluice.channel.descriptor;

import org.jspecify.annotations.NullMarked;
