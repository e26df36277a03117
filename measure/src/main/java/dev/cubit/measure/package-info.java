@NullMarked
package dev.cubit.measure;

import org.jspecify.annotations.NullMarked;
