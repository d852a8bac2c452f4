/** What the machine has, what of it is used, and what could be installed. */
@NullMarked
package io.sluice.master.doctor;

import org.jspecify.annotations.NullMarked;
