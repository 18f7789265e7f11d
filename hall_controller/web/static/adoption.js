// The dialog in which a new device takes a place: choose the place, press a key on it, compare the code, yes or no.
// The controller keeps the window and proposes; this dialog tells what it says. Never here: a card.

import { TYPES, wordsOf } from "./device-words.js";
import { inHall, make, now } from "./hall.js";
import { ask, said } from "./technician.js";

const byId = (id) => document.getElementById(id);
const dialog = byId("adoption");
const WITH_KEYS = ["call-pad", "rating-pad", "kiosk"];
const OVER = {
  timeout: [
    ["Hết hai phút mà chưa có phím nào được bấm.", "Two minutes are over and no key was pressed."],
    ["Thiết bị mới đã có điện chưa? Nó có tên và mật khẩu ở broker chưa (mqtt.spares, hall firmware)? Nó có đúng loại không?", "Does the new device have power? Does the broker know it (mqtt.spares, hall firmware)? Is it of the right kind?"],
  ],
  elsewhere: [
    ["Việc nhận thiết bị đã kết thúc ở nơi khác.", "Somebody else has ended or taken this adoption over."],
    ["Xem danh sách thiết bị, rồi thử lại nếu còn cần.", "Look at the list of devices, then try again if it is still needed."],
  ],
};

/** The controller's telling of a window that was opened is here by then. */
const TOLD_MS = 3000;

/** What the window is for, and the window itself as it was opened; null while the dialog does not wait. */
let place = null;
let mine = null;
let toldBy = 0;

const step = (name) => {
  for (const one of dialog.querySelectorAll(".step")) one.hidden = one.id !== `step-${name}`;
};
const result = (kind, text) => {
  byId("adoption-result").className = `result ${kind ?? ""}`;
  byId("adoption-result").replaceChildren(...(kind ? [said(text.vi, text.en)] : []));
};

function title(vi, en) {
  byId("adoption-title").replaceChildren(said(vi, en));
  result(null);
  if (!dialog.open) dialog.showModal();
}

const counterName = (told, id) => told.counters.find((one) => one.id === id)?.name ?? id;

function titleOf(wish, told) {
  if (wish.replaces) title(`Thay ${wish.replaces}`, `Replace ${wish.replaces}`);
  else title(`Thiết bị mới ở quầy ${counterName(told, wish.counter)}`, `A new device at counter ${counterName(told, wish.counter)}`);
}

/** A device that is there already leaves its place to another one. */
export function replace(device, told) {
  titleOf({ replaces: device.id }, told);
  open({ replaces: device.id });
}

/** A device that waits gets a place: that of another one, or a new one at a counter. */
export function adopt(stranger, told) {
  const like = told.devices.filter((device) => device.type === stranger.type && device.gateway === null);
  like.sort((a, b) => (a.state === "ready") - (b.state === "ready")); // most likely it is for one that is not well
  const option = (value, text) => make("option", { value: JSON.stringify(value) }, text);
  const group = (label, options) => (options.length ? [make("optgroup", { label }, ...options)] : []);
  const bad = (device) => (device.state === "ready" ? "" : " ✕");
  byId("place").replaceChildren(
    ...group("Thay · In place of", like.map((device) => option({ replaces: device.id }, `${device.id}${bad(device)}`))),
    ...group("Thêm ở quầy · New at counter", told.counters.map((one) => option({ type: stranger.type, counter: one.id }, one.name))),
  );
  title(`Nhận ${stranger.id}`, `Adopt ${stranger.id}`);
  step("place");
  byId("step-place").onsubmit = (event) => {
    event.preventDefault();
    open(JSON.parse(byId("place").value));
  };
}

async function open(wish) {
  place = wish;
  mine = null;
  result(null);
  const answer = await ask("POST", "/api/adoption", wish);
  if (answer.refusal) {
    step("over");
    byId("over-what").replaceChildren(said("Chưa nhận được thiết bị.", "The device could not be adopted."));
    byId("over-todo").replaceChildren();
    result("no", answer.refusal.text);
    return;
  }
  toldBy = performance.now() + TOLD_MS;
  wait(answer.ok.window);
}

function wait(window) {
  mine = window;
  const [vi, en] = wordsOf(TYPES, window.type);
  byId("wait-what").replaceChildren(
    WITH_KEYS.includes(window.type)
      ? said(`Bấm một phím bất kỳ trên ${vi.toLowerCase()} mới.`, `Press any key on the new ${en.toLowerCase()}.`)
      : said(`Bật nguồn ${vi.toLowerCase()} mới.`, `Switch the new ${en.toLowerCase()} on.`),
  );
  step("wait");
  count();
}

function over(why) {
  mine = null;
  const [what, todo] = OVER[why];
  byId("over-what").replaceChildren(said(...what));
  byId("over-todo").replaceChildren(said(...todo));
  result(null);
  step("over");
  byId("again").focus();
}

function found(told) {
  const window = told.window;
  const who = told.strangers.find((one) => one.id === window.proposed);
  byId("found-who").replaceChildren(said("Thiết bị vừa trả lời: ", "The device that has answered: "), make("b", {}, window.proposed), who ? ` (${who.model})` : "");
  byId("found-code").textContent = window.code.replace(/^(\d{3})(\d{3})$/, "$1 $2");
  step("found");
  byId("yes").focus();
}

const left = () => Math.max(0, Math.round((inHall(mine.until) - now()) / 1000));

function count() {
  if (!mine) return;
  const text = `${Math.floor(left() / 60)}:${String(left() % 60).padStart(2, "0")}`;
  if (byId("countdown").textContent !== text) byId("countdown").textContent = text;
  if (left() === 0 && !byId("step-wait").hidden) over("timeout");
}

/** What the controller tells of the window, as often as it tells something. */
export function adoptionTold(told) {
  const window = told.window;
  byId("window-line").hidden = window === null || dialog.open;
  if (window) {
    const at = window.replaces ?? counterName(told, window.counter);
    byId("window-about").replaceChildren(said(`Đang chờ thiết bị mới cho ${at}.`, `A new device is awaited for ${at}.`));
  }
  if (!mine) return;
  const same = window !== null && window.until === mine.until;
  if (same) toldBy = 0;
  if (!same && performance.now() > toldBy) over(left() === 0 ? "timeout" : "elsewhere");
  else if (same && window.proposed !== mine.proposed) {
    mine = window;
    if (window.proposed) found(told);
    else wait(window);
  }
}

/** Go on with a window that was opened before, on this page or another one. */
export function showWindow(told) {
  const window = told.window;
  if (!window) return;
  place = window.replaces ? { replaces: window.replaces } : { type: window.type, counter: window.counter };
  titleOf(place, told);
  toldBy = 0;
  wait(window);
  if (window.proposed) found(told);
}

async function close() {
  const waited = mine;
  mine = null;
  dialog.close();
  if (waited) await ask("DELETE", "/api/adoption");
}

byId("yes").addEventListener("click", async () => {
  const window = mine;
  mine = null; // the window closes by a yes: that is no news
  byId("yes").disabled = true;
  const answer = await ask("POST", "/api/adoption/confirm", { device: window.proposed, code: window.code });
  byId("yes").disabled = false;
  if (answer.refusal) {
    mine = window;
    result("no", answer.refusal.text);
    return;
  }
  const done = answer.ok;
  const gone = done.replaces ? [` ${done.replaces} không còn dùng nữa.`, ` ${done.replaces} is retired.`] : ["", ""];
  step("over");
  byId("again").hidden = true;
  byId("over-what").replaceChildren();
  byId("over-todo").replaceChildren();
  const at = done.counter === null ? ["Trung tâm đã nhận", "The hall has"] : [`Quầy ${done.counter} đã nhận`, `Counter ${done.counter} has`];
  result("done", { vi: `${at[0]} ${done.device}.${gone[0]}`, en: `${at[1]} ${done.device} now.${gone[1]}` });
  dialog.querySelector("#step-over [data-close]").focus();
});
byId("no").addEventListener("click", async () => {
  const answer = await ask("POST", "/api/adoption/refuse", { device: mine.proposed });
  if (answer.refusal) result("no", answer.refusal.text);
});
byId("again").addEventListener("click", () => open(place));
for (const button of dialog.querySelectorAll("[data-close]")) button.addEventListener("click", close);
dialog.addEventListener("cancel", (event) => {
  event.preventDefault();
  close();
});
dialog.addEventListener("close", () => { byId("again").hidden = false; });
setInterval(count, 250);
