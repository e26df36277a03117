package dev.cubit.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * SIGHUP, by which daemons are told to read their files again. The JDK has no supported way to hear
 * a signal; its unsupported one, {@code sun.misc.Signal}, is reached by name, as compilers warn of
 * it without a way to say that this is meant. Where it is not there, SIGHUP ends Cubit as before.
 */
final class Hangup {
  private Hangup() {}

  /** Does that at every SIGHUP from now on, on a thread of its own. */
  static void does(Runnable task) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler run =
          (proxy, method, arguments) -> {
            if (method.getName().equals("handle")) {
              Thread.ofVirtual().name("hangup").start(task);
            }
            return null;
          };
      Object ours = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, run);
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), ours);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      // as said above; cubit reload does the same
    }
  }
}
