package dev.offpeak.system.load;

import dev.offpeak.system.world.Installation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Sends requests evenly over a time: most through Kafka, one in ten over HTTP, and some in such a
 * hurry that they are called synchronously.
 */
public final class SteadyLoad implements AutoCloseable {

  private static final int HTTP_EVERY = 10;
  private static final long TICK_MILLIS = 50;

  private final int urgentEvery;
  private final KafkaLoad kafka;
  private final HttpLoad http;
  private final List<Question> questions;
  private final ScheduledExecutorService clockwork = Executors.newScheduledThreadPool(2);
  private final List<String> sent = Collections.synchronizedList(new ArrayList<>());
  private volatile boolean isCut;
  private final CompletableFuture<Void> kafkaDone = new CompletableFuture<>();
  private final CompletableFuture<Void> httpDone = new CompletableFuture<>();

  /**
   * Nothing is sent yet.
   *
   * @param urgentEvery one in so many is urgent; 0 for none
   */
  public SteadyLoad(Installation installation, String run, int requests, int urgentEvery) {
    this.urgentEvery = urgentEvery;
    this.kafka = new KafkaLoad(installation.addresses().kafka());
    this.http = new HttpLoad(installation);
    this.questions = IntStream.range(0, requests).mapToObj(i -> new Question(run, i)).toList();
  }

  /** The custom ids of what was sent so far. */
  public List<String> customIds() {
    synchronized (sent) {
      return List.copyOf(sent);
    }
  }

  /** Sends nothing more, so that it ends soon. */
  public void cutShort() {
    isCut = true;
  }

  /** Begins; the future ends when everything is sent and Kafka has it. */
  public CompletableFuture<Void> begin(Duration within) {
    List<Question> overHttp = new ArrayList<>();
    List<Question> direct = new ArrayList<>();
    questions.forEach(
        each -> (each.number() % HTTP_EVERY == HTTP_EVERY - 1 ? overHttp : direct).add(each));
    tick(direct, 0, System.nanoTime(), within, this::send, kafkaDone);
    tick(overHttp, 0, System.nanoTime(), within, http::send, httpDone);
    return CompletableFuture.allOf(kafkaDone.thenRun(kafka::flush), httpDone);
  }

  private void send(Question question) {
    if (urgentEvery > 0 && question.number() % urgentEvery == 0) {
      kafka.sendUrgent(question);
    } else {
      kafka.send(question);
    }
  }

  private void tick(
      List<Question> all,
      int from,
      long began,
      Duration within,
      Consumer<Question> door,
      CompletableFuture<Void> done) {
    clockwork.schedule(
        () -> {
          try {
            double share = (System.nanoTime() - began) / (double) within.toNanos();
            int due = (int) Math.min(all.size(), Math.ceil(all.size() * share));
            for (Question question : all.subList(from, due)) {
              door.accept(question);
              sent.add(question.customId());
            }
            if (due == all.size() || isCut) {
              done.complete(null);
            } else {
              tick(all, due, began, within, door, done);
            }
          } catch (RuntimeException e) {
            done.completeExceptionally(e);
          }
        },
        TICK_MILLIS,
        TimeUnit.MILLISECONDS);
  }

  /** Records that Kafka did not take. */
  public int producerErrors() {
    return kafka.errors();
  }

  /** How often the gateway did not take a request at once. */
  public int refusals() {
    return http.refusals();
  }

  @Override
  public void close() {
    clockwork.shutdownNow();
    kafka.close();
  }
}
