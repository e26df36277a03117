/**
 * TLS from files. Read {@link dev.cubit.scale.gateway.tls.ServerTls} first, which is what clients
 * meet.
 */
@NullMarked
package dev.cubit.scale.gateway.tls;

import org.jspecify.annotations.NullMarked;
