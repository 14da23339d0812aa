package dev.offpeak.provider.gemini;

/** Names of the calls, in logs, metrics and errors; some errors mean something for some only. */
final class GeminiCall {

  static final String START_UPLOAD = "upload_start";
  static final String UPLOAD = "upload";
  static final String QUERY_UPLOAD = "upload_query";
  static final String GET_FILE = "get_file";
  static final String FIND_FILES = "find_files";
  static final String DELETE_FILE = "delete_file";
  static final String CREATE = "create";
  static final String FIND_JOBS = "find_jobs";
  static final String GET = "get";
  static final String CANCEL = "cancel";
  static final String DELETE = "delete";
  static final String DOWNLOAD = "download";

  private GeminiCall() {}
}
