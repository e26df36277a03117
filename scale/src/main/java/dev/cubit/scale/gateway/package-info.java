/** The one way in: routes, balances and forwards requests. Read {@code Gateway} first. */
@NullMarked
package dev.cubit.scale.gateway;

import org.jspecify.annotations.NullMarked;
