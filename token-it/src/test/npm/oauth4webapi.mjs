// oauth4webapi, by hand as its readme has it: metadata, code with PKCE, resource, refresh, revocation.
import assert from 'node:assert/strict';
import * as oauth from 'oauth4webapi';
import { Person } from './person.mjs';

const { issuer, resource, redirectUri, clientId, user, password } = JSON.parse(process.argv[2]);
const plainHttp = { [oauth.allowInsecureRequests]: true };
const client = { client_id: clientId };
const nobody = oauth.None();

const as = await oauth.processDiscoveryResponse(
  new URL(issuer), await oauth.discoveryRequest(new URL(issuer), { algorithm: 'oauth2', ...plainHttp }));

const verifier = oauth.generateRandomCodeVerifier();
const state = oauth.generateRandomState();
const url = new URL(as.authorization_endpoint);
url.search = new URLSearchParams({
  client_id: clientId, redirect_uri: redirectUri, response_type: 'code', scope: 'orders.read', state,
  code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
}).toString();
const back = await new Person(user, password).allow(url);
const parameters = oauth.validateAuthResponse(as, client, back, state);
assert.equal(back.searchParams.get('iss'), issuer);

const tokens = await oauth.processAuthorizationCodeResponse(as, client,
  await oauth.authorizationCodeGrantRequest(as, client, nobody, parameters, redirectUri, verifier, plainHttp));
assert.equal(tokens.token_type, 'bearer');
const orders = async token =>
  (await oauth.protectedResourceRequest(token, 'GET', new URL(resource), undefined, undefined, plainHttp)).text();
assert.match(await orders(tokens.access_token), /alice/);

const refreshed = await oauth.processRefreshTokenResponse(as, client,
  await oauth.refreshTokenGrantRequest(as, client, nobody, tokens.refresh_token, plainHttp));
assert.match(await orders(refreshed.access_token), /alice/);
assert.notEqual(refreshed.refresh_token, tokens.refresh_token);

await oauth.processRevocationResponse(
  await oauth.revocationRequest(as, client, nobody, refreshed.refresh_token, plainHttp));
await assert.rejects(orders(refreshed.access_token), oauth.WWWAuthenticateChallengeError);
await assert.rejects(
  async () => oauth.processRefreshTokenResponse(as, client,
    await oauth.refreshTokenGrantRequest(as, client, nobody, refreshed.refresh_token, plainHttp)),
  error => error instanceof oauth.ResponseBodyError && error.error === 'invalid_grant' && error.status === 400);
console.log('oauth4webapi: passed');
