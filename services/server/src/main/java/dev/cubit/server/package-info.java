/**
 * What the services have in common: a server with an event loop a processor that ends without
 * losing a request. Read {@link dev.cubit.server.Service} and {@link dev.cubit.server.Farewell}
 * first.
 */
@NullMarked
package dev.cubit.server;

import org.jspecify.annotations.NullMarked;
