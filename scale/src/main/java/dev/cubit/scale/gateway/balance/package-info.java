/**
 * Which endpoint is asked. Read {@link dev.cubit.scale.gateway.balance.Balancer} first. All of it
 * lives on one event loop: each loop has balancers and candidates of its own.
 */
@NullMarked
package dev.cubit.scale.gateway.balance;

import org.jspecify.annotations.NullMarked;
