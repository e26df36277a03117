package dev.cubit.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Size;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.Curses;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;

/**
 * The terminal as a screen of which each line is ours: its other screen, where it has two, without
 * a cursor and without echo. Closing it, or ending the JVM in any way that lets it run its hooks,
 * gives the user back what was there before.
 *
 * <p>Ctrl-C comes as a key, so that it cannot end the JVM while a half of the screen is drawn. The
 * size is asked for at each drawing instead of waiting for SIGWINCH: that is one ioctl.
 */
final class LiveScreen implements AutoCloseable {
  private final org.jline.terminal.Terminal terminal;
  private final PrintStream out;
  private final Display display;
  private Size size = Size.of(0, 0);

  private LiveScreen(org.jline.terminal.Terminal terminal, PrintStream out) {
    this.terminal = terminal;
    this.out = out;
    this.display = new Display(terminal, true);
  }

  /**
   * Takes the terminal.
   *
   * @param out the same terminal
   */
  static LiveScreen open(PrintStream out) throws IOException {
    org.jline.terminal.Terminal terminal =
        TerminalBuilder.builder()
            .system(true)
            .systemOutput(TerminalBuilder.SystemOutput.SysOut)
            .providers("ffm,exec")
            .dumb(false)
            .nativeSignals(false)
            .graphemeCluster(false)
            .build();
    terminal.enterRawMode();
    Attributes raw = terminal.getAttributes();
    raw.setLocalFlag(LocalFlag.ISIG, false);
    terminal.setAttributes(raw);
    LiveScreen screen = new LiveScreen(terminal, out);
    terminal.puts(Capability.enter_ca_mode);
    terminal.puts(Capability.cursor_invisible);
    terminal.flush();
    return screen;
  }

  /** What it is now. */
  Size size() {
    Size now = terminal.getSize();
    return now.getRows() > 0 && now.getColumns() > 0 ? now : Size.of(80, 24);
  }

  /** Changes what is different on the screen; all of it after its size has changed. */
  void draw(List<AttributedString> lines, Size as) {
    if (!as.equals(size)) {
      size = as;
      display.resize(as);
      display.clear();
    }
    display.update(lines, as.cursorPos(as.getRows() - 1, 0));
    terminal.flush();
  }

  /** The next key, or none within a time. */
  TopKey key(long withinMillis) throws IOException {
    return TopKey.next(terminal.reader()::read, withinMillis);
  }

  /** JLine's own hook may have closed it before: so the other way out is taken. */
  @Override
  public void close() {
    for (Capability last : List.of(Capability.exit_ca_mode, Capability.cursor_normal)) {
      String sequence = terminal.getStringCapability(last);
      if (sequence != null) {
        out.print(Curses.tputs(sequence));
      }
    }
    out.flush();
    try {
      terminal.close();
    } catch (IOException e) {
      // what it was is set again all the same, or there is no terminal any more
    }
  }
}
