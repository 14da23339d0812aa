package dev.offpeak.standalone.node;

import dev.offpeak.batcher.BatcherModule;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads what takes long to load and depends on nothing, while the broker starts. */
final class Preload {

  private static final Logger LOGGER = LoggerFactory.getLogger(Preload.class);

  private Preload() {}

  /** Begins, on threads of its own. Whoever needs it sooner loads it himself. */
  static void begin() {
    Thread.ofPlatform().name("preload-stores").daemon().start(BatcherModule::loadStores);
    Thread.ofPlatform().name("preload-tls").daemon().start(Preload::loadTrustedCertificates);
  }

  private static void loadTrustedCertificates() {
    try {
      SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      LOGGER.atDebug().setCause(e).log("clients that need TLS will say that it is missing");
    }
  }
}
