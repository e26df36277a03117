@NullMarked
package dev.cubit.target;

import org.jspecify.annotations.NullMarked;
