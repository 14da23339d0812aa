package dev.offpeak.provider.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** Answers one request a connection, each as the next step of its script says. */
public final class ScriptedServer implements AutoCloseable {

  /** What to do with one request. */
  @FunctionalInterface
  public interface Step {
    void serve(Conversation conversation) throws IOException, InterruptedException;
  }

  private final ServerSocket socket;
  private final Thread accepting;
  private final BlockingQueue<Step> script = new LinkedBlockingQueue<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  public ScriptedServer() throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    accepting = Thread.ofVirtual().start(this::accept);
  }

  public URI url() {
    return URI.create("http://localhost:" + socket.getLocalPort() + "/v1");
  }

  /** Adds a step. */
  public ScriptedServer then(Step step) {
    script.add(step);
    return this;
  }

  /** Adds a step that reads the request and answers. */
  public ScriptedServer thenAnswer(int status, String body, String... headers) {
    return then(
        conversation -> {
          conversation.readBody();
          conversation.answer(status, body, headers);
        });
  }

  /** Requests whose head was read, in their order. */
  public List<Seen> seen() {
    return seen;
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = socket.accept();
        open.add(connection);
        Thread.ofVirtual().start(() -> serve(connection));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      Conversation conversation = new Conversation(connection, seen::add);
      Step step = script.poll();
      if (step == null) {
        conversation.answer(500, "the script has ended");
      } else {
        step.serve(conversation);
      }
    } catch (IOException e) {
      // the client went away, which tests look at from its side
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns when nobody can connect any more: the port is held while a thread accepts. */
  @Override
  public void close() throws IOException {
    socket.close();
    while (!Thread.currentThread().isInterrupted() && accepting.isAlive()) {
      try {
        accepting.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    for (Socket connection : open) {
      connection.close();
    }
  }
}
