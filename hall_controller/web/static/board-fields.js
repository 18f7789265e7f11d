// Who waits for what, and which fields are closed: a quiet list, a page of it at a time where it does not fit.
// Never here: how long a page stands (board.js).

import { day, dayEn, hourMinute, inHall, make, now } from "./hall.js";

const waits = (queue) => queue.open || queue.waiting;

/** An expected wait in steps of five minutes: a finer one would promise what nobody can keep. */
function expected(seconds) {
  if (seconds === null) return "";
  const minutes = Math.ceil(seconds / 300) * 5;
  return minutes <= 5 ? "<5 phút" : `~${minutes} phút`;
}

/** Leaves out last words of a text until it fits: text is shortened by words, never made smaller. */
export function shorten(element) {
  const words = element.textContent.trim().split(" ");
  const over = () => element.scrollHeight > element.clientHeight + 4 || element.scrollWidth > element.clientWidth + 1;
  while (words.length > 1 && over()) {
    words.pop();
    element.textContent = words.length > 1 ? `${words.join(" ")}… ` : `${words[0]} `;
  }
}

function opening(queue) {
  if (!queue.next_opening) return null;
  const opens = inHall(queue.next_opening);
  const at = hourMinute(opens);
  if (day(opens) === day(now())) return { vi: `Mở lúc ${at}`, en: `Opens at ${at}` };
  return { vi: `Mở ${at}, ${day(opens).split(",")[0]}`, en: `Opens ${dayEn(opens).split(",")[0]}` };
}

const line = (...parts) => make("span", { class: "line" }, ...parts);

/** A field: letter, name and how many wait; beneath, its English and how long it may take. A closed one says until when. */
function field(queue) {
  const opens = waits(queue) ? null : opening(queue);
  return make(
    "li",
    { class: waits(queue) ? "" : "closed" },
    make("b", {}, queue.letter),
    line(make("span", { class: "name" }, queue.name?.vi ?? ""), make("span", { class: "waiting" }, waits(queue) ? String(queue.waiting) : "Đóng")),
    line(make("span", { class: "en", lang: "en" }, queue.name?.en ?? ""), make("span", { class: "wait" }, waits(queue) ? expected(queue.estimated_wait_s) : "Closed")),
    opens ? make("span", { class: "opens" }, opens.vi, make("span", { lang: "en" }, ` · ${opens.en}`)) : null,
  );
}

const byLetter = (a, b) => a.letter.localeCompare(b.letter);

/** Fields in which somebody waits, then those that are closed while the hall is open. */
export function listed(state) {
  const all = Object.values(state.queues).filter((queue) => queue.letter).sort(byLetter);
  const closed = state.hall.open ? all.filter((queue) => !waits(queue)) : [];
  return [...all.filter((queue) => queue.waiting), ...closed];
}

/** Draws the page of this turn into `list`, and which of how many it is into `pages`; none is ever cut in half. */
export function drawFields(state, list, pages, turn) {
  const items = listed(state).map(field);
  list.replaceChildren(...items);
  for (const name of list.querySelectorAll(".name, .en")) shorten(name);
  const room = list.clientHeight;
  let page = -1;
  let end = 0;
  const pageOf = items.map((item) => {
    const { offsetTop, offsetHeight } = item;
    if (page < 0 || offsetTop + offsetHeight > end) {
      page += 1;
      end = offsetTop + Math.max(room, offsetHeight);
    }
    return page;
  });
  const shown = page > 0 ? turn % (page + 1) : 0;
  items.forEach((item, index) => (item.hidden = pageOf[index] !== shown));
  pages.textContent = page > 0 ? `${shown + 1}/${page + 1}` : "";
}
