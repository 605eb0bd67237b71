// One message: what a test would take out of it, and what a person wants to look at.

import { call, get, signed } from "./api.js";
import { copy, find, make, size, time } from "./dom.js";

const SHOWN_SOURCE = 400_000;
let shown = null;
let copies = {};

export const current = () => shown;
export const press = (name) => copies[name]?.click();
export const openTab = (number) => find("reader").querySelectorAll('[role="tab"]')[number]?.click();

export function clear(text) {
  shown = null;
  copies = {};
  find("reader").replaceChildren(make("div", { class: "empty" }, make("p", {}, text)));
}

export async function show(seq, onDelete, onBack) {
  shown = seq;
  let message;
  try {
    message = await get(`/v1/messages/${seq}`);
  } catch (error) {
    if (shown === seq) clear(error.message);
    return;
  }
  if (shown !== seq) return; // another one was chosen meanwhile
  copies = {};
  find("reader").replaceChildren(
    head(message, onDelete, onBack),
    taken(message),
    tabs(message),
  );
}

function head(message, onDelete, onBack) {
  const row = (name, ...value) => make("div", {}, make("dt", {}, name), make("dd", {}, ...value));
  const envelope = message.to && !message.to.includes(message.recipient) ? "Envelope" : "To";
  return make(
    "header",
    { class: "head" },
    make("button", { type: "button", class: "plain only-narrow back", onclick: onBack }, "← Messages"),
    make("h2", {}, message.subject || "(no subject)"),
    make("button", { type: "button", class: "plain delete", onclick: () => onDelete(message.seq) }, "Delete"),
    make(
      "dl",
      { class: "facts" },
      row("From", message.from || message.sender || "(empty: a bounce)"),
      row(envelope, copyable(message.recipient)),
      envelope === "Envelope" ? row("To header", message.to) : null,
      message.cc ? row("Cc", message.cc) : null,
      row("Received", time(message.received_at), ` · ${size(message.size)} · number ${message.seq}`),
    ),
  );
}

function copyable(text) {
  const button = make("button", { type: "button", class: "inline", title: "Copy" }, make("span", { class: "label" }, text));
  button.addEventListener("click", () => copy(text, button));
  return button;
}

function copyButton(text, name) {
  const button = make("button", { type: "button", class: "copy" }, "Copy");
  button.setAttribute("aria-label", `Copy ${name}`);
  button.addEventListener("click", () => copy(text, button));
  return button;
}

function taken(message) {
  if (!message.codes.length && !message.links.length) return null;
  const codes = message.codes.map((code) => {
    const button = copyButton(code, `code ${code}`);
    copies.code ??= button;
    return make("li", { class: "code" }, make("code", {}, code), button);
  });
  const links = message.links.map((link) => {
    const button = copyButton(link.url, `link ${link.text}`);
    copies.link ??= button;
    const web = /^https?:\/\//i.test(link.url); // never a javascript: URL
    return make(
      "li",
      { class: link.best ? "link best" : "link" },
      make("span", { class: "words" }, link.text || "(no words)"),
      make("code", { class: "url", title: link.url }, link.url),
      web ? make("a", { class: "open", href: link.url, target: "_blank", rel: "noopener noreferrer" }, "Open") : null,
      button,
    );
  });
  const few = links.slice(0, 3);
  const rest = links.slice(3);
  return make(
    "section",
    { class: "taken", "aria-label": "Codes and links" },
    make("ul", {}, ...codes, ...few),
    rest.length
      ? make("details", {}, make("summary", {}, `${rest.length} more links`), make("ul", {}, ...rest))
      : null,
  );
}

function tabs(message) {
  const files = message.attachments;
  const choices = [
    ["HTML", message.has_html ? () => frame(message) : null],
    ["Text", message.text ? () => make("pre", { class: "text" }, message.text) : null],
    ["Source", () => source(message)],
    [files.length ? `Attachments ${files.length}` : "Attachments", files.length ? () => attachments(message) : null],
  ];
  const panel = make("div", { class: "panel", role: "tabpanel", id: "panel", tabindex: "0" });
  const bar = make("div", { class: "tabs", role: "tablist", "aria-label": "Parts" });
  const open = (button, render) => {
    for (const each of bar.children) {
      each.setAttribute("aria-selected", String(each === button));
      each.tabIndex = each === button ? 0 : -1;
    }
    panel.setAttribute("aria-label", button.textContent);
    panel.replaceChildren(render());
  };
  for (const [name, render] of choices) {
    const button = make("button", { type: "button", role: "tab", "aria-controls": "panel" }, name);
    button.disabled = render === null;
    button.addEventListener("click", () => open(button, render));
    bar.append(button);
  }
  bar.addEventListener("keydown", (event) => moveTab(event, bar));
  const first = choices.findIndex(([, render]) => render !== null);
  open(bar.children[first], choices[first][1]);
  return make("section", { class: "parts" }, bar, panel);
}

function moveTab(event, bar) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const enabled = [...bar.children].filter((each) => !each.disabled);
  const next = enabled[(enabled.indexOf(document.activeElement) + step + enabled.length) % enabled.length];
  next.focus();
  next.click();
  event.preventDefault();
}

function frame(message) {
  // No scripts, no forms, no navigation of this page; what may load is decided by the answer's own policy: nothing.
  return make(
    "div",
    { class: "frame" },
    make("iframe", {
      sandbox: "",
      referrerpolicy: "no-referrer",
      title: `Message: ${message.subject}`,
      src: signed(`/v1/messages/${message.seq}/html`),
    }),
    make("p", { class: "note" }, "Shown without scripts; nothing is loaded from elsewhere."),
  );
}

function source(message) {
  const path = `/v1/messages/${message.seq}/raw`;
  const text = make("pre", { class: "source", "aria-busy": "true" }, "…");
  call("GET", path).then(async (response) => {
    const raw = await response.text();
    text.textContent = raw.length > SHOWN_SOURCE ? `${raw.slice(0, SHOWN_SOURCE)}\n… (download to see the rest)` : raw;
    text.removeAttribute("aria-busy");
  });
  const file = { class: "open", href: signed(path), download: `message-${message.seq}.eml` };
  return make("div", {}, make("p", { class: "tools" }, make("a", file, "Download .eml")), text);
}

function attachments(message) {
  const rows = message.attachments.map((each) => {
    const path = `/v1/messages/${message.seq}/attachments/${each.number}`;
    return make(
      "li",
      {},
      make("span", { class: "name" }, each.name),
      make("span", { class: "kind" }, `${each.content_type} · ${size(each.size)}${each.inline ? " · inline" : ""}`),
      make("a", { class: "open", href: signed(path), download: each.name }, "Download"),
    );
  });
  return make("ul", { class: "files" }, ...rows);
}
