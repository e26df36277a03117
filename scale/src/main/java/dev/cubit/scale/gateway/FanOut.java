package dev.cubit.scale.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cubit.scale.gateway.balance.Outcome;
import dev.cubit.scale.partition.ListQuery;
import dev.cubit.scale.partition.MergedArrays;
import dev.cubit.scale.topology.Partitioning;
import dev.cubit.scale.topology.ScaleException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One request without a key: all partitions are asked at once, each by a {@link PartCall}, and what
 * they answer is made one list. Owned by the client's event loop; a long list is merged on a thread
 * of its own, as nobody else of the loop's clients can be served meanwhile.
 *
 * <ul>
 *   <li>An answer 3xx or 4xx says something of the request, and is passed on as it is.
 *   <li>A partition that does not answer in time, or with 5xx, is missing. Where all are to be
 *       there, that is a problem that names it; else the list has what the others have, and {@code
 *       X-Cubit-Partial} says what is missing.
 *   <li>HEAD is asked as GET: the length of the list is known only when it is merged.
 * </ul>
 *
 * <p>What is kept is bounded: {@link #MOST_BYTES} of one request, and {@link Gathering} of all.
 */
final class FanOut {
  private static final int MOST_BYTES = 8 << 20;
  private static final int MERGED_AT_ONCE = 64 << 10;

  /** What would make the parts answer something that cannot be merged. */
  private static final byte[][] NOT_ASKED = {
    Bytes.of("accept-encoding"),
    Bytes.of("expect"),
    Bytes.of("if-match"),
    Bytes.of("if-modified-since"),
    Bytes.of("if-none-match"),
    Bytes.of("if-range"),
    Bytes.of("if-unmodified-since"),
    Bytes.of("range")
  };

  private final ClientConnection client;
  private final Worker worker;
  private final LoopService service;
  private final boolean headOnly;
  private final boolean http10;
  private final boolean keepAlive;
  private final long began;
  private final long keyHash;
  private final @Nullable AccessNote note;
  private final String path;
  private final ListQuery list;

  private LoopPartitions partitions;
  private byte[] request = new byte[0];
  private List<PartCall> calls = List.of();
  private int open;
  private int kept;
  private boolean repeated;
  private boolean over;

  FanOut(
      ClientConnection client,
      Worker worker,
      LoopService service,
      LoopPartitions partitions,
      RequestHead head,
      long now) {
    this.client = client;
    this.worker = worker;
    this.service = service;
    this.partitions = partitions;
    headOnly = head.method == Method.HEAD;
    http10 = head.http10;
    keepAlive = head.keepAlive;
    began = now;
    keyHash = service.keyHash();
    note = worker.wantsAccess() ? AccessNote.of(head) : null;
    path = worker.keyPlaces.path();
    list = ListQuery.of(worker.keyPlaces.query());
  }

  /** Whether all partitions can be asked that. */
  static boolean takes(RequestHead head) {
    boolean reads = head.method == Method.GET || head.method == Method.HEAD;
    return reads && !head.chunked && head.contentLength <= 0 && !head.wantsWebSocket;
  }

  void start(RequestHead head, RequestPath to, int prefixEnd, Peer peer) {
    service.tally.begun();
    service.budget.request(began);
    head.askWithBody();
    head.leaveOut(NOT_ASKED);
    worker.outgoing.clear();
    worker.requestWriter.write(worker.outgoing, head, to, prefixEnd, service.nameBytes, peer);
    request = Arrays.copyOf(worker.outgoing.bytes, worker.outgoing.length);
    askAll(began);
  }

  private void askAll(long now) {
    List<PartCall> all = new ArrayList<>();
    for (LoopPartition partition : partitions.all()) {
      all.add(new PartCall(this, service, worker, partition, keyHash, now));
    }
    calls = all;
    open = all.size();
    all.forEach(PartCall::begin);
  }

  // ---- for its parts

  byte[] request() {
    return request;
  }

  boolean isStrict() {
    return partitions.table.plan().fanOut() == Partitioning.FanOut.STRICT;
  }

  /** Whether there is room for so much more; where not, the client is told. */
  boolean keeps(int bytes) {
    if (kept + bytes > MOST_BYTES) {
      fail(
          502,
          "the lists of the partitions are longer than "
              + MOST_BYTES
              + " bytes together: ask for a page of them with limit",
          Outcome.MALFORMED);
      return false;
    }
    if (!worker.gathering.take(bytes)) {
      fail(503, "too many lists are merged at the moment", Outcome.CANCELLED);
      return false;
    }
    kept += bytes;
    return true;
  }

  void forgets(int bytes) {
    kept -= bytes;
    worker.gathering.giveBack(bytes);
  }

  void partEnded() {
    if (--open == 0 && !over) {
      judge();
    }
  }

  // ---- the answer

  private void judge() {
    List<PartCall> missing = calls.stream().filter(PartCall::isMissing).toList();
    List<PartCall> refusals = calls.stream().filter(PartCall::isRefusal).toList();
    LoopPartitions now = service.partitions;
    if (!refusals.isEmpty()) {
      passOn(refusals.getFirst());
    } else if (!missing.isEmpty() && !repeated && now != null && !now.equals(partitions)) {
      repeated = true; // what is missing may have gone
      partitions = now;
      forgets(kept);
      askAll(System.nanoTime());
    } else if (!missing.isEmpty() && (isStrict() || missing.size() == calls.size())) {
      boolean one = missing.size() == 1;
      fail(
          missing.getFirst().problemStatus(),
          (one ? "the partition " : "the partitions ")
              + missing.stream().map(call -> call.partition.name).collect(Collectors.joining(", "))
              + (one ? " gives" : " give")
              + " no answer: the list would not be whole",
          missing.getFirst().outcome());
    } else {
      merge(missing);
    }
  }

  private void merge(List<PartCall> missing) {
    List<MergedArrays.Part> parts =
        calls.stream()
            .filter(call -> !call.isMissing())
            .map(call -> new MergedArrays.Part(call.partition.name, call.json(), call.more()))
            .toList();
    if (kept <= MERGED_AT_ONCE) {
      merged(merge(parts, partitions.table, list), missing);
    } else {
      PartitionTable table = partitions.table;
      Thread.ofVirtual()
          .name("cubit-merge")
          .start(
              () -> {
                Merge result = merge(parts, table, list);
                worker.execute(() -> merged(result, missing));
              });
    }
  }

  private sealed interface Merge {
    record Whole(MergedArrays.Page page) implements Merge {}

    record Failed(String sentence) implements Merge {}
  }

  private static Merge merge(List<MergedArrays.Part> parts, PartitionTable table, ListQuery list) {
    try {
      return new Merge.Whole(
          MergedArrays.merge(
              parts, table.plan().listKey(), table::owns, list.after(), list.limit()));
    } catch (ScaleException e) {
      return new Merge.Failed(String.valueOf(e.getMessage()));
    }
  }

  private void merged(Merge result, List<PartCall> missing) {
    if (over) {
      return; // the client has gone meanwhile
    }
    switch (result) {
      case Merge.Failed(String sentence) -> fail(502, sentence, Outcome.MALFORMED);
      case Merge.Whole(MergedArrays.Page page) -> {
        String type =
            calls.stream()
                .filter(call -> !call.isMissing() && !call.fields().isEmpty())
                .map(PartCall::fields)
                .findFirst()
                .orElse("content-type: application/json\r\n");
        String next =
            page.next()
                .map(key -> "link: <" + path + "?" + list.next(key) + ">; rel=\"next\"\r\n")
                .orElse("");
        String partial =
            missing.isEmpty()
                ? ""
                : "x-cubit-partial: "
                    + missing.stream()
                        .map(call -> URLEncoder.encode(call.partition.name, UTF_8))
                        .collect(Collectors.joining(", "))
                    + "\r\n";
        answer(200, "200 OK", type + next + partial, page.json());
      }
    }
  }

  private void passOn(PartCall call) {
    answer(call.status(), call.statusLine(), call.fields(), call.body());
  }

  private void answer(int status, String statusLine, String fields, byte[] body) {
    boolean last = isLast();
    Outgoing out = worker.outgoing;
    out.clear();
    out.put(Bytes.of("HTTP/1.1 " + statusLine + "\r\n"))
        .put(worker.responseWriter.date())
        .put(Bytes.of(fields + "content-length: "))
        .put(body.length)
        .put(Bytes.of("\r\nvia: 1.1 cubit\r\n"));
    ResponseWriter.connection(out, ResponseWriter.Connection.of(last, http10));
    out.put(Bytes.CRLF);
    ByteBuf head = worker.buffer(out.length).writeBytes(out.bytes, 0, out.length);
    end(Outcome.ANSWERED, status, out.length + (headOnly ? 0 : body.length));
    client.write(headOnly ? head : Unpooled.wrappedBuffer(head, Unpooled.wrappedBuffer(body)));
    client.fanOutEnded(last);
  }

  private void fail(int status, String sentence, Outcome outcome) {
    if (over) {
      return;
    }
    end(outcome, status, 0);
    client.fanOutFailed(status, sentence, service.name, headOnly, isLast());
  }

  private boolean isLast() {
    return !keepAlive || worker.isClosing();
  }

  // ---- its end

  void check(long now) {
    for (PartCall call : List.copyOf(calls)) {
      if (!over) {
        call.check(now);
      }
    }
  }

  /** The client has gone. */
  void cancel() {
    if (!over) {
      end(Outcome.CANCELLED, 0, 0);
    }
  }

  private void end(Outcome outcome, int status, int bytesOut) {
    long now = System.nanoTime();
    over = true;
    calls.forEach(call -> call.cancel(now));
    worker.gathering.giveBack(kept);
    kept = 0;
    service.tally.left(request.length, bytesOut);
    service.tally.ended(outcome, status, now - began);
    AccessNote about = note;
    if (about != null) {
      worker.access(
          about.access(
              client.address(),
              service.name,
              "",
              calls.stream().mapToInt(PartCall::attempts).sum(),
              status,
              request.length,
              bytesOut,
              now - began));
    }
  }
}
