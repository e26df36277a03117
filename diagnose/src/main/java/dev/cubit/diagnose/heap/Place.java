package dev.cubit.diagnose.heap;

import dev.cubit.diagnose.recording.Frame;
import dev.cubit.diagnose.recording.Parties;
import dev.cubit.diagnose.recording.Party;
import java.util.List;

/** Which method of a stack an allocation is put down to. */
record Place(Frame frame, Party party) {
  private static final Place NOWHERE =
      new Place(new Frame("", "no stack recorded", 0, Frame.Kind.NATIVE), Party.JVM);

  /** The topmost of the application; else of what is not the JDK's; else the topmost. */
  static Place of(List<Frame> frames, Parties parties) {
    if (frames.isEmpty()) {
      return NOWHERE;
    }
    Frame best = frames.getFirst();
    boolean found = false;
    for (Frame frame : frames) {
      Party party = parties.of(frame);
      if (party == Party.APPLICATION) {
        return new Place(frame, party);
      }
      if (!found && party == Party.DEPENDENCY) {
        best = frame;
        found = true;
      }
    }
    return new Place(best, parties.of(best));
  }

  /** What makes places one: the method, whichever its line. */
  String key() {
    return frame.name();
  }
}
