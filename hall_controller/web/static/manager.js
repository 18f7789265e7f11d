// The manager's page: puts the figures of the day where they stand. Never here: how a figure is counted.

import { day, dayEn, hourMinute, inHall, listen, make, now } from "./hall.js";
import { byId, chosen, otherLanguage, words, wordsOf } from "./tool.js";

const NONE = "–";
const TARGET_MIN = 30; // the national target of 2022; waits over it are marked
const page = document.documentElement;
const field = byId("field");
let state = null;
let shown = ""; // which plot is on the page
let asked = 0;

const count = (n) => n.toLocaleString("vi-VN");
const comma = (n, digits) => n.toLocaleString(page.lang === "en" ? "en-GB" : "vi-VN", { minimumFractionDigits: digits, maximumFractionDigits: digits });
const percent = (share, digits = 0) => (share === null ? NONE : `${comma(100 * share, digits)} %`);
const minutes = (n) => (n === null ? NONE : `${n}`);
const withUnit = (n) => (n === null ? [NONE] : [`${n} `, make("small", {}, words("phút", "min"))]);
const cell = (...inside) => make("td", {}, ...inside);
const wide = (inside) => make("td", { class: "wide" }, inside);
const head = (...inside) => make("th", { scope: "row" }, ...inside);

const STATES = { open: ["Mở", "Open"], paused: ["Tạm dừng", "Paused"], closed: ["Đóng", "Closed"] };

function showTiles(hall) {
  const put = (id, inside, passed = false) => {
    byId(id).replaceChildren(...[inside].flat());
    byId(id).parentElement.classList.toggle("passed", passed);
  };
  put("waiting", count(hall.waiting));
  put("oldest", withUnit(hall.oldest_wait_min), (hall.oldest_wait_min ?? 0) >= TARGET_MIN);
  put("issued", count(hall.issued));
  put("served", count(hall.served));
  put("missed", count(hall.missed));
  put("p50", withUnit(hall.wait_p50_min), (hall.wait_p50_min ?? 0) > TARGET_MIN);
  put("p90", withUnit(hall.wait_p90_min), (hall.wait_p90_min ?? 0) > TARGET_MIN);
  put("over15", percent(hall.share_over_15));
  put("over30", percent(hall.share_over_30));
}

function showAlerts(alerts) {
  const lines = alerts.map((alert) =>
    make("li", { class: alert.severity, "data-code": alert.code }, `${hourMinute(inHall(alert.since))} · `, wordsOf(alert.text)));
  byId("alerts").replaceChildren(...(lines.length ? lines : [make("li", { class: "none" }, words("Không có cảnh báo nào.", "No alerts."))]));
}

function showFields(fields) {
  byId("fields").replaceChildren(...fields.map((one) =>
    make("tr", { class: one.late ? "late" : undefined, "data-queue": one.queue },
      head(wordsOf(one.name), one.late ? words(" · quá hạn mức", " · over target") : null, one.open ? null : words(" · đã đóng", " · closed")),
      cell(count(one.waiting)), cell(minutes(one.oldest_wait_min)), cell(count(one.served)),
      cell(minutes(one.wait_p50_min)), cell(minutes(one.wait_p90_min)), wide(percent(one.share_over_15)), wide(percent(one.share_over_30)))));
  const before = field.value;
  const names = [{ queue: "", name: state.hall.name }, ...fields.map((one) => ({ queue: one.queue, name: one.name }))];
  const signed = names.map(({ queue }) => queue).join() + page.lang;
  if (field.dataset.signed !== signed) {
    field.dataset.signed = signed;
    field.replaceChildren(...names.map(({ queue, name }) => make("option", { value: queue }, chosen(name))));
    field.value = names.some(({ queue }) => queue === before) ? before : "";
  }
}

function showCounters(counters) {
  const there = counters.filter((one) => one.state !== "closed" || one.load !== null);
  byId("counters").replaceChildren(...there.map((one) => {
    const load = Math.round(100 * (one.load ?? 0));
    const bar = make("meter", { min: 0, max: 100, value: load, "aria-hidden": "true" });
    return make("tr", { "data-counter": one.counter },
      head(words(`Quầy ${one.name}`, `Counter ${one.name}`)),
      cell(words(...STATES[one.state]), one.serving ? words(", có khách", ", with a visitor") : null),
      cell(count(one.served)),
      cell(...(one.load === null ? [NONE] : [bar, make("b", {}, `${load} %`)])));
  }));
  const rest = counters.filter((one) => !there.includes(one)).map((one) => one.name).join(", ");
  byId("closed").replaceChildren(...(rest ? [words(`Hôm nay chưa mở: ${rest}.`, `Not opened today: ${rest}.`)] : []));
}

function showStages(stages) {
  byId("stages").replaceChildren(...stages.map((one) => {
    const sure = one.satisfied === null
      ? words("chưa đủ 5 đánh giá", "fewer than 5 ratings")
      : words(`${percent(one.satisfied)} (${percent(one.low)}–${percent(one.high)}), ${one.released} lượt`, `${percent(one.satisfied)} (${percent(one.low)}–${percent(one.high)}), ${one.released} answers`);
    return make("tr", { "data-stage": one.stage }, head(wordsOf(one.name)), cell(`${one.answered}/${one.visits} = ${percent(one.response)}`), cell(sure));
  }));
}

async function showPlot() {
  const queue = field.value;
  const of = queue ? state.fields.find((one) => one.queue === queue) : state.hall;
  const wanted = `${queue} ${page.lang} ${of?.called ?? 0}`;
  if (wanted === shown) return;
  shown = wanted;
  byId("no-plot").hidden = Boolean(of?.called);
  if (!of?.called) return byId("plot").replaceChildren();
  const mine = ++asked;
  try {
    const answer = await fetch(`/api/today/waits?queue=${encodeURIComponent(queue)}&language=${page.lang}`);
    if (!answer.ok) throw new Error(answer.statusText);
    const svg = new DOMParser().parseFromString(await answer.text(), "image/svg+xml").documentElement;
    if (mine === asked) byId("plot").replaceChildren(document.adoptNode(svg));
  } catch {
    shown = ""; // tried again with the next telling
  }
}

function show(told) {
  const fresh = told.rev !== state?.rev || told.alerts !== state?.alerts || told.fields !== state?.fields;
  state = told;
  if (fresh && state.hall) draw();
}

function draw() {
  byId("training").hidden = !state.training;
  showTiles(state.hall);
  showAlerts(state.alerts);
  showFields(state.fields);
  showCounters(state.counters);
  showStages(state.stages);
  showPlot();
}

function tick() {
  byId("time").textContent = hourMinute(now());
  byId("day").textContent = page.lang === "en" ? dayEn(now()) : day(now());
}

// --- the period of a report

const iso = (date) => date.toISOString().slice(0, 10);
const DAY_MS = 86_400_000;
const PERIODS = {
  today: (d) => [d, d],
  week: (d) => [new Date(d - ((d.getUTCDay() + 6) % 7) * DAY_MS), d],
  month: (d) => [new Date(Date.UTC(d.getUTCFullYear(), d.getUTCMonth(), 1)), d],
  "last-month": (d) => [new Date(Date.UTC(d.getUTCFullYear(), d.getUTCMonth() - 1, 1)), new Date(Date.UTC(d.getUTCFullYear(), d.getUTCMonth(), 0))],
};

function choose(period) {
  [byId("from").value, byId("to").value] = PERIODS[period](now()).map(iso);
}

byId("periods").addEventListener("click", (event) => {
  const button = event.target.closest("[data-period]");
  if (button) choose(button.dataset.period);
});
byId("language").addEventListener("click", () => {
  otherLanguage();
  tick();
  if (state?.hall) draw();
});
byId("print").addEventListener("click", () => window.print());
field.addEventListener("change", showPlot);

choose("month");
tick();
listen(show, tick, { vi: ". Số liệu dưới đây là của lúc đó.", en: ". The figures below are of that time." }, "/api/today/stream");
