// Virtual devices: each counter's panel and the keys of its pads, the hall screen, and a kiosk's numbers.

import { listen, make, requestId } from "./hall.js";
import { ask, said, tell, wanted } from "./technician.js";

const byId = (id) => document.getElementById(id);
const KEYS = [
  ["next", "Gọi tiếp", "Next"], ["recall", "Gọi lại", "Recall"], ["miss", "Vắng mặt", "Missed"], ["complete", "Hoàn tất", "Complete"],
  ["hold", "Giữ lại", "Hold"], ["resume", "Gọi số giữ", "Resume"], ["transfer", "Chuyển", "Transfer"], ["ring", "Gọi cán bộ", "Ring"],
  ["open", "Mở quầy", "Open"], ["pause", "Tạm dừng", "Pause"], ["close", "Đóng quầy", "Close"],
];

async function press(device, wish, name) {
  const answer = await wanted("POST", `/api/trying/${device}`, { ...wish, request_id: requestId() });
  if (answer) tell("done", { vi: `${device}: ${name.vi}${answer.ticket ? ` ${answer.ticket}` : ""}: đã ghi.`, en: `${device}: ${name.en}${answer.ticket ? ` ${answer.ticket}` : ""}: done.` });
}

function button(device, wish, vi, en) {
  const key = make("button", { type: "button", "data-key": wish.key ?? wish.score }, said(vi, en));
  key.addEventListener("click", () => press(device, wish, { vi, en }));
  return key;
}

function desk(counter, devices) {
  const pads = devices.filter((device) => device.counter === counter && device.type === "call-pad");
  const rating = devices.filter((device) => device.counter === counter && device.type === "rating-pad");
  const levels = Number(byId("desks").dataset.levels);
  return make(
    "li",
    { class: "desk", "data-counter": counter },
    make("p", { class: "led" }, make("b", { class: "led-number" }, "----"), make("span", {}, counter)),
    make("p", { class: "quiet said" }),
    ...pads.map((pad) => make("div", { class: "pad-keys", role: "group", "aria-label": pad.id }, make("h3", {}, pad.id), ...KEYS.map(([key, vi, en]) => button(pad.id, { key }, vi, en)))),
    ...rating.map((pad) =>
      make("div", { class: "pad-keys", role: "group", "aria-label": pad.id }, make("h3", {}, pad.id), ...Array.from({ length: levels }, (_, i) => button(pad.id, { score: i + 1 }, `${i + 1} ★`, `${i + 1} ★`))),
    ),
    pads.length + rating.length ? null : make("p", { class: "quiet" }, said("Quầy này không có bàn phím trong hall.toml.", "hall.toml names no pad at this counter.")),
  );
}

function show(state) {
  const [now, ...others] = state.calls;
  byId("screen-now").replaceChildren(...(now ? [make("b", {}, now.ticket), ` → ${now.counter}`] : [said("Quý khách vui lòng chờ", "Please wait")]));
  byId("screen-calls").replaceChildren(...others.slice(0, 5).map((call) => make("li", {}, `${call.ticket} → ${call.counter}`)));
  for (const [counter, board] of Object.entries(state.counters)) {
    const shown = document.querySelector(`.desk[data-counter="${CSS.escape(counter)}"]`);
    if (!shown) continue;
    const number = shown.querySelector(".led-number");
    const text = board.ticket ?? (board.state === "closed" ? "----" : board.state === "paused" ? "||" : "");
    if (number.textContent !== text) number.textContent = text;
    const words = `${board.text.vi} · ${board.text.en}`;
    if (shown.querySelector(".said").textContent !== words) shown.querySelector(".said").textContent = words;
  }
}

async function drawAll() {
  const told = await ask("GET", "/api/devices");
  const devices = told.ok?.devices ?? [];
  const hall = await ask("GET", "/api/hall");
  byId("desks").replaceChildren(...Object.keys(hall.ok?.counters ?? {}).map((counter) => desk(counter, devices)));
  const kiosks = devices.filter((device) => device.type === "kiosk");
  byId("kiosk").replaceChildren(...kiosks.map((kiosk) => make("option", { value: kiosk.id }, kiosk.id)), make("option", { value: "" }, "web"));
}

if (byId("desks")) {
  const drawn = drawAll();
  byId("take").addEventListener("submit", async (event) => {
    event.preventDefault();
    await drawn; // whoever is quick does not take the number at another place than the kiosk that is named
    const wish = { service: byId("service").value, purpose: "submit", request_id: requestId() };
    const kiosk = byId("kiosk").value;
    const answer = await wanted("POST", kiosk ? `/api/trying/${kiosk}` : "/api/tickets", wish);
    if (answer) tell("done", { vi: `Số ${answer.ticket ?? answer.number}.`, en: `Number ${answer.ticket ?? answer.number}.` });
  });
  await drawn;
  listen(show);
}
