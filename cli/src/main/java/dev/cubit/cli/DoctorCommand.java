package dev.cubit.cli;

import dev.cubit.diagnose.doctor.Consultation;
import dev.cubit.diagnose.doctor.Doctor;
import dev.cubit.diagnose.flight.Settings;
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
            String.join(" ", typed),
            of.jvm(),
            of.evidence(),
            Doctor.diagnose(of.evidence()),
            of.cost(),
            List.of());
    terminal.out().println("VERDICT " + consultation.diagnosis().verdict().cause().id());
    consultation
        .diagnosis()
        .ledger()
        .parts()
        .forEach(
            p ->
                terminal
                    .out()
                    .printf(
                        "  %-40s %.2f %.0f%%%n",
                        p.item(),
                        p.requests(),
                        100 * consultation.diagnosis().ledger().share(p.item())));
    consultation
        .diagnosis()
        .ledger()
        .workers()
        .forEach(
            w ->
                terminal
                    .out()
                    .printf(
                        "  W %s %d loop=%s busy %.2f app %.2f %s%n",
                        w.name(), w.threads(), w.loop(), w.busy(), w.application(), w.doing()));
    consultation
        .diagnosis()
        .findings()
        .forEach(
            f -> {
              terminal.out().printf("  %s %.2f %s%n", f.cause(), f.share(), f.headline());
              f.facts()
                  .forEach(x -> terminal.out().println("      " + x.name() + ": " + x.value()));
            });
    terminal.out().println(consultation.cost());
    terminal.out().flush();
    return of.exitCode();
  }
}
