/** What every transport must do, to be run over each. */
@NullMarked
package io.sluice.channel.contract;

import org.jspecify.annotations.NullMarked;
