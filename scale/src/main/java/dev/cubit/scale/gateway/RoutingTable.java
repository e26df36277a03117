package dev.cubit.scale.gateway;

import dev.cubit.scale.topology.GatewayPlan;
import dev.cubit.scale.topology.HeaderMatch;
import dev.cubit.scale.topology.Route;
import dev.cubit.scale.topology.ServicePlan;
import dev.cubit.scale.topology.Topology;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * From a request to its service. A tree of the segments of all routes' paths; the walk goes down
 * the request's path as far as the tree has it, then up again until a route takes the request: so
 * the longest path wins, and of two as long the one that asks for more (an exact host, a host with
 * a star, a header, a method). Immutable. Hot path: {@link #find} allocates nothing, and looks at
 * each byte of the path once.
 */
final class RoutingTable {
  /** Where a request goes. */
  sealed interface Goal {
    /** To a service, which may want the route's path stripped. */
    record ToService(String service, boolean strip) implements Goal {}

    /** Back to the client. */
    record Elsewhere(String to, int status) implements Goal {}
  }

  /** What was found; reused by a loop. */
  static final class Match {
    @Nullable Goal goal;

    /** In the path: where the part ends that the route names. */
    int prefixEnd;

    /** Methods that would have found something, where the request's did not. */
    @Nullable String otherMethods;

    private int[] ends = new int[8];
  }

  private static final class Node {
    final @Nullable Node parent;
    final int depth;
    Rule[] rules = {};
    byte[][] names = {};
    Node[] children = {};

    Node(@Nullable Node parent, int depth) {
      this.parent = parent;
      this.depth = depth;
    }

    @Nullable Node child(byte[] b, int from, int to) {
      for (int i = 0; i < names.length; i++) {
        if (Bytes.same(b, from, to, names[i])) {
          return children[i];
        }
      }
      return null;
    }
  }

  /** What a route asks for beside its path. */
  private static final class Rule {
    final Goal goal;

    /** Empty: any; what follows the star where it is {@link #wild}. */
    private final byte[] host;

    private final boolean wild;
    private final byte[][] methods;
    private final byte[] header;
    private final byte[] value;

    Rule(Route route, Goal goal) {
      String name = route.host().orElse("");
      this.goal = goal;
      wild = name.startsWith("*");
      host = Bytes.of(wild ? name.substring(1) : name);
      methods = new TreeSet<>(route.methods()).stream().map(Bytes::of).toArray(byte[][]::new);
      header = Bytes.of(route.header().map(HeaderMatch::name).orElse(""));
      value = Bytes.of(route.header().map(HeaderMatch::value).orElse(""));
    }

    /** The smaller, the more it asks for. */
    int rank() {
      return (host.length == 0 ? 2 : wild ? 1 : 0) * 4
          + (header.length == 0 ? 2 : 0)
          + (methods.length == 0 ? 1 : 0);
    }

    boolean takesHost(RequestHead head) {
      int to = head.hostTo;
      int from = head.hostFrom;
      if (host.length == 0) {
        return true;
      }
      int colon = to - 1;
      while (colon > from && Bytes.isDigit(head.bytes[colon])) {
        colon--;
      }
      to = colon > from && head.bytes[colon] == ':' ? colon : to;
      to = to > from && head.bytes[to - 1] == '.' ? to - 1 : to; // a full name's last dot
      if (wild) { // *.example.com takes a.example.com, not example.com
        return to - from > host.length && Bytes.is(head.bytes, to - host.length, to, host);
      }
      return Bytes.is(head.bytes, from, to, host);
    }

    boolean takesHeader(RequestHead head) {
      if (header.length == 0) {
        return true;
      }
      int field = head.find(header);
      return field >= 0 && head.valueIs(field, value);
    }

    boolean takesMethod(RequestHead head) {
      for (byte[] method : methods) {
        if (Bytes.same(head.bytes, head.methodFrom, head.methodTo, method)) {
          return true;
        }
      }
      return methods.length == 0;
    }
  }

  private final Node root = new Node(null, 0);

  private RoutingTable() {}

  /** Of a topology. */
  static RoutingTable of(Topology topology) {
    RoutingTable table = new RoutingTable();
    for (GatewayPlan.Redirect redirect : topology.gateway().redirects()) {
      table.add(
          redirect.path(),
          new Rule(
              Route.to(redirect.path()), new Goal.Elsewhere(redirect.to(), redirect.status())));
    }
    for (ServicePlan service : topology.services()) {
      for (Route route : service.routes()) {
        table.add(route.path(), new Rule(route, new Goal.ToService(service.name(), route.strip())));
      }
    }
    return table;
  }

  private void add(String path, Rule rule) {
    Node node = root;
    for (String segment : path.split("/", -1)) {
      if (!segment.isEmpty()) {
        node = childToBe(node, Bytes.of(segment));
      }
    }
    List<Rule> rules = new ArrayList<>(List.of(node.rules));
    rules.add(rule);
    rules.sort(Comparator.comparingInt(Rule::rank)); // stable: else the file's order
    node.rules = rules.toArray(Rule[]::new);
  }

  private static Node childToBe(Node node, byte[] name) {
    Node there = node.child(name, 0, name.length);
    if (there != null) {
      return there;
    }
    Node fresh = new Node(node, node.depth + 1);
    node.names = Arrays.copyOf(node.names, node.names.length + 1);
    node.names[node.names.length - 1] = name;
    node.children = Arrays.copyOf(node.children, node.children.length + 1);
    node.children[node.children.length - 1] = fresh;
    return fresh;
  }

  /** Finds where a request goes; {@link Match#goal} is null where no route takes it. */
  void find(RequestHead head, RequestPath path, Match match) {
    match.goal = null;
    match.otherMethods = null;
    boolean missed = false;
    Node deepest = down(path, match);
    for (Node node = deepest; node != null; node = node.parent) {
      for (Rule rule : node.rules) {
        if (!rule.takesHost(head) || !rule.takesHeader(head)) {
          continue;
        }
        if (rule.takesMethod(head)) {
          match.goal = rule.goal;
          match.prefixEnd = node.depth == 0 ? path.from : match.ends[node.depth - 1];
          return;
        }
        missed = true;
      }
    }
    if (missed) {
      match.otherMethods = methods(deepest, head);
    }
  }

  private static String methods(@Nullable Node deepest, RequestHead head) {
    TreeSet<String> all = new TreeSet<>();
    for (Node node = deepest; node != null; node = node.parent) {
      for (Rule rule : node.rules) {
        if (rule.takesHost(head) && rule.takesHeader(head)) {
          for (byte[] method : rule.methods) {
            all.add(Bytes.text(method, 0, method.length));
          }
        }
      }
    }
    return String.join(", ", all);
  }

  private @Nullable Node down(RequestPath path, Match match) {
    byte[] b = path.bytes;
    Node node = root;
    int at = path.from;
    while (at < path.to && node.names.length > 0) {
      while (at < path.to && b[at] == '/') {
        at++;
      }
      int from = at;
      while (at < path.to && b[at] != '/') {
        at++;
      }
      Node child = from == at ? null : node.child(b, from, at);
      if (child == null) {
        break;
      }
      if (match.ends.length < child.depth) {
        match.ends = Arrays.copyOf(match.ends, 2 * child.depth);
      }
      match.ends[child.depth - 1] = at;
      node = child;
    }
    return node;
  }
}
