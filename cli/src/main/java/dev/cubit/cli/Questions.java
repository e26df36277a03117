package dev.cubit.cli;

import dev.cubit.load.Extent;
import dev.cubit.load.LoadPlan;
import dev.cubit.load.Pace;
import dev.cubit.load.Request;
import dev.cubit.measure.Run;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was asked, as a report tells it again. */
final class Questions {
  /** Of a list of thousands, a report names the first. */
  private static final int MOST_URLS = 20;

  private Questions() {}

  static Run.Question of(LoadPlan plan, LoadOptions options, @Nullable String title) {
    List<String> urls =
        plan.requests().stream().map(Request::url).distinct().limit(MOST_URLS).toList();
    return new Run.Question(
        Optional.ofNullable(title),
        urls,
        plan.connections().unixSocket().map(Path::toString),
        switch (plan.connections().protocol()) {
          case HTTP_1 -> "HTTP/1.1";
          case HTTP_2 -> "HTTP/2";
        },
        plan.requests().getFirst().method(),
        plan.connections().count(),
        plan.connections().pipelining(),
        options.workers,
        plan.extent() instanceof Extent.Time(Duration duration)
            ? Optional.of(duration)
            : Optional.empty(),
        plan.extent() instanceof Extent.Count(long requests)
            ? Optional.of(requests)
            : Optional.empty(),
        plan.pace() instanceof Pace.AtRate at
            ? at.arrivals().name().toLowerCase(Locale.ROOT)
            : plan.pace() instanceof Pace.PerConnection ? "constant" : "closed",
        plan.pace() instanceof Pace.AtRate at
            ? Optional.of(at.requestsPerSecond())
            : Optional.empty(),
        plan.pace() instanceof Pace.PerConnection each
            ? Optional.of(each.requestsPerSecond())
            : Optional.empty(),
        plan.sampleInterval());
  }
}
