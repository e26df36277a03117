package dev.cubit.cart;

import dev.cubit.server.Service;
import dev.cubit.store.rest.RestSetup;

/** The program: reads its settings, listens, and stops when told. */
public final class Cart {
  private static final String HELP =
      """
      cart - the carts of a shop

      PUT, DELETE /cart/CUSTOMER/items/PRODUCT; GET /cart/CUSTOMER has prices and totals.
      POST /cart/CUSTOMER/checkout with an Idempotency-Key buys what is in it, once.
      GET /openapi.json tells all, GET /healthz, GET /metrics.

      Usage: java -jar cart.jar [--access-log]

        --access-log   write one JSON object a request to stdout
        -h, --help     show this and end

      Environment:
        PORT           port to listen on; 0 takes a free one     (default 8080)
        HOST           name or address to listen on              (default 127.0.0.1)
        EVENT_LOOPS    threads that receive and send             (default: one a processor)
        PRODUCTS_URL   where the service products is             (default http://127.0.0.1:8080)
        PRODUCTS_WAIT  milliseconds that all prices may take     (default 2000)
        DATABASE_URL   jdbc:sqlite:FILE or jdbc:postgresql://HOST/DATABASE
                                                     (default jdbc:sqlite:data/cart.db)
        DATABASE_USER, DATABASE_PASSWORD         where the URL does not have them
        POOL           connections to the database               (default 8)
        POOL_WAIT      milliseconds to wait for one; 503 beyond  (default 2000)
        REQUESTS       requests under way; 503 beyond            (default 1000)
        ACCESS_LOG     on or off, same as --access-log           (default off)
        LOG_LEVEL      trace, debug, info, warn, error or off    (default info)
        LOG_FORMAT     text or json            (default text on a terminal, json otherwise)

      Examples:
        PORT=8081 java -jar cart.jar
        curl -X PUT -H 'content-type: application/json' -d '{"quantity":2}' \\
          127.0.0.1:8081/cart/ann/items/Apple
        curl -X POST -H 'idempotency-key: 1f0c' 127.0.0.1:8081/cart/ann/checkout

      Exit codes: 2 wrong usage, 3 the address or the database cannot be had.
      """;

  private Cart() {}

  /** Starts the server; the process lives until a signal ends it. */
  public static void main(String[] args) {
    Service.run("cart", HELP, args, setup());
  }

  static RestSetup setup() {
    return new RestSetup(
        "cart",
        Cart.class,
        (database, environment) -> new CartRoutes(new Carts(database), Prices.from(environment)));
  }
}
