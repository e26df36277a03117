package dev.cubit.diagnose.jvm;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import dev.cubit.diagnose.DiagnoseException;
import dev.cubit.diagnose.Secrets;
import dev.cubit.diagnose.recording.Recording;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sun.tools.attach.HotSpotVirtualMachine;

/**
 * A running JVM to which Cubit is attached. Diagnostic commands, as jcmd has them, go over the
 * attachment: it costs the JVM a few milliseconds where starting jcmd for each would cost a third
 * of a second of CPU time. Not safe for use by several threads at a time.
 */
public final class Jvm implements AutoCloseable {
  /** The oldest JVM that is understood. */
  public static final int OLDEST = Recording.OLDEST_JAVA;

  private static final Pattern VERSION = Pattern.compile("(?m)^JDK (\\d+)\\S*");
  private static final Pattern LINE = Pattern.compile("(?m)^(\\w+): (.*)$");

  private final HotSpotVirtualMachine machine;
  private final long pid;
  private final JvmFacts facts;

  private Jvm(HotSpotVirtualMachine machine, long pid) throws DiagnoseException {
    this.machine = machine;
    this.pid = pid;
    this.facts = facts();
  }

  /**
   * Attaches to a JVM of the same user.
   *
   * @throws DiagnoseException where it is no JVM, too old, another user's, or refuses
   */
  public static Jvm attach(long pid) throws DiagnoseException {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      if (machine instanceof HotSpotVirtualMachine hotspot) {
        return new Jvm(hotspot, pid);
      }
      throw new DiagnoseException("process " + pid + " is a JVM, but not HotSpot");
    } catch (AttachNotSupportedException | IOException e) {
      throw new DiagnoseException(
          "cannot attach to the JVM with pid "
              + pid
              + ": "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given")
              + "; run Cubit as the user who started it, and the JVM without"
              + " -XX:+DisableAttachMechanism",
          e);
    }
  }

  private JvmFacts facts() throws DiagnoseException {
    String version = command("VM.version");
    Matcher number = VERSION.matcher(version);
    int feature = number.find() ? Integer.parseInt(number.group(1)) : 0;
    if (feature < OLDEST) {
      throw new DiagnoseException(
          "process "
              + pid
              + " runs on "
              + version.lines().skip(1).findFirst().orElse("a JVM of unknown version")
              + ": a diagnosis needs Java "
              + OLDEST
              + " or newer");
    }
    String jvmWords = "";
    String javaWords = "";
    String classPath = "";
    Matcher line = LINE.matcher(command("VM.command_line"));
    while (line.find()) {
      switch (line.group(1)) {
        case "jvm_args" -> jvmWords = line.group(2);
        case "java_command" -> javaWords = line.group(2);
        case "java_class_path" -> classPath = line.group(2);
        default -> {}
      }
    }
    return new JvmFacts(
        feature,
        version.lines().skip(1).findFirst().orElse("").strip(),
        Secrets.masked(jvmWords.strip()),
        Secrets.masked(javaWords.strip()),
        classPath.strip());
  }

  public JvmFacts describe() {
    return facts;
  }

  public long pid() {
    return pid;
  }

  /**
   * Does what {@code jcmd PID WORDS} would.
   *
   * @return what it prints
   * @throws DiagnoseException where the JVM does not know the command, or has ended
   */
  public String command(String words) throws DiagnoseException {
    try (InputStream answer = machine.executeJCmd(words)) {
      return new String(all(answer), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new DiagnoseException(
          "the JVM with pid " + pid + " did not do '" + words + "': " + e.getMessage(), e);
    }
  }

  /**
   * Loads a JVMTI agent; one that is loaded already is called again.
   *
   * @param library of the agent, as the JVM sees the file
   * @throws DiagnoseException with the JVM's reason where it does not load it, and as its cause an
   *     {@link AgentInitializationException} where the agent itself refuses the options
   */
  public void loadAgent(Path library, String options) throws DiagnoseException {
    try {
      machine.loadAgentPath(library.toString(), options);
    } catch (AgentLoadException | AgentInitializationException | IOException e) {
      throw new DiagnoseException(
          "the JVM with pid "
              + pid
              + " did not load "
              + library.getFileName()
              + ": "
              + reason(String.valueOf(e.getMessage())),
          e);
    }
  }

  /** Without what the JDK says around it. */
  private static String reason(String message) {
    return message
        .strip()
        .replace('\n', ' ')
        .replaceFirst("^Failed to load agent library: (?:\\S+ was not loaded\\. )?", "")
        .replaceFirst("\\.$", "");
  }

  /**
   * Always into the begin of the array: the JDK's native method takes 128 bytes at a time and
   * writes over the end of what is left of it.
   */
  private static byte[] all(InputStream answer) throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    byte[] part = new byte[8192];
    int length = answer.read(part, 0, part.length);
    while (length > 0) {
      whole.write(part, 0, length);
      length = answer.read(part, 0, part.length);
    }
    return whole.toByteArray();
  }

  /** All threads with their stacks, the virtual ones too from Java 21 on. */
  public ThreadDump dumpThreads(Path folder) throws DiagnoseException {
    if (facts.feature() < 21) {
      return PrintedDump.parse(command("Thread.print"));
    }
    Path file = folder.resolve("threads-" + System.nanoTime() + ".json");
    try {
      command("Thread.dump_to_file -format=json " + file.toAbsolutePath());
      return JsonDump.parse(file);
    } finally {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        file.toFile().deleteOnExit();
      }
    }
  }

  /** Its threads as the operating system numbers them, those of the JVM itself among them. */
  public Map<Long, NativeThread> nativeThreads() throws DiagnoseException {
    return NativeThread.parse(command("Thread.print"));
  }

  @Override
  public void close() {
    try {
      machine.detach();
    } catch (IOException e) {
      // it has ended, which is a detachment too
    }
  }
}
