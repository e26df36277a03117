/**
 * Accounts for the time of requests in flight: {@link dev.cubit.diagnose.ledger.Ledger} is the
 * account, {@link dev.cubit.diagnose.ledger.Doing} tells what one thread does by its stack.
 */
@NullMarked
package dev.cubit.diagnose.ledger;

import org.jspecify.annotations.NullMarked;
