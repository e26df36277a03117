package dev.cubit.load;

import java.util.ArrayDeque;
import java.util.List;

/**
 * Decides when which connection of a loop sends: the plan's {@link Pace} at work. Owned by its
 * loop's thread.
 */
sealed interface Dispatch {
  /** The load begins; what is open is free. */
  void begin(long now);

  /** A connection has become able to send, or more able. Does not flush. */
  void free(Connection connection, long now);

  /** Time is up: tells the loop of planned starts that were never sent. */
  void end(long now);

  static Dispatch of(Loop loop, long begin) {
    return switch (loop.plan.pace()) {
      case Pace.AsAnswered pace -> new Closed(loop);
      case Pace.AtRate pace ->
          new AtRate(loop, Schedule.of(pace, begin, loop.index, loop.plan.threads(), loop.seed()));
      case Pace.PerConnection pace ->
          new PerConnection(loop, begin, 1e9 / pace.requestsPerSecond());
    };
  }

  /** As soon as there is an answer, the next request. */
  record Closed(Loop loop) implements Dispatch {
    @Override
    public void begin(long now) {
      for (Connection connection : loop.connections) {
        free(connection, now);
        connection.flush();
      }
    }

    @Override
    public void free(Connection connection, long now) {
      while (connection.canSend() && loop.spend()) {
        connection.start(now, now);
      }
    }

    @Override
    public void end(long now) {}
  }

  /**
   * By one schedule for all connections: a planned start goes to the connection that has been free
   * for longest, or waits until one is.
   */
  final class AtRate implements Dispatch {
    /**
     * At high rates starts are sent by twos and threes: a timer for each costs more than sending
     * it, and a loop that is kept busy with timers reads its answers late. Shown as lateness.
     */
    private static final long SHORTEST_SLEEP_NANOS = 50_000;

    private final Loop loop;
    private final Schedule schedule;
    private final ArrayDeque<Connection> free;
    private boolean timerIsSet;
    private long lastWake;

    AtRate(Loop loop, Schedule schedule) {
      this.loop = loop;
      this.schedule = schedule;
      this.free = new ArrayDeque<>(loop.connections.size() + 1);
      this.lastWake = schedule.next() - SHORTEST_SLEEP_NANOS;
    }

    @Override
    public void begin(long now) {
      for (Connection connection : loop.connections) {
        queue(connection);
      }
      setTimer(now);
    }

    @Override
    public void free(Connection connection, long now) {
      while (schedule.next() <= now && connection.canSend() && loop.spend()) {
        long planned = schedule.next();
        schedule.advance();
        if (connection.queued) {
          // it was free already, so it is our own timer that is late
          loop.late(now - planned);
        } else {
          loop.late(0);
          loop.waited(now - planned);
        }
        connection.start(planned, now);
      }
      queue(connection);
      setTimer(now);
    }

    private void queue(Connection connection) {
      if (!connection.queued && connection.canSend()) {
        connection.queued = true;
        free.addLast(connection);
      }
    }

    private void setTimer(long now) {
      if (!timerIsSet && !free.isEmpty() && !loop.isSpent()) {
        timerIsSet = true;
        loop.at(Math.max(schedule.next(), lastWake + SHORTEST_SLEEP_NANOS), now, this::sendDue);
      }
    }

    private void sendDue() {
      timerIsSet = false;
      long now = System.nanoTime();
      lastWake = now;
      while (loop.isRunning() && schedule.next() <= now && !free.isEmpty()) {
        Connection connection = free.pollFirst();
        connection.queued = false;
        if (connection.canSend() && loop.spend()) {
          loop.late(now - schedule.next());
          connection.start(schedule.next(), now);
          schedule.advance();
          connection.flush();
          queue(connection);
          now = System.nanoTime();
        }
      }
      if (loop.isRunning()) {
        setTimer(now);
      }
    }

    @Override
    public void end(long now) {
      // a backlog may be of millions: taken in at most 10,000 steps, evenly
      long first = schedule.next();
      if (first > now || loop.isSpent()) {
        return;
      }
      double nanosApart =
          loop.plan.threads() * 1e9 / ((Pace.AtRate) loop.plan.pace()).requestsPerSecond();
      long unsent = Math.min(loop.budget(), 1 + (long) ((now - first) / nanosApart));
      long steps = Math.min(unsent, 10_000);
      for (long i = 0; i < steps; i++) {
        long count = unsent * (i + 1) / steps - unsent * i / steps;
        loop.unsent((long) ((now - first) * (1 - i / (double) steps)), count);
      }
    }
  }

  /** Each connection by a schedule of its own; the schedules are shifted against each other. */
  final class PerConnection implements Dispatch {
    private final Loop loop;
    private final List<Connection> connections;
    private final long begin;
    private final double nanosApart;
    private long round;
    private int next;

    PerConnection(Loop loop, long begin, double nanosApart) {
      this.loop = loop;
      this.connections = loop.connections;
      this.begin = begin;
      this.nanosApart = nanosApart;
    }

    private long planned(long slot, Connection connection) {
      double shift = (double) connection.number / loop.plan.connections().count();
      return begin + (long) ((slot + shift) * nanosApart);
    }

    @Override
    public void begin(long now) {
      setTimer(now);
    }

    private void setTimer(long now) {
      if (!loop.isSpent()) {
        loop.at(planned(round, connections.get(next)), now, this::sendDue);
      }
    }

    private void sendDue() {
      long now = System.nanoTime();
      while (loop.isRunning() && planned(round, connections.get(next)) <= now) {
        Connection connection = nextIsDue();
        if (connection.due == 1 && connection.canSend()) {
          loop.late(now - planned(connection.slot, connection));
          send(connection, now);
          connection.flush();
          now = System.nanoTime();
        }
      }
      if (loop.isRunning()) {
        setTimer(now);
      }
    }

    private Connection nextIsDue() {
      Connection connection = connections.get(next);
      if (++next == connections.size()) {
        next = 0;
        round++;
      }
      connection.due++;
      return connection;
    }

    private void send(Connection connection, long now) {
      if (loop.spend()) {
        connection.due--;
        connection.start(planned(connection.slot++, connection), now);
      }
    }

    @Override
    public void free(Connection connection, long now) {
      while (connection.due > 0 && connection.canSend() && !loop.isSpent()) {
        loop.late(0);
        loop.waited(now - planned(connection.slot, connection));
        send(connection, now);
      }
    }

    @Override
    public void end(long now) {
      while (planned(round, connections.get(next)) <= now) {
        nextIsDue(); // since the timer last went
      }
      for (Connection connection : connections) {
        if (connection.isDone()) {
          continue;
        }
        for (; connection.due > 0 && !loop.isSpent(); connection.due--) {
          loop.unsent(now - planned(connection.slot++, connection), 1);
        }
      }
    }
  }
}
