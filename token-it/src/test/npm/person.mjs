// A person with a browser: logs in as the container asks, allows what the page of consent asks, and is sent back.
export class Person {
  #login;
  #cookies = new Map();

  constructor(name, password) {
    this.#login = 'Basic ' + Buffer.from(`${name}:${password}`).toString('base64');
  }

  // Follows an authorization request to where the client gets its answer.
  async allow(url) {
    const question = await this.#ask(url);
    const page = await question.text();
    if (question.status !== 200) throw new Error(`no page of consent: ${question.status} ${page}`);
    const answer = await this.#ask(new URL(attribute(page.match(/<form [^>]*method="post"[^>]*>/i)[0], 'action'), url), {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams([...hidden(page), ...approval(page)]).toString(),
    });
    if (answer.status !== 303) throw new Error(`not sent back: ${answer.status} ${await answer.text()}`);
    return new URL(answer.headers.get('location'));
  }

  async #ask(url, init = {}) {
    const headers = { ...init.headers, Authorization: this.#login, Cookie: [...this.#cookies].map(c => c.join('=')).join('; ') };
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = cookie.match(/^([^=]+)=([^;]*)/);
      this.#cookies.set(name, value);
    }
    return response;
  }
}

function hidden(page) {
  return [...page.matchAll(/<input [^>]*type="hidden"[^>]*>/gi)].map(([tag]) => [attribute(tag, 'name'), attribute(tag, 'value')]);
}

// The first button of the form is the one that allows.
function approval(page) {
  const [tag] = page.match(/<button [^>]*name=[^>]*>/i);
  return [[attribute(tag, 'name'), attribute(tag, 'value')]];
}

function attribute(tag, name) {
  return tag.match(new RegExp(`${name}="([^"]*)"`))[1]
    .replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
}
