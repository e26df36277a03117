package dev.cubit.observe;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * What Logback runs, found as a service, when the first logger is asked for: it keeps Logback from
 * looking for files, and gives a program that never calls {@link Logs#configure} its warnings as
 * text.
 */
public final class QuietStart extends ContextAwareBase implements Configurator {

  /** For the service loader. */
  public QuietStart() {}

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    Logs.configure(context, new LogSettings(Level.WARN, LogSettings.Form.TEXT));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
