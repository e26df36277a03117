@NullMarked
package dev.cubit.qr;

import org.jspecify.annotations.NullMarked;
