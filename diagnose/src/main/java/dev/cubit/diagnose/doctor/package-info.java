/**
 * The judgement: {@link dev.cubit.diagnose.doctor.Doctor} takes the {@link
 * dev.cubit.diagnose.doctor.Evidence} of one load and gives a {@link
 * dev.cubit.diagnose.doctor.Diagnosis}; {@link dev.cubit.diagnose.doctor.Cause} lists what it can
 * be. Each {@code …Rule} knows one family of causes.
 */
@NullMarked
package dev.cubit.diagnose.doctor;

import org.jspecify.annotations.NullMarked;
