# One image for every service: what it runs is its argument.
#
#   ./mvnw -DskipTests package && docker build -t offpeak .
#   docker run --rm offpeak batcher --config /etc/offpeak/batcher.yaml
#
# The base image needs Java 25, bash and coreutils.
ARG BASE_IMAGE=eclipse-temurin:25-jre
FROM ${BASE_IMAGE}
COPY standalone/target/offpeak /opt/offpeak
COPY deploy/health /opt/offpeak/health
# The services keep their state in Kafka; what they put here is made again when it is lost. Only the
# simulator has data of its own.
RUN mkdir -p /var/lib/offpeak/simulator /var/lib/offpeak/ledger && chown -R 1000:1000 /var/lib/offpeak
# So that "docker exec ... offpeak jobs" works.
ENV PATH="/opt/offpeak:${PATH}"
USER 1000:1000
WORKDIR /var/lib/offpeak
ENTRYPOINT ["/opt/offpeak/offpeak"]
CMD ["--help"]
