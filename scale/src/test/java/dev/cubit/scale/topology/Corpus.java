package dev.cubit.scale.topology;

import java.util.List;

/**
 * Files, small as they are, that are right or wrong, so that reader and schema can be held to the
 * same.
 */
final class Corpus {
  private Corpus() {}

  /** Of a service, beside {@code route: /}. */
  static final List<String> GOOD =
      List.of(
          "run: server",
          "run: [server, --port, '{port}', 5]",
          "run: \"${X:-server}\"",
          "at: http://10.0.0.5:8080",
          "at: ['http://10.0.0.5:8080', 'https://shop.internal']",
          "at: https://shop.internal\nprotocol: http2",
          "run: x\nprotocol: http2",
          "run: x\nprotocol: http1",
          "dns: products.internal:8080",
          "dns: _http._tcp.products",
          "versions: { a: { run: x }, b: { run: y, weight: 0 } }",
          "versions: { a: { run: x, env: { A: 1, B: true } }, b: { run: y, header: 'X-Version: 2' }"
              + " }",
          "run: x\nclones: 4",
          "run: x\nclones: auto",
          "run: x\nclones: ${N:-3}",
          "run: x\nhealth: /health?deep=1",
          "run: x\nhealth: { path: /, interval: 1s }",
          "run: x\nchecks: [/, { path: /a, status: 404 }]",
          "run: x\nready-timeout: 1m30s\ngrace: 0",
          "run: x\nmemory: 1.5GB\nrequests: 1_000\ncpu: 2",
          "run: x\nmemory: 512 MB\nrequests: '1000'\ncpu: 0.25\nshare: port",
          "run: x\nshare: port\nenv: { PORT: 8081 }",
          "run: x\nbalance: round-robin",
          "run: x\nbalance: { hash: 'cookie:user' }",
          "run: x\nbalance: { hash: { jwt: sub } }",
          "run: x\nbalance: { sticky: SHOP }",
          "run: x\nretries: 2",
          "run: x\nretries: { budget: 0% }",
          "run: x\neject: off",
          "run: x\neject: { slower: 3 }",
          "run: x\nrate: 0.5/s",
          "run: x\nrate: { requests: 1_000/h, key: 'header:Authorization' }",
          "run: x\nslow-start: 0",
          "run: x\nlimits: { pending: 0 }",
          "run: x\ntimeouts: { request: 250ms }",
          "run: x\n"
              + "partitions: { key: 'path[1]', ranges: { A-L: , M-Z: { env: { A: b } }, other: } }",
          "run: x\n"
              + "partitions: { key: 'jwt:sub', case: keep, hash: { of: [a, b] }, fan-out: partial"
              + " }",
          "run: x\npartitions: { key: 'query:q', hash: { slots: 64, of: { a: , b: } }, move: mv }",
          "partitions: { key: 'query:q', hash: { of: { a: { at: 'http://a:1' }, b: { at:"
              + " 'http://b:1' } } } }");

  /** What both refuse. */
  static final List<String> BAD =
      List.of(
          "clones: 1",
          "run: x\nat: http://a:1",
          "run: x\nversions: { a: { run: x } }",
          "run: 5",
          "run: ''",
          "run: []",
          "run:",
          "run: { a: b }",
          "runn: x",
          "run: x\nprotocol: h2",
          "run: x\nprotocol: [http2]",
          "at: https://a:1\nca: ''",
          "at: 10.0.0.5:8080",
          "at: http://10.0.0.5:8080/path",
          "at: []",
          "at: http://a:1\nclones: 2",
          "dns: 'a b'",
          "dns: a:1\nenv: { A: b }",
          "versions: {}",
          "versions: { a: { weight: 1 } }",
          "versions: { A_B: { run: x } }",
          "versions: { a: { run: x, header: nope } }",
          "run: x\nclones: 0",
          "run: x\nclones: many",
          "run: x\nclones: [1]",
          "run: x\nclones: -1",
          "run: x\nclones: 1.5",
          "run: x\nhealth: health",
          "run: x\nhealth: { interval: 1s }",
          "run: x\nhealth: { path: /, rise: 0 }",
          "run: x\nchecks: [{ status: 200 }]",
          "run: x\nchecks: [{ path: /, status: 99 }]",
          "run: x\nready-timeout: 30",
          "run: x\nready-timeout: 0s",
          "run: x\ngrace: soon",
          "run: x\nmemory: 512",
          "run: x\nmemory: 512MiB",
          "run: x\nrequests: 0",
          "run: x\ncpu: 0",
          "run: x\ncpu: half",
          "run: x\nshare: ports",
          "run: x\nbalance: random",
          "run: x\nbalance: { hash: X-User }",
          "run: x\nbalance: { sticky: a, hash: 'path[0]' }",
          "run: x\nretries: -1",
          "run: x\nretries: { budget: 200% }",
          "run: x\neject: on",
          "run: x\nrate: 100",
          "run: x\nrate: { burst: 5 }",
          "run: x\ntimeouts: 5s",
          "run: x\nenv: [A=b]",
          "run: x\nenv: { A-B: c }",
          "run: x\nenv: { A: [b] }",
          "run: x\nenv: { A: }",
          "run: x\npartitions: { ranges: { A-Z: } }",
          "run: x\npartitions: { key: 'path[1]' }",
          "run: x\npartitions: { key: 'path[1]', ranges: { A-Z: }, hash: { of: [a] } }",
          "run: x\npartitions: { key: 'path', ranges: { A-Z: } }",
          "run: x\npartitions: { key: 'path[1]', ranges: {} }",
          "run: x\npartitions: { key: 'path[1]', case: upper, ranges: { A-Z: } }",
          "run: x\npartitions: { key: 'path[1]', hash: { of: [] } }",
          "run: x\npartitions: { key: 'path[1]', hash: { slots: 0, of: [a] } }",
          "run: x\npartitions: { key: 'path[1]', fan-out: all, ranges: { A-Z: } }",
          "run: x\npartitions: { key: 'path[1]', ranges: { A-Z: { run: y } } }",
          "run: x\nhealt: /health");

  /** What only a reader can see: a schema knows no order of keys, and cannot compare two places. */
  static final List<String> BAD_BY_MEANING =
      List.of(
          "run: x\nenv: { PORT: 80 }",
          "run: x\nshare: port\nenv: { PORT: 0 }",
          "run: 'a | b'",
          "run: \"'open\"",
          "run: FOO=bar server",
          "run: server {prot}",
          "run: ${NOT_SET}",
          "run: x\nrun: y",
          "at: [http://a:1, http://a:1]",
          "at: http://a:1\nca: ca.pem",
          "at: https://a:1\nca: nowhere.pem",
          "run: x\nca: ca.pem",
          "at: http://a:70000",
          "dns: products.internal",
          "versions: { a: { run: x, weight: 0 } }",
          "run: x\nfolder: nowhere",
          "versions: { a: { run: x }, b: { run: y } }\n"
              + "partitions: { key: 'path[1]', hash: { of: [a] } }",
          "run: x\npartitions: { key: 'path[1]', ranges: { A-L: , N-Z: } }",
          "run: x\npartitions: { key: 'path[1]', ranges: { A-M: , M-Z: } }",
          "run: x\npartitions: { key: 'path[1]', ranges: { L-A: } }",
          "run: x\npartitions: { key: 'path[1]', hash: { slots: 1, of: [a, b] } }",
          "run: x\npartitions: { key: 'path[1]', hash: { of: [a, a] } }",
          "partitions: { key: 'path[1]', hash: { of: { a: { at: 'http://a:1' }, b: } } }",
          "run: x\npartitions: { key: 'path[1]', hash: { of: { a: { at: 'http://a:1' } } } }",
          "run: x\npartitions: { key: { jwt: sub, secret: nowhere }, hash: { of: [a] } }");

  static String file(String service) {
    return "services:\n  shop:\n    route: /\n" + service.indent(4);
  }
}
