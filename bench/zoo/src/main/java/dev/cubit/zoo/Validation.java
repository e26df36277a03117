package dev.cubit.zoo;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/** Looks whether forms are filled in well; most are not. */
final class Validation {
  private Validation() {}

  /** A form in a form in a form; the innermost field is wrong. */
  static Work nested(int depth, int forms) {
    return query -> {
      int wrong = 0;
      for (int i = 0; i < forms; i++) {
        try {
          wrong += open(depth, i);
        } catch (IllegalArgumentException e) {
          wrong++;
        }
      }
      return "{\"wrong\":" + wrong + "}";
    };
  }

  private static int open(int depth, int form) {
    if (depth > 0) {
      return open(depth - 1, form) + 1;
    }
    throw new IllegalArgumentException("field " + form + " is empty");
  }

  /** Fields that may be numbers, or else words. */
  static Work fields(int count) {
    return query -> {
      int numbers = 0;
      for (int i = 0; i < count; i++) {
        numbers += isNumber("field" + i) || isNumber(i + "") ? 1 : 0;
      }
      return "{\"numbers\":" + numbers + "}";
    };
  }

  private static boolean isNumber(String field) {
    try {
      return Integer.parseInt(field) >= 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** Rules that are found by name, and one asks the other. */
  static Work rules(int rules, int forms) throws NoSuchMethodException {
    Method rule = Validation.class.getDeclaredMethod("rule", Method.class, int.class);
    return query -> {
      int wrong = 0;
      for (int i = 0; i < forms; i++) {
        try {
          rule.invoke(null, rule, rules);
        } catch (InvocationTargetException e) {
          wrong += e.getCause() == null ? 0 : 1;
        }
      }
      return "{\"wrong\":" + wrong + "}";
    };
  }

  /** Asks the next rule, and says which one was broken. */
  static void rule(Method next, int left) throws IllegalAccessException {
    if (left == 0) {
      throw new IllegalStateException("the last rule is broken");
    }
    try {
      next.invoke(null, next, left - 1);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("rule " + left + " is broken", e.getCause());
    }
  }
}
