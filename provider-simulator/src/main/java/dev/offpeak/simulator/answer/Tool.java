package dev.offpeak.simulator.answer;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A function that an answer may call.
 *
 * @param parameters the schema of its arguments
 */
public record Tool(String name, JsonNode parameters) {}
