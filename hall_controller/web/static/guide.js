// The guidance desk: numbers released, put back, looked up and given out; guard mode, bells and the printer.
// What is done counts when the controller has answered. Drawing stands in guide-seen.js.

import { hourMinute, isLost, listen, now, post } from "./hall.js";
import { draw, drawFound, drawTimes, standing } from "./guide-seen.js";
import { byId, closePanel, mark, openPanel, otherLanguage, panelIsOpen, say, showSounds, toggleSounds } from "./tool.js";

const DESK = "/api/desk";
const SIGN_IN = "/sign-in?next=/guide";
const LOOK_MS = 1000;

let looking = null; // after a key: the state of the desk is being asked for

/** One wish: its button shows it at once, the answer comes when it is written down. `word` is what was wanted. */
async function act(button, path, wish, word, then = () => {}) {
  if (button?.dataset.mark === "sent") return;
  mark(button, "sent");
  say("sent", `${word.vi}: đang ghi…`, `${word.en}: being written down…`);
  const answer = await post(`${DESK}${path}`, wish);
  mark(button, answer.ok ? "done" : "no");
  if (answer.refusal) {
    const again = answer.refusal.code === "sign_in_needed";
    say("no", `${word.vi}: ${answer.refusal.text.vi}${again ? " Bấm L." : ""}`, `${word.en}: ${answer.refusal.text.en}${again ? " Press L." : ""}`);
    return;
  }
  say("done", `${word.vi}: đã ghi.`, `${word.en}: done.`);
  then(answer.ok);
}

const WISHES = {
  release: { vi: "Cho vào hàng", en: "Release" },
  requeue: { vi: "Xếp lại hàng", en: "Put back" },
  reprint: { vi: "In lại giấy", en: "Reprint" },
  void: { vi: "Hủy số", en: "Void" },
  priority: { vi: "Đổi diện ưu tiên", en: "Change priority" },
};

const named = (wish, number) => ({ vi: `${WISHES[wish].vi} ${number}`, en: `${WISHES[wish].en} ${number}` });

/** What a button beside a number does; the two that need a word more open their field. */
function wish(kind, number, button) {
  const form = { void: "void", priority: "class" }[kind];
  if (!form) {
    act(button, `/${number}/${kind}`, {}, named(kind, number), again);
    return;
  }
  for (const other of ["void", "class"]) byId(other).hidden = other !== form;
  byId(form === "void" ? "void-reason" : "class-to").focus();
}

/** Whoever stands on the page is told anew. */
function again(done) {
  if (!byId("found").hidden && byId("found-number").textContent === done.number) find(done.number);
}

// --- looking a number up

async function find(typed) {
  const number = typed.trim().toUpperCase();
  if (!number) return;
  let answer;
  try {
    answer = await fetch(`${DESK}/${encodeURIComponent(number)}`);
  } catch {
    say("no", "Không liên lạc được với hệ thống, xin thử lại.", "The controller does not answer; try again.");
    return;
  }
  const said = await answer.json();
  if (!answer.ok) {
    closePanel();
    say("no", `${number}: ${said.text.vi}`, `${number}: ${said.text.en}`);
    return;
  }
  byId("void").hidden = byId("class").hidden = true;
  drawFound(said, WISHES, wish);
  openPanel("found", byId("found-may").querySelector("button") ?? byId("found-close"));
}

function onSubmit(form, then) {
  byId(form).addEventListener("submit", (event) => {
    event.preventDefault();
    then(event.submitter);
  });
}
const foundNumber = () => byId("found-number").textContent;
onSubmit("look", () => {
  find(byId("asked").value);
  byId("asked").value = "";
});
onSubmit("void", (button) => act(button, `/${foundNumber()}/void`, { reason: byId("void-reason").value.trim() }, named("void", foundNumber()), again));
onSubmit("class", (button) => act(button, `/${foundNumber()}/priority`, { priority: byId("class-to").value || null }, named("priority", foundNumber()), again));

// --- giving out, ringing, the printer, the guard

function offerPurposes() {
  const takes = byId("service").selectedOptions[0].dataset.purposes?.split(" ") ?? [];
  for (const option of byId("purpose").options) option.hidden = option.disabled = !takes.includes(option.value);
  if (byId("purpose").selectedOptions[0]?.disabled ?? true) byId("purpose").value = takes[0] ?? "";
}
byId("service").addEventListener("change", offerPurposes);

onSubmit("give", (button) => {
  const given = { service: byId("service").value, purpose: byId("purpose").value, print: byId("paper")?.checked ?? false };
  const priority = byId("priority").value;
  act(button, "/tickets", priority ? { ...given, priority } : given, { vi: "Cấp số", en: "Give a number" }, (ticket) => {
    const paper = given.print && !ticket.printed ? { vi: " Không ra giấy: hãy ghi số cho khách.", en: " No paper came out: write the number down." } : { vi: "", en: "" };
    say("done", `Đã cấp số ${ticket.number}, phía trước có ${ticket.ahead} người.${paper.vi}`, `Number ${ticket.number}, ${ticket.ahead} ahead.${paper.en}`);
    byId("give").reset();
    offerPurposes();
  });
});

onSubmit("ring", (button) => {
  const option = byId("bell-at").selectedOptions[0];
  if (option) act(button, `/bells/${option.value}`, {}, { vi: `Chuông Quầy ${option.textContent}`, en: `Bell of counter ${option.textContent}` });
});

function paperChanged() {
  const button = byId("paper-changed");
  if (button.hidden) return;
  act(button, "/printer", {}, { vi: "Đã thay giấy, đang hỏi máy in", en: "Paper changed, asking the printer" }, (printer) => {
    say(printer.state === "ready" ? "done" : "no", printer.text.vi, printer.text.en);
  });
}

/** Turned once and at once again, it is turned back: what it is now is asked for, the stream tells a moment later. */
async function turnGuard() {
  await looking;
  const on = !standing()?.guard;
  const word = on ? { vi: "Bật kiểm soát cấp số", en: "Guard on" } : { vi: "Tắt kiểm soát cấp số", en: "Guard off" };
  act(byId("guard"), "/guard", { on }, word, () => { looking = look(); });
}

async function leave() {
  try {
    await fetch("/api/session", { method: "DELETE" });
    location.assign(SIGN_IN);
  } catch {
    say("no", "Chưa đăng xuất được: không liên lạc được với hệ thống, xin thử lại.", "Not signed out: the controller does not answer; try again.");
  }
}

// --- the keyboard

const TOOLS = {
  k: () => byId("asked").focus(),
  c: () => byId("service").focus(),
  b: () => byId("bell-at").focus(),
  g: turnGuard,
  i: paperChanged,
  e: otherLanguage,
  s: () => toggleSounds(byId("sounds")),
  l: leave,
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    closePanel();
    document.activeElement?.blur();
  }
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.target.closest?.("input, select")) return;
  const list = panelIsOpen() ? "#found-may button" : "#unreleased button";
  const button = /^[1-9]$/.test(event.key) && document.querySelectorAll(list)[event.key - 1];
  const tool = TOOLS[event.key.toLowerCase()];
  if (!button && !tool) return;
  event.preventDefault();
  if (button) button.click();
  else tool();
});
for (const button of document.querySelectorAll("[data-tool]")) {
  button.addEventListener("click", () => {
    button.blur();
    TOOLS[button.dataset.tool]();
  });
}
byId("found-close").addEventListener("click", closePanel);

showSounds(byId("sounds"));
offerPurposes();

// --- the truth

const hear = (state) => draw(state, WISHES, wish);

async function look() {
  try {
    const answer = await fetch(DESK, { signal: AbortSignal.timeout(LOOK_MS) });
    if (answer.ok) hear(await answer.json());
  } catch {
    // the stream will tell
  }
}

let asked = 0;

async function whyLost() {
  if (!isLost() || performance.now() - asked < 3000) return;
  asked = performance.now();
  try {
    const answer = await fetch(DESK);
    if (answer.status === 401) location.assign(`${SIGN_IN}&why=sign_in_needed`);
  } catch {
    // no connection: the banner says so
  }
}

listen(
  hear,
  () => {
    byId("time").textContent = hourMinute(now());
    drawTimes();
    whyLost();
  },
  { vi: ": những gì ở đây có thể đã cũ, hãy ghi số ra giấy cho khách.", en: "; what stands here may be out of date: write numbers down for visitors." },
  `${DESK}/stream`,
);
