package dev.cubit.zoo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/** A connection to the backend on which a line is asked and a line answered; for one at a time. */
final class Line {
  private final InputStream in;
  private final OutputStream out;

  Line(int port) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  String ask(String question) throws IOException {
    out.write((question + "\n").getBytes(US_ASCII));
    var answer = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the backend has hung up");
      }
      answer.append((char) c);
    }
    return answer.toString();
  }
}
