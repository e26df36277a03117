package dev.cubit.store.rest;

import java.sql.SQLException;
import java.util.List;

/** What is behind a path. */
public interface Resource {
  /** The methods that it has, in capitals; HEAD and OPTIONS come by themselves. */
  List<String> methods();

  /** Its kind, for metrics: the path with names in braces for what varies. */
  String template();

  /**
   * Answers one of its methods, on a virtual thread.
   *
   * @throws dev.cubit.server.ProblemException if the request cannot be answered as it is
   * @throws SQLException if the database fails
   */
  Answer answer(Call call) throws SQLException;

  /** Whether it is answered also when too many requests are under way already. */
  default boolean isVital() {
    return false;
  }
}
