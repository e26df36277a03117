/**
 * Requests from what people write: URLs, files of requests, forms, rows of values. Read {@link
 * dev.cubit.load.requests.RequestDefaults} and {@link dev.cubit.load.requests.RequestFile} first.
 */
@NullMarked
package dev.cubit.load.requests;

import org.jspecify.annotations.NullMarked;
