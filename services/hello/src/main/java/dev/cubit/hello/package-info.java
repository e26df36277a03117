@NullMarked
package dev.cubit.hello;

import org.jspecify.annotations.NullMarked;
