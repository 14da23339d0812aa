package dev.offpeak.submitter.batch;

/**
 * Which account a job belongs to, beyond its name, which may be given to another one.
 *
 * @param baseUrl of the account's API; empty before a job was acted on
 * @param digest of the key's identity, never the key; empty before a job was acted on
 */
public record AccountFingerprint(String baseUrl, String digest) {

  /** Of a job that no account has acted on. */
  public static final AccountFingerprint NONE = new AccountFingerprint("", "");
}
