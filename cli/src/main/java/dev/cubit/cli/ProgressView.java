package dev.cubit.cli;

import dev.cubit.measure.Run;
import dev.cubit.measure.Stage;
import dev.cubit.report.ProgressLine;

/** Progress on stderr: drawn again in place on a terminal, plain lines elsewhere. */
interface ProgressView extends AutoCloseable {
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
