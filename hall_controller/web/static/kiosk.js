// The touch page: purpose, agency, field, and a number. One wish at a time; whatever goes wrong, the first question comes back.

import { both, hourMinute, isLost, listen, make, now, post, wait } from "./hall.js";

/** The number stands this long, so that it can be read and remembered. */
const NUMBER_MS = 6000;
const ADVICE_MS = 5000;
/** Whoever walks away leaves the first question to the next visitor. */
const IDLE_MS = 30_000;
/** A finger that bounces does not answer the next question too. */
const SETTLE_MS = 300;
const CATALOGUE_MS = 2000;

const byId = (id) => document.getElementById(id);
const page = document.documentElement;
const answers = byId("answers");
const outcome = byId("outcome");
const prints = byId("kiosk").dataset.prints === "yes";
const kiosk = /^[a-z0-9][a-z0-9-]{0,31}$/.test(byId("kiosk").dataset.kiosk) ? byId("kiosk").dataset.kiosk : undefined;

const fresh = () => ({ step: "purpose", purpose: null, agency: null, priority: null });
let chosen = fresh();
let catalogue = null;
let offered = "";
let outdated = false; // what is drawn is older than the catalogue
let pressing = false; // a finger is on the glass: what it touches must still be there when it leaves
let busy = false;
let drawnAt = 0;
let touchedAt = performance.now();
let leaveAt = null;
let askedAt = 0;

const QUESTIONS = {
  purpose: { vi: "Quý khách cần làm gì?", en: "What would you like to do?" },
  agency: { vi: "Quý khách cần gặp cơ quan nào?", en: "Which agency?" },
  field: { vi: "Quý khách chọn lĩnh vực", en: "Which field?" },
};
const BACK = { vi: "Quay lại", en: "Back" };
const MORE = { vi: "Xem thêm", en: "More" };
const TOP = { vi: "Về đầu trang", en: "To the top" };
const DONE = { vi: "Xong", en: "Done" };
const ASK_AT_DESK = { vi: "Mời quý khách lấy số tại bàn hướng dẫn", en: "Please take a number at the guidance desk" };

const forPurpose = () => catalogue.services.filter((service) => service.purposes.includes(chosen.purpose));
const canServe = (service) => service.open || service.online_only;

function about(service) {
  if (service.online_only) return { vi: "Chỉ nhận hồ sơ trực tuyến", en: "Online only" };
  if (!service.open) return service.opens ?? { vi: "Hiện chưa làm việc", en: "Closed now" };
  const expected = service.waiting ? wait(service.estimated_wait_s) : null;
  if (!service.waiting) return { vi: "Không phải chờ", en: "Nobody is waiting" };
  return { vi: `${service.waiting} người đang chờ${expected ? `, ${expected.vi}` : ""}`, en: `${service.waiting} waiting${expected ? `, ${expected.en}` : ""}` };
}

/** When the first of an agency's fields opens again. */
function agencyOpens(services) {
  const next = services.filter((service) => service.next_opening).sort((a, b) => a.next_opening.localeCompare(b.next_opening))[0];
  return next?.opens ?? { vi: "Hiện chưa làm việc", en: "Closed now" };
}

function answer(id, name, note, closed, then) {
  const button = make("button", { type: "button", "data-id": id, class: closed ? "closed" : "" }, both(name), note ? make("span", { class: "about" }, both(note)) : null);
  button.addEventListener("click", () => {
    if (!busy && performance.now() - drawnAt > SETTLE_MS && !isLost()) then(button);
  });
  return make("li", {}, button);
}

const STEPS = {
  purpose: () => catalogue.purposes.map((one) => answer(one.id, one.name, null, false, () => go({ step: "agency", purpose: one.id }))),
  agency: () =>
    catalogue.agencies.flatMap((agency) => {
      const services = forPurpose().filter((service) => service.agency === agency.id);
      if (!services.length) return [];
      const closed = !services.some(canServe);
      return [answer(agency.id, agency.name, closed ? agencyOpens(services) : null, closed, () => go({ step: "field", agency: agency.id }))];
    }),
  field: () =>
    forPurpose()
      .filter((service) => service.agency === chosen.agency)
      .map((service) => answer(service.id, service.name, about(service), !canServe(service), (button) => wish(service, button))),
};

function go(changes) {
  chosen = { ...chosen, ...changes };
  leaveAt = null;
  draw();
  byId("kiosk").scrollTop = 0;
}

const BEFORE = { agency: { step: "purpose", purpose: null }, field: { step: "agency", agency: null, priority: null } };

function back() {
  if (busy) return;
  if (leaveAt === null && BEFORE[chosen.step]) go(BEFORE[chosen.step]);
  else restart();
}

function restart() {
  chosen = fresh();
  leaveAt = null;
  draw();
}

function draw() {
  if (!catalogue) return;
  outdated = false;
  drawnAt = performance.now();
  outcome.hidden = true;
  answers.hidden = byId("question").hidden = false;
  byId("question").replaceChildren(...both(QUESTIONS[chosen.step]).childNodes);
  const list = STEPS[chosen.step]();
  byId("kiosk").classList.toggle("few", list.length <= 4);
  answers.replaceChildren(...list);
  byId("back").hidden = chosen.step === "purpose";
  byId("back").replaceChildren(both(BACK));
  byId("hint").textContent = "";
  drawPriorities();
  drawMore();
}

/** More answers than the glass is high: a button goes on to them, and back to the first. */
function drawMore() {
  const list = byId("kiosk");
  const high = outcome.hidden && list.scrollHeight > list.clientHeight + 8;
  const atEnd = list.scrollTop + list.clientHeight > list.scrollHeight - 8;
  byId("more").hidden = !high;
  const text = atEnd ? TOP : MORE;
  if (byId("more").dataset.text !== text.vi) byId("more").replaceChildren(both(text));
  byId("more").dataset.text = text.vi;
}

byId("kiosk").addEventListener("scroll", drawMore);
byId("more").addEventListener("click", () => {
  const list = byId("kiosk");
  const atEnd = byId("more").dataset.text === TOP.vi;
  list.scrollTo({ top: atEnd ? 0 : list.scrollTop + list.clientHeight * 0.8, behavior: "instant" });
});

function drawPriorities() {
  const shown = chosen.step === "field" && catalogue.priorities.length > 0;
  byId("priorities").hidden = !shown;
  if (!shown) return;
  const buttons = catalogue.priorities.map((priority) => {
    const pressed = chosen.priority === priority.id;
    const button = make("button", { type: "button", "aria-pressed": String(pressed), title: priority.basis }, both(priority.name));
    button.addEventListener("click", () => {
      chosen.priority = pressed ? null : priority.id;
      drawPriorities();
    });
    return button;
  });
  byId("priorities").replaceChildren(both({ vi: "Ưu tiên:", en: "Priority:" }), ...buttons);
}

/** One screen that is no question: what happened, standing for a while. */
function stand(forMs, ...parts) {
  answers.hidden = byId("question").hidden = byId("priorities").hidden = true;
  outcome.hidden = false;
  outcome.replaceChildren(...parts.filter(Boolean));
  byId("hint").textContent = "";
  byId("back").hidden = false;
  byId("back").replaceChildren(both(DONE));
  leaveAt = performance.now() + forMs;
  drawMore();
}

const part = (kind, text) => make("p", { class: kind }, both(text));

async function wish(service, button) {
  if (service.online_only) {
    post("/api/slips", { service: service.id, language: page.dataset.language, kiosk });
    stand(
      ADVICE_MS * 2,
      part("advice", { vi: "Lĩnh vực này chỉ nhận hồ sơ trực tuyến tại", en: "This field is online only, at" }),
      make("p", { class: "url" }, service.portal || "—"),
    );
    return;
  }
  busy = true;
  button.classList.add("busy");
  hint({ vi: "Đang lấy số…", en: "Taking a number…" });
  const { ok, refusal, retryAfter } = await post("/api/tickets", {
    service: service.id,
    purpose: chosen.purpose,
    language: page.dataset.language,
    priority: chosen.priority ?? undefined,
    kiosk,
  });
  busy = false;
  if (ok) showNumber(ok);
  else showRefusal(refusal, retryAfter);
  readCatalogue();
}

function showNumber(ticket) {
  const names = catalogue.counters.filter((counter) => counter.queues.includes(ticket.queue)).map((counter) => counter.name);
  const counters = names.length && names.length <= 4 ? names.join(", ") : null;
  const expected = wait(ticket.ahead ? ticket.estimated_wait_s : null);
  stand(
    NUMBER_MS,
    part("lead", { vi: "Số của quý khách", en: "Your number" }),
    make("p", { class: "number" }, ticket.number),
    ticket.guarded ? part("counters", ticket.text) : counters ? part("counters", { vi: `Quầy ${counters}`, en: `Counter ${counters}` }) : null,
    ticket.guarded ? null : part("more", {
      vi: ticket.ahead ? `Còn ${ticket.ahead} người trước quý khách${expected ? `, chờ ${expected.vi}` : ""}` : "Không có ai trước quý khách",
      en: ticket.ahead ? `${ticket.ahead} ahead of you${expected ? `, ${expected.en}` : ""}` : "Nobody is ahead of you",
    }),
    part(prints && !ticket.printed ? "paper" : "more", paperText(ticket)),
  );
}

function paperText(ticket) {
  if (ticket.printed) return { vi: "Mời quý khách nhận phiếu bên dưới", en: "Please take your ticket below" };
  if (!prints) return { vi: "Mời quý khách ghi nhớ số này", en: "Please remember this number" };
  return {
    vi: "Máy in hết giấy hoặc chưa sẵn sàng, mời quý khách ghi nhớ số này hoặc đến bàn hướng dẫn",
    en: "The printer is out of paper or not ready. Please remember this number, or ask at the guidance desk",
  };
}

function showRefusal(refusal, retryAfter) {
  const parts = [part("advice", refusal.text)];
  if (refusal.code === "unreachable" || refusal.code === "journal_unavailable") parts.push(part("more", ASK_AT_DESK));
  stand(Math.max(ADVICE_MS, Math.min(retryAfter, 20) * 1000), ...parts);
}

function hint(text) {
  byId("hint").replaceChildren(both(text));
}

/** Every touch is answered, also the one that does nothing. */
document.addEventListener(
  "pointerdown",
  () => {
    touchedAt = performance.now();
    pressing = true;
    if (busy) hint({ vi: "Đang lấy số, xin chờ giây lát…", en: "Taking a number, please wait…" });
  },
  true,
);
for (const end of ["pointerup", "pointercancel"]) {
  document.addEventListener(end, () => setTimeout(() => (pressing = false)), true);
}
byId("back").addEventListener("click", back);
byId("language").addEventListener("click", () => {
  const english = page.dataset.language !== "en";
  page.dataset.language = page.lang = english ? "en" : "vi";
  byId("language").textContent = english ? "Tiếng Việt" : "English";
  byId("language").lang = english ? "vi" : "en";
});

async function readCatalogue() {
  askedAt = performance.now();
  try {
    const answer = await fetch("/api/catalogue", { signal: AbortSignal.timeout(4000) });
    if (!answer.ok) return;
    const text = await answer.text();
    if (text === offered) return;
    offered = text;
    catalogue = JSON.parse(text);
    outdated = true;
    refresh();
  } catch {
    // the banner says that there is no connection; the next telling asks again
  }
}

/** New numbers on the same question; nothing moves under a finger. */
function refresh() {
  if (!outdated || pressing || busy || leaveAt !== null) return;
  const began = drawnAt;
  draw();
  if (began) drawnAt = began;
}

listen(
  (state) => {
    byId("training").hidden = !state.hall.training;
    if (performance.now() - askedAt > CATALOGUE_MS) readCatalogue();
  },
  () => {
    const at = performance.now();
    byId("time").textContent = hourMinute(now());
    if (leaveAt !== null && at > leaveAt) restart();
    refresh();
    const idle = at - touchedAt > IDLE_MS;
    if (idle && !busy && leaveAt === null && (chosen.step !== "purpose" || page.dataset.language === "en")) {
      if (page.dataset.language === "en") byId("language").click();
      restart();
    }
  },
  { vi: ", mời quý khách lấy số tại bàn hướng dẫn", en: ". Please take a number at the guidance desk" },
);
readCatalogue();
