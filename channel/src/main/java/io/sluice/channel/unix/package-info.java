/** Unix sockets in a directory, one for each processor. */
@NullMarked
package io.sluice.channel.unix;

import org.jspecify.annotations.NullMarked;
