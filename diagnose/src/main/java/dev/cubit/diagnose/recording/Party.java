package dev.cubit.diagnose.recording;

/** Whose code a frame is. */
public enum Party {
  APPLICATION,
  DEPENDENCY,
  JDK,
  /** The JVM itself and other native code. */
  JVM,
  KERNEL
}
