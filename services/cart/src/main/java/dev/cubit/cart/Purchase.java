package dev.cubit.cart;

/**
 * A cart that has been bought.
 *
 * @param key the client's name for the request
 * @param request what it asked for, in one spelling
 * @param items what was in the cart, in one spelling
 * @param answer the document that it got, and gets again
 */
record Purchase(String key, String customer, String request, String items, String answer) {}
