package dev.cubit.zoo;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Every so many requests have an extension of their own, which prepares itself when first used. */
final class Extensions implements Work {
  private static final ClassDesc BASE = ClassDesc.of(Extensions.class.getName());
  private static final Duration PREPARATION = Duration.ofMillis(10);

  private final byte[] template;
  private final int requestsEach;
  private final AtomicInteger requests = new AtomicInteger();
  private volatile Lookup current;

  Extensions(int requestsEach) throws IllegalAccessException {
    this.requestsEach = requestsEach;
    var name = "prepare";
    template =
        ClassFile.of()
            .build(
                ClassDesc.of(Extensions.class.getPackageName() + ".Extension"),
                type ->
                    type.withMethodBody(
                        ConstantDescs.CLASS_INIT_NAME,
                        MethodTypeDesc.of(ConstantDescs.CD_void),
                        ClassFile.ACC_STATIC,
                        code ->
                            code.invokestatic(BASE, name, MethodTypeDesc.of(ConstantDescs.CD_void))
                                .return_()));
    current = load();
  }

  @Override
  public String answer(String query) throws IllegalAccessException {
    int request = requests.incrementAndGet();
    Lookup extension;
    if (request % requestsEach == 0) {
      extension = load();
      current = extension;
    } else {
      extension = current;
    }
    var type = extension.ensureInitialized(extension.lookupClass());
    return "{\"extension\":" + type.getName().length() + "}";
  }

  private Lookup load() throws IllegalAccessException {
    return MethodHandles.lookup().defineHiddenClass(template, false);
  }

  /** Called by the static initializer of each extension. */
  static void prepare() throws InterruptedException {
    Thread.sleep(PREPARATION);
  }
}
