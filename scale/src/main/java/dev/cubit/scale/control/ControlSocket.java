package dev.cubit.scale.control;

import com.sun.security.auth.module.UnixSystem;
import dev.cubit.scale.topology.ScaleException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.URLDecoder;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * Where the socket of a system's folder is: in it, or, where its path would be too long for one
 * ({@code sun_path} of unix(7) has 108 bytes), in {@code /tmp/cubit-UID}, by a name that both sides
 * make of the folder's. Not in {@code XDG_RUNTIME_DIR}: that is gone when the user logs out, and
 * not the same for all who may ask (cron, sudo).
 *
 * <p>The folder that it is in is its owner's alone before there is a socket, so that there is no
 * moment in which others could open one.
 */
final class ControlSocket {
  private static final int LONGEST_BYTES = 100;
  private static final int BACKLOG = 256;
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> SOCKET =
      PosixFilePermissions.fromString("rw-------");

  private ControlSocket() {}

  /** Of a folder that is there. */
  static Path of(Path folder) throws IOException {
    Path real = folder.toRealPath();
    Path inside = real.resolve("control.sock");
    if (bytes(inside).length <= LONGEST_BYTES) {
      return inside;
    }
    return Path.of("/tmp/cubit-" + uid(), hash(bytes(real)) + ".sock");
  }

  private static long uid() {
    return new UnixSystem().getUid();
  }

  /** As the kernel has it: as text it would depend on the locale of each side's terminal. */
  private static byte[] bytes(Path real) {
    String encoded = real.toUri().getRawPath().replace("+", "%2B");
    String byBytes = URLDecoder.decode(encoded, StandardCharsets.ISO_8859_1);
    return (byBytes.endsWith("/") ? byBytes.substring(0, byBytes.length() - 1) : byBytes)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String hash(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e); // every Java has it
    }
  }

  /**
   * Listens there; what a dead process has left is replaced.
   *
   * @throws ScaleException where a living one listens, or the folder is another user's
   */
  static ServerSocketChannel bind(Path folder) throws IOException, ScaleException {
    Path absolute = folder.toAbsolutePath();
    Path parent = absolute.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    makeOwn(absolute);
    Path socket = of(folder);
    if (!socket.startsWith(folder.toRealPath())) {
      makeOwn(socket.resolveSibling(""));
    }
    Optional<SocketChannel> living = connect(folder);
    if (living.isPresent()) {
      living.get().close();
      throw new ScaleException("another process answers at " + socket + " already");
    }
    Files.deleteIfExists(socket);
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(UnixDomainSocketAddress.of(socket), BACKLOG);
      Files.setPosixFilePermissions(socket, SOCKET);
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static void makeOwn(Path folder) throws IOException, ScaleException {
    try {
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(FOLDER));
    } catch (FileAlreadyExistsException e) {
      checkOwner(folder);
    }
    Files.setPosixFilePermissions(folder, FOLDER); // also after a umask that takes from the owner
  }

  private static void checkOwner(Path folder) throws IOException, ScaleException {
    boolean ours =
        Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
            && Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS)
                instanceof Integer owner
            && owner.longValue() == uid();
    if (!ours) {
      throw new ScaleException(
          folder + " is no folder of yours: who owns it could control what runs here");
    }
  }

  /**
   * A connection to the one that listens; empty where nobody does.
   *
   * @throws ScaleException where the folder is another user's
   */
  static Optional<SocketChannel> connect(Path folder) throws IOException, ScaleException {
    Path socket;
    try {
      socket = of(folder);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    if (!Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    checkOwner(socket.resolveSibling(""));
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
      return Optional.of(channel);
    } catch (ConnectException e) {
      channel.close();
      return Optional.empty();
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }
}
