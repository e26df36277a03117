package dev.cubit.diagnose.doctor;

import java.util.Optional;

/** Knows one cause, by what it does and not by whose code it is in. */
interface Rule {
  /** Empty where the evidence does not speak for it. */
  Optional<Finding> check(Evidence evidence);
}
