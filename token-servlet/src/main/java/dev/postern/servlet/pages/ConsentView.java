package dev.postern.servlet.pages;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the page that asks for consent has to show and to send.
 *
 * @param client how the client is called
 * @param user who is asked
 * @param scope what the client asks for, each in words
 * @param endsBy when that ends by itself at the latest
 * @param goesTo where the browser goes afterwards: a host, or the scheme of an app
 * @param action where the form goes
 * @param fields what it carries along
 * @param answer the name of the two buttons
 * @param languages the query by which the page is had in another language, the language left out at
 *     its end
 */
public record ConsentView(
    String client,
    String user,
    List<String> scope,
    Instant endsBy,
    String goesTo,
    String action,
    Map<String, String> fields,
    String answer,
    String languages) {

  /** Nothing of it: the fields hold a proof. */
  @Override
  public String toString() {
    return "ConsentView";
  }
}
