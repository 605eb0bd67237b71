// What the person does, as messages.
const act = (type, element, more = {}) => {
  reach(element);
  send({ type, mark: touch(element), field: kindOf(element), ...more });
};
const missed = (element, what) => send({ type: "missed", mark: touch(element), field: kindOf(element), note: what });
const ifPrevented = (event, then) => setTimeout(() => event.defaultPrevented && then(), 0); // once the page has seen it
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
  if (dragging) return; // said already
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
  for (const [number, file] of files.entries()) {
    const mark = touch(element), field = kindOf(element);
    const promise = send({ type: "upload", mark, field, value: file.name, also: number > 0 });
    if (file.size > 1_000_000) continue;
    const reader = new FileReader();
    reader.onload = () => Promise.resolve(promise).then(() => send({ type: "content", mark, value: file.name, content: reader.result.split(",")[1] ?? "" }));
    reader.readAsDataURL(file);
  }
};
const inClosed = new WeakSet();
const onKey = (event) => {
  const element = targetOf(event) ?? document.body;
  if (!event.isTrusted || event.isComposing || event.repeat) return;
  const { key } = event;
  if (["Tab", "Shift", "Control", "Alt", "Meta", "CapsLock", "AltGraph", "Dead", "Process", "Unidentified"].includes(key)) return;
  if (closed.has(element)) {
    if (!inClosed.has(element)) missed(element, "typing inside a closed shadow root");
    return void inClosed.add(element);
  }
  const text = isText(element), held = modifiers(event).filter((name) => name !== "Shift");
  const printable = key.length === 1;
  if (text) {
    if (printable && (!held.length || "acvxzy".includes(key.toLowerCase()))) return; // the input event tells the outcome
    if (["Backspace", "Delete", "Home", "End", "ArrowLeft", "ArrowRight", "PageUp", "PageDown"].includes(key)) return;
    if (key === "Enter" && !held.length && (element.localName === "textarea" || element.isContentEditable)) {
      return void ifPrevented(event, () => act("press", element, { value: event.shiftKey ? "Shift+Enter" : "Enter" }));
    }
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
  ifPrevented(event, () => send({ type: "paste", mark, field, value }));
};
let dragged = null;
const onDrag = (event) => {
  if (!event.isTrusted) return;
  if (event.type === "dragstart") dragged = targetOf(event);
  else {
    const files = event.dataTransfer?.files?.length ?? 0;
    missed(targetOf(event), files ? `${files} file(s) dropped from outside the browser` : `a drag of ${labelOf(dragged ?? document.body) || "an element"} and drop here`);
  }
};
// A drag that the page makes of pointer events. A click with an unsteady hand is none, and neither is selecting text.
let pressed = null, dragging = false;
const onPress = (event) => {
  onTouch(event);
  pressed = event.isTrusted && event.button === 0 ? { element: targetOf(event), x: event.clientX, y: event.clientY } : null;
};
const onRelease = (event) => {
  const from = pressed;
  pressed = null;
  if (!from?.element || [document.documentElement, document.body].includes(from.element)) return;
  const right = Math.round(event.clientX - from.x), down = Math.round(event.clientY - from.y);
  const steady = from.element === targetOf(event) && from.element.matches(CONTROL);
  if (Math.hypot(right, down) < 12 || steady || isText(from.element) || getSelection()?.toString()) return;
  dragging = true;
  setTimeout(() => (dragging = false), 0);
  missed(from.element, `the mouse dragged ${labelOf(from.element) || "an element"} ${right} pixels to the right and ${down} down`);
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
