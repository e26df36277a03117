@NullMarked
package dev.cubit.cli;

import org.jspecify.annotations.NullMarked;
