// The live page: queues and counters at a glance, and the facts as they are written down.

import { hourMinute, inHall, listen, make, signInAgain, wait } from "./hall.js";
import { said, wanted } from "./technician.js";

const byId = (id) => document.getElementById(id);
const MOST = 300;
const STATES = { calling: ["Đang gọi", "Calling"], serving: ["Đang phục vụ", "Serving"], open: ["Mở", "Open"], paused: ["Tạm dừng", "Paused"], closed: ["Đóng", "Closed"] };

/** Letter and name of each queue, by its id. */
const NAMES = JSON.parse(byId("queues").dataset.names);

let oldest = null;
let meanwhile = []; // facts that came while the page was asking for older ones

function showHall(state) {
  byId("queues").replaceChildren(
    ...Object.entries(state.queues).map(([queue, board]) => {
      const expected = wait(board.estimated_wait_s);
      return make(
        "tr",
        {},
        make("th", { scope: "row", title: queue }, make("b", { class: "letter" }, NAMES[queue]?.letter ?? ""), " ", NAMES[queue] ? said(NAMES[queue].vi, NAMES[queue].en) : queue, board.open ? null : said(" (đóng)", " (closed)")),
        make("td", {}, String(board.waiting)),
        make("td", {}, board.last_called ?? "—"),
        make("td", {}, expected ? said(expected.vi, expected.en) : "—"),
      );
    }),
  );
  byId("counters").replaceChildren(
    ...Object.entries(state.counters).map(([counter, board]) =>
      make("li", { class: board.state }, make("b", {}, counter), make("span", {}, board.ticket ?? "—"), make("small", {}, said(...STATES[board.state]))),
    ),
  );
}

function about(data) {
  return Object.entries(data).map(([name, value]) => `${name} ${typeof value === "object" ? JSON.stringify(value) : value}`).join(" · ");
}

function row(fact) {
  const at = inHall(fact.at);
  return make(
    "tr",
    { "data-seq": fact.seq },
    make("td", {}, String(fact.seq)),
    make("td", {}, `${hourMinute(at)}:${String(at.getUTCSeconds()).padStart(2, "0")}`, fact.time_trusted ? null : " ?"),
    make("td", {}, fact.type),
    make("td", {}, about(fact.data), fact.cause ? make("small", { class: "quiet" }, ` ← ${fact.cause}`) : null),
  );
}

const chosen = () => ({ ticket: byId("ticket").value.trim().toUpperCase(), counter: byId("counter").value, kind: byId("kind").value });

function fits(fact) {
  const { ticket, counter, kind } = chosen();
  return (!ticket || fact.data.ticket === ticket) && (!counter || fact.data.counter === counter) && fact.type.startsWith(kind);
}

async function look(before) {
  const asked = new URLSearchParams(Object.entries(chosen()).filter(([, value]) => value));
  if (before) asked.set("before", before);
  const mine = [];
  if (!before) meanwhile = mine;
  const found = await wanted("GET", `/api/facts?${asked}`);
  if (!found || (!before && mine !== meanwhile)) return; // refused, or asked again since
  const rows = found.facts.map(row);
  if (before) byId("facts").append(...rows);
  else {
    byId("facts").replaceChildren(...rows);
    mine.forEach(show);
    meanwhile = [];
  }
  oldest = found.facts.at(-1)?.seq ?? oldest;
  byId("older").disabled = found.facts.length === 0;
}

byId("filter").addEventListener("submit", (event) => {
  event.preventDefault();
  look();
});
for (const id of ["counter", "kind"]) byId(id).addEventListener("change", () => look());
byId("older").addEventListener("click", () => look(oldest));
byId("pause").addEventListener("click", () => {
  const still = byId("pause").getAttribute("aria-pressed") !== "true";
  byId("pause").setAttribute("aria-pressed", String(still));
  if (!still) look();
});

function show(fact) {
  if (byId("pause").getAttribute("aria-pressed") === "true" || !fits(fact)) return;
  if (document.querySelector(`#facts [data-seq="${fact.seq}"]`)) return;
  byId("facts").prepend(row(fact));
  while (byId("facts").children.length > MOST) byId("facts").lastChild.remove();
}

listen(showHall, () => {}, { vi: ": xem máy và mạng.", en: ": look at the machine and the network." });
await look();
const facts = new EventSource("/api/facts/stream");
facts.onmessage = (event) => {
  const fact = JSON.parse(event.data);
  meanwhile.push(fact);
  if (meanwhile.length > MOST) meanwhile.shift();
  show(fact);
};
facts.onerror = () => {
  if (facts.readyState === EventSource.CLOSED) signInAgain(facts.url);
};
facts.onopen = () => look(); // whatever was written down before it was open
