// Elements without markup: text only ever arrives through textContent, so mailed HTML cannot become ours.

export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else if (name in element && typeof value !== "string") element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export const find = (id) => document.getElementById(id);

const units = ["B", "kB", "MB"];

export function size(bytes) {
  let unit = 0;
  while (bytes >= 1000 && unit < units.length - 1) {
    bytes /= 1000;
    unit += 1;
  }
  return `${bytes.toFixed(bytes < 10 && unit ? 1 : 0)} ${units[unit]}`;
}

export function time(iso) {
  const date = new Date(iso);
  const today = date.toDateString() === new Date().toDateString();
  const text = today
    ? date.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" })
    : date.toLocaleDateString([], { day: "numeric", month: "short" });
  return make("time", { datetime: iso, title: date.toLocaleString() }, text);
}

export async function copy(text, button) {
  await navigator.clipboard.writeText(text);
  const label = button.querySelector(".label") ?? button;
  const before = label.dataset.before ?? label.textContent;
  label.dataset.before = before;
  label.textContent = "Copied";
  button.classList.add("done");
  find("news").textContent = "Copied";
  setTimeout(() => {
    label.textContent = before;
    button.classList.remove("done");
  }, 1200);
}
