package dev.postern.servlet.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.core.UnavailableException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("docs/database.md: the DataSource of a name")
class JndiDataSourceTest {
  private static final String COMP = "java:comp/env/jdbc/tokens";

  private final Map<String, Object> bound = new HashMap<>();
  private long now;
  private final JndiDataSource source = new JndiDataSource("jdbc/tokens", this::lookUp, () -> now);

  private Object lookUp(String name) throws NamingException {
    if (!bound.containsKey(name)) {
      throw new NameNotFoundException(name);
    }
    return bound.get(name);
  }

  private DataSource bind(String name) {
    DataSource made =
        (DataSource)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {DataSource.class},
                (source, method, arguments) -> "a DataSource");
    bound.put(name, made);
    return made;
  }

  private void after(int seconds) {
    now += seconds * 1_000_000_000L;
  }

  @Test
  void below_the_application_s_own_names_first_then_as_it_stands() {
    assertThatThrownBy(source::get)
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining(COMP + " or jdbc/tokens");
    DataSource global = bind("jdbc/tokens");
    assertThat(source.get()).isSameAs(global);

    DataSource own = bind(COMP);

    assertThat(source.get()).isSameAs(global);
    after(11);
    assertThat(source.get()).isSameAs(own);
  }

  @Test
  @DisplayName("a thread that does not see the application's names goes on with what was found")
  void another_thread() {
    DataSource own = bind(COMP);
    assertThat(source.get()).isSameAs(own);
    bound.clear();
    after(11);

    assertThat(source.get()).isSameAs(own);

    DataSource anew = bind(COMP);
    assertThat(source.get()).isSameAs(anew);
  }
}
