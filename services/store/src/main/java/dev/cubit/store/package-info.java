/**
 * A service's own database: SQLite by default, PostgreSQL by URL, one set of migrations for both.
 * Read {@link dev.cubit.store.Database} first, then {@link dev.cubit.store.DatabaseUrl}.
 */
@NullMarked
package dev.cubit.store;

import org.jspecify.annotations.NullMarked;
