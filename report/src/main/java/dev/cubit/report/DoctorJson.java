package dev.cubit.report;

import dev.cubit.diagnose.Secrets;
import dev.cubit.diagnose.doctor.Consultation;
import dev.cubit.diagnose.doctor.Diagnosis;
import dev.cubit.diagnose.doctor.Finding;
import dev.cubit.diagnose.ledger.Ledger;
import dev.cubit.diagnose.ledger.Traffic;
import dev.cubit.diagnose.ledger.Waiters;
import dev.cubit.diagnose.ledger.Workers;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A diagnosis as one line of JSON; docs/json.md says what each field is. */
public final class DoctorJson {
  private DoctorJson() {}

  /** One line, not ended. */
  public static String of(Consultation consultation) {
    Diagnosis diagnosis = consultation.diagnosis();
    Finding verdict = diagnosis.verdict();
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("name", consultation.name());
    out.put("start", consultation.start().toString());
    ArrayNode command = out.putArray("command");
    Secrets.masked(consultation.command()).forEach(command::add);
    consultation.jvm().ifPresent(jvm -> out.put("jvm", jvm.version()));
    out.put("cause", verdict.cause().id());
    out.put("title", verdict.cause().title());
    out.put("headline", verdict.headline());
    out.put("severity", Json.id(verdict.severity()));
    Json.number(out, "share", verdict.share());
    Json.number(out, "unexplainedShare", diagnosis.ledger().unexplained());
    Json.number(out, "inFlight", diagnosis.ledger().inFlight());
    consultation
        .evidence()
        .traffic()
        .map(Traffic::rate)
        .ifPresent(rate -> Json.number(out, "requestsPerSecond", rate));
    ledger(out.putArray("ledger"), diagnosis.ledger());
    ArrayNode workers = out.putArray("workers");
    diagnosis.ledger().workers().forEach(w -> workers(workers.addObject(), w));
    ArrayNode findings = out.putArray("findings");
    diagnosis.findings().forEach(f -> finding(findings.addObject(), f));
    ArrayNode hottest = out.putArray("hottest");
    diagnosis
        .hottest()
        .forEach(
            method -> {
              ObjectNode one = hottest.addObject();
              one.put("method", method.name()).put("party", Json.id(method.party()));
              Json.number(one, "self", method.self());
              Json.number(one, "total", method.total());
            });
    consultation
        .cost()
        .ifPresent(
            cost -> {
              ObjectNode one = out.putObject("cost");
              Json.number(one, "cpuMicrosWithout", cost.microsWithout());
              Json.number(one, "cpuMicrosWith", cost.microsWith());
              Json.number(one, "share", cost.share());
            });
    ArrayNode opinions = out.putArray("secondOpinion");
    consultation
        .secondOpinion()
        .forEach(
            rule -> {
              ObjectNode one = opinions.addObject();
              one.put("rule", rule.rule()).put("severity", Json.id(rule.severity()));
              Json.number(one, "score", rule.score());
              one.put("summary", rule.summary());
            });
    ArrayNode notes = out.putArray("notes");
    diagnosis.notes().forEach(notes::add);
    return Json.line(out);
  }

  private static void ledger(ArrayNode out, Ledger ledger) {
    for (Ledger.Part part : ledger.parts()) {
      ObjectNode one = out.addObject();
      one.put("item", Json.id(part.item()));
      Json.number(one, "requests", part.requests());
      Json.number(one, "share", ledger.share(part.item()));
      ArrayNode waiters = one.putArray("waiters");
      for (Waiters group : part.waiters()) {
        ObjectNode of = waiters.addObject();
        of.put("where", group.where()).put("how", group.how());
        Json.number(of, "threads", group.threads());
        Json.number(of, "pinned", group.pinned());
        Json.stack(of.putArray("stack"), group.example());
      }
    }
  }

  private static void workers(ObjectNode out, Workers workers) {
    out.put("name", workers.name()).put("kind", workers.loop() ? "event-loop" : "pool");
    out.put("threads", workers.threads());
    Json.number(out, "busy", workers.busy());
    Json.number(out, "application", workers.application());
  }

  private static void finding(ObjectNode out, Finding finding) {
    out.put("cause", finding.cause().id());
    out.put("severity", Json.id(finding.severity()));
    Json.number(out, "share", finding.share());
    out.put("headline", finding.headline());
    ArrayNode facts = out.putArray("facts");
    finding.facts().forEach(f -> facts.addObject().put("name", f.name()).put("value", f.value()));
    ArrayNode stacks = out.putArray("stacks");
    finding
        .stacks()
        .forEach(
            stack -> {
              ObjectNode one = stacks.addObject();
              one.put("title", stack.title());
              Json.stack(one.putArray("frames"), stack.frames());
            });
  }
}
