package dev.cubit.zoo;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleBinaryOperator;

/** Calculates cells here and there in many large sheets. */
final class Workbooks implements Work {
  private static final int CELLS = 30;
  private static final int TERMS = 240;

  private final int cellsEach;
  private final int count;
  private final Random random = new Random(1);
  private volatile List<DoubleBinaryOperator> sheets;

  private Workbooks(int count, int cellsEach) throws ReflectiveOperationException {
    this.count = count;
    this.cellsEach = cellsEach;
    this.sheets = load();
  }

  /** So many sheets; a request wants the cells of any. */
  static Workbooks fixed(int sheets, int cellsEach) throws ReflectiveOperationException {
    return new Workbooks(sheets, cellsEach);
  }

  /** So many sheets, which are replaced by new ones again and again. */
  static Workbooks replaced(int sheets, int cellsEach, long millis)
      throws ReflectiveOperationException {
    var books = new Workbooks(sheets, cellsEach);
    Thread.ofPlatform().daemon().name("edition").start(() -> books.replace(millis));
    return books;
  }

  private void replace(long millis) {
    try {
      while (true) {
        Thread.sleep(millis);
        sheets = load();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String answer(String query) {
    var now = sheets;
    var chance = ThreadLocalRandom.current();
    double sum = 0;
    for (int i = 0; i < cellsEach; i++) {
      var sheet = now.get(chance.nextInt(now.size()));
      sum += sheet.applyAsDouble(chance.nextInt(CELLS), i);
    }
    return "{\"sum\":" + sum + "}";
  }

  private List<DoubleBinaryOperator> load() throws ReflectiveOperationException {
    var loaded = new ArrayList<DoubleBinaryOperator>();
    for (int i = 0; i < count; i++) {
      var name = Workbooks.class.getPackageName() + ".Sheet";
      var type =
          MethodHandles.lookup()
              .defineHiddenClass(Sheets.make(name, CELLS, TERMS, random), false)
              .lookupClass();
      loaded.add((DoubleBinaryOperator) type.getConstructor().newInstance());
    }
    return List.copyOf(loaded);
  }
}
