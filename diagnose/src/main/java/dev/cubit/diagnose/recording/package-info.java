/**
 * Flight recordings: read {@link dev.cubit.diagnose.recording.Recording} first, which is what was
 * found in one, and {@link dev.cubit.diagnose.recording.RecordingReader}, which finds it.
 */
@NullMarked
package dev.cubit.diagnose.recording;

import org.jspecify.annotations.NullMarked;
