package dev.cubit.diagnose.flame;

import dev.cubit.diagnose.recording.Frame;
import dev.cubit.diagnose.recording.Parties;
import dev.cubit.diagnose.recording.Party;
import dev.cubit.diagnose.recording.Recording;
import dev.cubit.diagnose.recording.Trace;
import dev.cubit.diagnose.recording.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The stacks of a recording as one tree, callers before callees.
 *
 * @param total of all weights, in the lens's unit
 * @param samples how many stacks there were
 * @param methods that occur
 * @param nodes the first is the root; each comes after its parent
 * @param against total of the recording that this one is compared with
 */
public record FlameGraph(
    Lens lens,
    double total,
    long samples,
    List<Method> methods,
    List<Node> nodes,
    Optional<Double> against) {
  public FlameGraph {
    methods = List.copyOf(methods);
    nodes = List.copyOf(nodes);
  }

  /**
   * One method as it was called on one way.
   *
   * @param parent its caller's place in {@link FlameGraph#nodes}; -1 for the root
   * @param method its place in {@link FlameGraph#methods}; -1 for the root
   * @param self weight of stacks that end here
   * @param before the same in the recording that this one is compared with
   */
  public record Node(int parent, int method, double self, double before) {}

  /**
   * A method's part of the whole.
   *
   * @param self at the top of the stack, 0 to 1
   * @param total anywhere in the stack, 0 to 1; a recursion counts once
   * @param before the self share in the recording that this one is compared with, 0 to 1
   */
  public record Hot(Method method, double self, double total, double before) {}

  /** Of a part of a recording. */
  public static FlameGraph of(Recording recording, Parties parties, Lens lens, Window window) {
    Growing tree = new Growing(parties);
    lens.read(recording, window, (trace, weight) -> tree.add(trace, weight, false));
    return tree.graph(lens, Optional.empty());
  }

  /** With the weights of another recording beside its own, as far as their stacks are the same. */
  public static FlameGraph difference(
      Recording recording,
      Window window,
      Recording other,
      Window otherWindow,
      Parties parties,
      Lens lens) {
    Growing tree = new Growing(parties);
    lens.read(recording, window, (trace, weight) -> tree.add(trace, weight, false));
    lens.read(other, otherWindow, (trace, weight) -> tree.add(trace, weight, true));
    return tree.graph(lens, Optional.of(tree.before));
  }

  /** The methods with the most weight of their own. */
  public List<Hot> hottest(int most) {
    double[] self = new double[methods.size()];
    double[] before = new double[methods.size()];
    double[] all = new double[methods.size()];
    double[] totals = totals();
    for (int i = 1; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      self[node.method()] += node.self();
      before[node.method()] += node.before();
      if (!isRecursion(i)) {
        all[node.method()] += totals[i];
      }
    }
    List<Hot> hot = new ArrayList<>();
    double whole = Math.max(1e-9, total);
    double other = Math.max(1e-9, against.orElse(0.0));
    for (int m = 0; m < methods.size(); m++) {
      if (self[m] > 0 || before[m] > 0) {
        hot.add(new Hot(methods.get(m), self[m] / whole, all[m] / whole, before[m] / other));
      }
    }
    hot.sort(Comparator.comparingDouble(Hot::self).reversed());
    return hot.subList(0, Math.min(most, hot.size()));
  }

  /** Shares of the whole, 0 to 1, by whose code is at the top of the stack. */
  public Map<Party, Double> byParty() {
    Map<Party, Double> shares = new EnumMap<>(Party.class);
    for (Node node : nodes.subList(1, nodes.size())) {
      if (node.self() > 0) {
        shares.merge(
            methods.get(node.method()).party(), node.self() / Math.max(1e-9, total), Double::sum);
      }
    }
    return shares;
  }

  /** The weight of each node with all that it calls. */
  private double[] totals() {
    double[] totals = new double[nodes.size()];
    for (int i = nodes.size() - 1; i >= 0; i--) {
      totals[i] += nodes.get(i).self();
      if (i > 0) {
        totals[nodes.get(i).parent()] += totals[i];
      }
    }
    return totals;
  }

  private boolean isRecursion(int node) {
    int method = nodes.get(node).method();
    for (int i = nodes.get(node).parent(); i > 0; i = nodes.get(i).parent()) {
      if (nodes.get(i).method() == method) {
        return true;
      }
    }
    return false;
  }

  /** The methods from the outermost caller to a node. */
  List<Method> path(int node) {
    List<Method> path = new ArrayList<>();
    for (int i = node; i > 0; i = nodes.get(i).parent()) {
      path.addFirst(methods.get(nodes.get(i).method()));
    }
    return path;
  }

  /** Grows by one stack after the other. */
  private static final class Growing {
    private final Parties parties;
    private final List<Method> methods = new ArrayList<>();
    private final Map<Method, Integer> places = new HashMap<>();
    private final List<int[]> nodes = new ArrayList<>(); // parent, method
    private final List<double[]> weights = new ArrayList<>(); // self, before
    private final Map<Long, Integer> children = new HashMap<>(); // parent and method
    private final Map<Trace, Integer> ends = new HashMap<>();
    private double total;
    private double before;
    private long samples;

    Growing(Parties parties) {
      this.parties = parties;
      node(-1, -1);
    }

    void add(Trace trace, double weight, boolean ofOther) {
      int end = ends.computeIfAbsent(trace, this::end);
      weights.get(end)[ofOther ? 1 : 0] += weight;
      if (ofOther) {
        before += weight;
      } else {
        total += weight;
        samples++;
      }
    }

    private int end(Trace trace) {
      int at = 0;
      List<Frame> frames = trace.frames();
      for (int i = frames.size() - 1; i >= 0; i--) {
        int parent = at;
        int method = method(frames.get(i));
        long key = ((long) parent << 32) | method;
        at = children.computeIfAbsent(key, k -> node(parent, method));
      }
      return at;
    }

    private int method(Frame frame) {
      return places.computeIfAbsent(
          Method.of(frame, parties.of(frame)),
          method -> {
            methods.add(method);
            return methods.size() - 1;
          });
    }

    private int node(int parent, int method) {
      nodes.add(new int[] {parent, method});
      weights.add(new double[2]);
      return nodes.size() - 1;
    }

    FlameGraph graph(Lens lens, Optional<Double> against) {
      List<Node> all = new ArrayList<>(nodes.size());
      for (int i = 0; i < nodes.size(); i++) {
        all.add(new Node(nodes.get(i)[0], nodes.get(i)[1], weights.get(i)[0], weights.get(i)[1]));
      }
      return new FlameGraph(lens, total, samples, methods, all, against);
    }
  }
}
