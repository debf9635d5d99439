package dev.postern.servlet.dryrun;

import dev.postern.core.DryRun;
import dev.postern.core.FailureLimiter;
import dev.postern.core.Form;
import dev.postern.core.Outcome;
import dev.postern.core.RequestParser;
import dev.postern.core.TokenRequest;
import dev.postern.servlet.events.RefusalLog;
import dev.postern.servlet.pages.DryRunPage;
import dev.postern.servlet.pages.Page;
import dev.postern.servlet.pages.PageRequest;
import dev.postern.servlet.request.BodyReader;
import dev.postern.servlet.request.FormDecoder;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Dry runs of requests that the administrator pastes. Each is logged and limited; what was pasted
 * is neither kept nor shown again. Thread-safe.
 */
public final class Rehearsals {
  private final DryRun dryRun;
  private final PastedReader reader;
  private final RequestParser parser;
  private final BodyReader bodies;
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
      BodyReader bodies,
      FailureLimiter limiter,
      byte[] key,
      Logger log) {
    this.dryRun = dryRun;
    this.reader = reader;
    this.parser = parser;
    this.bodies = bodies;
    this.limiter = limiter;
    this.key = key.clone();
    this.log = log;
  }

  /** The page with its form; after a POST with what came of it. */
  public Page answer(PageRequest asked, HttpServletRequest request, String source)
      throws IOException {
    String user = String.valueOf(request.getRemoteUser());
    DryRunPage page = new DryRunPage(asked, token(user));
    if (!request.getMethod().equals("POST")) {
      return page.form();
    }
    Optional<Form> form =
        bodies
            .read(request.getInputStream(), request.getContentLengthLong())
            .then(octets -> FormDecoder.decode(octets, octets.length))
            .fold(Optional::of, refusal -> Optional.<Form>empty());
    if (form.isEmpty() || !isOurs(form.get().first("form").orElse(""), user)) {
      return page.said("dry.stale");
    }
    if (limiter.count(user, "")) {
      return page.said("dry.often");
    }
    return rehearsed(form.get().first("request").orElse(""), page, user, source);
  }

  private Page rehearsed(String text, DryRunPage page, String user, String source) {
    try {
      DryRun.Outlook outlook = examine(PastedRequest.parse(text));
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
    } catch (IllegalArgumentException e) {
      return page.said("dry.unreadable");
    }
  }

  private DryRun.Outlook examine(PastedRequest pasted) {
    Outcome<TokenRequest> read = reader.read(parser, pasted);
    return read.fold(dryRun::examine, DryRun.Outlook::refused);
  }

  private boolean isOurs(String presented, String user) {
    return MessageDigest.isEqual(
        presented.getBytes(StandardCharsets.UTF_8), token(user).getBytes(StandardCharsets.UTF_8));
  }

  /** Another site can have a browser send a form, but cannot know this. */
  private String token(String user) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(user.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
