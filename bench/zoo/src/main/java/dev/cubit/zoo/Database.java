package dev.cubit.zoo;

import java.sql.SQLException;
import org.h2.tools.Server;

/** H2 as a server, with databases that are in memory only. */
final class Database {
  private Database() {}

  static int start() throws SQLException {
    return Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start().getPort();
  }
}
