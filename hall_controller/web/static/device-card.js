// One device as a card: how it is and since when, what to do, what was heard of it last, and its buttons.
// Never here: what a button does.

import { BOARDS, PAPERS, STATES, TYPES, WISHES, wordsOf } from "./device-words.js";
import { make } from "./hall.js";
import { moment, said } from "./technician.js";

/** Devices that sign in at the broker by themselves and stand at a counter: another one can take their place. */
const REPLACED = ["call-pad", "rating-pad", "panel", "kiosk"];
export const canBeReplaced = (device) => REPLACED.includes(device.type) && device.model !== "web" && device.gateway === null;

function row(vi, en, value) {
  return value === null || value === undefined || value === "" ? [] : [make("dt", {}, said(vi, en)), make("dd", {}, value)];
}

export function button(name, does, words, main) {
  const made = make("button", { type: "button", "data-wish": name, class: main ? "main" : undefined }, said(...words));
  made.addEventListener("click", does);
  return made;
}

function shouldShow(device, counter) {
  if (device.type !== "panel" || !counter?.state) return null;
  const [vi, en] = wordsOf(BOARDS, counter.state);
  return said(`${counter.ticket ?? "—"} (${vi})`, `${counter.ticket ?? "—"} (${en})`);
}

/** `does` has `order(device, wish)` and `replace(device)`. */
export function deviceCard(device, counter, does) {
  const [vi, en, sign] = wordsOf(STATES, device.state);
  const gone = device.state === "lost" || device.state === "faulty";
  const buttons = device.commands.map((wish) => button(wish, () => does.order(device.id, wish), wordsOf(WISHES, wish)));
  if (canBeReplaced(device)) buttons.push(button("replace", () => does.replace(device), ["Thay thiết bị…", "Replace…"], gone));
  return make(
    "li",
    { class: `card ${device.state}`, "data-device": device.id },
    make("h3", {}, device.id),
    make("p", { class: "of" }, said(...wordsOf(TYPES, device.type)), counter ? said(` · Quầy ${counter.name}`, ` · Counter ${counter.name}`) : null),
    make("p", { class: "state" }, make("span", { "aria-hidden": "true" }, `${sign} `), said(vi, en), make("small", { class: "quiet" }, said(` từ ${moment(device.since)}`, ` since ${moment(device.since)}`))),
    device.why ? make("p", {}, said(device.why.vi, device.why.en)) : null,
    device.todo ? make("p", { class: "todo" }, said(device.todo.vi, device.todo.en)) : null,
    make(
      "dl",
      {},
      ...row("Kiểu", "Model", device.model),
      ...row("Đường nối", "Line", device.model === "web" ? null : device.line === "mqtt:" ? "MQTT" : device.line),
      ...row("Phần mềm", "Firmware", device.firmware),
      ...row("Bấm gần nhất", "Last press", device.last_press && moment(device.last_press)),
      ...row("In gần nhất", "Last print", device.last_print && moment(device.last_print)),
      ...row("Giấy", "Paper", device.paper === "unknown" ? null : said(...wordsOf(PAPERS, device.paper))),
      ...row("Cần hiện", "Should show", shouldShow(device, counter)),
      ...row("Đang hiện", "Shows", device.shown && `${device.shown.epoch}.${device.shown.rev}`),
      ...row("Vào trung tâm", "Came by", device.adopted ? said("nhận thay trên máy", "adoption") : null),
    ),
    buttons.length ? make("p", { class: "row" }, ...buttons) : null,
  );
}

/** A device that waits for its place. */
export function strangerCard(stranger, adopt) {
  return make(
    "li",
    { class: "card", "data-device": stranger.id },
    make("h3", {}, stranger.id),
    make("p", { class: "of" }, said(...wordsOf(TYPES, stranger.type))),
    make("dl", {}, ...row("Kiểu", "Model", stranger.model), ...row("Phần mềm", "Firmware", stranger.firmware), ...row("Mã trên nhãn", "Code on label", stranger.code)),
    stranger.unproven ? make("p", { class: "todo" }, said("Chưa chứng minh: thiết bị không báo mã riêng, mã này chỉ tính từ tên. Hãy chắc chắn đúng là máy này.", "Unproven: it tells no code of its own, this one follows from its name. Be sure that it is this device.")) : null,
    make("p", { class: "row" }, button("adopt", () => adopt(stranger), ["Nhận vào…", "Adopt…"], true)),
  );
}
