// Runs in every frame of the recorded pages, before the application's own scripts, and reports what the person does.
(() => {
  if (window.__inboxwrightListening) return;
  Object.defineProperty(window, "__inboxwrightListening", { value: true });
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
    const where = isTop ? { path: location.pathname, title: document.title, heading: heading() } : {};
    return window.__inboxwrightReport({ ...message, ...where, at });
  };
  const heading = () => (document.querySelector("h1")?.textContent ?? "").trim().replace(/\s+/g, " ").slice(0, 80);

  // -- which element ------------------------------------------------------------------------------------------------
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
  const labelOf = (element) => {
    const labels = [...(element.labels ?? [])].map((label) => {
      const words = label.cloneNode(true);
      for (const control of words.querySelectorAll("select, input, textarea, button")) control.remove();
      return words.textContent;
    });
    const named = (element.getAttribute("aria-labelledby") ?? "").split(/\s+/).filter(Boolean)
      .map((id) => element.getRootNode().getElementById?.(id)?.textContent ?? "");
    const words = [element.getAttribute("aria-label"), ...named, ...labels, element.getAttribute("placeholder")].filter(Boolean)[0]
      ?? (element.localName === "input" ? (["submit", "button"].includes(element.type) ? element.value : "") : element.innerText);
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
  const act = (type, element, more = {}) => send({ type, mark: touch(element), field: kindOf(element), ...more });

  // -- what is done -------------------------------------------------------------------------------------------------
  const modifiers = (event) => ["Alt", "Control", "Meta", "Shift"].filter((key) => event[`${key === "Control" ? "ctrl" : key.toLowerCase()}Key`]);
  const isText = (element) =>
    element.localName === "textarea" || (element.localName === "input" && !NOT_TEXT.includes(element.type)) || element.isContentEditable;
  const place = (element, event) => {
    const box = element.getBoundingClientRect();
    return [Math.round(event.clientX - box.left), Math.round(event.clientY - box.top)];
  };

  const onClick = (event) => {
    const element = targetOf(event);
    if (!event.isTrusted || !element || [document.documentElement, document.body].includes(element)) return;
    if (event.type === "click" && event.detail === 0) return; // made by a key press or a label: that is recorded itself
    if (closed.has(element)) return void missed(element, "a click inside a closed shadow root");
    if (element.localName === "label" && element.control) return;
    if (["select", "option"].includes(element.localName)) return;
    if (element.localName === "input" && SELF_CHANGING.includes(element.type)) return;
    const button = ["left", "middle", "right"][event.button] ?? "left";
    const more = { button, modifiers: modifiers(event), clicks: event.detail };
    if (element.localName === "canvas") more.position = place(element, event);
    act("click", element, more);
  };
  const onInput = (event) => {
    const element = targetOf(event);
    if (!event.isTrusted || !element || !isText(element)) return;
    act("fill", element, { value: element.isContentEditable ? element.innerText : element.value });
  };
  const onChange = (event) => {
    const element = targetOf(event);
    if (!element) return;
    if (element.localName === "input" && element.type === "file") return void upload(element);
    if (!event.isTrusted) return;
    if (element.localName === "select") {
      act("select", element, { choices: [...element.selectedOptions].map((option) => option.label.trim()) });
    } else if (["checkbox", "radio"].includes(element.type)) {
      act(element.checked ? "check" : "uncheck", element);
    } else if (["range", "color"].includes(element.type)) {
      act("fill", element, { value: element.value });
    }
  };
  const upload = (element) => {
    const files = [...element.files];
    if (!files.length) return void act("upload", element, { value: "" });
    for (const file of files) {
      const mark = touch(element), field = kindOf(element);
      if (file.size > 1_000_000) { send({ type: "upload", mark, field, value: file.name }); continue; }
      const reader = new FileReader();
      const promise = send({ type: "upload", mark, field, value: file.name, pending: true });
      reader.onload = () => Promise.resolve(promise).then(() => send({ type: "content", mark, value: file.name, content: reader.result.split(",")[1] ?? "" }));
      reader.readAsDataURL(file);
    }
  };
  const onKey = (event) => {
    const element = targetOf(event) ?? document.body;
    if (!event.isTrusted || event.isComposing || event.repeat) return;
    const { key } = event;
    if (["Tab", "Shift", "Control", "Alt", "Meta", "CapsLock", "AltGraph", "Dead", "Process", "Unidentified"].includes(key)) return;
    const text = isText(element), held = modifiers(event).filter((name) => name !== "Shift");
    const printable = key.length === 1;
    if (text) {
      if (printable && (!held.length || "acvxzy".includes(key.toLowerCase()))) return; // the input event tells the outcome
      if (["Backspace", "Delete", "Home", "End", "ArrowLeft", "ArrowRight", "PageUp", "PageDown"].includes(key)) return;
      if (key === "Enter" && (element.localName === "textarea" || element.isContentEditable)) return;
      if (["ArrowUp", "ArrowDown"].includes(key) && ["number", "date", "time", "month", "week", "datetime-local"].includes(element.type)) return;
    }
    if (["select", "option"].includes(element.localName)) return;
    if (SELF_CHANGING.includes(element.type) && key !== "Enter" && key !== "Escape") return;
    if (["c", "a"].includes(key.toLowerCase()) && held.length) return; // copying and selecting change nothing
    const name = [...held, ...(event.shiftKey && !printable ? ["Shift"] : []), key === " " ? "Space" : key].join("+");
    act("press", element, { value: name });
  };
  const onPaste = (event) => {
    const element = targetOf(event);
    if (!event.isTrusted || !element) return;
    const value = event.clipboardData?.getData("text") ?? "";
    const field = kindOf(element), mark = touch(element);
    queueMicrotask(() => setTimeout(() => event.defaultPrevented && send({ type: "paste", mark, field, value }), 0));
  };
  const missed = (element, what) => send({ type: "missed", mark: touch(element), field: kindOf(element), note: what });
  let dragged = null;
  const onDrag = (event) => {
    if (!event.isTrusted) return;
    if (event.type === "dragstart") dragged = targetOf(event);
    else {
      const files = event.dataTransfer?.files?.length ?? 0;
      missed(targetOf(event), files ? `${files} file(s) dropped from outside the browser` : `a drag of ${labelOf(dragged ?? document.body) || "an element"} and drop here`);
    }
  };
  // One-character boxes are filled faster than they can be named one by one: the first touch names them all.
  const onTouch = (event) => {
    const element = targetOf(event);
    touch(element);
    if (element?.maxLength === 1) for (const box of element.getRootNode().querySelectorAll("input[maxlength='1']")) touch(box);
  };

  const attachShadow = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    if (options?.mode === "closed") closed.add(this);
    return attachShadow.call(this, options);
  };

  // -- keep listening: document.open() removes every listener of the window and the document ---------------------------
  const listeners = {
    mouseover: onTouch, focusin: onTouch, pointerdown: onTouch, click: onClick, auxclick: onClick, contextmenu: null,
    input: onInput, change: onChange, keydown: onKey, paste: onPaste, dragstart: onDrag, drop: onDrag,
  };
  const PROBE = "inboxwright-probe";
  let heard = false;
  const hear = () => (heard = true);
  const listen = () => {
    for (const [name, listener] of Object.entries(listeners)) if (listener) window.addEventListener(name, listener, { capture: true, passive: true });
    window.addEventListener(PROBE, hear, true);
  };
  listen();
  setInterval(() => {
    heard = false;
    window.dispatchEvent(new Event(PROBE));
    if (!heard) listen();
    scan();
  }, 200);

  // -- a TOTP secret on the screen ------------------------------------------------------------------------------------
  const reported = new Set();
  const SECRET = /(?<![A-Za-z0-9])(?:[A-Z2-7]{16,64}|(?:[A-Za-z2-7]{4}[ -]){3,15}[A-Za-z2-7]{1,4})(?![A-Za-z0-9])/g;
  const report = (element, value, how) => {
    const key = value.replace(/[\s-]/g, "").toUpperCase();
    if (reported.has(key) || !/[2-7]/.test(key) || !/[A-Z]/.test(key)) return;
    reported.add(key);
    send({ type: "secret", mark: touch(element), field: kindOf(element), value: key, note: how });
  };
  function scan() {
    if (!document.body) return;
    for (const input of document.querySelectorAll("input")) {
      if (input.type !== "password") for (const [value] of (input.value ?? "").matchAll(SECRET)) report(input, value, "value");
    }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(), n = 0; node && n < 5000; node = walker.nextNode(), n++) {
      if (["SCRIPT", "STYLE", "NOSCRIPT"].includes(node.parentElement?.tagName)) continue;
      for (const [value] of node.data.matchAll(SECRET)) report(node.parentElement, value, "text");
    }
    for (const link of document.querySelectorAll("a[href^='otpauth:']")) {
      const value = new URL(link.href).searchParams.get("secret");
      if (value) report(link, value, "href");
    }
  }

  if (isTop) {
    const entry = performance.getEntriesByType("navigation")[0];
    send({ type: "document", nav: entry?.type ?? "navigate", index: window.navigation?.currentEntry?.index ?? -1 });
  }
  document.addEventListener("DOMContentLoaded", scan);
})();
