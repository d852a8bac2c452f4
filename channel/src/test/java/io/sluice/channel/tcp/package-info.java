/** The TCP transport, in plain text and with TLS, by the contract and beyond. */
@NullMarked
package io.sluice.channel.tcp;

import org.jspecify.annotations.NullMarked;
