package dev.offpeak.standalone.report;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

/**
 * How many columns the terminal behind standard error has, also after somebody has pulled its
 * window. The system is asked by a thread of its own, since the first question takes a while.
 */
public final class TerminalWidth implements IntSupplier {

  private static final int USUAL = 80;
  private static final int STANDARD_ERROR = 2;
  private static final Duration BETWEEN = Duration.ofMillis(200);

  private volatile int columns = USUAL;

  private TerminalWidth() {}

  /** Begins to watch. */
  public static TerminalWidth watch() {
    TerminalWidth width = new TerminalWidth();
    Thread.ofPlatform().name("terminal-width").daemon().start(width::follow);
    return width;
  }

  @Override
  public int getAsInt() {
    return columns;
  }

  private void follow() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment size = arena.allocate(ValueLayout.JAVA_SHORT, 4);
      MethodHandle ioctl = ioctl();
      while (!Thread.currentThread().isInterrupted()) {
        int failed = (int) ioctl.invokeExact(STANDARD_ERROR, request(), size);
        int told = Short.toUnsignedInt(size.getAtIndex(ValueLayout.JAVA_SHORT, 1));
        columns = failed != 0 || told == 0 ? USUAL : told;
        LockSupport.parkNanos(BETWEEN.toNanos());
      }
    } catch (Throwable noSuchSystem) {
      columns = USUAL;
    }
  }

  /** From the C library, which has it on Linux and macOS. */
  @SuppressWarnings("restricted")
  private static MethodHandle ioctl() {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().find("ioctl").orElseThrow(),
        FunctionDescriptor.of(
            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS),
        Linker.Option.firstVariadicArg(2));
  }

  /** TIOCGWINSZ. */
  private static long request() {
    boolean linux = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
    return linux ? 0x5413L : 0x40087468L;
  }
}
