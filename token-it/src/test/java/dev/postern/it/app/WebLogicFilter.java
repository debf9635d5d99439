package dev.postern.it.app;

import dev.postern.servlet.TokenFilter;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Enumeration;

/** A {@link TokenFilter} that is told that the server is WebLogic, which no test can start. */
public final class WebLogicFilter implements Filter {
  private final TokenFilter filter = new TokenFilter();

  /** Made by the container. */
  public WebLogicFilter() {}

  @Override
  public void init(FilterConfig config) throws ServletException {
    ServletContext context = disguised(config.getServletContext());
    filter.init(
        new FilterConfig() {
          @Override
          public String getFilterName() {
            return config.getFilterName();
          }

          @Override
          public ServletContext getServletContext() {
            return context;
          }

          @Override
          public String getInitParameter(String name) {
            return config.getInitParameter(name);
          }

          @Override
          public Enumeration<String> getInitParameterNames() {
            return config.getInitParameterNames();
          }
        });
  }

  private static ServletContext disguised(ServletContext context) {
    return (ServletContext)
        Proxy.newProxyInstance(
            WebLogicFilter.class.getClassLoader(),
            new Class<?>[] {ServletContext.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("getServerInfo")) {
                return "WebLogic Server 14.1.2.0.0";
              }
              try {
                return method.invoke(context, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    filter.doFilter(request, response, chain);
  }

  @Override
  public void destroy() {
    filter.destroy();
  }
}
