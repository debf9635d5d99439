package dev.postern.bench.spring;

import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.OAuth2TokenFormat;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Spring Authorization Server as it comes, in memory, with opaque tokens and the one client that
 * the benchmark asks for.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
public class SpringServer {
  // As in BenchClient: a secret that differed would end the benchmark with its first answer.
  private static final String CLIENT_ID = "nightly-batch";
  private static final String CLIENT_SECRET = "k3Y0pR2vTq8mWzX5sB7nD1fG4hJ6lC9aE-uI_oQxZyA";

  public SpringServer() {}

  @Bean
  SecurityFilterChain endpoints(HttpSecurity http) throws Exception {
    OAuth2AuthorizationServerConfigurer server =
        OAuth2AuthorizationServerConfigurer.authorizationServer();
    return http.securityMatcher(server.getEndpointsMatcher())
        .with(server, Customizer.withDefaults())
        .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
        .build();
  }

  @Bean
  AuthorizationServerSettings settings() {
    return AuthorizationServerSettings.builder().tokenEndpoint("/oauth/token").build();
  }

  @Bean
  RegisteredClientRepository clients(PasswordEncoder encoder) {
    return new InMemoryRegisteredClientRepository(
        RegisteredClient.withId(CLIENT_ID)
            .clientId(CLIENT_ID)
            .clientSecret(encoder.encode(CLIENT_SECRET))
            .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
            .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
            .scope("orders.read")
            .scope("orders.write")
            .tokenSettings(
                TokenSettings.builder()
                    .accessTokenFormat(OAuth2TokenFormat.REFERENCE)
                    .accessTokenTimeToLive(Duration.ofMinutes(10))
                    .build())
            .build());
  }

  @Bean
  PasswordEncoder encoder() {
    return new Sha256Encoder();
  }
}
