package dev.cubit.diagnose.recording;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TracesTest {
  /** Libraries and symbols as async-profiler 4.4 has written them. */
  @ParameterizedTest
  @CsvSource({
    "libjvm.so, PhaseIterGVN::subsume_node, PhaseIterGVN::subsume_node (libjvm)",
    "libc.so.6, epoll_wait, epoll_wait (libc)",
    "libc.so.6, clock_gettime@@GLIBC_2.17, clock_gettime (libc)",
    "libjava.so, JVM_NewArray@plt, JVM_NewArray (libjava)",
    "ld-linux-x86-64.so.2, _dl_relocate_object, _dl_relocate_object (ld-linux-x86-64)",
    "libc-2.31.so, __write, __write (libc)",
    "java, _start, _start (java)",
    "'', tcp_sendmsg_locked, tcp_sendmsg_locked",
    "'', ep_remove_epi.isra.0, ep_remove_epi",
    "'', vma_alloc_folio_noprof.constprop.12.cold, vma_alloc_folio_noprof",
    "'', I2C/C2I adapters, I2C/C2I adapters"
  })
  void a_native_function_is_named_with_its_library_and_without_what_the_linker_adds(
      String library, String symbol, String name) {
    assertThat(Traces.nativeName(library, symbol)).isEqualTo(name);
  }
}
