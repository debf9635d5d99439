-- Postern's tables on MariaDB, version 1.
--
-- Run it once, as the owner of the schema that the DataSource uses, or set createSchema=true.
-- What the user of the DataSource needs when it is not the owner:
--
--   GRANT SELECT, INSERT, UPDATE, DELETE ON the_database.* TO the_user;
--
-- Times are milliseconds since 1970-01-01 UTC by the clock of this database. Codes and tokens are
-- kept as SHA-256 only. No foreign keys: rows are deleted in the order that replay detection needs.

CREATE TABLE IF NOT EXISTS postern_code (
  code_hash             BINARY(32) NOT NULL PRIMARY KEY,
  client_id             VARCHAR(255) NOT NULL,
  subject               VARCHAR(255) NOT NULL,
  scope                 VARCHAR(4000) NOT NULL,
  redirect_uri          VARCHAR(4000) NOT NULL,
  redirect_uri_required BOOLEAN NOT NULL,
  challenge             VARCHAR(43),
  expires_at            BIGINT NOT NULL,
  spent_at              BIGINT,
  revoked_at            BIGINT,
  family_hash           BINARY(32),
  forget_at             BIGINT
)
  ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

CREATE TABLE IF NOT EXISTS postern_family (
  family_hash           BINARY(32) NOT NULL PRIMARY KEY,
  client_id             VARCHAR(255) NOT NULL,
  subject               VARCHAR(255) NOT NULL,
  scope                 VARCHAR(4000) NOT NULL,
  current_hash          BINARY(32),
  ends_at               BIGINT NOT NULL,
  expires_at            BIGINT NOT NULL,
  over_at               BIGINT NOT NULL,
  last_hash             BINARY(32),
  answer                BLOB,
  rotated_at            BIGINT,
  rotated_from          VARCHAR(64),
  grace_ends_at         BIGINT,
  revoked_at            BIGINT
)
  ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

CREATE TABLE IF NOT EXISTS postern_access_token (
  token_hash            BINARY(32) NOT NULL PRIMARY KEY,
  family_hash           BINARY(32),
  client_id             VARCHAR(255) NOT NULL,
  subject               VARCHAR(255) NOT NULL,
  scope                 VARCHAR(4000) NOT NULL,
  expires_at            BIGINT NOT NULL
)
  ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- What users have allowed clients, so that nobody is asked twice. Nothing ends them but revokeUser and revokeClient.
CREATE TABLE IF NOT EXISTS postern_consent (
  client_id             VARCHAR(255) NOT NULL,
  subject               VARCHAR(255) NOT NULL,
  scope                 VARCHAR(4000) NOT NULL,
  given_at              BIGINT NOT NULL,
  PRIMARY KEY (client_id, subject)
)
  ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- Clients, where the setting clients is jdbc: columns mean what the members of the clients file mean. Lists have
-- one space between their entries; expires_at is ISO 8601 in UTC, such as 2027-01-01T00:00:00Z.
CREATE TABLE IF NOT EXISTS postern_client (
  client_id                  VARCHAR(255) NOT NULL PRIMARY KEY,
  client_name                VARCHAR(255),
  token_endpoint_auth_method VARCHAR(64) DEFAULT 'client_secret_basic' NOT NULL,
  grant_types                VARCHAR(1000) NOT NULL,
  scope                      VARCHAR(4000),
  ignored_scopes             VARCHAR(4000),
  redirect_uris              VARCHAR(4000),
  plain_challenge_allowed    BOOLEAN DEFAULT FALSE NOT NULL,
  introspection              BOOLEAN DEFAULT FALSE NOT NULL,
  skip_consent               BOOLEAN DEFAULT FALSE NOT NULL,
  disabled                   BOOLEAN DEFAULT FALSE NOT NULL
)
  ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

CREATE TABLE IF NOT EXISTS postern_client_secret (
  client_id             VARCHAR(255) NOT NULL,
  name                  VARCHAR(100) NOT NULL,
  hash                  VARCHAR(255) NOT NULL,
  expires_at            VARCHAR(30),
  PRIMARY KEY (client_id, name)
)
  ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- Failed authentications, so that all nodes count together. What is lost of it only lets a few more tries pass.
CREATE TABLE IF NOT EXISTS postern_failure (
  failure_key           BIGINT NOT NULL,
  period                BIGINT NOT NULL,
  failures              INTEGER NOT NULL,
  PRIMARY KEY (failure_key, period)
)
  ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- Refusals of late, for the pages that adminRole may see. No credentials; the texts are escaped, and cut to fit.
-- Written about once a second by each node, about 10,000 at most. What is lost of it is only not shown.
CREATE TABLE IF NOT EXISTS postern_trace (
  trace_id              VARCHAR(36) NOT NULL PRIMARY KEY,
  correlation_id        VARCHAR(255) NOT NULL,
  refused_at            BIGINT NOT NULL,
  forget_at             BIGINT NOT NULL,
  client_id             VARCHAR(255) NOT NULL,
  source_address        VARCHAR(255) NOT NULL,
  reason_number         INTEGER NOT NULL,
  reason_name           VARCHAR(100) NOT NULL,
  error                 VARCHAR(100) NOT NULL,
  failed_check          VARCHAR(100) NOT NULL,
  reason_text           VARCHAR(1000) NOT NULL,
  told_number           INTEGER NOT NULL,
  told_text             VARCHAR(1000) NOT NULL,
  about                 VARCHAR(255) NOT NULL,
  detail                VARCHAR(1000) NOT NULL,
  endpoint              VARCHAR(255) NOT NULL
)
  ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

CREATE INDEX IF NOT EXISTS postern_code_forget ON postern_code (forget_at);
CREATE INDEX IF NOT EXISTS postern_code_family ON postern_code (family_hash);
CREATE INDEX IF NOT EXISTS postern_code_subject ON postern_code (subject);
CREATE INDEX IF NOT EXISTS postern_code_client ON postern_code (client_id);
CREATE INDEX IF NOT EXISTS postern_family_over ON postern_family (over_at);
CREATE INDEX IF NOT EXISTS postern_family_grace ON postern_family (grace_ends_at);
CREATE INDEX IF NOT EXISTS postern_family_subject ON postern_family (subject);
CREATE INDEX IF NOT EXISTS postern_family_client ON postern_family (client_id);
CREATE INDEX IF NOT EXISTS postern_access_token_expiry ON postern_access_token (expires_at);
CREATE INDEX IF NOT EXISTS postern_access_token_subject ON postern_access_token (subject);
CREATE INDEX IF NOT EXISTS postern_access_token_client ON postern_access_token (client_id);
CREATE INDEX IF NOT EXISTS postern_consent_subject ON postern_consent (subject);
CREATE INDEX IF NOT EXISTS postern_failure_period ON postern_failure (period);
CREATE INDEX IF NOT EXISTS postern_trace_time ON postern_trace (refused_at);
CREATE INDEX IF NOT EXISTS postern_trace_forget ON postern_trace (forget_at);
CREATE INDEX IF NOT EXISTS postern_trace_correlation ON postern_trace (correlation_id);
CREATE INDEX IF NOT EXISTS postern_trace_client ON postern_trace (client_id);
CREATE INDEX IF NOT EXISTS postern_trace_number ON postern_trace (reason_number);

-- Last: where this row is, the tables are complete.
CREATE TABLE IF NOT EXISTS postern_meta (
  name                  VARCHAR(30) NOT NULL PRIMARY KEY,
  content               VARCHAR(100) NOT NULL
)
  ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

INSERT INTO postern_meta (name, content)
SELECT 'version', '1' FROM (SELECT 1 AS one) AS row_one
WHERE NOT EXISTS (SELECT 1 FROM postern_meta WHERE name = 'version');
