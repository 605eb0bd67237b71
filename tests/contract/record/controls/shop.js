const log = [];
const $ = (id) => document.getElementById(id);
const make = (name, text, more = {}) => Object.assign(document.createElement(name), { textContent: text, ...more });
document.querySelectorAll("nav button").forEach((button) => (button.onclick = () => log.push(button.textContent)));
// A menu that a script opens after a moment, elsewhere in the document.
const opensOnHover = (trigger, className, item, wait) => {
  let menu = null, timer = 0;
  const open = () => { clearTimeout(timer); timer = setTimeout(() => {
    if (menu) return;
    menu = make("div", "", { className });
    const button = make("button", item);
    button.onclick = () => log.push(item);
    menu.append(button);
    menu.style.top = `${trigger.getBoundingClientRect().bottom + scrollY - 4}px`;
    menu.onmouseenter = () => clearTimeout(timer);
    menu.onmouseleave = close;
    document.body.append(menu);
  }, wait); };
  const close = () => { clearTimeout(timer); timer = setTimeout(() => { menu?.remove(); menu = null; }, 1500); };
  trigger.onmouseenter = open;
  trigger.onmouseleave = close;
};
opensOnHover($("account"), "menu", "Settings", 150);
opensOnHover($("hint"), "tip", "Read more", 150);
$("voucher").addEventListener("input", ({ target }) => (target.value = target.value.toUpperCase()));
let search = 0;
$("search").addEventListener("input", ({ target }) => {
  clearTimeout(search);
  search = setTimeout(() => {
    const found = make("button", `Show ${target.value}`);
    found.onclick = () => log.push(`found ${target.value}`);
    $("found").replaceChildren(found);
  }, 200);
});
$("remark").addEventListener("keydown", (event) => event.key === "Enter" && event.ctrlKey && log.push(`remark ${event.target.value}`));
$("chat").addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  log.push(`said ${event.target.innerText.trim()}`);
  event.target.textContent = "";
});
const show = () => ($("step").textContent = location.search ? "second" : "first");
$("next").onclick = () => { history.pushState({}, "", "/shop?step=2"); show(); };
addEventListener("popstate", () => { log.push("moved"); show(); });
setTimeout(() => $("late").append(Object.assign(document.createElement("iframe"), { src: "/card", title: "Card", width: 300, height: 60 })), 500);
addEventListener("message", (event) => log.push(event.data));
$("slider").onpointerdown = (event) => $("slider").setPointerCapture(event.pointerId);
$("slider").onpointerup = () => log.push("slid");
customElements.define("x-vault", class extends HTMLElement { connectedCallback() {
  const input = make("input", "");
  this.attachShadow({ mode: "closed" }).append(input);
} });
$("done").onclick = () => {
  const extras = [...$("extras").selectedOptions].map((option) => option.value).join("+");
  const pictures = [...$("pictures").files].map((file) => file.name).join("+");
  $("log").textContent = [$("voucher").value, extras, pictures, ...log].join(" | ");
};
