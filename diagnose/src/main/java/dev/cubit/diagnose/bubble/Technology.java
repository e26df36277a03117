package dev.cubit.diagnose.bubble;

import dev.cubit.diagnose.recording.Frame;
import java.util.List;
import java.util.Optional;

/**
 * Code between the application and a wait that says what the wait is for better than the wait
 * itself does: a driver, a client, a pool.
 *
 * @param prefix of its classes
 */
record Technology(String prefix, Kind kind, String name) {
  enum Kind {
    DATABASE,
    HTTP_CLIENT,
    POOL
  }

  private static final List<Technology> ALL =
      List.of(
          database("org.postgresql.", "PostgreSQL"),
          database("com.mysql.", "MySQL"),
          database("org.mariadb.jdbc.", "MariaDB"),
          database("oracle.jdbc.", "Oracle"),
          database("oracle.net.", "Oracle"),
          database("com.microsoft.sqlserver.", "SQL Server"),
          database("com.ibm.db2.", "Db2"),
          database("org.sqlite.", "SQLite"),
          database("org.h2.", "H2"),
          database("org.hsqldb.", "HSQLDB"),
          database("org.apache.derby.", "Derby"),
          database("org.duckdb.", "DuckDB"),
          database("com.clickhouse.", "ClickHouse"),
          database("com.mongodb.", "MongoDB"),
          database("com.datastax.", "Cassandra"),
          database("redis.clients.", "Redis (Jedis)"),
          database("io.lettuce.", "Redis (Lettuce)"),
          database("org.redisson.", "Redis (Redisson)"),
          database("net.spy.memcached.", "memcached"),
          database("org.apache.kafka.", "Kafka"),
          database("com.rabbitmq.", "RabbitMQ"),
          database("org.elasticsearch.client.", "Elasticsearch"),
          database("org.neo4j.driver.", "Neo4j"),
          client("jdk.internal.net.http.", "JDK HttpClient"),
          client("sun.net.www.http.", "HttpURLConnection"),
          client("sun.net.www.protocol.http", "HttpURLConnection"),
          client("okhttp3.", "OkHttp"),
          client("org.apache.http.", "Apache HttpClient"),
          client("org.apache.hc.", "Apache HttpClient"),
          client("org.eclipse.jetty.client.", "Jetty client"),
          client("io.grpc.", "gRPC"),
          client("software.amazon.awssdk.", "AWS SDK"),
          client("com.amazonaws.", "AWS SDK"),
          pool("com.zaxxer.hikari.", "HikariCP"),
          pool("org.apache.commons.dbcp2.", "DBCP"),
          pool("org.apache.tomcat.jdbc.pool.", "Tomcat JDBC pool"),
          pool("com.mchange.v2.", "c3p0"),
          pool("io.agroal.", "Agroal"),
          pool("org.apache.commons.pool2.", "Commons Pool"),
          pool("org.vibur.", "Vibur"));

  private static Technology database(String prefix, String name) {
    return new Technology(prefix, Kind.DATABASE, name);
  }

  private static Technology client(String prefix, String name) {
    return new Technology(prefix, Kind.HTTP_CLIENT, name);
  }

  private static Technology pool(String prefix, String name) {
    return new Technology(prefix, Kind.POOL, name);
  }

  static Optional<Technology> of(Frame frame) {
    for (Technology technology : ALL) {
      if (frame.type().startsWith(technology.prefix)) {
        return Optional.of(technology);
      }
    }
    return Optional.empty();
  }
}
