// The officer's page of one counter: the keys of the pad, and what became of each press.
// A press is shown at once and counts when the controller has answered, and not before. What is seen: counter-seen.js.

import { hourMinute, isLost, listen, make, now, post } from "./hall.js";
import { draw, drawDay, drawTimes, remember, somebodyIsHere, standing } from "./counter-seen.js";
import { byId, closePanel, mark, openPanel, otherLanguage, panelIsOpen, say, showSounds, toggleSounds, words } from "./tool.js";

const LOG_LINES = 6;
const LOOK_MS = 1000;
const desk = byId("desk").dataset;
const here = `/api/counters/${desk.counter}`;
const SIGN_IN_AGAIN = new Set(["sign_in_needed", "other_counter", "wrong_role", "sign_in_required"]);
const signIn = `/sign-in?counter=${desk.counter}&next=/counter/${desk.counter}`;

let busy = false;
let looking = null; // after a key: the state of the counter is being asked for

async function press(key, besides = {}) {
  const button = document.querySelector(`[data-key="${key}"]`);
  const word = { vi: button.dataset.vi, en: button.dataset.en };
  closePanel();
  if (busy) {
    say("no", "Đang chờ phím trước, xin đợi rồi bấm lại.", "Still waiting for the last key; wait, then press again.");
    return;
  }
  busy = true;
  mark(button, "sent");
  say("sent", `${word.vi}: đang ghi…`, `${word.en}: being written down…`);
  const answer = await post(`${here}/${key}`, besides);
  busy = false;
  mark(button, answer.ok ? "done" : "no");
  if (answer.refusal) {
    refuse(word, answer.refusal);
    return;
  }
  const number = answer.ok.ticket ? ` ${answer.ok.ticket}` : "";
  say("done", `${word.vi}${number}: đã ghi.`, `${word.en}${number}: done.`);
  record(word, answer.ok.ticket);
  remember(answer.ok.display);
  looking = look();
  if (key === "close") today();
}

function refuse(word, refusal) {
  const advice = SIGN_IN_AGAIN.has(refusal.code) ? { vi: " Bấm L để đăng nhập.", en: " Press L to sign in." } : { vi: "", en: "" };
  say("no", `${word.vi}: ${refusal.text.vi}${advice.vi}`, `${word.en}: ${refusal.text.en}${advice.en}`);
}

function record(word, number) {
  const line = make("li", {}, make("time", {}, now().toISOString().slice(11, 19)), words(word.vi, word.en), make("b", {}, number ?? ""));
  byId("log").prepend(line);
  while (byId("log").children.length > LOG_LINES) byId("log").lastChild.remove();
}

// --- keys that ask something first

function askWhere() {
  if (!somebodyIsHere()) {
    press("transfer"); // the rules say what is wrong
    return;
  }
  byId("why").value = "";
  openPanel("transfer-panel", byId("to"));
}

function askWhy() {
  byId("pause-reason").value = "";
  openPanel("pause-panel", byId("pause-now"));
}

/** One held and nobody else: as the pad does it. Otherwise which one, the last held first. A key just before may have set somebody aside. */
async function askWhom() {
  await looking;
  const { aside } = standing();
  if (aside.length === 1 && aside[0].state === "held") {
    press("resume");
    return;
  }
  byId("missed").value = "";
  openPanel("resume-panel", offerWhom() ?? byId("missed"));
}

/** Who may come back, as the hall told it last; the first of them. */
function offerWhom() {
  const choices = standing()
    .aside.slice(0, 9)
    .map((one, n) => {
      const state = one.state === "held" ? words("đang giữ", "held") : words("đã vắng", "missed");
      const button = make("button", { type: "button", "data-resume": one.number }, make("kbd", {}, String(n + 1)), make("b", {}, one.number), " ", state);
      button.addEventListener("click", () => press("resume", { ticket: one.number }));
      return button;
    });
  byId("resume-choices").replaceChildren(...choices);
  return choices[0];
}

async function today() {
  openPanel("day-panel", byId("day-close"));
  try {
    const answer = await fetch(`${here}/day`);
    if (!answer.ok) throw new Error(answer.statusText);
    drawDay(await answer.json());
  } catch {
    byId("day").replaceChildren(make("dd", {}, words("Chưa đọc được, hãy bấm D lại.", "Could not be read; press D again.")));
  }
}

function comeOrGo() {
  if (desk.person) openPanel("leave-panel", byId("leave-now"));
  else location.assign(signIn);
}

async function leave() {
  say("sent", "Đang đăng xuất…", "Signing out…");
  try {
    await fetch("/api/session", { method: "DELETE" });
    location.assign(signIn);
  } catch {
    say("no", "Chưa đăng xuất được: không liên lạc được với hệ thống, xin thử lại.", "Not signed out: the controller does not answer; try again.");
  }
}

const ASKING = { transfer: askWhere, pause: askWhy, resume: askWhom };
const begin = (key) => (ASKING[key] ?? press)(key);
const TOOLS = { d: today, l: comeOrGo, s: () => toggleSounds(byId("sounds")), e: otherLanguage };
const KEYS = { " ": "next", n: "next", r: "recall", m: "miss", c: "complete", h: "hold", u: "resume", t: "transfer", b: "ring", o: "open", p: "pause", x: "close" };

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    closePanel();
    document.activeElement?.blur();
  }
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest?.("input, select")) return;
  const choice = /^[1-9]$/.test(event.key) && document.querySelectorAll(".panel:not([hidden]) .choices button")[event.key - 1];
  const key = KEYS[event.key.toLowerCase()];
  const tool = TOOLS[event.key.toLowerCase()];
  const onButton = event.key === " " && panelIsOpen(); // there the space bar presses what has the focus
  if ((!choice && !key && !tool) || onButton) return;
  event.preventDefault();
  if (event.repeat) return; // a key that is held down is one press
  if (choice) choice.click();
  else if (tool) tool();
  else begin(key);
});

for (const button of document.querySelectorAll("[data-key]")) {
  button.addEventListener("click", () => {
    button.blur(); // or the space bar would press it once more
    begin(button.dataset.key);
  });
}
for (const button of document.querySelectorAll("[data-tool]")) {
  button.addEventListener("click", () => {
    button.blur();
    TOOLS[button.dataset.tool]();
  });
}
for (const button of document.querySelectorAll("[data-cancel]")) button.addEventListener("click", closePanel);
for (const button of document.querySelectorAll("[data-reason]")) button.addEventListener("click", () => press("pause", { reason: button.dataset.reason }));

function onSubmit(panel, then) {
  byId(panel).addEventListener("submit", (event) => {
    event.preventDefault();
    then();
  });
}
const said = (field, name) => (byId(field).value.trim() ? { [name]: byId(field).value.trim() } : {});
onSubmit("transfer-panel", () => press("transfer", { ...said("to", "to"), ...said("why", "reason") }));
onSubmit("pause-panel", () => press("pause", said("pause-reason", "reason")));
onSubmit("resume-panel", () => {
  const number = byId("missed").value.trim().toUpperCase();
  press("resume", number ? { ticket: number } : {});
});
onSubmit("leave-panel", leave);

showSounds(byId("sounds"));

// --- the truth

function hear(state) {
  const before = JSON.stringify(standing().aside);
  draw(state, (number) => press("next", { ticket: number }), (number) => press("resume", { ticket: number }));
  if (byId("resume-panel").hidden || before === JSON.stringify(state.aside)) return;
  const first = offerWhom();
  if (document.activeElement !== byId("missed")) first?.focus();
}

/** The stream gathers changes for a moment; who has just pressed a key presses the next one sooner than that. */
async function look() {
  try {
    const answer = await fetch(here, { signal: AbortSignal.timeout(LOOK_MS) });
    if (answer.ok) hear(await answer.json());
  } catch {
    // the stream will tell
  }
}

let asked = 0;

/** A stream that is refused says nothing of why: ask once in a while, and go to the sign-in when that is it. */
async function whyLost() {
  if (!isLost() || performance.now() - asked < 3000) return;
  asked = performance.now();
  try {
    const answer = await fetch(here);
    if (answer.status === 401) location.assign(`${signIn}&why=sign_in_needed`);
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
  { vi: ": những gì ở đây có thể đã cũ, hãy gọi bằng bàn phím gọi số hoặc gọi miệng.", en: "; what stands here may be out of date: use the pad, or call aloud." },
  `${here}/stream`,
);
