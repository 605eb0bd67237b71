// The lists, and what keeps them up to date.

import { call, get, keepToken, listen, NoToken } from "./api.js";
import { find, make, time } from "./dom.js";
import { keys } from "./keys.js";
import * as reader from "./reader.js";

const PAGE = 100;
const addresses = new Map(); // address -> {count, last_seq}
let messages = []; // newest first
let chosen = null; // an address, or null for all
let older = false;
let loads = 0;
let meanwhile = []; // arrived since the last load began
const fresh = new Set(); // arrived while the page was open, and not read yet

const pane = (name) => {
  document.querySelector(".panes").dataset.pane = name;
};
const wanted = (text) => text.toLowerCase().includes(find("find").value.trim().toLowerCase());

async function load() {
  const turn = ++loads;
  meanwhile = [];
  const query = chosen === null ? "" : `&address=${encodeURIComponent(chosen)}`;
  const [recipients, listed] = await Promise.all([
    get("/v1/recipients?limit=1000"),
    get(`/v1/messages?order=newest&limit=${PAGE}${query}`),
  ]);
  if (turn !== loads) return; // a later one is under way
  addresses.clear();
  for (const each of recipients.recipients) addresses.set(each.address, each);
  messages = listed.messages;
  older = messages.length === PAGE;
  for (const message of meanwhile) add(message);
  if (chosen === null) for (const seq of fresh) if (!messages.some((each) => each.seq === seq)) fresh.delete(seq);
  draw();
}

async function loadOlder() {
  const query = chosen === null ? "" : `&address=${encodeURIComponent(chosen)}`;
  const last = messages.at(-1).seq;
  const listed = await get(`/v1/messages?order=newest&limit=${PAGE}&before=${last}${query}`);
  messages.push(...listed.messages);
  older = listed.messages.length === PAGE;
  draw();
}

function draw() {
  drawAddresses();
  drawMessages();
  document.title = fresh.size ? `(${fresh.size}) inboxwright` : "inboxwright";
}

function drawAddresses() {
  const all = [...addresses.values()].sort((one, other) => other.last_seq - one.last_seq);
  const found = all.filter((each) => wanted(each.address) || each.address === chosen);
  const row = (address, count) => {
    const [head, rest] = parts(address);
    const button = make(
      "button",
      { type: "button", title: address ?? "", onclick: () => choose(address) },
      make("span", { class: "name" }, head, make("span", { class: "rest" }, rest)),
      make("span", { class: "count" }, String(count)),
    );
    if (address === chosen) button.setAttribute("aria-current", "true");
    return make("li", {}, button);
  };
  const total = all.reduce((sum, each) => sum + each.count, 0);
  keepFocus(find("addresses"), [row(null, total), ...found.map((each) => row(each.address, each.count))]);
  find("address-count").textContent = String(all.length);
}

// What a person tells addresses apart by: the hint of a minted one, else the local part.
function parts(address) {
  if (address === null) return ["All messages", ""];
  const minted = address.match(/^(.+?)(-r[a-z2-7]{8}-[a-z2-7]{8}@.*)$/);
  const at = address.lastIndexOf("@");
  return minted ? [minted[1], minted[2]] : [address.slice(0, at), address.slice(at)];
}

function drawMessages() {
  const found = messages.filter((each) => wanted(`${each.subject} ${each.recipient} ${each.from}`));
  const rows = found.map((each) => {
    const button = make(
      "button",
      { type: "button", "data-seq": String(each.seq), onclick: () => open(each.seq) },
      make("span", { class: "subject" }, each.subject || "(no subject)"),
      time(each.received_at),
      make("span", { class: "who" }, `${sender(each)} → ${each.recipient}`),
    );
    if (each.seq === reader.current()) button.setAttribute("aria-current", "true");
    return make("li", { class: fresh.has(each.seq) ? "fresh" : "" }, button);
  });
  keepFocus(find("messages"), rows.length ? rows : [make("li", { class: "empty" }, ...nothing())]);
  find("messages-title").textContent = chosen ?? "All messages";
  find("message-count").textContent = older ? `${found.length}+` : String(found.length);
  find("more").hidden = !older;
  find("clear").hidden = messages.length === 0 || chosen === null;
}

const sender = (each) => each.from.replace(/<.*>/, "").replaceAll('"', "").trim() || each.from || "(bounce)";

function nothing() {
  if (messages.length) return [make("p", {}, "Nothing matches the filter.")];
  const where = find("smtp").querySelector("code").textContent;
  return [make("p", {}, "No mail yet."), make("p", {}, "Send to any address through ", make("code", {}, where), ".")];
}

// A list is drawn anew; the row that had the focus keeps it.
function keepFocus(list, rows) {
  const focused = list.contains(document.activeElement) ? document.activeElement : null;
  const mark = focused?.dataset.seq ?? focused?.title;
  list.replaceChildren(...rows);
  if (!focused) return;
  const same = [...list.querySelectorAll("button")].find((each) => (each.dataset.seq ?? each.title) === mark);
  (same ?? list.querySelector("button"))?.focus();
}

async function choose(address) {
  chosen = address;
  pane("messages");
  reader.clear("Choose a message.");
  await guarded(load);
}

async function open(seq) {
  fresh.delete(seq);
  pane("reader");
  const showing = reader.show(seq, remove, back);
  draw();
  await guarded(() => showing);
}

function back() {
  const narrow = getComputedStyle(document.querySelector(".only-narrow")).display !== "none";
  const shown = document.querySelector(".panes").dataset.pane;
  pane(narrow && shown === "messages" ? "addresses" : "messages");
  const row = document.querySelector('#messages [aria-current="true"]') ?? document.querySelector("#messages button");
  row?.focus();
}

async function remove(seq) {
  const rows = [...document.querySelectorAll("#messages button")];
  const index = rows.findIndex((row) => row.dataset.seq === String(seq));
  const next = rows[index + 1] ?? rows[index - 1];
  await call("DELETE", `/v1/messages/${seq}`);
  await guarded(load);
  if (next) await open(Number(next.dataset.seq));
  else reader.clear("Deleted.");
}

async function removeAll() {
  await call("DELETE", "/v1/messages", { addresses: [chosen] });
  await choose(null);
}

function move(step) {
  const rows = [...document.querySelectorAll("#messages button")];
  if (!rows.length) return;
  const index = rows.findIndex((row) => row.getAttribute("aria-current"));
  const row = rows[Math.min(rows.length - 1, Math.max(0, index + step))];
  const seq = Number(row.dataset.seq);
  row.focus();
  row.scrollIntoView({ block: "nearest" });
  open(seq);
}

// Twice does no harm: what arrived during a load is added again afterwards.
function add(message) {
  const entry = addresses.get(message.recipient) ?? { address: message.recipient, count: 0, last_seq: 0 };
  if (message.seq > entry.last_seq) {
    addresses.set(message.recipient, { ...entry, count: entry.count + 1, last_seq: message.seq });
  }
  if ((chosen === null || chosen === message.recipient) && !messages.some((each) => each.seq === message.seq)) {
    messages.unshift(message);
  }
}

function arrived(message) {
  meanwhile.push(message);
  fresh.add(message.seq);
  add(message);
  find("news").textContent = `New message: ${message.subject}, to ${message.recipient}`;
  draw();
}

function state(name) {
  find("state").dataset.state = name;
  find("state").querySelector(".words").textContent = name === "live" ? "Live" : "Connection lost, trying again";
  if (name === "live") guarded(load);
}

async function guarded(work) {
  try {
    await work();
  } catch (error) {
    if (error instanceof NoToken) login("This token is not valid.");
    else throw error;
  }
}

function login(problem) {
  find("login-problem").textContent = problem;
  if (!find("login").open) find("login").showModal();
}

async function start() {
  try {
    const info = await get("/v1/info");
    find("smtp").querySelector("code").textContent = info.smtp.join(":");
    find("smtp").hidden = false;
    listen({ message: arrived, reload: () => guarded(load), state });
  } catch (error) {
    if (!(error instanceof NoToken)) throw error;
    login("");
  }
}

find("login").querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault();
  keepToken(find("token").value);
  get("/v1/info").then(
    () => {
      find("login").close();
      start();
    },
    () => login("This token is not valid."),
  );
});
find("login").addEventListener("cancel", (event) => event.preventDefault());
find("find").addEventListener("input", draw);
find("more").addEventListener("click", () => guarded(loadOlder));
find("clear").addEventListener("click", () => guarded(removeAll));
find("show-addresses").addEventListener("click", () => pane("addresses"));
find("help").addEventListener("click", () => find("keys").showModal());
reader.clear("Choose a message.");
keys({ move, back, remove: () => reader.current() !== null && remove(reader.current()), addresses: () => pane("addresses") });
start();
