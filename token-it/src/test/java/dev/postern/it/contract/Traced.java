package dev.postern.it.contract;

import static dev.postern.it.contract.Endpoint.basic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.ReasonTexts;
import dev.postern.core.StandardReason;
import dev.postern.it.Answer;
import dev.postern.it.Realm;
import java.util.Locale;

/** The page on which an administrator, who is alice, finds a refusal again. */
final class Traced {
  private static final ReasonTexts TEXTS = ReasonTexts.in(Locale.ENGLISH);
  private static final String TRACES = "/shop/oauth/errors/traces/";

  private Traced() {}

  /** The page of the refusal that was answered so, as text. */
  static String page(Endpoint at, Answer refused) {
    String id = refused.json().getString("trace_id");
    Answer page = at.http().send("GET", TRACES + id, basic(Realm.USER, Realm.PASSWORD));
    assertThat(page.status()).isEqualTo(200);
    return plain(page.text());
  }

  /** That it shows the private cause, what was nearly right, and what to do about it, in words. */
  static void assertTraced(Endpoint at, Answer refused, StandardReason cause, String detail) {
    assertThat(page(at, refused))
        .contains(cause.label(), cause.name(), detail)
        .contains(TEXTS.administrator(cause).replace("`", ""));
  }

  private static String plain(String html) {
    return html.replaceAll("<[^>]*>", "")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }
}
