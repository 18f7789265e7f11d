// What stands on the officer's page: the visitor, the time at the counter, who waits, who was set aside, the day.
// Never here: what a key does.

import { hourMinute, inHall, make, now } from "./hall.js";
import { byId, clock, inMinutes, words, wordsOf } from "./tool.js";

const STATES = {
  calling: ["Đang gọi", "Calling"],
  serving: ["Đang phục vụ", "Serving"],
  open: ["Đang mở", "Open"],
  paused: ["Tạm dừng", "Paused"],
  closed: ["Đóng", "Closed"],
};
const REASONS = { signed_out: ["Cán bộ đăng xuất", "Officer signed out"], counter_closed: ["Quầy đã đóng", "Counter closed"] };
const person = byId("desk").dataset.person;

let seen = null;
let display = null;
let drawn = "";

/** A reason in both languages, if it is the hall's own or one of the page's buttons; an officer's words stay as they are. */
function inWords(reason) {
  const button = [...document.querySelectorAll("[data-reason]")].find((one) => one.dataset.reason === reason);
  return button ? [".vi", ".en"].map((language) => button.querySelector(language).textContent) : (REASONS[reason] ?? [reason, reason]);
}

/** The last that was told of the counter. */
export const standing = () => seen ?? { visitor: null, aside: [] };

/** Whether a visitor is at the counter, as the last answer or telling had it. */
export const somebodyIsHere = () => Boolean(display?.ticket);

const newer = (one, other) => !other || one.epoch > other.epoch || (one.epoch === other.epoch && one.rev >= other.rev);

/** What the panel shows, as the answer to a key told it; the stream brings the rest. */
export function remember(told) {
  if (!newer(told, display)) return;
  display = told;
  drawDisplay();
}

/** Draw the whole counter; `pick` and `resume` are what its numbers do when they are pressed. */
export function draw(state, pick, resume) {
  if (seen && !newer(state.display, seen.display)) return; // asked for before what the stream has told since
  seen = state;
  if (newer(state.display, display)) display = state.display;
  drawDisplay();
  const parts = JSON.stringify([state.lines, state.sent, state.aside, state.next, state.officer, state.bell_since, state.cherry_pick]);
  if (parts === drawn) return; // a button that is being pressed stays where it is
  drawn = parts;
  byId("training").hidden = !state.training;
  drawWho(state);
  drawBell(state);
  byId("queues").replaceChildren(...state.lines.flatMap((line) => drawLine(line, state, pick)));
  byId("sent-title").hidden = state.sent.length === 0;
  byId("sent").replaceChildren(...state.sent.map((one) => drawWaiting(one, state, pick)));
  byId("aside").replaceChildren(...(state.aside.length ? state.aside.map((one) => drawAside(one, resume)) : [make("li", { class: "none" }, "—")]));
  drawTimes();
}

function drawDisplay() {
  const calling = display.state === "calling";
  const again = calling && display.call > 1;
  byId("number").textContent = display.ticket ?? "";
  byId("number").hidden = !display.ticket;
  byId("current").classList.toggle("calling", calling);
  const said = again ? words(`${display.text.vi} (lần ${display.call})`, `${display.text.en} (call ${display.call})`) : wordsOf(display.text);
  byId("said").replaceChildren(display.state === "open" ? whoIsNext() : said);
  byId("state").replaceChildren(words(...STATES[display.state]));
  byId("state").dataset.state = display.state;
  byId("notice").replaceChildren(display.notice ? wordsOf(display.notice) : "");
  drawVisitor(seen?.visitor?.number === display.ticket ? seen.visitor : null);
  drawTimes();
}

function whoIsNext() {
  return seen?.next ? words(`Tiếp theo: ${seen.next}`, `Next: ${seen.next}`) : words("Chưa có ai chờ", "Nobody is waiting");
}

function drawVisitor(visitor) {
  const note = byId("note");
  note.hidden = !visitor?.sent_from;
  byId("field").replaceChildren();
  byId("waited").replaceChildren();
  if (!visitor) return;
  byId("field").append(wordsOf(visitor.purpose), " · ", wordsOf(visitor.service));
  if (visitor.priority) byId("field").append(" · ", words(`Ưu tiên: ${visitor.priority.vi}`, `Priority: ${visitor.priority.en}`));
  byId("waited").append(words("Đã chờ ", "Waited "), inMinutes(visitor.waited_s * 1000));
  const [vi, en] = visitor.sent_why ? inWords(visitor.sent_why).map((why) => `: ${why}`) : ["", ""];
  if (visitor.sent_from) note.replaceChildren(words(`Từ Quầy ${visitor.sent_from}${vi}`, `From counter ${visitor.sent_from}${en}`));
}

function drawWho(state) {
  const who = byId("who");
  if (state.officer && person && state.officer !== person) {
    who.replaceChildren(words(`Ở quầy này đang là ${state.officer}, không phải ${person}`, `${state.officer} is signed in here, not ${person}`));
  } else if (state.officer) who.replaceChildren(words(`Cán bộ ${state.officer}`, `Officer ${state.officer}`));
  else who.replaceChildren(state.sign_in_required ? words("Chưa đăng nhập: bấm L", "Not signed in: press L") : "");
}

function drawBell(state) {
  const bell = byId("bell");
  bell.hidden = !state.bell_since;
  if (!state.bell_since) return;
  const since = hourMinute(inHall(state.bell_since));
  bell.replaceChildren(words(`Chuông đang gọi ${state.bell_asks.vi}, từ ${since}`, `The bell calls ${state.bell_asks.en}, since ${since}`));
}

function drawLine(line, state, pick) {
  const closed = line.open ? null : make("span", { class: "quiet" }, words("đã ngừng cấp số", "gives no numbers"));
  const head = make(
    "p",
    { class: "queue", "data-queue": line.queue },
    make("span", { class: "letter" }, line.letter),
    make("span", { class: "name" }, wordsOf(line.name), closed ? " · " : "", closed),
    make("span", { class: "count" }, String(line.waiting)),
  );
  const rest = line.waiting - line.first.length;
  const more = rest > 0 ? [make("li", { class: "none" }, make("span"), make("span"), words(`và ${rest} người nữa`, `and ${rest} more`))] : [];
  return [head, make("ol", { class: "line" }, ...line.first.map((one) => drawWaiting(one, state, pick)), ...more)];
}

function drawWaiting(one, state, pick) {
  let number = make("b", {}, one.number);
  if (state.cherry_pick) {
    number = make("button", { type: "button" }, one.number);
    number.addEventListener("click", () => pick(one.number));
  }
  const about = make("span", { class: "about" }, wordsOf(one.purpose));
  if (one.priority) about.append(" · ", wordsOf(one.priority));
  const from = one.sent_from ? make("span", { class: "why" }, words(`Từ Quầy ${one.sent_from}`, `From counter ${one.sent_from}`), ...(one.sent_why ? [": ", words(...inWords(one.sent_why))] : [])) : null;
  const isNext = one.number === state.next;
  const sign = make("span", isNext ? { role: "img", "aria-label": "Tiếp theo · Next" } : {}, isNext ? "▸" : "");
  return make("li", { "data-number": one.number, "data-next": isNext }, sign, number, about, make("span", { class: "went", "data-since": one.since }), from);
}

function drawAside(one, resume) {
  const number = make("button", { type: "button" }, one.number);
  number.addEventListener("click", () => {
    number.blur();
    resume(one.number);
  });
  const state = one.state === "held" ? words("đang giữ", "held") : words("đã vắng", "missed");
  return make("li", { "data-number": one.number }, make("span"), number, make("span", { class: "about" }, state), make("span", { class: "went", "data-since": one.since }));
}

/** What only time changes. */
export function drawTimes() {
  for (const element of document.querySelectorAll("[data-since]")) {
    const text = inMinutes(now() - inHall(element.dataset.since));
    if (element.textContent !== text.textContent) element.replaceChildren(text);
  }
  if (!display) return;
  const since = display.ticket && seen?.visitor?.number === display.ticket ? seen.visitor.since : display.since;
  byId("since").textContent = clock(now() - inHall(since));
  const word = display.ticket ? words("tại quầy", "at the counter") : words(`từ ${hourMinute(inHall(since))}`, `since ${hourMinute(inHall(since))}`);
  if (byId("since-words").textContent !== word.textContent) byId("since-words").replaceChildren(word);
}

const row = (vi, en, ...what) => [make("dt", {}, words(vi, en)), make("dd", {}, ...what)];
const people = (n) => words(`${n} lượt`, `${n}`);

/** The counter's day: sums, and scores only in whole groups of five. */
export function drawDay(day) {
  const hours = day.opened_at ? [hourMinute(inHall(day.opened_at)), day.closed_at ? ` – ${hourMinute(inHall(day.closed_at))}` : ""] : ["—"];
  const pauses = day.pauses.flatMap((pause, place) => [
    place ? "; " : " (",
    `${hourMinute(inHall(pause.since))}${pause.until ? `–${hourMinute(inHall(pause.until))}` : ""} `,
    words(...inWords(pause.reason)),
  ]);
  const ratings = day.ratings
    ? words(`${day.ratings.mean} trên ${day.levels}, từ ${day.ratings.scores} lượt`, `${day.ratings.mean} of ${day.levels}, from ${day.ratings.scores} visits`)
    : words("chưa đủ 5 lượt, nên chưa được xem", "fewer than 5, so not shown yet");
  byId("day").replaceChildren(
    ...row("Mở quầy", "Open", ...hours),
    ...row("Đã phục vụ", "Served", people(day.served)),
    ...row("Trung bình mỗi lượt", "Mean time", day.mean_s === null ? "—" : clock(day.mean_s * 1000)),
    ...row("Vắng mặt, chuyển đi", "Missed, sent on", `${day.missed}, ${day.sent_on}`),
    ...row("Tạm dừng", "Paused", pauses.length ? words(`${day.pauses.length} lần, cả thảy ${clock(day.paused_s * 1000)}`, `${day.pauses.length}, in all ${clock(day.paused_s * 1000)}`) : "—", ...pauses, pauses.length ? ")" : ""),
    ...row("Đánh giá của khách", "Ratings", ratings),
  );
}
