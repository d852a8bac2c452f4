@NullMarked
package io.sluice.master.doctor;

import org.jspecify.annotations.NullMarked;
