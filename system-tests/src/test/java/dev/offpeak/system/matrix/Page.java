package dev.offpeak.system.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The table of all cells, and its place in docs/never-twice.md. */
public final class Page {

  private static final String BEGIN = "<!-- matrix: written by FailpointMatrixIT -->\n";
  private static final String END = "<!-- end of matrix -->\n";

  private final Map<String, Map<Column, String>> cells = new LinkedHashMap<>();

  /** Says what was seen in a cell. */
  public void put(Row row, Column column, String seen) {
    cells.computeIfAbsent(row.title(), _ -> new EnumMap<>(Column.class)).put(column, seen);
  }

  /** The table in Markdown. */
  public String table() {
    StringBuilder table = new StringBuilder("| what happens |");
    for (Column column : Column.values()) {
      table.append(' ').append(column.title()).append(" |");
    }
    table.append("\n| --- | --- | --- | --- |\n");
    cells.forEach(
        (title, row) -> {
          table.append("| ").append(title).append(" |");
          for (Column column : Column.values()) {
            table.append(' ').append(row.getOrDefault(column, "not run")).append(" |");
          }
          table.append('\n');
        });
    return table.toString();
  }

  /** Puts the table between its marks. */
  public void writeInto(Path page) throws IOException {
    String text = Files.readString(page);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END);
    if (begin < BEGIN.length() || end < begin) {
      throw new IOException(page + " has no marks for the matrix");
    }
    Files.writeString(page, text.substring(0, begin) + "\n" + table() + "\n" + text.substring(end));
  }
}
