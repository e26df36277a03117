/**
 * A second opinion: {@link dev.cubit.diagnose.rules.JmcRules} asks the rules of JDK Mission Control
 * what they think of a recording, {@link dev.cubit.diagnose.rules.RuleFinding} is what one says.
 */
@NullMarked
package dev.cubit.diagnose.rules;

import org.jspecify.annotations.NullMarked;
