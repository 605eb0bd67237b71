// A TOTP secret on the screen.
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
