package dev.postern.it.app;

import dev.postern.servlet.ConsentPage;
import dev.postern.servlet.ConsentQuestion;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** An application's own page that asks for consent. */
public final class PlainConsentPage implements ConsentPage {

  /** Made by its name. */
  public PlainConsentPage() {}

  @Override
  public void ask(
      ConsentQuestion question, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/html;charset=UTF-8");
    StringBuilder page = new StringBuilder("<h1>Our own page</h1>" + question.scope());
    question
        .fields()
        .forEach(
            (name, value) ->
                page.append(
                    "<input type=\"hidden\" name=\"" + name + "\" value=\"" + value + "\"/>"));
    response.getWriter().print(page);
  }
}
