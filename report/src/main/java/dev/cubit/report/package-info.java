@NullMarked
package dev.cubit.report;

import org.jspecify.annotations.NullMarked;
