// Single keys, as mail programs have them; never while something is being typed.

import { find } from "./dom.js";
import * as reader from "./reader.js";

export function keys({ move, back, remove, addresses }) {
  const typing = (target) => target.matches("input, textarea, select");
  const actions = {
    j: () => move(1),
    k: () => move(-1),
    c: () => reader.press("code"),
    l: () => reader.press("link"),
    a: () => {
      addresses();
      document.querySelector('#addresses [aria-current="true"]')?.focus();
    },
    "/": () => find("find").focus(),
    "?": () => find("keys").showModal(),
    Delete: remove,
    Escape: back,
    1: () => reader.openTab(0),
    2: () => reader.openTab(1),
    3: () => reader.openTab(2),
    4: () => reader.openTab(3),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const list = event.target.closest?.(".list");
    if (list && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (list.id === "messages") move(step);
      else walk(list, step);
      event.preventDefault();
    } else if (typing(event.target)) {
      if (event.key === "Escape") event.target.blur();
    } else if (actions[event.key]) {
      actions[event.key]();
      event.preventDefault();
    }
  });
}

function walk(list, step) {
  const rows = [...list.querySelectorAll("button")];
  rows[Math.min(rows.length - 1, Math.max(0, rows.indexOf(document.activeElement) + step))]?.focus();
}
