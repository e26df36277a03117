/**
 * What fills the heap: {@link dev.cubit.diagnose.heap.HeapReport} first, which is all that is
 * concluded from a recording, then {@link dev.cubit.diagnose.heap.LiveSet}, whether what lives
 * grows, and {@link dev.cubit.diagnose.heap.Suspect}, what that is and who holds it.
 */
@NullMarked
package dev.cubit.diagnose.heap;

import org.jspecify.annotations.NullMarked;
