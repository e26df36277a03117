package dev.cubit.products;

import dev.cubit.server.Service;
import dev.cubit.store.rest.RestSetup;
import java.util.Arrays;
import java.util.List;

/** The program: reads its settings, listens, and stops when told; or moves keys. */
public final class Products {
  private static final String HELP =
      """
      products - the products of a shop

      GET /products lists them by name; ?prefix=, ?after= and ?limit= choose which.
      PUT, GET, PATCH, DELETE /products/NAME. GET /openapi.json tells all, GET /healthz, GET /metrics.

      Usage: java -jar products.jar [--access-log]
             java -jar products.jar move --from URL --to URL --keys F..L [--final | --remove]

        --access-log   write one JSON object a request to stdout
        move           copy products to another database; move --help tells more
        -h, --help     show this and end

      Environment:
        PORT           port to listen on; 0 takes a free one     (default 8080)
        HOST           name or address to listen on              (default 127.0.0.1)
        EVENT_LOOPS    threads that receive and send             (default: one a processor)
        DATABASE_URL   jdbc:sqlite:FILE or jdbc:postgresql://HOST/DATABASE
                                                 (default jdbc:sqlite:data/products.db)
        DATABASE_USER, DATABASE_PASSWORD         where the URL does not have them
        POOL           connections to the database               (default 8)
        POOL_WAIT      milliseconds to wait for one; 503 beyond  (default 2000)
        REQUESTS       requests under way; 503 beyond            (default 1000)
        IF_MATCH       required: 428 for changes without If-Match (default optional)
        ACCESS_LOG     on or off, same as --access-log           (default off)
        LOG_LEVEL      trace, debug, info, warn, error or off    (default info)
        LOG_FORMAT     text or json            (default text on a terminal, json otherwise)

      Examples:
        java -jar products.jar
        curl -X PUT -H 'content-type: application/json' \\
          -d '{"price":{"amount":199,"currency":"EUR"},"stock":12}' 127.0.0.1:8080/products/Apple
        curl '127.0.0.1:8080/products?prefix=Ap'

      Exit codes: 2 wrong usage, 3 the address or the database cannot be had.
      """;

  private Products() {}

  /** Starts the server; the process lives until a signal ends it. */
  public static void main(String[] args) {
    if (args.length > 0 && args[0].equals("move")) {
      System.exit(MoveProgram.run(List.of(Arrays.copyOfRange(args, 1, args.length))));
    }
    Service.run("products", HELP, args, setup());
  }

  static RestSetup setup() {
    return new RestSetup(
        "products",
        Products.class,
        (database, environment) ->
            new ProductRoutes(
                new Catalogue(database), ProductRoutes.isIfMatchRequired(environment)));
  }
}
