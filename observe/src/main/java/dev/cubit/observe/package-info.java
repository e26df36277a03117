@NullMarked
package dev.cubit.observe;

import org.jspecify.annotations.NullMarked;
