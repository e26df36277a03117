package dev.cubit.diagnose.recording;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import org.jspecify.annotations.Nullable;

/**
 * Takes the stacks of a recording over, each once: within a chunk the same stack is the same object
 * for the JDK's reader, and across chunks equal ones are made one here.
 */
final class Traces {
  private static final int MOST_REMEMBERED = 100_000;

  private static final Pattern SYMBOL_SUFFIX =
      Pattern.compile("(?:@plt|@@?[A-Z]+_[\\w.]+|\\.(?:isra|constprop|part|cold|lto_priv)\\b.*)$");
  private static final Pattern LIBRARY_SUFFIX =
      Pattern.compile("(?:-\\d+\\.[\\d.]*\\d)?\\.so(?:\\.\\d+)*$");

  private final IdentityHashMap<RecordedStackTrace, Trace> seen = new IdentityHashMap<>();
  private final Map<Trace, Trace> traces = new HashMap<>();
  private final Map<Frame, Frame> frames = new HashMap<>();

  Trace of(@Nullable RecordedStackTrace recorded) {
    if (recorded == null) {
      return Trace.NONE;
    }
    Trace known = seen.get(recorded);
    if (known != null) {
      return known;
    }
    List<Frame> all = new ArrayList<>();
    for (RecordedFrame frame : recorded.getFrames()) {
      all.add(frame(frame));
    }
    Trace trace = new Trace(all, recorded.isTruncated());
    Trace one = traces.computeIfAbsent(trace, t -> t);
    if (seen.size() >= MOST_REMEMBERED) {
      seen.clear(); // those of chunks long past
    }
    seen.put(recorded, one);
    return one;
  }

  private Frame frame(RecordedFrame recorded) {
    RecordedMethod method = recorded.getMethod();
    RecordedClass type = method == null ? null : method.getType();
    String typeName = type == null ? "" : type.getName();
    String name = method == null ? "?" : String.valueOf(method.getName());
    Frame.Kind kind = kind(String.valueOf(recorded.getType()));
    Frame frame =
        method != null && isNative(method)
            ? new Frame("", nativeName(typeName, name), 0, kind)
            : new Frame(
                Frame.withoutAddress(typeName), name, Math.max(0, recorded.getLineNumber()), kind);
    return frames.computeIfAbsent(frame, f -> f);
  }

  /**
   * True for a function of a native library or of the kernel, which async-profiler writes as a
   * method whose class is the library; no method of Java has such a descriptor.
   */
  private static boolean isNative(RecordedMethod method) {
    return String.valueOf(method.getDescriptor()).endsWith(")L;");
  }

  /** {@code epoll_wait (libc)}; what compiler and linker add to a name is another in each build. */
  static String nativeName(String library, String symbol) {
    String name = SYMBOL_SUFFIX.matcher(symbol).replaceFirst("");
    String of = LIBRARY_SUFFIX.matcher(library).replaceFirst("");
    return of.isEmpty() ? name : name + " (" + of + ")";
  }

  private static Frame.Kind kind(String type) {
    return switch (type) {
      case "Interpreted" -> Frame.Kind.INTERPRETED;
      case "JIT compiled", "C1 compiled" -> Frame.Kind.COMPILED;
      case "Inlined" -> Frame.Kind.INLINED;
      case "Native", "C++" -> Frame.Kind.NATIVE;
      case "Kernel" -> Frame.Kind.KERNEL;
      default -> Frame.Kind.JAVA;
    };
  }
}
