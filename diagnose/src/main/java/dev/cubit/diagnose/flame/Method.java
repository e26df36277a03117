package dev.cubit.diagnose.flame;

import dev.cubit.diagnose.recording.Frame;
import dev.cubit.diagnose.recording.Party;

/**
 * A method in a flame graph, whatever its line and however it ran.
 *
 * @param name with its class and package
 */
public record Method(String name, Party party) {
  static Method of(Frame frame, Party party) {
    return new Method(frame.name(), party);
  }
}
