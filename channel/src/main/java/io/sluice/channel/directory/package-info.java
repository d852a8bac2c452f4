/** The directory in which the processors of one host are found. */
@NullMarked
package io.sluice.channel.directory;

import org.jspecify.annotations.NullMarked;
