/**
 * The products of a shop, over HTTP, in a database of their own. Read {@link
 * dev.cubit.products.Products} for how it starts, {@link dev.cubit.products.Catalogue} for what is
 * stored, and {@link dev.cubit.products.Mover} for how keys get from one database to another.
 */
@NullMarked
package dev.cubit.products;

import org.jspecify.annotations.NullMarked;
