// The server, and the token that it asks for.

const key = "inboxwright-token";

function tokenFromAddress() {
  const given = new URL(location.href);
  const token = given.searchParams.get("token");
  if (token) {
    sessionStorage.setItem(key, token);
    given.searchParams.delete("token");
    history.replaceState(null, "", given); // so that it is not copied along with the address
  }
}

tokenFromAddress();

export const token = () => sessionStorage.getItem(key) ?? "";
export const keepToken = (value) => sessionStorage.setItem(key, value);
export class NoToken extends Error {}

export async function call(method, path, body) {
  const headers = { Authorization: `Bearer ${token()}` };
  const response = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
  if (response.status === 401) throw new NoToken();
  if (!response.ok) throw new Error((await response.json()).error);
  return response;
}

export const get = async (path) => (await call("GET", path)).json();

// For what the browser fetches by itself: frames, downloads, events.
export const signed = (path) => `${path}${path.includes("?") ? "&" : "?"}token=${encodeURIComponent(token())}`;

export function listen({ message, reload, state }) {
  const source = new EventSource(signed("/v1/events"));
  source.addEventListener("ready", () => state("live"));
  source.addEventListener("message", (event) => event.data && message(JSON.parse(event.data)));
  source.addEventListener("reload", reload);
  source.addEventListener("error", () => state("lost"));
}
