package dev.cubit.qr;

import dev.cubit.qr.image.ImageException;
import dev.cubit.qr.image.ImageWriter;
import dev.cubit.qr.symbol.Symbol;
import dev.cubit.qr.symbol.SymbolEncoder;
import dev.cubit.qr.symbol.SymbolException;
import dev.cubit.server.ProblemException;

/** Does the work of an order. Owned by one thread. */
final class PictureMaker {
  private final SymbolEncoder encoder = new SymbolEncoder();
  private final ImageWriter writer = new ImageWriter();

  /**
   * Returns a whole file.
   *
   * @throws ProblemException if no code is as it was ordered
   */
  byte[] make(Payload data, Order order) {
    return draw(encode(data, order), order);
  }

  Symbol encode(Payload data, Order order) {
    try {
      return switch (data) {
        case Payload.Text(var text) when order.parts() == 1 -> encoder.encode(text, order.symbol());
        case Payload.Text(var text) ->
            encoder.encode(text, order.symbol(), order.parts()).get(order.part() - 1);
        case Payload.Bytes(var bytes) -> encoder.encode(bytes, order.symbol());
      };
    } catch (SymbolException e) {
      throw order.options().problem(e);
    }
  }

  byte[] draw(Symbol symbol, Order order) {
    try {
      return writer.write(symbol, order.fit().style(symbol, order.style()), order.format());
    } catch (ImageException e) {
      throw order.options().problem(Option.SIZE, e.getMessage());
    }
  }
}
