@NullMarked
package dev.cubit.diagnose.recording;

import org.jspecify.annotations.NullMarked;
