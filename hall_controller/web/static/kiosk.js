// The touch page: purpose, agency, field, and a number; an agency with one field gives the number at once.
// One wish at a time; whatever goes wrong, the first question comes back.

import { both, hourMinute, isLost, listen, make, now, post } from "./hall.js";
import { guardTouches, listenToReader } from "./kiosk-hands.js";
import { closedTold, dossierShown, numberGiven, part, procedureShown, refusalTold, slipGiven } from "./kiosk-outcome.js";
import { dossierCode, search } from "./kiosk-search.js";
import { QUESTIONS, WORDS, about } from "./kiosk-words.js";

/** The number stands this long, so that it can be read and remembered. */
const NUMBER_MS = 6000;
const ADVICE_MS = 5000;
const SLIP_MS = 12_000;
/** Whoever walks away leaves the first question to the next visitor; who only reads is warned before. */
const IDLE_MS = 30_000;
const READING_MS = 60_000;
const WARNING_MS = 8000;
/** A finger that bounces does not answer the next question too. */
const SETTLE_MS = 300;
/** The hand that took a number does not also send it away. */
const STANDS_AT_LEAST_MS = 1200;
const CATALOGUE_MS = 2000;
const LOOK_UP_MS = 5000;
const FEW = 4;

const byId = (id) => document.getElementById(id);
const page = document.documentElement;
const main = byId("kiosk");
const answers = byId("answers");
const detail = byId("detail");
const outcome = byId("outcome");
const kiosk = /^[a-z0-9][a-z0-9-]{0,31}$/.test(main.dataset.kiosk) ? main.dataset.kiosk : undefined;

const fresh = () => ({ step: "purpose", purpose: null, agency: null, service: null, priority: null, before: null, again: null });
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

const settled = () => !busy && !isLost() && performance.now() - drawnAt > SETTLE_MS;
const canServe = (service) => service.open || service.online_only;
const serviceOf = (id) => catalogue.services.find((service) => service.id === id);
const forPurpose = () => catalogue.services.filter((service) => service.purposes.includes(chosen.purpose));

/** When the first of an agency's fields opens again. */
function agencyOpens(services) {
  const next = services.filter((service) => service.next_opening).sort((a, b) => a.next_opening.localeCompare(b.next_opening))[0];
  return next?.opens ?? WORDS.closed;
}

function answer(id, name, note, closed, then) {
  const button = make("button", { type: "button", "data-id": id, class: closed ? "closed" : "" }, make("span", { class: "name" }, both(name)), note ? make("span", { class: "about" }, both(note)) : null);
  button.addEventListener("click", () => settled() && then(button));
  return make("li", {}, button);
}

function agencyAnswer(agency) {
  const services = forPurpose().filter((service) => service.agency === agency.id);
  if (!services.length) return [];
  if (services.length === 1) return [answer(agency.id, agency.name, about(services[0]), !canServe(services[0]), (button) => wish(services[0], button))];
  const closed = !services.some(canServe);
  const fields = (language) => services.map((service) => service.name[language]).join(" · ");
  const note = closed ? agencyOpens(services) : { vi: fields("vi"), en: fields("en") };
  return [answer(agency.id, agency.name, note, closed, () => go({ step: "field", agency: agency.id }))];
}

const STEPS = {
  purpose: () => {
    const service = chosen.service && serviceOf(chosen.service);
    const purposes = catalogue.purposes.filter((one) => !service || service.purposes.includes(one.id));
    return purposes.map((one) =>
      answer(one.id, one.name, null, false, (button) => {
        chosen.purpose = one.id;
        if (service) wish(service, button);
        else go({ step: "agency" });
      }),
    );
  },
  agency: () => catalogue.agencies.flatMap(agencyAnswer),
  field: () =>
    forPurpose()
      .filter((service) => service.agency === chosen.agency)
      .map((service) => answer(service.id, service.name, about(service), !canServe(service), (button) => wish(service, button))),
  priority: () => [
    ...catalogue.priorities.map((one) => answer(one.id, one.name, { vi: one.basis, en: "" }, false, () => go({ ...chosen.before, before: null, priority: one.id }))),
    answer("none", WORDS.noPriority, null, false, () => go({ ...chosen.before, before: null, priority: null })),
  ],
};

/** Pages that are more than a list of answers; what they are made of, and what is typed into. */
const PAGES = {
  search: () => search(() => catalogue, { field: fieldFound, procedure: showProcedure }),
  dossier: () => dossierCode(lookUp),
};

function fieldFound(service, button) {
  if (!settled()) return;
  if (!canServe(service) || service.online_only || chosen.purpose) wish(service, button);
  else go({ step: "purpose", service: service.id });
}

function go(changes) {
  chosen = { ...chosen, ...changes };
  leaveAt = null;
  if (chosen.step === "detail") chosen.again();
  else draw();
  main.scrollTop = 0;
  if (document.activeElement === document.body || !document.activeElement?.classList.contains("line")) byId("question").focus({ preventScroll: true });
}

const BEFORE = { agency: { step: "purpose", purpose: null }, field: { step: "agency", agency: null } };

function back() {
  if (busy || (leaveAt !== null && performance.now() - drawnAt < STANDS_AT_LEAST_MS)) return;
  if (chosen.before) go({ ...chosen.before, before: null });
  else if (leaveAt === null && BEFORE[chosen.step]) go(BEFORE[chosen.step]);
  else restart();
}

function restart() {
  go(fresh());
}

function draw() {
  if (!catalogue) return;
  outdated = false;
  drawnAt = performance.now();
  const { step } = chosen;
  page.dataset.step = step;
  outcome.hidden = true;
  byId("question").hidden = false;
  byId("question").replaceChildren(both(QUESTIONS[step]));
  const made = PAGES[step]?.();
  const list = made ? [] : STEPS[step]();
  main.classList.toggle("few", !made && list.length <= FEW);
  answers.hidden = Boolean(made);
  answers.replaceChildren(...list);
  detail.hidden = !made;
  detail.replaceChildren(...(made?.parts ?? []));
  made?.line.focus({ preventScroll: true });
  byId("back").hidden = step === "purpose" && !chosen.service;
  byId("back").replaceChildren(both(WORDS.back));
  byId("hint").textContent = "";
  drawTools();
  drawMore();
}

/** More answers than the glass is high: a button goes on to them, and back to the first. */
function drawMore() {
  const high = outcome.hidden && detail.hidden && main.scrollHeight > main.clientHeight + 8;
  const atEnd = main.scrollTop + main.clientHeight > main.scrollHeight - 8;
  byId("more").hidden = !high;
  const text = atEnd ? WORDS.top : WORDS.more;
  if (byId("more").dataset.text !== text.vi) byId("more").replaceChildren(both(text));
  byId("more").dataset.text = text.vi;
}

function tool(id, name, note, then, pressed) {
  const button = make("button", { type: "button", "data-tool": id, "aria-pressed": pressed }, both(name), note ? make("span", { class: "about" }, both(note)) : null);
  button.addEventListener("click", () => settled() && then());
  return button;
}

/** What else can be done here: look something up, or say that one goes first. */
function drawTools() {
  const { step } = chosen;
  const tools = [];
  const start = step === "purpose" && !chosen.service;
  if (start) tools.push(tool("search", WORDS.searchStart, WORDS.searchAbout, () => go({ step: "search" })));
  if (start && catalogue.dossiers) tools.push(tool("dossier", WORDS.dossierStart, WORDS.dossierAbout, () => go({ step: "dossier" })));
  if (step === "agency" || step === "field") tools.push(tool("search", WORDS.search, null, () => go({ step: "search", before: { step } })));
  const asks = ["agency", "field", "detail"].includes(step) || (step === "purpose" && chosen.service);
  if (asks && catalogue.priorities.length) {
    const mine = catalogue.priorities.find((one) => one.id === chosen.priority);
    const name = mine ? { vi: `${WORDS.priority.vi}: ${mine.name.vi}`, en: `${WORDS.priority.en}: ${mine.name.en}` } : WORDS.priority;
    tools.push(tool("priority", name, null, () => go({ step: "priority", before: { step } }), String(Boolean(mine))));
  }
  if (step === "priority") tools.push(part("how", WORDS.selfDeclared));
  const place = start ? byId("start") : byId("tools");
  byId("start").replaceChildren();
  byId("tools").replaceChildren();
  place.replaceChildren(...tools);
}

/** One screen that is no question: what happened, standing for a while. */
function stand(forMs, kind, ...parts) {
  drawnAt = performance.now();
  answers.hidden = detail.hidden = byId("question").hidden = true;
  byId("start").replaceChildren();
  byId("tools").replaceChildren();
  page.dataset.step = kind;
  outcome.hidden = false;
  outcome.className = `outcome ${kind}`;
  outcome.replaceChildren(...parts.flat().filter(Boolean));
  byId("hint").textContent = "";
  byId("back").hidden = false;
  byId("back").replaceChildren(both(WORDS.done));
  leaveAt = forMs === null ? null : performance.now() + forMs;
  drawMore();
}

const adviceMs = (retryAfter) => Math.max(ADVICE_MS, Math.min(retryAfter || 0, 20) * 1000);

async function wish(service, button) {
  if (!service.online_only && !service.open) {
    stand(ADVICE_MS, "advice", closedTold(service));
    return;
  }
  busy = true;
  button?.classList.add("busy");
  hint(WORDS.taking);
  const besides = { service: service.id, language: page.dataset.language, kiosk };
  const { ok, refusal, retryAfter } = service.online_only
    ? await post("/api/slips", besides)
    : await post("/api/tickets", { ...besides, purpose: chosen.purpose, priority: chosen.priority ?? undefined });
  busy = false;
  chosen = fresh();
  if (refusal) stand(adviceMs(retryAfter), "advice", refusalTold(refusal));
  else if (service.online_only) stand(SLIP_MS, "slip", slipGiven(ok, service));
  else stand(NUMBER_MS, "given", numberGiven(ok, catalogue, main.dataset.prints === "yes"));
  readCatalogue();
}

/** A look-up's answer, with the number that it leads to. */
function showDetail(kind, parts, service, purpose) {
  const possible = service ? service.purposes.includes(purpose) || service.online_only : purpose;
  chosen = {
    ...fresh(),
    step: "detail",
    purpose: possible ? purpose : null,
    service: service?.id ?? null,
    priority: chosen.priority,
    before: { step: kind === "procedure" ? "search" : "dossier", service: null },
    again: () => showDetail(kind, parts, service, purpose),
  };
  const take = make("button", { type: "button", class: "take", "data-id": "take" }, make("span", { class: "name" }, both(WORDS.takeNumber)), service ? make("span", { class: "about" }, both(about(service))) : null);
  take.addEventListener("click", () => {
    if (!settled()) return;
    if (service && (chosen.purpose || !canServe(service))) wish(service, take);
    else go({ step: chosen.purpose ? "agency" : "purpose", before: null });
  });
  stand(null, kind, parts, make("div", { class: "answers" }, take));
  byId("back").replaceChildren(both(WORDS.back));
  drawTools();
}

function showProcedure(procedure, stale) {
  if (!settled()) return;
  const service = serviceOf(procedure.service);
  const online = procedure.online_only && service ? { ...service, online_only: true } : service;
  showDetail("procedure", procedureShown(procedure, stale), online, procedure.purposes.includes("submit") ? "submit" : procedure.purposes[0]);
}

async function lookUp(code) {
  if (busy || isLost() || !catalogue) return;
  busy = true;
  hint(WORDS.lookingUp);
  let told;
  try {
    const answer = await fetch(`/api/dossiers/${encodeURIComponent(code)}`, { signal: AbortSignal.timeout(LOOK_UP_MS) });
    told = { found: answer.ok, said: await answer.json() };
  } catch {
    told = { found: false, said: { code: "unreachable", text: WORDS.askAtDesk } };
  }
  busy = false;
  if (told.found) showDetail("dossier", dossierShown(told.said), told.said.service && serviceOf(told.said.service), told.said.purpose);
  else {
    chosen = { ...fresh(), step: "dossier" };
    stand(ADVICE_MS, "advice", make("p", { class: "code" }, code.toUpperCase()), refusalTold(told.said));
  }
}

function hint(text) {
  byId("hint").replaceChildren(both(text));
}

/** Every touch is answered, also the one that does nothing. */
function touched() {
  touchedAt = performance.now();
  if (busy) hint(WORDS.wait);
  else if (byId("hint").dataset.leaving) hint({ vi: "", en: "" });
  delete byId("hint").dataset.leaving;
}

document.addEventListener("pointerdown", () => ((pressing = true), touched()), true);
document.addEventListener("keydown", touched, true);
for (const end of ["pointerup", "pointercancel"]) {
  document.addEventListener(end, () => setTimeout(() => (pressing = false)), true);
}
main.addEventListener("scroll", drawMore);
byId("more").addEventListener("click", () => {
  const atEnd = byId("more").dataset.text === WORDS.top.vi;
  main.scrollTo({ top: atEnd ? 0 : main.scrollTop + main.clientHeight * 0.8, behavior: "instant" });
});
byId("back").addEventListener("click", back);
document.addEventListener("keydown", (event) => event.key === "Escape" && back());
byId("language").addEventListener("click", () => {
  const english = page.dataset.language !== "en";
  page.dataset.language = page.lang = english ? "en" : "vi";
  byId("language").textContent = english ? "Tiếng Việt" : "English";
  byId("language").lang = english ? "vi" : "en";
});
guardTouches(byId("veil"));
listenToReader((code) => catalogue?.dossiers && lookUp(code));

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
    drawNotes();
    refresh();
  } catch {
    // the banner says that there is no connection; the next telling asks again
  }
}

/** What is true of every number that is taken now. */
function drawNotes() {
  const notes = [catalogue.printer === "out" ? WORDS.paperOut : null, catalogue.guarded ? WORDS.guarded : null].filter(Boolean);
  byId("notes").hidden = !notes.length;
  byId("notes").replaceChildren(...notes.map((note) => part("note", note)));
}

/** New numbers on the same question; nothing moves under a finger, and nothing that is being typed is lost. */
function refresh() {
  if (!outdated || pressing || busy || leaveAt !== null || !outcome.hidden || PAGES[chosen.step]) return;
  const began = drawnAt;
  const at = document.activeElement?.dataset?.id;
  draw();
  if (began) drawnAt = began;
  if (at) answers.querySelector(`[data-id="${at}"]`)?.focus({ preventScroll: true });
}

function leaveIdle(at) {
  const idle = at - touchedAt;
  const longest = ["search", "dossier", "detail"].includes(chosen.step) ? READING_MS : IDLE_MS;
  const begun = chosen.step !== "purpose" || chosen.service || page.dataset.language === "en";
  if (busy || leaveAt !== null || !begun) return;
  if (idle > longest) {
    if (page.dataset.language === "en") byId("language").click();
    restart();
  } else if (idle > longest - WARNING_MS && !byId("hint").dataset.leaving) {
    byId("hint").dataset.leaving = "yes";
    hint(WORDS.leaving);
  }
}

listen(
  (state) => {
    byId("training").hidden = !state.hall.training;
    if (performance.now() - askedAt > CATALOGUE_MS) readCatalogue();
  },
  () => {
    const at = performance.now();
    byId("time").textContent = hourMinute(now());
    main.inert = byId("foot").inert = isLost();
    if (leaveAt !== null && at > leaveAt) restart();
    refresh();
    leaveIdle(at);
  },
  { vi: ", mời quý khách lấy số tại bàn hướng dẫn", en: ", please take a number at the guidance desk", halted: WORDS.halted },
);
readCatalogue();
