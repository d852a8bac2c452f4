/** TCP sockets, with mutual TLS unless plain text is asked for. */
@NullMarked
package io.sluice.channel.tcp;

import org.jspecify.annotations.NullMarked;
