// A public client: the authorization code grant with PKCE (RFC 6749 s4.1, RFC 7636), by hand.
'use strict';

const CLIENT = 'demo';
const SCOPE = 'orders.read';
const HERE = location.origin + location.pathname;
const button = id => document.getElementById(id);
let tokens = {};

const base64url = octets =>
  btoa(String.fromCharCode(...octets)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));
const sha256 = async text =>
  base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))));

// Of a token only the beginning is shown.
function say(what, status, body) {
  const text = typeof body === 'string' ? body
    : JSON.stringify(body, (name, value) => /_token$/.test(name) ? value.slice(0, 6) + '…' : value);
  const line = document.createElement('li');
  line.append(`${what}: ${status} `, Object.assign(document.createElement('code'), { textContent: text.trim() }));
  document.getElementById('said').append(line);
  for (const id of ['orders', 'refresh', 'revoke']) button(id).disabled = !tokens.access_token;
}

// Without credentials: the browser would send the password of who is logged in, and a client has to send its own.
const send = (path, init) => fetch(path, { ...init, credentials: 'omit' });
const post = (path, form) => send(path, { method: 'POST', body: new URLSearchParams({ ...form, client_id: CLIENT }) });

async function ask(what, form) {
  const answer = await post('oauth/token', form);
  const body = await answer.json();
  if (answer.ok) tokens = body;
  say(what, answer.status, body);
}

button('login').onclick = async () => {
  const verifier = random(), state = random();
  sessionStorage.setItem('asked', JSON.stringify({ verifier, state }));
  location.assign('oauth/authorize?' + new URLSearchParams({
    response_type: 'code', client_id: CLIENT, redirect_uri: HERE, scope: SCOPE, state,
    code_challenge: await sha256(verifier), code_challenge_method: 'S256',
  }));
};

button('orders').onclick = async () => {
  const answer = await send('orders', { headers: { Authorization: 'Bearer ' + tokens.access_token } });
  say('The orders', answer.status, answer.ok ? await answer.text() : await answer.json());
};

button('refresh').onclick = () =>
  ask('New tokens', { grant_type: 'refresh_token', refresh_token: tokens.refresh_token });

button('revoke').onclick = async () => {
  const answer = await post('oauth/revoke', { token: tokens.refresh_token });
  say('Taken back', answer.status, '');
};

// Back from the authorization endpoint: an answer to a question of somebody else's is thrown away (RFC 6749 s10.12).
(async () => {
  const answer = new URLSearchParams(location.search);
  const asked = JSON.parse(sessionStorage.getItem('asked') ?? 'null');
  sessionStorage.removeItem('asked');
  if (!answer.has('state')) return;
  history.replaceState(null, '', HERE);
  if (answer.get('state') !== asked?.state) say('No answer to this page', '', 'the state is another');
  else if (answer.has('error')) say('No code', '', answer.get('error') + ': ' + answer.get('error_description'));
  else await ask('Tokens for the code',
    { grant_type: 'authorization_code', code: answer.get('code'), redirect_uri: HERE, code_verifier: asked.verifier });
})();
