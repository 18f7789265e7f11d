// The officer's page of one counter: the keys of the pad, live state, and what was really written down.
// A press counts when the controller has answered, and not before.

import { hourMinute, inHall, listen, make, now, post, wait } from "./hall.js";

const LOG_LINES = 8;
const counter = document.getElementById("desk").dataset.counter;
const byId = (id) => document.getElementById(id);
const result = byId("result");
const STATES = { calling: "Đang gọi", serving: "Đang phục vụ", open: "Đang mở", paused: "Tạm dừng", closed: "Đóng" };

let catalogue = null;
let state = null;
let busy = false;
let drawnNumbers = "";

function say(kind, vi, en) {
  result.className = `result ${kind}`;
  result.replaceChildren(`${vi} `, make("span", { lang: "en" }, en));
}

async function press(key, besides = {}) {
  const button = document.querySelector(`[data-key="${key}"]`);
  if (busy) {
    say("", "Đang chờ phím trước, xin đợi…", "Still waiting for the last key…");
    return;
  }
  busy = true;
  button.classList.add("busy");
  say("", `${button.dataset.word}: đang gửi…`, "sending…");
  const answer = await post(`/api/counters/${counter}/${key}`, besides);
  busy = false;
  button.classList.remove("busy");
  if (answer.refusal) {
    say("no", `${button.dataset.word}: ${answer.refusal.text.vi}`, answer.refusal.text.en);
    return;
  }
  const number = answer.ok.ticket;
  say("done", `${button.dataset.word}${number ? ` ${number}` : ""}: đã ghi.`, "Done.");
  record(button.dataset.word, number);
  showDisplay(answer.ok.display);
  byId("missed").value = "";
  byId("reason").value = "";
}

function record(word, number) {
  const at = now();
  const line = make("li", {}, make("time", {}, at.toISOString().slice(11, 19)), word, make("b", {}, number ?? ""));
  byId("log").prepend(line);
  while (byId("log").children.length > LOG_LINES) byId("log").lastChild.remove();
}

/** What some keys take besides, from the fields below the keys. */
function besides(key) {
  const given = {};
  const reason = byId("reason").value.trim();
  if (key === "transfer" && byId("to").value) given.to = byId("to").value;
  if (key === "resume" && byId("missed").value.trim()) given.ticket = byId("missed").value.trim().toUpperCase();
  if ((key === "transfer" || key === "pause") && reason) given.reason = reason;
  return given;
}

const shortcuts = { " ": "next", n: "next", r: "recall", m: "miss", c: "complete", h: "hold", u: "resume", t: "transfer", b: "ring", o: "open", p: "pause", x: "close" };

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.activeElement?.blur();
  const typing = event.target.closest?.("input, select");
  const key = shortcuts[event.key.toLowerCase()];
  if (!key || typing || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  press(key, besides(key));
});
for (const button of document.querySelectorAll("[data-key]")) {
  button.addEventListener("click", () => {
    button.blur(); // or the space bar would press it once more
    press(button.dataset.key, besides(button.dataset.key));
  });
}
byId("besides").addEventListener("submit", (event) => event.preventDefault());

function showDisplay(display) {
  const calling = display.state === "calling";
  byId("number").textContent = display.ticket ?? "";
  byId("number").hidden = !display.ticket;
  byId("current").classList.toggle("calling", calling);
  byId("said").textContent = calling && display.call > 1 ? `${display.text.vi} (lần ${display.call})` : display.text.vi;
  byId("since").dataset.since = display.since;
  byId("state").textContent = STATES[display.state];
  byId("state").dataset.state = display.state;
  byId("notice").textContent = display.notice?.vi ?? "";
  showSince();
}

function showSince() {
  const since = byId("since").dataset.since;
  if (!since) return;
  const minutes = Math.floor((now() - inHall(since)) / 60_000);
  byId("since").textContent = minutes < 600 ? `từ ${hourMinute(inHall(since))}, ${minutes} phút` : "";
}

function hear(next) {
  state = next;
  if (!busy && state.counters[counter]) showDisplay(state.counters[counter]);
  const own = catalogue?.counters.find((one) => one.id === counter);
  if (!own) return;
  byId("queues").replaceChildren(...own.queues.map(queueLine));
  const desk = state.desks[counter] ?? { held: [], sent: [] };
  const numbers = JSON.stringify(desk);
  if (numbers === drawnNumbers) return; // a button that is being pressed stays where it is
  drawnNumbers = numbers;
  byId("sent").replaceChildren(...(desk.sent.length ? desk.sent.map((number) => make("span", {}, number)) : ["—"]));
  byId("held").replaceChildren(...(desk.held.length ? desk.held.map(heldButton) : ["—"]));
}

function queueLine(id) {
  const queue = state.queues[id];
  const expected = wait(queue.waiting ? queue.estimated_wait_s : null);
  return make(
    "tr",
    { "data-queue": id },
    make("td", {}, queue.letter),
    make("td", {}, queue.name?.vi ?? id),
    make("td", {}, String(queue.waiting)),
    make("td", {}, queue.open ? (expected?.vi ?? "") : "đóng"),
  );
}

function heldButton(number) {
  const button = make("button", { type: "button", title: "Gọi lại số này · Resume" }, number);
  button.addEventListener("click", () => press("resume", { ticket: number }));
  return button;
}

function offerDestinations() {
  const queues = Object.entries(state.queues).map(([id, queue]) => make("option", { value: id }, `${queue.letter} · ${queue.name?.vi ?? id}`));
  const counters = catalogue.counters.filter((one) => one.id !== counter).map((one) => make("option", { value: one.id }, `Quầy ${one.name}`));
  byId("to").append(make("optgroup", { label: "Hàng đợi · Queues" }, ...queues), make("optgroup", { label: "Quầy · Counters" }, ...counters));
}

async function readCatalogue() {
  try {
    catalogue = await (await fetch("/api/catalogue")).json();
  } catch {
    setTimeout(readCatalogue, 1000);
    return;
  }
  if (state) hear(state);
}

listen(
  (next) => {
    hear(next);
    if (catalogue && byId("to").options.length === 1) offerDestinations();
  },
  () => {
    byId("time").textContent = hourMinute(now());
    showSince();
  },
  { vi: ", những gì ở đây có thể đã cũ", en: "; what stands here may be out of date" },
);
readCatalogue();
