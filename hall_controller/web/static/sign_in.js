// The sign-in page: the PIN pad, the counter that this machine remembers, and where to go afterwards.
// Never here: who may do what; the controller answers that.

import { make, post } from "./hall.js";

const REMEMBERED = "hall.counter";
const byId = (id) => document.getElementById(id);
const page = byId("sign-in");
const result = byId("result");
const counter = byId("counter");
const person = byId("person");
const pin = byId("pin");

function say(kind, vi, en) {
  if (vi && byId("why")) byId("why").hidden = true; // one thing is said at a time
  result.className = `result ${kind}`;
  result.replaceChildren(vi ? `${vi} ` : "", ...(en ? [make("span", { lang: "en" }, en)] : []));
}

function remembered() {
  try {
    return localStorage.getItem(REMEMBERED) ?? "";
  } catch {
    return ""; // a browser that keeps nothing
  }
}

function remember(id) {
  try {
    localStorage.setItem(REMEMBERED, id);
  } catch {
    // asked again next time
  }
}

/** A wish on its way: its button waits, and after a refusal its secret is typed anew. */
async function send(form, path, wish, then) {
  const button = form.querySelector("[type=submit]");
  if (button.disabled) return;
  button.disabled = true;
  say("", "Đang kiểm tra…", "Checking…");
  const answer = await post(path, wish);
  button.disabled = false;
  if (answer.ok) {
    then(answer.ok);
    return;
  }
  for (const secret of form.querySelectorAll("[type=password]")) secret.value = "";
  const after = answer.retryAfter ? { vi: ` Xin chờ ${answer.retryAfter} giây.`, en: ` Wait ${answer.retryAfter} s.` } : { vi: "", en: "" };
  say("no", answer.refusal.text.vi + after.vi, answer.refusal.text.en + after.en);
  form.querySelector("[type=password]").focus();
}

/** To the page that asked for it; but an officer who chose another counter than that page's goes there. */
function goOn(session) {
  if (session.counter) remember(session.counter);
  const own = session.counter ? `/counter/${session.counter}` : JSON.parse(page.dataset.homes)[session.role];
  const asked = page.dataset.next;
  const elsewhere = session.counter && asked.startsWith("/counter/") && asked.split("?")[0] !== own;
  location.assign(elsewhere ? own : asked || own);
}

// --- officers

/** Only who may sit at the chosen counter can be chosen; whoever is on duty there stands chosen. */
function offerOfficers() {
  const chosen = counter.value;
  for (const option of person.options) {
    const bound = option.dataset.counters;
    option.hidden = option.disabled = Boolean(bound) && !bound.split(" ").includes(chosen);
  }
  const onDuty = counter.selectedOptions[0].dataset.onDuty ?? "";
  const offered = [...person.options].filter((option) => !option.disabled).map((option) => option.value);
  person.value = offered.includes(onDuty) ? onDuty : "";
}

function focusFirstGap() {
  (counter.value ? (person.value ? pin : person) : counter).focus();
}

function type(digit) {
  if (digit === "clear") pin.value = pin.value.slice(0, -1);
  else if (pin.value.length < pin.maxLength) pin.value += digit;
}

if (counter) {
  const known = [...counter.options].map((option) => option.value);
  counter.value = [counter.dataset.asked, remembered()].find((id) => id && known.includes(id)) ?? "";
  offerOfficers();
  counter.addEventListener("change", offerOfficers); // the focus stays: arrow keys change a choice at every step
  for (const key of document.querySelectorAll("[data-digit]")) key.addEventListener("click", () => type(key.dataset.digit));
  // Digits go into the PIN wherever the focus is: people type without looking.
  document.addEventListener("keydown", (event) => {
    const elsewhere = event.target.closest?.("input, select");
    if (byId("officer").hidden || elsewhere || event.ctrlKey || event.altKey || event.metaKey) return;
    if (/^[0-9]$/.test(event.key)) type(event.key);
    else if (event.key === "Backspace") type("clear");
    else return;
    event.preventDefault();
    pin.focus();
  });
  byId("officer").addEventListener("submit", (event) => {
    event.preventDefault();
    send(byId("officer"), "/api/session", { person: person.value, secret: pin.value, counter: counter.value }, goOn);
  });
}

// --- everybody else

byId("staff")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const user = byId("user").value.trim().toLowerCase();
  send(byId("staff"), "/api/session", { person: user, secret: byId("password").value }, goOn);
});

function show(kind) {
  for (const button of document.querySelectorAll("[data-kind]")) button.setAttribute("aria-pressed", String(button.dataset.kind === kind));
  byId("officer").hidden = kind !== "officer";
  byId("staff").hidden = kind !== "staff";
  if (kind === "staff") byId("user").focus();
  else if (counter) focusFirstGap();
}
for (const button of document.querySelectorAll("[data-kind]")) button.addEventListener("click", () => {
  byId("result").replaceChildren(); // it was about the other form
  show(button.dataset.kind);
});
if (byId("staff")) show(document.querySelector("[data-kind][aria-pressed=true]").dataset.kind);

// --- who is signed in already

byId("sign-out")?.addEventListener("click", async () => {
  await fetch("/api/session", { method: "DELETE" });
  location.replace("/sign-in");
});
byId("change")?.addEventListener("submit", (event) => {
  event.preventDefault();
  if (byId("new").value !== byId("again").value) {
    say("no", "Hai lần nhập không giống nhau.", "The two are not alike.");
    return;
  }
  send(byId("change"), "/api/password", { old: byId("old").value, new: byId("new").value }, () => {
    byId("change").reset();
    say("", "Đã đổi.", "Changed.");
  });
});
