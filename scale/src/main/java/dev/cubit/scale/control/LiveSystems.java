package dev.cubit.scale.control;

import dev.cubit.scale.topology.ScaleException;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The systems that run, for who has not said which is meant. */
public final class LiveSystems {
  private LiveSystems() {}

  /**
   * The folders of those that were started in a directory, by name. Whether a process listens is
   * what counts; it is not asked anything.
   *
   * @throws ScaleException where it cannot be looked
   */
  public static List<Path> under(Path directory) throws ScaleException {
    Path all = directory.resolve(".cubit").resolve("up");
    if (!Files.isDirectory(all)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(all)) {
      List<Path> live = new ArrayList<>();
      for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
        if (isLive(folder)) {
          live.add(folder);
        }
      }
      return List.copyOf(live);
    } catch (IOException e) {
      throw new ScaleException("cannot look into " + all + ": " + e.getMessage(), e);
    }
  }

  private static boolean isLive(Path folder) {
    try {
      Optional<SocketChannel> answered = ControlSocket.connect(folder);
      if (answered.isPresent()) {
        answered.get().close();
      }
      return answered.isPresent();
    } catch (IOException | ScaleException e) {
      return false; // whatever it is, it cannot be controlled
    }
  }
}
