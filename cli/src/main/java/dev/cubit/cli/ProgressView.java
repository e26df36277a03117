package dev.cubit.cli;

import dev.cubit.measure.Run;
import dev.cubit.measure.Stage;
import dev.cubit.report.ProgressLine;
import java.util.function.Supplier;

/** Progress on stderr: drawn again in place on a terminal, plain lines elsewhere. */
interface ProgressView extends AutoCloseable {
  /** Columns that are kept free for what is told behind a line. */
  int BESIDES = 44;

  void show(Stage stage);

  @Override
  void close();

  static ProgressView silent() {
    return new ProgressView() {
      @Override
      public void show(Stage stage) {}

      @Override
      public void close() {}
    };
  }

  static ProgressView of(Run.Question question, Terminal terminal) {
    terminal.err().println(ProgressLine.heading(question));
    return of(terminal);
  }

  /** The same, with what is known besides behind each line. */
  static ProgressView of(Terminal terminal, Supplier<String> besides) {
    ProgressLine line = new ProgressLine(terminal.live(), terminal.columns() - BESIDES);
    return new ProgressView() {
      @Override
      public synchronized void show(Stage stage) {
        String next = line.next(stage);
        boolean ended = next.endsWith("\n");
        if (!next.isEmpty()) {
          String more = besides.get();
          terminal.err().print(next.stripTrailing() + (more.isEmpty() ? "" : "  " + more));
          terminal.err().print(ended ? "\n" : "");
          terminal.err().flush();
        }
      }

      @Override
      public synchronized void close() {
        terminal.err().print(line.end());
        terminal.err().flush();
      }
    };
  }

  static ProgressView of(Terminal terminal) {
    ProgressLine line = new ProgressLine(terminal.live(), terminal.columns());
    return new ProgressView() {
      @Override
      public synchronized void show(Stage stage) {
        terminal.err().print(line.next(stage));
        terminal.err().flush();
      }

      @Override
      public synchronized void close() {
        terminal.err().print(line.end());
        terminal.err().flush();
      }
    };
  }
}
