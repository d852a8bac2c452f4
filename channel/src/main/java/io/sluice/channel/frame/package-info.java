/** The protocol over any stream: frames, credit, heartbeat, and what becomes of jobs on the way. */
@NullMarked
package io.sluice.channel.frame;

import org.jspecify.annotations.NullMarked;
