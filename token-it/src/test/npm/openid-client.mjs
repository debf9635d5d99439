// openid-client: a confidential client that finds everything by the metadata.
import assert from 'node:assert/strict';
import * as client from 'openid-client';
import { Person } from './person.mjs';

const { issuer, resource, redirectUri, clientId, secret, user, password } = JSON.parse(process.argv[2]);
const options = { algorithm: 'oauth2', execute: [client.allowInsecureRequests] };
const config = await client.discovery(new URL(issuer), clientId, secret, client.ClientSecretPost(secret), options);

const verifier = client.randomPKCECodeVerifier();
const state = client.randomState();
const url = client.buildAuthorizationUrl(config, {
  redirect_uri: redirectUri, scope: 'orders.read', state,
  code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
});
const back = await new Person(user, password).allow(url);
const tokens = await client.authorizationCodeGrant(config, back, { pkceCodeVerifier: verifier, expectedState: state });
const orders = async token => (await client.fetchProtectedResource(config, token, new URL(resource), 'GET')).text();
assert.match(await orders(tokens.access_token), /alice/);

const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token);
assert.match(await orders(refreshed.access_token), /alice/);

// The same code once more: refused, and what came of it is taken back (RFC 6749 s4.1.2).
await assert.rejects(
  client.authorizationCodeGrant(config, back, { pkceCodeVerifier: verifier, expectedState: state }),
  error => error instanceof client.ResponseBodyError && error.error === 'invalid_grant');
await assert.rejects(orders(refreshed.access_token), client.WWWAuthenticateChallengeError);
await client.tokenRevocation(config, refreshed.refresh_token);

const wrong = await client.discovery(new URL(issuer), clientId, 'wrong', client.ClientSecretBasic('wrong'), options);
await assert.rejects(client.clientCredentialsGrant(wrong), error =>
  error instanceof client.ResponseBodyError || error instanceof client.WWWAuthenticateChallengeError);
console.log('openid-client: passed');
