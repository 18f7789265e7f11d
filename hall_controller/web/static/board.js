// The hall board: the call of now takes a third of the screen, what was called before stands below, newest first.
// Never here: how the state arrives (hall.js).

import { both, day, dayEn, hourMinute, inHall, listen, make, now, wait } from "./hall.js";

/** Who heard the chime needs this long to look up, find the number and read the counter; a burst shares its time. */
const LONGEST_MS = 4000;
const SHORTEST_MS = 1500;
const BURST_MS = 8000;
/** The last call stays large this long: the way from the farthest chair to the counter, twice. */
const LINGER_MS = 180_000;
/** At start or after a lost connection, older calls are history and only stand in the rows. */
const NEWS_MS = 10_000;
/** A sentence of the ticker stands so long: read twice, Vietnamese and English. */
const NOTICE_MS = 12_000;
const KEEP = { vi: "Quý khách vui lòng giữ phiếu và theo dõi màn hình", en: "Please keep your ticket" };
const ROWS = 12;
const QUEUES = 8;

const hero = document.getElementById("hero");
const rows = document.getElementById("rows");
const queues = document.getElementById("queues");
const notice = document.getElementById("notice");

let state = null;
let known = new Map(); // ticket at counter -> time of its newest call
let settled = false;
let highlights = [];
let large = null;
let largeSince = 0;

const place = (call) => `${call.ticket} ${call.counter}`;

function hear(next) {
  state = next;
  for (const call of [...state.calls].reverse()) {
    const isNew = known.get(place(call)) !== call.time;
    if (isNew && (settled || now() - inHall(call.time) < NEWS_MS)) highlights.push(call);
  }
  known = new Map(state.calls.map((call) => [place(call), call.time]));
  settled = true;
  pickLarge();
  draw();
}

function pickLarge() {
  const at = performance.now();
  const hold = Math.max(SHORTEST_MS, Math.min(LONGEST_MS, BURST_MS / (highlights.length + 1)));
  if (large && at - largeSince >= hold) large = null;
  if (!large && highlights.length) {
    large = highlights.shift();
    largeSince = at;
  }
}

function tick() {
  const date = now();
  document.getElementById("time").textContent = hourMinute(date);
  document.getElementById("date").textContent = day(date);
  const before = large;
  pickLarge();
  if (!state) return;
  if (before !== large || date.getUTCSeconds() === 0) draw();
  else drawNotice();
}

function message(title, detail, english) {
  return ["message", make("p", { class: "title" }, title), make("p", { class: "detail" }, detail), make("p", { class: "english", lang: "en" }, english)];
}

function called(call, isNow) {
  const desk = state.counters[call.counter];
  const standIn = desk?.notice && desk.ticket === call.ticket && !state.hall.training ? make("p", {}, desk.notice.vi) : null;
  const invitation = make("div", { class: "said" }, make("p", {}, `Mời số ${call.ticket} đến Quầy ${call.name}`), make("p", { lang: "en" }, `${call.ticket}, please go to counter ${call.name}`), standIn);
  return [
    isNow ? "now" : "",
    make("div", { class: "call" }, make("p", { class: "number" }, call.ticket), make("div", {}, make("p", { class: "desk" }, `Quầy ${call.name}`), invitation)),
  ];
}

function heroNow() {
  if (large) return called(large, true);
  const last = state.calls[0];
  if (last && now() - inHall(last.time) < LINGER_MS) return called(last, state.counters[last.counter]?.state === "calling");
  if (!state.hall.open) {
    if (!state.hall.next_opening) return message("Ngoài giờ làm việc", "Mời quý khách quay lại vào ngày làm việc", "Closed. Please come back on a working day");
    const opens = inHall(state.hall.next_opening);
    return message("Ngoài giờ làm việc", `Mở cửa lúc ${hourMinute(opens)}, ${day(opens)}`, `Closed. Opens at ${hourMinute(opens)} on ${dayEn(opens)}`);
  }
  if (Object.values(state.queues).some((queue) => queue.waiting)) {
    return message("Quý khách vui lòng chờ", "Số được gọi sẽ hiện tại đây", "Please wait to be called");
  }
  return message("Mời quý khách lấy số", "Hiện không có khách chờ", "Please take a number");
}

function draw() {
  const [kind, ...parts] = heroNow();
  hero.className = `hero ${kind}`;
  hero.replaceChildren(...parts);
  const loud = kind === "now" ? (large ?? state.calls[0]) : null;
  rows.replaceChildren(...state.calls.slice(0, ROWS).map((call) => row(call, loud !== null && place(call) === place(loud))));
  const all = Object.values(state.queues);
  const busy = all.filter((queue) => queue.waiting).sort((a, b) => b.waiting - a.waiting);
  const closed = state.hall.open ? all.filter((queue) => !queue.waiting && !queue.open) : [];
  const shown = [...busy, ...closed].slice(0, QUEUES).sort((a, b) => a.letter.localeCompare(b.letter));
  queues.replaceChildren(...(busy.length ? [] : [make("li", {}, make("span", { class: "nobody" }, both({ vi: "Không có ai đang chờ", en: "Nobody is waiting" })))]), ...shown.map(queueLine));
  document.getElementById("training").hidden = !state.hall.training;
  drawNotice();
}

/** One sentence at a time: the hall's own notices, who stands in for whom, which counters pause. */
function notices() {
  const counters = Object.values(state.counters);
  const standIns = counters.filter((counter) => counter.notice && counter.state !== "closed").map((counter) => ({ vi: `Quầy ${counter.name}: ${counter.notice.vi}`, en: `Counter ${counter.name}: ${counter.notice.en}` }));
  const paused = counters.filter((counter) => counter.state === "paused").map((counter) => counter.name);
  const pause = paused.length ? [{ vi: `Tạm dừng: Quầy ${paused.join(", ")}`, en: `Paused: counter ${paused.join(", ")}` }] : [];
  return [...state.hall.notices, ...(state.hall.training ? [] : standIns), ...pause, KEEP];
}

function drawNotice() {
  const all = notices();
  const { vi, en } = all[Math.floor(now().getTime() / NOTICE_MS) % all.length];
  if (notice.dataset.said === vi) return;
  notice.dataset.said = vi;
  notice.replaceChildren(make("span", { lang: "vi" }, vi), make("span", { class: "en", lang: "en" }, en));
}

function row(call, isNow) {
  return make(
    "li",
    { class: isNow ? "now" : "", "data-ticket": call.ticket },
    make("span", { class: "number" }, call.ticket),
    make("span", { class: "desk" }, `Quầy ${call.name}`),
    make("time", {}, hourMinute(inHall(call.time))),
  );
}

/** How many wait for a field and how long, or when it opens again. */
function queueLine(queue) {
  const expected = queue.waiting ? wait(queue.estimated_wait_s) : null;
  const opens = queue.next_opening ? inHall(queue.next_opening) : null;
  const sameDay = opens && day(opens) === day(now());
  const told = queue.open || queue.waiting ? `${queue.waiting} chờ` : "Đóng";
  const besides = queue.open || queue.waiting ? expected?.vi : opens && `mở ${hourMinute(opens)}${sameDay ? "" : `, ${day(opens).split(",")[0]}`}`;
  return make(
    "li",
    { class: queue.open || queue.waiting ? "" : "closed" },
    make("b", {}, queue.letter),
    make("span", { class: "name" }, queue.name?.vi ?? ""),
    make("span", { class: "waiting" }, told, besides ? make("small", {}, ` · ${besides}`) : null),
  );
}

listen(hear, tick, { vi: ", mời quý khách hỏi bàn hướng dẫn", en: ". Please ask at the guidance desk" });
