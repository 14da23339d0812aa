/** A server for tests whose every byte a test decides. */
package dev.offpeak.provider.server;
