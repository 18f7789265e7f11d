// The hall board: the call of now takes a third of the screen, what was called before stands below, newest first.
// Never here: how the state arrives (hall.js), what is said (board-words.js), who waits (board-fields.js).

import { drawFields, listed, shorten } from "./board-fields.js";
import { notices, sentence, someWait, ways } from "./board-words.js";
import { day, hourMinute, inHall, listen, make, now } from "./hall.js";

/** Who heard the chime needs this long to look up, find the number and read the counter; a burst shares its time. */
const LONGEST_MS = 4000;
const SHORTEST_MS = 1500;
const BURST_MS = 8000;
/** The last call stays large this long: the way from the farthest chair to the counter, twice. */
const LINGER_MS = 180_000;
/** At start or after a lost connection, older calls are history and only stand in the rows. */
const NEWS_MS = 10_000;
/** A notice and a page of fields stand so long: read twice, Vietnamese and English. */
const TURN_MS = 15_000;

/** A row is at least this high; what is left over is shared among the rows. */
const ROW_PX = 112;

const byId = (id) => document.getElementById(id);
const hero = byId("hero");
const rows = byId("rows");
const notice = byId("notice");
const wayTo = ways(location.search);
const upright = matchMedia("(orientation: portrait)");

let state = null;
let known = new Map(); // ticket at counter -> time of its newest call
let settled = false;
let highlights = [];
let large = null;
let largeSince = 0;
let drawnIn = -1; // the turn in which the fields were drawn

const place = (call) => `${call.ticket} ${call.counter}`;
const turn = () => Math.floor(now().getTime() / TURN_MS);

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

function showTime() {
  byId("time").textContent = hourMinute(now());
  byId("date").textContent = day(now());
}

function tick() {
  showTime();
  const before = large;
  pickLarge();
  if (state && (before !== large || now().getUTCSeconds() === 0 || drawnIn !== turn())) draw();
}

/** The call in the large field: the one that has its moment, else the last one while its visitor may be on the way. */
function called() {
  const last = state.calls[0];
  const onTheWay = last && now() - inHall(last.time) < LINGER_MS && (state.counters[last.counter]?.ticket ?? last.ticket) === last.ticket;
  return large ?? (onTheWay ? last : null);
}

const isNow = (call) => call === large || state.counters[call.counter]?.state === "calling";
const label = (vi, en) => [make("span", { lang: "vi" }, vi), make("span", { class: "quiet", lang: "en" }, en)];

/** *Quầy* and its name, the last word of which tells one counter from another. */
function desk(name) {
  const [last, ...words] = name.split(" ").reverse();
  return make("p", { class: "desk" }, make("span", { class: "word" }, `${["Quầy", ...words.reverse()].join(" ")} `), make("b", {}, last));
}

function callShown(call) {
  const way = wayTo.get(call.counter);
  return [
    make("div", {}, make("p", { class: "label" }, ...label("Mời số", "Number")), make("p", { class: "number" }, call.ticket)),
    make(
      "div",
      { class: "whither" },
      make("p", { class: "label" }, ...label("đến", "Please go to")),
      make("p", { class: "zone" }, ...(way?.zone ? label(way.zone.vi, way.zone.en) : [])),
      make("div", { class: "way" }, desk(call.name), way?.arrow ? make("span", { class: "arrow", "aria-hidden": "true" }, way.arrow) : null),
    ),
  ];
}

function message() {
  const [title, detail, english] = sentence(state);
  return [make("p", { class: "title" }, title), make("p", { class: "detail" }, detail), make("p", { class: "english", lang: "en" }, english)];
}

/** How large a pixel of the hall screen is in this window. */
const pixel = () => (upright.matches ? Math.min(innerWidth / 1080, innerHeight / 1920) : Math.min(innerWidth / 1920, innerHeight / 1080));

/** Text that does not fit takes its next smaller step, and no other. */
function fit(element, room) {
  if (!element) return;
  for (const step of ["", "long", "longer"]) {
    element.dataset.step = step;
    if (element.scrollWidth <= room) return;
  }
}

function draw() {
  const call = called();
  const loud = call && isNow(call);
  hero.className = `hero ${call ? "call" : "message"} ${loud ? "now" : ""}`;
  hero.replaceChildren(...(call ? callShown(call) : message()));
  fit(hero.querySelector(".number"), hero.clientWidth);
  fit(hero.querySelector(".desk"), hero.querySelector(".way")?.clientWidth - (hero.querySelector(".arrow")?.offsetWidth ?? 0));
  const working = state.hall.open || call || someWait(state);
  const fields = working ? listed(state) : [];
  const calls = working ? state.calls : [];
  byId("fields").hidden = !fields.length;
  byId("lists").hidden = !fields.length && !calls.length;
  const most = Math.max(1, Math.floor((rows.clientHeight + 1) / (ROW_PX * pixel())));
  rows.style.gridTemplateRows = `repeat(${most}, minmax(0, 1fr))`;
  const loudOnes = new Set([...(loud ? [call] : []), ...highlights].map(place));
  rows.replaceChildren(...calls.slice(0, most).map((one) => row(one, loudOnes.has(place(one)))));
  rows.classList.remove("tight");
  const words = [...rows.querySelectorAll(".word")];
  const narrow = (one) => one.scrollWidth > one.clientWidth + 1;
  rows.classList.toggle("tight", words.some(narrow)); // where one time has no room, no row has one
  words.forEach(shorten);
  drawnIn = turn();
  if (fields.length) drawFields(state, byId("queues"), byId("pages"), drawnIn);
  byId("training").hidden = !state.hall.training;
  showTime();
  drawHeader();
  drawNotice(call);
}

/** The hall's English name stands there while the Vietnamese one takes a single line. */
function drawHeader() {
  const name = document.querySelector("h1");
  name.textContent = state.hall.name.vi;
  const english = byId("english");
  english.textContent = state.hall.name.en;
  shorten(name);
  const line = parseFloat(getComputedStyle(name).lineHeight);
  english.hidden = name.offsetHeight > 1.5 * line;
  shorten(english);
}

/** Where one line cannot hold the Vietnamese, it takes the room of the English: cut short it would tell nobody. */
function drawNotice(call) {
  const all = notices(state, call);
  const told = all.length ? all[turn() % all.length] : { vi: "", en: "" };
  const [vietnamese, english] = [make("span", { lang: "vi" }, told.vi), make("span", { class: "en", lang: "en" }, told.en)];
  notice.replaceChildren(vietnamese, english);
  const twoLines = vietnamese.offsetHeight > 1.5 * parseFloat(getComputedStyle(vietnamese).lineHeight);
  english.hidden = twoLines && !upright.matches;
  for (const text of [vietnamese, english]) shorten(text);
}

function row(call, isLoud) {
  const arrow = wayTo.get(call.counter)?.arrow;
  return make(
    "li",
    { class: isLoud ? "now" : "", "data-ticket": call.ticket },
    make("span", { class: "number" }, call.ticket),
    desk(call.name),
    make("span", { class: "arrow", "aria-hidden": "true" }, arrow ?? ""),
    make("time", {}, hourMinute(inHall(call.time))),
  );
}

document.fonts.addEventListener("loadingdone", () => state && draw()); // what fits depends on the font
const HALTED = { vi: "Hệ thống gọi số tạm ngừng", en: "Numbers cannot be called" };
listen(hear, tick, { vi: ", mời quý khách hỏi bàn hướng dẫn", en: ", please ask at the guidance desk", halted: HALTED });
