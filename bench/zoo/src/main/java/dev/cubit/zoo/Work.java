package dev.cubit.zoo;

/** What a server does for a request, on whatever thread its stack gives it. */
@FunctionalInterface
interface Work {
  /** Returns the body, given what stands behind the question mark, or nothing. */
  String answer(String query) throws Exception;
}
