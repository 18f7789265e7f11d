// The devices page: what is wrong and what to do first, the rest folded in groups, and telling a device to show itself.
// How a card looks stands in device-card.js, how a device is adopted in adoption.js.

import { adoptionTold, adopt, replace, showWindow } from "./adoption.js";
import { deviceCard, strangerCard } from "./device-card.js";
import { ATTENTION, RESULTS, SEVERITIES, STATES, TYPES, wordsOf } from "./device-words.js";
import { listen, make } from "./hall.js";
import { moment, said, tell, wanted } from "./technician.js";

const byId = (id) => document.getElementById(id);

/** When more are wrong at once there is one cause, which the alerts tell; all of them stand in the groups below. */
const MOST_CARDS = 12;

let told = null;
let drawn = "";
/** Groups that were unfolded or folded by hand. */
const folds = new Map();

async function order(device, wish) {
  tell("wait", { vi: `${device}: đang gửi…`, en: `${device}: sending…` });
  const answer = await wanted("POST", `/api/devices/${device}/${wish}`);
  if (answer?.result === "ok") tell("done", { vi: `${device} đã làm.`, en: `${device} has done it.` });
  else if (answer) {
    const [vi, en] = wordsOf(RESULTS, answer.result);
    const why = answer.data?.reason ? `: ${answer.data.reason}` : "";
    tell("no", { vi: `${device} ${vi}${why}.`, en: `${device} ${en}${why}.` });
  }
}

const does = { order, replace: (device) => replace(device, told) };
const counterOf = (device) => told.counters.find((one) => one.id === device.counter) ?? null;
const card = (device) => deviceCard(device, counterOf(device), does);

function wantedHere(device) {
  const words = byId("find").value.trim().toLowerCase().split(/\s+/);
  const state = byId("state").value;
  const about = `${device.id} ${wordsOf(TYPES, device.type).join(" ")} ${device.type} ${device.model} quầy ${device.counter ?? ""} ${counterOf(device)?.name ?? ""}`.toLowerCase();
  const numbers = about.split(/[\s-]+/); // counter 1 is not counter 11
  return (!state || device.state === state) && words.every((word) => (/^\d+$/.test(word) ? numbers.includes(word) : about.includes(word)));
}

/** In the order of hall.toml: counters and what stands there first, then what stands at none, by its kind. */
function groups(devices) {
  const byCounter = byId("by").value === "counter";
  const found = new Map();
  for (const device of devices) {
    const counter = byCounter ? counterOf(device) : null;
    const key = counter ? `counter ${counter.id}` : `type ${device.type}`;
    const name = counter ? [`Quầy ${counter.name}`, `Counter ${counter.name}`] : wordsOf(TYPES, device.type);
    if (!found.has(key)) found.set(key, { key, name, counter, devices: [] });
    found.get(key).devices.push(device);
  }
  const places = told.counters.map((one) => one.id);
  const place = (group) => (group.counter ? places.indexOf(group.counter.id) : places.length);
  return [...found.values()].sort((a, b) => place(a) - place(b));
}

function drawGroup(group) {
  const searched = byId("find").value.trim() !== "" || byId("state").value !== "";
  const unfolded = byId("unfold").getAttribute("aria-pressed") === "true";
  const count = (state) => group.devices.filter((device) => device.state === state).length;
  const states = Object.keys(STATES).filter(count);
  const details = make(
    "details",
    { class: "group", "data-group": group.key, open: folds.get(group.key) ?? (searched || unfolded) },
    make(
      "summary",
      {},
      make("span", {}, said(...group.name)),
      ...states.map((state) => make("small", { class: ATTENTION.includes(state) ? "bad" : undefined }, `${STATES[state][2]} ${count(state)} `, said(STATES[state][0].toLowerCase(), STATES[state][1].toLowerCase()))),
    ),
  );
  const fill = () => { if (details.open && details.children.length === 1) details.append(make("ul", { class: "cards" }, ...group.devices.map(card))); };
  fill();
  details.addEventListener("toggle", fill);
  details.querySelector("summary").addEventListener("click", () => folds.set(group.key, !details.open));
  return details;
}

function drawAlerts() {
  byId("no-alerts").hidden = told.alerts.length > 0;
  byId("alerts").replaceChildren(
    ...told.alerts.map((alert) =>
      make(
        "li",
        { class: alert.severity },
        make("b", {}, said(alert.text.vi, alert.text.en)),
        make("span", { class: "todo" }, said(alert.todo.vi, alert.todo.en)),
        make("small", { class: "quiet" }, said(...wordsOf(SEVERITIES, alert.severity)), ` · ${alert.code} · ${moment(alert.since)}`),
      ),
    ),
  );
}

function drawDevices() {
  const bad = told.devices.filter((device) => ATTENTION.includes(device.state));
  bad.sort((a, b) => ATTENTION.indexOf(a.state) - ATTENTION.indexOf(b.state));
  byId("attention-count").textContent = bad.length ? String(bad.length) : "";
  byId("all-well").hidden = bad.length > 0;
  byId("attention").replaceChildren(...bad.slice(0, MOST_CARDS).map(card));
  byId("more").hidden = bad.length <= MOST_CARDS;
  byId("strangers-part").hidden = told.strangers.length === 0;
  byId("strangers").replaceChildren(...told.strangers.map((one) => strangerCard(one, (stranger) => adopt(stranger, told))));
  const here = told.devices.filter(wantedHere);
  byId("no-devices").hidden = told.devices.length > 0;
  byId("none-found").hidden = told.devices.length === 0 || here.length > 0;
  byId("groups").replaceChildren(...groups(here).map(drawGroup));
}

/** Where the focus is, so that a telling does not take it from under somebody's fingers. */
function focused() {
  const at = document.activeElement;
  const device = at?.closest?.("[data-device]")?.dataset.device;
  const part = at?.closest?.("#attention, #strangers, #groups")?.id;
  if (device && part && at.dataset.wish) return `#${part} [data-device="${device}"] [data-wish="${at.dataset.wish}"]`;
  return at?.tagName === "SUMMARY" ? `[data-group="${CSS.escape(at.parentElement.dataset.group)}"] summary` : null;
}

function draw() {
  const { devices, alerts, strangers, counters } = told;
  const all = JSON.stringify([devices, alerts, strangers, counters, byId("find").value, byId("state").value, byId("by").value, byId("unfold").getAttribute("aria-pressed")]);
  if (all === drawn) return;
  drawn = all;
  byId("counts").replaceChildren(
    ...Object.keys(STATES).filter((state) => told.counts[state]).map((state) => make("span", { class: "count" }, `${STATES[state][2]} ${told.counts[state]} `, said(STATES[state][0].toLowerCase(), STATES[state][1].toLowerCase()))),
  );
  const place = focused();
  drawAlerts();
  drawDevices();
  if (place) document.querySelector(place)?.focus();
}

function show(state) {
  if (!state.devices) return;
  told = state;
  draw();
  adoptionTold(state);
}

const options = Object.entries(STATES).map(([state, [vi, en]]) => make("option", { value: state }, `${vi} · ${en}`));
byId("state").replaceChildren(make("option", { value: "" }, "Tất cả · All"), ...options);
const redraw = () => {
  folds.clear();
  if (told) draw();
};
byId("find").addEventListener("input", redraw);
for (const id of ["state", "by"]) byId(id).addEventListener("change", redraw);
byId("unfold").addEventListener("click", () => {
  byId("unfold").setAttribute("aria-pressed", String(byId("unfold").getAttribute("aria-pressed") !== "true"));
  redraw();
});
byId("window-show").addEventListener("click", () => showWindow(told));
listen(show, () => {}, { vi: ": xem máy và mạng.", en: ": look at the machine and the network." }, "/api/devices/stream");
