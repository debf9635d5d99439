package dev.postern.servlet.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.Client;
import dev.postern.core.ClientSecret;
import dev.postern.core.Scope;
import dev.postern.core.Secret;
import dev.postern.core.secret.SecretFormats;
import dev.postern.core.secret.Sha256Secrets;
import dev.postern.servlet.Rfc;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("DESIGN s3: the file of clients")
class ClientsFileTest {
  private static final Instant NOW = Instant.parse("2026-11-22T14:00:00Z");
  private static final String HASH = Sha256Secrets.hash(Secret.of("secret"));
  private static final String OTHER_HASH = Sha256Secrets.hash(Secret.of("other"));
  private static final Set<String> METHODS =
      Set.of("client_secret_basic", "client_secret_post", "none");
  private static final Set<String> GRANT_TYPES =
      Set.of("client_credentials", "authorization_code", "refresh_token");

  /** JSON with apostrophes for quotes. */
  private static ClientsFile read(String text) {
    return read(text, GRANT_TYPES);
  }

  private static ClientsFile read(String text, Set<String> grantTypes) {
    return ClientsFile.read(
        text.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
        new SecretFormats(List.of()),
        METHODS,
        grantTypes,
        NOW);
  }

  /** A file with one client, which has these members more. */
  private static ClientsFile client(String... members) {
    return read("{'clients':[{'client_id':'batch'," + String.join(",", members) + "}]}");
  }

  private static final String GRANTS = "'grant_types':['client_credentials']";
  private static final String SECRETS = "'secrets':[{'hash':'" + HASH + "'}]";

  private static void assertProblems(ClientsFile file, String... problems) {
    assertThat(file.problems()).containsExactly(problems);
    assertThat(file.problems().toString()).doesNotContain(HASH, OTHER_HASH);
  }

  @Test
  @Rfc("RFC7591-2")
  void every_member() {
    ClientsFile file =
        read(
            "{'clients':[{'client_id':'batch','client_name':'Nightly batch',"
                + "'token_endpoint_auth_method':'client_secret_post',"
                + "'secrets':[{'hash':'"
                + HASH
                + "','expires_at':'2027-01-01T00:00:00Z','name':'2026'},{'hash':'"
                + OTHER_HASH
                + "'}],'grant_types':['authorization_code','refresh_token'],"
                + "'scope':'orders.read orders.write',"
                + "'redirect_uris':['https://app.example/cb','myapp:/cb'],"
                + "'ignored_scopes':['openid','profile'],"
                + "'code_challenge_methods':['S256','plain'],'introspection':true,"
                + "'skip_consent':true,'disabled':true}]}");

    assertThat(file.problems()).isEmpty();
    Client client = file.clients().get(0);
    assertThat(client.id()).isEqualTo("batch");
    assertThat(client.name()).isEqualTo("Nightly batch");
    assertThat(client.authenticationMethod()).isEqualTo("client_secret_post");
    assertThat(client.secrets())
        .extracting(ClientSecret::name, ClientSecret::expiresAt)
        .map(Object::toString)
        .containsExactly("(\"2026\", Optional[2027-01-01T00:00:00Z])", "(\"\", Optional.empty)");
    assertThat(client.secrets().get(0).hash().matches(Secret.of("secret"))).isTrue();
    assertThat(client.secrets().get(1).hash().matches(Secret.of("other"))).isTrue();
    assertThat(client.grantTypes())
        .containsExactlyInAnyOrder("authorization_code", "refresh_token");
    assertThat(client.scope()).isEqualTo(Scope.of("orders.read orders.write"));
    assertThat(client.hasRedirectUri("myapp:/cb")).isTrue();
    assertThat(client.ignoredScope()).isEqualTo(Scope.of("openid profile"));
    assertThat(client.isPlainChallengeAllowed()).isTrue();
    assertThat(client.isIntrospectionAllowed()).isTrue();
    assertThat(client.isConsentSkipped()).isTrue();
    assertThat(client.isDisabled()).isTrue();
  }

  @Test
  @Rfc("RFC7591-2")
  void what_is_left_out() {
    ClientsFile file = client(GRANTS, SECRETS);

    assertThat(file.problems()).isEmpty();
    Client client = file.clients().get(0);
    assertThat(client.name()).isEmpty();
    assertThat(client.authenticationMethod()).isEqualTo("client_secret_basic");
    assertThat(client.scope()).isEqualTo(Scope.EMPTY);
    assertThat(client.ignoredScope()).isEqualTo(Scope.EMPTY);
    assertThat(client.isPlainChallengeAllowed()).isFalse();
    assertThat(client.isIntrospectionAllowed()).isFalse();
    assertThat(client.isConsentSkipped()).isFalse();
    assertThat(client.isDisabled()).isFalse();
  }

  @Test
  void no_client_at_all_is_said_in_so_many_words() {
    assertProblems(read("{'clients':[]}"));
    assertProblems(read("{}"), "the file: clients is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "'x'", "1", "null", "true"})
  void no_object(String text) {
    assertThat(read(text).problems()).first().isEqualTo("the file: not a JSON object");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '`',
      value = {
        "'introspection':'yes' | introspection has to be true or false",
        "'skip_consent':1 | skip_consent has to be true or false",
        "'client_name':1 | client_name has to be a string",
        "'client_name':null | client_name has to be a string",
        "'client_name':['x'] | client_name has to be a string",
        "'scope':['a'] | scope has to be a string",
        "'scope':'a  b' | scope: not scope-tokens with one space between them",
        "'scope':' a' | scope: not scope-tokens with one space between them",
        "'scope':'ü' | scope: not scope-tokens with one space between them",
        "'ignored_scopes':'openid' | ignored_scopes has to be an array",
        "'ignored_scopes':[1] | ignored_scopes has to be an array of strings",
        "'ignored_scopes':['ü'] | ignored_scopes: not scope-tokens with one space between them",
        "'redirect_uris':'https://a.example' | redirect_uris has to be an array",
        "'redirect_uris':['/cb'] | redirect_uris: not an absolute URI without a fragment: /cb",
        "'redirect_uris':['https://a/#x'] | redirect_uris: not an absolute URI without a fragment:"
            + " https://a/#x",
        "'redirect_uris':['https://a b'] | redirect_uris: not a URI: https://a b",
        "'disabled':'true' | disabled has to be true or false",
        "'disabled':0 | disabled has to be true or false",
        "'code_challenge_methods':'S256' | code_challenge_methods has to be an array",
        "'code_challenge_methods':['s256'] | code_challenge_methods: s256 is neither S256 nor plain",
        "'token_endpoint_auth_method':'private_key_jwt' | token_endpoint_auth_method"
            + " private_key_jwt is none of [client_secret_basic, client_secret_post, none]",
        "'token_endpoint_auth_method':1 | token_endpoint_auth_method has to be a string",
        "'secret':'x' | unknown member secret; there are [client_id, client_name,"
            + " code_challenge_methods, disabled, grant_types, ignored_scopes, introspection,"
            + " redirect_uris, scope, secrets, skip_consent, token_endpoint_auth_method]",
        "'client_secret':'x' | unknown member client_secret; there are [client_id, client_name,"
            + " code_challenge_methods, disabled, grant_types, ignored_scopes, introspection,"
            + " redirect_uris, scope, secrets, skip_consent, token_endpoint_auth_method]"
      })
  void a_bad_member(String member, String problem) {
    assertProblems(client(member, GRANTS, SECRETS), "clients[0] (batch): " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '`',
      value = {
        "'grant_types':[] | grant_types names no grant type",
        "'grant_types':['implicit'] | grant type implicit is none of [authorization_code,"
            + " client_credentials, refresh_token]",
        "'grant_types':['authorization_code'] | authorization_code needs at least one entry in"
            + " redirect_uris"
      })
  void bad_grant_types(String member, String problem) {
    assertProblems(client(member, SECRETS), "clients[0] (batch): " + problem);
  }

  @Test
  void grant_types_of_a_wrong_type() {
    assertProblems(
        client("'grant_types':'client_credentials'", SECRETS),
        "clients[0] (batch): grant_types has to be an array",
        "clients[0] (batch): grant_types names no grant type");
  }

  @Test
  void any_grant_type_will_do_for_a_guard() {
    ClientsFile file =
        read(
            "{'clients':[{'client_id':'batch','grant_types':['urn:own']," + SECRETS + "}]}",
            Set.of());

    assertThat(file.problems()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"'client_id':''", "'client_id':'a\\u0000b'", "'client_name':'x'"})
  void no_proper_id(String id) {
    assertThat(read("{'clients':[{" + id + "," + GRANTS + "," + SECRETS + "}]}").problems())
        .hasSize(1)
        .allMatch(
            problem ->
                problem.startsWith("clients[0]")
                    && problem.endsWith("client_id has to be text without control characters"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '`',
      value = {
        "{} | hash is missing",
        "{'hash':''} | hash is missing",
        "{'hash':'secret'} | hash: not a hash in a known format ($sha256$, $pbkdf2-sha256$, $2a$,"
            + " $2b$, $2y$)",
        "{'hash':'$sha256$'} | hash: the hash has 0 octets where 32 belong",
        "{'hash':'$sha256$AAAA'} | hash: the hash has 3 octets where 32 belong",
        "{'hash':'$sha256$!'} | hash: the hash is not base64url",
        "{'hash':'$pbkdf2-sha256$i=1000$AAAAAAAAAAAAAAAAAAAAAA$AAAA'} | hash: i has to be 100000 to"
            + " 2000000, not 1000",
        "{'hash':'$pbkdf2-sha256$i=2000000000$AAAAAAAAAAAAAAAAAAAAAA$AAAA'} | hash: i has to be"
            + " 100000 to 2000000, not 2000000000",
        "{'hash':'$pbkdf2-sha256$i=600000$AAAA$AAAA'} | hash: the salt has fewer than 16 octets",
        "{'hash':'$pbkdf2-sha256$x'} | hash: not of the form $pbkdf2-sha256$i=N$SALT$HASH",
        "{'hash':'$2b$04$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234'} | hash: the cost"
            + " has to be 8 to 14, not 4",
        "{'hash':'$2b$31$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234'} | hash: the cost"
            + " has to be 8 to 14, not 31",
        "{'hash':'$2x$10$abc'} | hash: not a bcrypt hash of version 2a, 2b or 2y"
      })
  @DisplayName("C9: hashes bad, weak, absurd")
  void a_bad_hash(String secret, String problem) {
    assertThat(client(GRANTS, "'secrets':[" + secret + "]").problems())
        .contains("clients[0] (batch) secrets[0]: " + problem)
        .noneMatch(text -> text.contains("AAAA") || text.contains("abcdefghij"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '`',
      value = {
        "'expires_at':'tomorrow' | expires_at is not a time such as 2027-01-01T00:00:00Z",
        "'expires_at':'2027-01-01' | expires_at is not a time such as 2027-01-01T00:00:00Z",
        "'expires_at':1893456000 | expires_at has to be a string",
        "'name':2026 | name has to be a string",
        "'expires':'2027-01-01T00:00:00Z' | unknown member expires; there are [expires_at, hash,"
            + " name]"
      })
  void a_bad_member_of_a_secret(String member, String problem) {
    assertProblems(
        client(GRANTS, "'secrets':[{'hash':'" + HASH + "'," + member + "}]"),
        "clients[0] (batch) secrets[0]: " + problem);
  }

  @Test
  @DisplayName("I8: a hash that stands in the wrong place is not repeated")
  void misplaced_hash() {
    ClientsFile file =
        client(
            GRANTS,
            "'secrets':[{'hash':'2027-01-01T00:00:00Z','expires_at':'"
                + HASH
                + "'},'"
                + HASH
                + "']");

    assertThat(file.problems()).hasSizeGreaterThan(2);
    assertThat(file.problems().toString()).doesNotContain(HASH);
  }

  private static String secret(String expiresAt) {
    return "{'hash':'"
        + Sha256Secrets.hash(Secret.of(expiresAt))
        + "'"
        + (expiresAt.isEmpty() ? "" : ",'expires_at':'" + expiresAt + "'")
        + "}";
  }

  @Test
  @DisplayName("two secrets may be active; the instant of expiry is too late")
  void three_live_secrets() {
    String past = secret("2026-11-22T14:00:00Z");
    String live = secret("2026-11-22T14:00:01Z");
    String endless = secret("");

    assertProblems(client(GRANTS, "'secrets':[" + past + "," + live + "," + endless + "]"));
    assertProblems(
        client(GRANTS, "'secrets':[" + live + "," + live + "," + endless + "]"),
        "clients[0] (batch): 3 secrets are active; two may be, the old one and the new");
  }

  @Test
  void public_and_confidential() {
    assertProblems(
        client("'token_endpoint_auth_method':'none'", GRANTS, SECRETS),
        "clients[0] (batch): a client with token_endpoint_auth_method none has no secrets",
        "clients[0] (batch): client_credentials needs a token_endpoint_auth_method other than"
            + " none");
    assertProblems(
        client(GRANTS),
        "clients[0] (batch): client_secret_basic needs at least one entry in secrets");
  }

  @Test
  void an_id_that_is_used_twice() {
    String client = "{'client_id':'batch'," + GRANTS + "," + SECRETS + "}";
    String bad = "{'client_id':'batch','grant_types':[]," + SECRETS + "}";

    assertProblems(
        read("{'clients':[" + client + "," + client + "]}"), "client_id batch is used twice");
    assertThat(read("{'clients':[" + bad + "," + client + "]}").problems())
        .contains("client_id batch is used twice");
    assertProblems(read("{'clients':[" + client + "," + client.replace("batch", "Batch") + "]}"));
  }

  @Test
  void a_repeated_member_says_where() {
    assertThat(
            read("{'clients':[{'client_id':'a',\n'disabled':true,\n'disabled':false}]}").problems())
        .containsExactly("line 3: member disabled is repeated");
  }

  @Test
  @DisplayName("all that is wrong, at once")
  void everything_at_once() {
    ClientsFile file =
        read(
            "{'client':[],'clients':[{'client_id':'a','client_name':1,'scopes':'x',"
                + "'secrets':[{'hash':'x'},{'hash':'"
                + HASH
                + "','name':1}],'grant_types':['implicit']},"
                + "'x',{'client_id':'a','disabled':1},{'client_id':'ok',"
                + GRANTS
                + ","
                + SECRETS
                + "}]}");

    assertThat(file.problems())
        .extracting(problem -> problem.replaceAll("; there are.*", ""))
        .contains(
            "the file: unknown member client",
            "clients[0] (a): unknown member scopes",
            "clients[0] (a): client_name has to be a string",
            "clients[0] (a) secrets[1]: name has to be a string",
            "clients[1]: not a JSON object",
            "clients[2] (a): disabled has to be true or false",
            "client_id a is used twice")
        .doesNotHaveDuplicates();
    assertThat(file.clients()).extracting(Client::id).contains("ok");
    assertThat(file.problems().toString()).doesNotContain(HASH);
  }
}
