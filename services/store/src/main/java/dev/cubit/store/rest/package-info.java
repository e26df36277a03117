/**
 * JSON over HTTP, as the services with a database speak it: resources on virtual threads behind an
 * event loop. Read {@link dev.cubit.store.rest.Resource} and {@link
 * dev.cubit.store.rest.RestHandler} first, {@link dev.cubit.store.rest.RestSetup} for how a service
 * is put together.
 */
@NullMarked
package dev.cubit.store.rest;

import org.jspecify.annotations.NullMarked;
