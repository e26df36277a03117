/**
 * The carts of a shop, over HTTP, in a database of their own; prices are asked of the service
 * products. Read {@link dev.cubit.cart.Cart} for how it starts, {@link dev.cubit.cart.Checkout} for
 * how a cart is bought exactly once.
 */
@NullMarked
package dev.cubit.cart;

import org.jspecify.annotations.NullMarked;
