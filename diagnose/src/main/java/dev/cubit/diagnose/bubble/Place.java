package dev.cubit.diagnose.bubble;

/**
 * Where a wait or a sample belongs.
 *
 * @param group the bubble
 * @param caller the bubble of the code that waits; the same as {@code group} for CPU time
 * @param site the call site, {@code package.Type.method}
 * @param how it waits
 */
record Place(Group group, Group caller, String site, String how, Sight sight) {

  /** What makes a bubble one. */
  record Group(Area area, String name) {}

  boolean isIdle() {
    return group.area() == Area.IDLE;
  }
}
