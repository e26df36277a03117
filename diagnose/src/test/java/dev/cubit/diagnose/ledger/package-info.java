@NullMarked
package dev.cubit.diagnose.ledger;

import org.jspecify.annotations.NullMarked;
