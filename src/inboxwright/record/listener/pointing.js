// What comes into view because the pointer rests on something: a menu that opens on hover alone.
const OFFERED = `${CONTROL}, li, [tabindex], [onclick]`;
const SOON = 2500, SETTLED = 1000, AFTER_ACT = 250, NEAR = 3, MOST = 400; // milliseconds; parents; elements
const shown = new WeakMap(); // each element that can be reached, with what opened it, or null
let pointer = { element: null, since: 0, acts: 0 };
let acts = 0, lastAct = -Infinity, lastAnswer = -Infinity, opener = null;

new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (["fetch", "xmlhttprequest"].includes(entry.initiatorType)) lastAnswer = performance.now();
}).observe({ type: "resource" });

const canBeReached = (element) => {
  const box = element.getClientRects()[0];
  if (!box?.width || !box.height) return false;
  const x = box.left + box.width / 2, y = box.top + box.height / 2;
  if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) return shown.has(element); // nobody can tell
  return element.contains(document.elementFromPoint(x, y));
};
const isNear = (element, over) => {
  if (over.closest("[aria-haspopup], [aria-expanded]")) return true;
  for (let node = over, n = 0; node && node !== document.body && n <= NEAR; node = node.parentElement, n++) if (node.contains(element)) return true;
  return false;
};
const floats = (element, over) => {
  for (let node = element; node && node !== document.body; node = node.parentElement) {
    if (["absolute", "fixed"].includes(getComputedStyle(node).position)) return !node.contains(over);
  }
  return false;
};
// Only what came soon after the pointer, and after nothing else: no act, no answer of the server, no page that still loads.
const openerOf = (element) => {
  const { element: over, since } = pointer, now = performance.now();
  const ready = performance.getEntriesByType("navigation")[0]?.domContentLoadedEventEnd || Infinity;
  const alone = pointer.acts === acts && lastAnswer < since && now - lastAct > AFTER_ACT && now - ready > SETTLED;
  if (!alone || now - since > SOON || !over?.isConnected || element.contains(over)) return null;
  if (isNear(element, over)) return { over, sure: true };
  return floats(element, over) ? { over, sure: false } : null;
};
function look() {
  let left = MOST;
  for (const element of document.querySelectorAll(OFFERED)) {
    if (!left--) break;
    if (!canBeReached(element)) shown.delete(element);
    else if (!shown.has(element)) shown.set(element, openerOf(element));
  }
}
const onAct = (event) => {
  if (!event.isTrusted) return;
  acts++;
  lastAct = performance.now();
  requestAnimationFrame(look);
};
const onPoint = (event) => {
  onTouch(event);
  const element = targetOf(event);
  if (!event.isTrusted || element === pointer.element) return;
  if (element?.matches(OFFERED) && !shown.has(element)) look(); // what the last place opened
  const somewhere = element && ![document.documentElement, document.body].includes(element);
  pointer = { element: somewhere ? element : null, since: performance.now(), acts };
  look(); // what a style sheet opens at once
};
// Before an act: the pointer has to rest on what opened the place of its element.
function reach(element) {
  const openers = [];
  let found = shown.get(element) ?? shown.get(element.closest(OFFERED));
  for (; found && !openers.includes(found); found = shown.get(found.over)) openers.unshift(found);
  const last = openers.at(-1);
  if (last && last.over !== opener) {
    for (const { over, sure } of openers) {
      const words = labelOf(over) || over.localName;
      if (sure) send({ type: "hover", mark: touch(over), field: kindOf(over) });
      else missed(element, `it came into view while the pointer rested on ${words}; if it opens only then, hover there first`);
    }
  }
  opener = last?.over ?? null;
}
