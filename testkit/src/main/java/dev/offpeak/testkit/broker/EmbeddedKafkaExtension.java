package dev.offpeak.testkit.broker;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Fills in {@link TestKafka} parameters, see {@link WithKafka}. */
public final class EmbeddedKafkaExtension implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(EmbeddedKafkaExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestKafka.class;
  }

  /** The same object for all methods around one test; another one for the next test. */
  @Override
  public TestKafka resolveParameter(ParameterContext parameter, ExtensionContext context) {
    var broker =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .computeIfAbsent(SharedBroker.class, _ -> new SharedBroker(), SharedBroker.class);
    return context
        .getStore(NAMESPACE)
        .computeIfAbsent(TestKafka.class, _ -> broker.forOneTest(), TestKafka.class);
  }
}
