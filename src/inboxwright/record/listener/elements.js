// Which element it is, what the page says about it, and a mark by which Playwright finds it.
const MARK = "data-inboxwright";
const isTop = window === window.top;
const prefix = Array.from(crypto.getRandomValues(new Uint32Array(2)), (n) => n.toString(36)).join("");
const marks = new WeakMap();
const passwords = new WeakSet();
const closed = new WeakSet();
let count = 0;

const CONTROL =
  "button, a, select, input, textarea, label, summary, option, [role=button], [role=link], [role=checkbox], " +
  "[role=radio], [role=switch], [role=tab], [role=menuitem], [role=menuitemcheckbox], [role=menuitemradio], " +
  "[role=option], [role=combobox], [role=treeitem], [role=gridcell]";
const NOT_TEXT = ["checkbox", "radio", "file", "range", "color", "submit", "button", "reset", "image", "hidden"];
const SELF_CHANGING = ["checkbox", "radio", "file", "range", "color"];

const send = (message) => {
  const at = Math.round(performance.timeOrigin + performance.now());
  const index = window.navigation?.currentEntry?.index ?? -1;
  const where = isTop ? { path: route(), title: document.title, heading: heading(), index } : {};
  return window.__inboxwrightReport({ ...message, ...where, at });
};
// A single-page application may keep its screens in the fragment: "#/join", "#!/join".
const route = () => location.pathname + (/^#!?\//.test(location.hash) ? location.hash.split("?")[0] : "");
// What people read of it: the text of a style sheet or a script is none of it.
const wordsOf = (node) => {
  if (!node) return "";
  const words = node.cloneNode(true);
  for (const other of words.querySelectorAll("style, script, template, noscript")) other.remove();
  return words.textContent ?? "";
};
const heading = () => wordsOf(document.querySelector("h1")).trim().replace(/\s+/g, " ").slice(0, 80);

const parentOf = (node) => node.parentElement ?? (node.getRootNode() instanceof ShadowRoot ? node.getRootNode().host : null);
const editingHost = (element) => {
  if (!element.isContentEditable) return null;
  let host = element;
  while (host.parentElement?.isContentEditable) host = host.parentElement;
  return host;
};
const targetOf = (event) => {
  const deepest = event.composedPath().find((node) => node instanceof Element);
  if (!deepest || deepest.localName.startsWith("x-pw")) return null;
  const host = editingHost(deepest);
  if (host) return host;
  for (let node = deepest; node; node = parentOf(node)) if (node.matches(CONTROL)) return node;
  return deepest;
};
// The picker takes the control that encloses what is clicked; an assertion is about what was clicked.
let pointed = null;
const point = (event) => (pointed = event.composedPath().find((node) => node instanceof Element && !node.localName.startsWith("x-pw")) ?? pointed);
Object.defineProperty(window, "__inboxwrightPointed", { value: () => pointed });
const labelOf = (element) => {
  const labels = [...(element.labels ?? [])].map((label) => {
    const words = label.cloneNode(true);
    for (const control of words.querySelectorAll("select, input, textarea, button")) control.remove();
    return wordsOf(words);
  });
  const named = (element.getAttribute("aria-labelledby") ?? "").split(/\s+/).filter(Boolean)
    .map((id) => wordsOf(element.getRootNode().getElementById?.(id)));
  const words = [element.getAttribute("aria-label"), ...named, ...labels, element.getAttribute("placeholder")].filter(Boolean)[0]
    ?? (element.localName === "input" ? (["submit", "button"].includes(element.type) ? element.value : "") : element.checkVisibility?.() === false ? wordsOf(element) : element.innerText);
  return (words ?? "").trim().replace(/\s+/g, " ").slice(0, 80);
};
const cssOf = (element) => {
  const parts = [];
  for (let node = element; node && node.nodeType === 1 && node !== document.documentElement; node = node.parentElement) {
    const testId = node.getAttribute("data-testid");
    if (testId) { parts.unshift(`[data-testid="${CSS.escape(testId)}"]`); break; }
    if (node.id && !/\d{2,}/.test(node.id)) { parts.unshift(`#${CSS.escape(node.id)}`); break; }
    const same = [...(node.parentElement?.children ?? [])].filter((other) => other.localName === node.localName);
    parts.unshift(same.length > 1 ? `${node.localName}:nth-of-type(${same.indexOf(node) + 1})` : node.localName);
    try { if (document.querySelectorAll(parts.join(" > ")).length === 1) break; } catch { /* go on up */ }
  }
  return parts.join(" > ");
};
const kindOf = (element) => {
  if (element.type === "password") passwords.add(element);
  return {
    tag: element.localName,
    type: passwords.has(element) ? "password" : element.isContentEditable ? "contenteditable" : (element.type ?? ""),
    label: labelOf(element),
    name: element.getAttribute("name") ?? "",
    autocomplete: element.getAttribute("autocomplete") ?? "",
    maxlength: element.maxLength > 0 ? element.maxLength : 0,
    css: cssOf(element),
  };
};
// The locator is asked for when the element is first touched: once it is clicked, the page may be gone.
const touch = (element) => {
  if (!element || element === document.documentElement || element === document.body) return "";
  let mark = marks.get(element);
  if (!mark) {
    mark = `${prefix}-${++count}`;
    marks.set(element, mark);
    element.setAttribute(MARK, mark);
    Promise.resolve(send({ type: "touch", mark, field: kindOf(element) })).finally(() => element.removeAttribute(MARK));
  }
  return mark;
};
