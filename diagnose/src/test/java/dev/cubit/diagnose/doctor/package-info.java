@NullMarked
package dev.cubit.diagnose.doctor;

import org.jspecify.annotations.NullMarked;
