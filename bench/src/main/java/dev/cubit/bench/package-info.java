@NullMarked
package dev.cubit.bench;

import org.jspecify.annotations.NullMarked;
