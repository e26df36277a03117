package dev.cubit.diagnose.doctor;

import dev.cubit.diagnose.ledger.Ledger;
import dev.cubit.diagnose.recording.Party;
import java.util.List;

/**
 * What was found.
 *
 * @param findings the first is the verdict; never empty
 * @param ledger where the requests' time went
 * @param hottest methods by their share of the CPU time, the hottest first
 * @param notes sentences on what limits the evidence
 */
public record Diagnosis(
    List<Finding> findings, Ledger ledger, List<HotMethod> hottest, List<String> notes) {
  public Diagnosis {
    findings = List.copyOf(findings);
    hottest = List.copyOf(hottest);
    notes = List.copyOf(notes);
  }

  public Finding verdict() {
    return findings.getFirst();
  }

  /**
   * A method that was on the CPU.
   *
   * @param name with its class
   * @param party whose it is
   * @param self share of the CPU time at the top of the stack, 0 to 1
   * @param total share of the CPU time anywhere in the stack, 0 to 1
   */
  public record HotMethod(String name, Party party, double self, double total) {}
}
