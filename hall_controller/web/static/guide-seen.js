// What stands on the guidance desk's page: who waits for the desk, the bells, the queues, the printer, a number's story.
// Never here: what a button does.

import { hourMinute, inHall, make, now, wait } from "./hall.js";
import { byId, inMinutes, words, wordsOf } from "./tool.js";

let seen = null;
let drawn = "";

/** The last that was told of the desk. */
export const standing = () => seen;

/** Draw the whole desk; `wish(kind, number, button)` is what the buttons do, `names` what they are called. */
export function draw(state, names, wish) {
  seen = state;
  const { time, local, unavailable_since, ...rest } = state;
  const parts = JSON.stringify(rest);
  if (parts === drawn) return; // a button that is being pressed stays where it is
  drawn = parts;
  byId("training").hidden = !state.training;
  drawGuard(state);
  const nobody = words("Không có ai", "Nobody");
  const card = (kind) => (one, n) => drawCard(one, kind, names, wish, kind === "release" && n < 9 ? n + 1 : 0);
  fill("unreleased", state.unreleased.map(card("release")), nobody);
  fill("missed", state.missed.map(card("requeue")), nobody);
  fill("unprinted", state.unprinted.map(card("reprint")), nobody);
  byId("unprinted-part").hidden = state.unprinted.length === 0;
  drawPrinter(state.printer);
  drawBells(state.bells);
  byId("queues").replaceChildren(...state.queues.map(drawQueue));
  drawTimes();
}

function fill(list, cards, nobody) {
  byId(list).replaceChildren(...(cards.length ? cards : [make("li", { class: "none" }, nobody.cloneNode(true))]));
}

function drawGuard(state) {
  byId("guard").setAttribute("aria-pressed", String(state.guard));
  byId("guard-word").replaceChildren(state.guard ? words("Kiểm soát cấp số: BẬT", "Guard: ON") : words("Kiểm soát cấp số: tắt", "Guard: off"));
  byId("unreleased-count").textContent = state.unreleased.length || "";
}

function drawCard(one, kind, names, wish, digit) {
  const about = make("span", { class: "about" }, wordsOf(one.purpose), " · ", wordsOf(one.service));
  if (one.priority) about.append(" · ", words(`Ưu tiên: ${one.priority.vi}`, `Priority: ${one.priority.en}`));
  if (one.counter && kind === "requeue") about.append(" · ", words(`gọi ở Quầy ${one.counter}`, `called to counter ${one.counter}`));
  about.append(" · ", make("span", { class: "went", "data-since": one.since }));
  const button = make("button", { type: "button" }, digit ? make("kbd", {}, String(digit)) : null, wordsOf(names[kind]));
  button.addEventListener("click", () => wish(kind, one.number, button));
  return make("li", { "data-number": one.number }, make("b", { class: "number" }, one.number), about, button);
}

function drawPrinter(printer) {
  byId("printer").replaceChildren(wordsOf(printer.text));
  byId("printer").classList.toggle("trouble", printer.state === "paper_out" || printer.state === "not_ready");
  byId("paper-changed").hidden = printer.state === "none";
}

function drawBells(bells) {
  const select = byId("bell-at");
  const known = [...select.options].map((option) => option.value).join();
  if (known !== bells.map((bell) => bell.counter).join()) {
    select.replaceChildren(...bells.map((bell) => make("option", { value: bell.counter }, bell.name)));
  }
  const ringing = bells.filter((bell) => bell.since);
  byId("ringing").replaceChildren(
    ...ringing.map((bell) => {
      const since = hourMinute(inHall(bell.since));
      return make("li", {}, words(`Quầy ${bell.name} đang gọi cán bộ, từ ${since}`, `Counter ${bell.name} rings for an officer, since ${since}`));
    }),
  );
}

function drawQueue(queue) {
  const name = make("td", {}, wordsOf(queue.name), queue.open ? "" : " · ", queue.open ? "" : words("đã ngừng cấp số", "gives no numbers"));
  return make("tr", { "data-queue": queue.queue }, make("td", {}, queue.letter), name, make("td", {}, String(queue.waiting)), make("td", queue.oldest ? { "data-since": queue.oldest } : {}));
}

/** A number that was looked up: where it stands, what may be done, and what happened. */
export function drawFound(found, names, wish) {
  byId("found-number").textContent = found.number;
  byId("found-text").replaceChildren(wordsOf(found.text));
  const about = byId("found-about");
  about.replaceChildren(wordsOf(found.purpose), " · ", wordsOf(found.service));
  if (found.priority) about.append(" · ", words(`Ưu tiên: ${found.priority.vi}`, `Priority: ${found.priority.en}`));
  if (found.counter) about.append(" · ", words(`Quầy ${found.counter}`, `Counter ${found.counter}`));
  if (found.ahead !== null) about.append(" · ", words(`phía trước có ${found.ahead} người`, `${found.ahead} ahead`));
  const expected = wait(found.estimated_wait_s);
  if (expected) about.append(", ", words(`chờ ${expected.vi}`, expected.en));
  const buttons = found.may.map((kind, n) => {
    const button = make("button", { type: "button", "data-may": kind }, make("kbd", {}, String(n + 1)), wordsOf(names[kind]));
    button.addEventListener("click", () => wish(kind, found.number, button));
    return button;
  });
  byId("found-may").replaceChildren(...buttons);
  byId("story").replaceChildren(...found.story.map((line) => make("li", {}, make("time", {}, line.clock ?? ""), wordsOf(line.text))));
}

/** What only time changes. */
export function drawTimes() {
  for (const element of document.querySelectorAll("[data-since]")) {
    const text = inMinutes(now() - inHall(element.dataset.since));
    if (element.textContent !== text.textContent) element.replaceChildren(text);
  }
}
