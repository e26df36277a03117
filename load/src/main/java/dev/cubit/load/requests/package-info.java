/** Requests from files: URL lists, JSON lists, HAR, forms, CSV rows. */
@NullMarked
package dev.cubit.load.requests;

import org.jspecify.annotations.NullMarked;
