// Keep listening: document.open() removes every listener of the window and the document.
const listeners = {
  mouseover: onPoint, focusin: onTouch, pointerdown: onPress, pointerup: onRelease, click: onClick, auxclick: onClick,
  input: onInput, change: onChange, keydown: onKey, paste: onPaste, dragstart: onDrag, drop: onDrag,
};
const PROBE = "inboxwright-probe";
let heard = false;
const hear = () => (heard = true);
const listen = () => {
  for (const [name, listener] of Object.entries(listeners)) window.addEventListener(name, listener, { capture: true, passive: true });
  for (const name of ["pointerdown", "keydown", "wheel", "scroll"]) window.addEventListener(name, onAct, { capture: true, passive: true });
  window.addEventListener("mousemove", point, { capture: true, passive: true });
  window.addEventListener(PROBE, hear, true);
};
listen();
setInterval(() => {
  heard = false;
  window.dispatchEvent(new Event(PROBE));
  if (!heard) listen();
  scan();
  look();
}, 200);

if (isTop) {
  const entry = performance.getEntriesByType("navigation")[0];
  send({ type: "document", nav: entry?.type ?? "navigate" });
  // The browser's own buttons within one document; a script's `history.back()` is not the person's.
  window.navigation?.addEventListener("navigate", ({ navigationType, userInitiated, destination }) => {
    if (navigationType !== "traverse" || !userInitiated || !destination.sameDocument) return;
    send({ type: destination.index < window.navigation.currentEntry.index ? "back" : "forward" });
  });
}
document.addEventListener("DOMContentLoaded", scan);
