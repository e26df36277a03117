package dev.cubit.cli;

import dev.cubit.diagnose.DiagnoseException;
import dev.cubit.diagnose.doctor.Consultation;
import dev.cubit.diagnose.doctor.Doctor;
import dev.cubit.diagnose.flight.Settings;
import dev.cubit.diagnose.rules.JmcRules;
import dev.cubit.diagnose.rules.RuleFinding;
import dev.cubit.report.DoctorJson;
import dev.cubit.report.DoctorPage;
import dev.cubit.report.DoctorText;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cubit doctor}: what holds a service on the JVM back. */
@Command(
    name = "doctor",
    header = "Say what holds a service on the JVM back, with the evidence.",
    description = {
      "",
      "Records a JVM under load and accounts for the time of every request in flight: on the CPU,",
      "waiting for a lock, a pool, another server, the disk, or queued before anything took it.",
      "The diagnosis is the largest part of that account. Nothing in the service is changed."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  cubit doctor --load [ -c 200 '/?data=ciao' ] -- java -jar server.jar",
      "  cubit doctor -c 50 -d 20 / -- ./start.sh            a script that starts a JVM",
      "  cubit doctor --on-port 'wrk -c 50 http://localhost:$PORT/' -- java -jar server.jar",
      "  cubit doctor --pid 4711 -d 30                      one that runs, under its own load",
      "  cubit doctor --load [ -R 500 http://localhost:8080/ ]",
      "  cubit doctor --recording recording.jfr",
      "",
      "Exit codes: 0 done, 2 wrong usage or file, 3 the target failed, 130 Ctrl-C."
    })
final class DoctorCommand implements CubitCommand {
  @Mixin CommonOptions common = new CommonOptions();
  @Mixin DiagnoseOptions options = new DiagnoseOptions();
  @Mixin LoadOptions load = new LoadOptions();

  @Override
  public int run(Words words, List<String> typed, Terminal terminal)
      throws CliException, InterruptedException {
    Session session = new Session(options, load, Settings.DOCTOR, typed, terminal);
    Optional<Session.Outcome> outcome = session.run(words, "doctor");
    if (outcome.isEmpty()) {
      return Exit.OK;
    }
    Session.Outcome of = outcome.get();
    Consultation consultation =
        new Consultation(
            String.valueOf(of.folder().getFileName()),
            of.start(),
            typed,
            of.jvm(),
            of.evidence(),
            Doctor.diagnose(of.evidence()),
            of.cost(),
            secondOpinion(of.source()));
    of.write("doctor", DoctorPage.of(consultation, of.title()), options.open, terminal);
    if (options.json) {
      terminal.out().println(DoctorJson.of(consultation));
    } else {
      terminal.out().print(new DoctorText(terminal.colour()).of(consultation) + of.where("doctor"));
    }
    terminal.out().flush();
    return of.exitCode();
  }

  /** Stands behind the verdict: where it cannot be had, the verdict is told without it. */
  private static List<RuleFinding> secondOpinion(Path recording) {
    try {
      return JmcRules.evaluate(recording);
    } catch (DiagnoseException e) {
      return List.of();
    }
  }
}
