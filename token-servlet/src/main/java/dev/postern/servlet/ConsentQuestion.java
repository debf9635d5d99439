package dev.postern.servlet;

import dev.postern.core.Client;
import dev.postern.core.Scope;
import java.time.Instant;
import java.util.Map;

/**
 * What a {@link ConsentPage} asks. Immutable.
 *
 * @param client who asks
 * @param user who is asked
 * @param scope for what; may be empty
 * @param endsBy when that ends by itself at the latest
 * @param redirectUri where the browser goes with the answer
 * @param action where the form goes, relative to the page
 * @param fields what the form carries along, hidden: escape it. Not for logs
 * @param formAction the value of the directive {@code form-action} that lets the form be posted and
 *     redirected
 */
public record ConsentQuestion(
    Client client,
    String user,
    Scope scope,
    Instant endsBy,
    String redirectUri,
    String action,
    Map<String, String> fields,
    String formAction) {

  /** The name of the field with the user's answer. */
  public static final String ANSWER = "postern_answer";

  /** The answer yes. */
  public static final String APPROVE = "approve";

  /** The answer no. */
  public static final String DENY = "deny";

  /** Where the fields are, but not what they hold. */
  @Override
  public String toString() {
    return "ConsentQuestion of client " + client.id();
  }
}
