package dev.cubit.measure;

import dev.cubit.measure.CeilingResult.Row;
import dev.cubit.measure.CeilingResult.Share;
import java.util.Optional;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * The share of a ceiling that a target reaches, from rounds in which both were loaded in turn.
 *
 * <p>Rounds are pairs: what slows the machine slows both loads of a round. So the interval is
 * Student's for the mean of the rounds' log ratios. With a single round it is from the samples, by
 * {@link MeanRatio}, and blind to anything that lasts longer than a load.
 */
final class CeilingShares {
  private static final double WIDEST = Math.log(1000);

  private CeilingShares() {}

  static Share of(Row target, Row ceiling) {
    if (target.saturation().isPresent()) {
      return none(
          ceiling,
          "no share of the ceiling can be given: already on the target "
              + target.saturation().get().reason());
    }
    Optional<Ratio> ratio = ratio(target, ceiling);
    if (ratio.isEmpty()) {
      return none(
          ceiling,
          "no share of the ceiling can be given: "
              + (target.requestsPerSecond() > 0 ? ceiling.name() : target.name())
              + " answered nothing in one of the rounds, or too little was measured");
    }
    boolean atMost = ceiling.saturation().isPresent();
    Ratio share = ratio.get();
    String sentence =
        target.name()
            + " reaches "
            + (atMost ? "at most " : "")
            + Figures.percent(share.estimate())
            + " of "
            + ceiling.name()
            + " (95 % interval "
            + Figures.percent(share.low())
            + " to "
            + Figures.percent(share.high())
            + ")"
            + (atMost ? ": there the load generator was the limit, the ceiling may be higher" : "");
    return new Share(ceiling.name(), ratio, atMost, sentence);
  }

  private static Share none(Row ceiling, String sentence) {
    return new Share(ceiling.name(), Optional.empty(), false, sentence);
  }

  static Optional<Ratio> ratio(Row target, Row ceiling) {
    int pairs = Math.min(target.rounds().size(), ceiling.rounds().size());
    if (pairs == 1) {
      return MeanRatio.of(
          Series.of(ceiling.load()).throughput(), Series.of(target.load()).throughput());
    }
    double[] logs = new double[pairs];
    for (int i = 0; i < pairs; i++) {
      logs[i] = Math.log(target.rounds().get(i) / ceiling.rounds().get(i));
      if (!Double.isFinite(logs[i])) {
        return Optional.empty();
      }
    }
    return pairs == 0 ? Optional.empty() : Optional.of(paired(logs));
  }

  private static Ratio paired(double[] logs) {
    int n = logs.length;
    double mean = MeanRatio.mean(logs);
    double squares = 0;
    for (double log : logs) {
      squares += (log - mean) * (log - mean);
    }
    double t = new TDistribution(n - 1).inverseCumulativeProbability(0.975);
    double half = Math.min(WIDEST, t * Math.sqrt(squares / (n - 1) / n));
    return new Ratio(Math.exp(mean), Math.exp(mean - half), Math.exp(mean + half));
  }
}
