package dev.cubit.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Which files are written, in folders that look like the kernel's; the real ones are tested in
 * scale.
 */
final class CpuLimitTest {
  @TempDir Path mount;

  @Test
  void version_two_has_one_file_and_is_enabled_at_the_top() throws Exception {
    Files.writeString(mount.resolve("cgroup.controllers"), "cpu memory\n");
    Files.writeString(mount.resolve("cgroup.subtree_control"), "memory\n");
    CpuLimit limit = CpuLimit.of(mount, "0::/user.slice\n", "one.1", 0.5);
    limit.make();
    assertThat(limit.group()).isEqualTo(mount.resolve("cubit-one.1"));
    assertThat(limit.group().resolve("cpu.max")).hasContent("50000 100000");
    assertThat(mount.resolve("cgroup.subtree_control")).hasContent("+cpu");
  }

  @Test
  void version_one_is_below_the_group_of_this_process() throws Exception {
    Path own = Files.createDirectories(mount.resolve("cpu/own"));
    CpuLimit limit = CpuLimit.of(mount, "3:memory:/x\n7:cpu,cpuacct:/own\n", "one.1", 2);
    limit.make();
    assertThat(limit.group()).isEqualTo(own.resolve("cubit-one.1"));
    assertThat(limit.group().resolve("cpu.cfs_quota_us")).hasContent("200000");
    assertThat(limit.group().resolve("cpu.cfs_period_us")).hasContent("100000");
  }

  @Test
  void the_command_enters_the_group_before_it_becomes_itself() {
    CpuLimit limit = CpuLimit.of(mount, "", "one.1", 1);
    assertThat(limit.around(List.of("java", "-jar", "a b.jar")))
        .startsWith("sh", "-c")
        .contains(limit.group().resolve("cgroup.procs").toString())
        .endsWith("java", "-jar", "a b.jar");
  }

  @Test
  void a_machine_that_cannot_says_so() {
    assertThatThrownBy(() -> CpuLimit.of(mount.resolve("none"), "", "one.1", 1).make())
        .isInstanceOf(TargetException.class)
        .hasMessageContaining("cannot limit the CPU")
        .hasMessageContaining("run as root");
    assertThatThrownBy(() -> CpuLimit.of(mount, "", "one.1", 0))
        .hasMessageContaining("at least 0.01");
  }

  @Test
  void only_groups_of_ours_are_removed() throws Exception {
    Path other = Files.createDirectory(mount.resolve("cubit-x"));
    CpuLimit.remove(other);
    assertThat(other).exists();
  }
}
