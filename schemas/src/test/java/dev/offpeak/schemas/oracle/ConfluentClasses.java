package dev.offpeak.schemas.oracle;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs checks in a class loader that has Confluent's serializers, which are in one jar with an Avro
 * and a Kafka client of their own.
 */
enum ConfluentClasses {
  /** Confluent's classes with the Avro and Kafka that they were released with. */
  WITH_THEIR_LIBRARIES,

  /** Confluent's classes with our Avro and Kafka, as when a user adds them to Offpeak. */
  WITH_OUR_LIBRARIES;

  private static final Path JAR = Path.of("target/oracle/confluent-serdes.jar");

  /** Calls {@code run} of a fresh copy of the class. */
  void run(Class<?> check, String registryUrl) throws IOException, ReflectiveOperationException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (var loader = new URLClassLoader(urls(), ClassLoader.getPlatformClassLoader())) {
      thread.setContextClassLoader(loader);
      loader
          .loadClass(check.getName())
          .getDeclaredMethod("run", String.class)
          .invoke(null, registryUrl);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof AssertionError failed) {
        throw failed;
      }
      throw e;
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private URL[] urls() throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    if (!JAR.toFile().exists()) {
      throw new IllegalStateException(JAR + " is missing; './mvnw verify' fetches it");
    }
    URL jar = JAR.toUri().toURL();
    if (this == WITH_THEIR_LIBRARIES) {
      urls.addFirst(jar);
    } else {
      urls.addLast(jar);
    }
    return urls.toArray(URL[]::new);
  }
}
