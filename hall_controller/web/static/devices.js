// The devices page: what is wrong and what to do, a card a device, and telling a device to show itself.

import { make } from "./hall.js";
import { ask, moment, said, tell, wanted } from "./technician.js";

const byId = (id) => document.getElementById(id);
const EVERY_MS = 2000;
const STATES = {
  ready: ["Sẵn sàng", "Ready", "●"],
  late: ["Chậm", "Late", "◐"],
  lost: ["Mất liên lạc", "Lost", "○"],
  faulty: ["Hỏng", "Faulty", "✕"],
  init: ["Chưa thấy", "Not seen yet", "◌"],
};
const WISHES = { identify: ["Nhận diện", "Identify"], test: ["Thử", "Test"], reboot: ["Khởi động lại", "Reboot"] };

let drawn = "";

async function order(device, wish) {
  tell("wait", { vi: `${device}: đang gửi…`, en: `${device}: sending…` });
  const answer = await wanted("POST", `/api/devices/${device}/${wish}`);
  if (answer?.result === "ok") tell("done", { vi: `${device} đã làm.`, en: `${device} has done it.` });
  else if (answer) tell("no", { vi: `${device}: ${answer.result} ${answer.data?.reason ?? ""}`, en: `${device}: ${answer.result} ${answer.data?.reason ?? ""}` });
}

function row(vi, en, value) {
  return value === null || value === undefined || value === "" ? [] : [make("dt", {}, said(vi, en)), make("dd", {}, String(value))];
}

function card(device, boards) {
  const [vi, en, sign] = STATES[device.state] ?? [device.state, device.state, "?"];
  const board = device.counter ? boards[device.counter] : null;
  const now = device.type === "panel" && board ? `${board.ticket ?? "—"} (${board.state})` : null;
  const buttons = device.commands.map((wish) => {
    const button = make("button", { type: "button", "data-wish": wish }, said(...WISHES[wish]));
    button.addEventListener("click", () => order(device.id, wish));
    return button;
  });
  return make(
    "li",
    { class: `card ${device.state}`, "data-device": device.id },
    make("h3", {}, device.id, make("small", { class: "quiet" }, ` ${device.type}`)),
    make("p", { class: "state" }, make("span", { "aria-hidden": "true" }, `${sign} `), said(vi, en), make("small", { class: "quiet" }, ` ${moment(device.since)}`)),
    device.why ? make("p", {}, said(device.why.vi, device.why.en)) : null,
    device.todo ? make("p", { class: "todo" }, said(device.todo.vi, device.todo.en)) : null,
    make(
      "dl",
      {},
      ...row("Quầy", "Counter", device.counter),
      ...row("Kiểu", "Model", device.model),
      ...row("Đường", "Line", device.line),
      ...row("Phần mềm", "Firmware", device.firmware),
      ...row("Bấm gần nhất", "Last press", device.last_press && moment(device.last_press)),
      ...row("In gần nhất", "Last print", device.last_print && moment(device.last_print)),
      ...row("Giấy", "Paper", device.paper === "unknown" ? null : device.paper),
      ...row("Cần hiện", "Should show", now),
      ...row("Đang hiện", "Shows", device.shown && `${device.shown.epoch}.${device.shown.rev}`),
    ),
    buttons.length ? make("p", { class: "row" }, ...buttons) : null,
  );
}

function wantedHere(device) {
  const words = byId("find").value.trim().toLowerCase();
  const state = byId("state").value;
  return (!state || device.state === state) && (!words || `${device.id} ${device.type} ${device.model} ${device.counter ?? ""}`.toLowerCase().includes(words));
}

function show(told, boards) {
  const text = JSON.stringify([told, boards, byId("find").value, byId("state").value]);
  if (text === drawn) return;
  drawn = text;
  byId("counts").replaceChildren(
    ...Object.entries(told.counts).map(([state, count]) => make("span", { class: "count" }, `${count} `, said(...(STATES[state] ?? [state, state])))),
  );
  byId("no-alerts").hidden = told.alerts.length > 0;
  byId("alerts").replaceChildren(
    ...told.alerts.map((alert) =>
      make(
        "li",
        { class: alert.severity },
        make("b", {}, said(alert.text.vi, alert.text.en)),
        make("span", { class: "todo" }, said(alert.todo.vi, alert.todo.en)),
        make("small", { class: "quiet" }, `${alert.severity} · ${alert.code} · ${moment(alert.since)}`),
      ),
    ),
  );
  byId("no-devices").hidden = told.devices.length > 0;
  const focused = document.activeElement?.closest?.("[data-device]")?.dataset.device;
  const wish = document.activeElement?.dataset?.wish;
  byId("devices").replaceChildren(...told.devices.filter(wantedHere).map((device) => card(device, boards)));
  if (focused && wish) document.querySelector(`[data-device="${focused}"] [data-wish="${wish}"]`)?.focus();
}

async function look() {
  const [told, hall] = await Promise.all([ask("GET", "/api/devices"), ask("GET", "/api/hall")]);
  if (told.ok) show(told.ok, hall.ok?.counters ?? {});
  else tell("no", told.refusal.text);
}

byId("find").addEventListener("input", look);
byId("state").addEventListener("change", look);
await look();
setInterval(look, EVERY_MS);
