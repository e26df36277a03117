package dev.cubit.zoo;

import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The last offers made; a new one takes the place of the oldest, which is old indeed by then. */
final class RecentOffers implements Work {
  private record Offer(long number, String customer, Map<String, Double> prices) {}

  private final AtomicReferenceArray<Offer> offers;
  private final AtomicLong next = new AtomicLong();
  private final int perRequest;

  /** Each offer takes about 400 bytes. */
  RecentOffers(int kept, int perRequest) {
    this.offers = new AtomicReferenceArray<>(kept);
    this.perRequest = perRequest;
    for (int i = 0; i < kept; i++) {
      make();
    }
  }

  @Override
  public String answer(String query) {
    long last = 0;
    for (int i = 0; i < perRequest; i++) {
      last = make();
    }
    return "{\"offer\":" + last + "}";
  }

  private long make() {
    long number = next.getAndIncrement();
    double price = ThreadLocalRandom.current().nextDouble();
    var prices = Map.of("list " + number, price, "net " + number, price / 1.19);
    var offer = new Offer(number, "customer " + number, prices);
    offers.set((int) (number % offers.length()), offer);
    return offer.number();
  }
}
