package dev.offpeak.benchmarks.pair;

import dev.offpeak.batcher.run.StreamsProperties;
import dev.offpeak.batcher.run.StreamsTuning;
import dev.offpeak.benchmarks.load.Broker;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;

/**
 * The least that an exactly-once Streams application can do: copy one topic to another. It has the
 * batcher's own client and Streams settings, which are faster than Kafka's defaults.
 */
final class PlainCopy {

  private PlainCopy() {}

  /** Starts copying; runs until it is closed. */
  static KafkaStreams start(Broker broker, StreamsTuning tuning, String from, String to) {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(from, Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
        .to(to, Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
    Properties properties = new Properties();
    properties.putAll(
        StreamsProperties.of(
            broker.config(), tuning, tuning.applicationId(), 1, Broker.LARGEST_REQUEST));
    KafkaStreams streams = new KafkaStreams(builder.build(), properties);
    streams.start();
    return streams;
  }
}
