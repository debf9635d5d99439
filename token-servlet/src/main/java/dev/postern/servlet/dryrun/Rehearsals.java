package dev.postern.servlet.dryrun;

import dev.postern.core.DryRun;
import dev.postern.core.FailureLimiter;
import dev.postern.core.Form;
import dev.postern.core.HmacSha256;
import dev.postern.core.Outcome;
import dev.postern.core.RequestParser;
import dev.postern.core.TokenRequest;
import dev.postern.servlet.events.RefusalLog;
import dev.postern.servlet.pages.DryRunPage;
import dev.postern.servlet.pages.Page;
import dev.postern.servlet.pages.PageRequest;
import dev.postern.servlet.request.FormRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Dry runs of requests that the administrator pastes. Each is logged and limited; what was pasted
 * is neither kept nor shown again. Thread-safe.
 */
public final class Rehearsals {
  private final DryRun dryRun;
  private final PastedReader reader;
  private final RequestParser parser;
  private final FormRequest forms;
  private final FailureLimiter limiter;
  private final byte[] key;
  private final Logger log;

  /**
   * Dry runs for one filter.
   *
   * @param limiter counts how often somebody asks
   * @param key known to nobody else: binds the form to who it was shown to
   */
  public Rehearsals(
      DryRun dryRun,
      PastedReader reader,
      RequestParser parser,
      FormRequest forms,
      FailureLimiter limiter,
      byte[] key,
      Logger log) {
    this.dryRun = dryRun;
    this.reader = reader;
    this.parser = parser;
    this.forms = forms;
    this.limiter = limiter;
    this.key = key.clone();
    this.log = log;
  }

  /** The page with its form; after a POST with what came of it. */
  public Page answer(PageRequest asked, HttpServletRequest request, String source) {
    String user = String.valueOf(request.getRemoteUser());
    DryRunPage page = new DryRunPage(asked, token(user));
    if (!request.getMethod().equals("POST")) {
      return page.form();
    }
    return forms.readForm(request).fold(form -> answer(form, page, user, source), page::unread);
  }

  private Page answer(Form form, DryRunPage page, String user, String source) {
    if (!isOurs(form.first("form").orElse(""), user)) {
      return page.said("dry.stale");
    }
    if (limiter.count(user, "")) {
      return page.said("dry.often");
    }
    return rehearsed(form.first("request").orElse(""), page, user, source);
  }

  private Page rehearsed(String text, DryRunPage page, String user, String source) {
    Outcome<TokenRequest> read;
    try {
      read = reader.read(parser, PastedRequest.parse(text));
    } catch (IllegalArgumentException e) {
      return page.said(UntriedException.text(e));
    }
    DryRun.Outlook outlook = read.fold(dryRun::examine, DryRun.Outlook::refused);
    String what = outlook.refusal().map(found -> found.reason().label()).orElse("tokens");
    log.log(
        Level.INFO,
        "dry run by \""
            + RefusalLog.escaped(user)
            + "\" from \""
            + RefusalLog.escaped(source)
            + "\": "
            + what);
    return page.result(outlook);
  }

  private boolean isOurs(String presented, String user) {
    return MessageDigest.isEqual(
        presented.getBytes(StandardCharsets.UTF_8), token(user).getBytes(StandardCharsets.UTF_8));
  }

  /** Another site can have a browser send a form, but cannot know this. */
  private String token(String user) {
    return HexFormat.of().formatHex(HmacSha256.of(key, user.getBytes(StandardCharsets.UTF_8)));
  }
}
