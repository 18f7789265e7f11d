// What stands on the glass when it is no question: a number, a slip, a refusal, a procedure, a dossier.
// Elements only. Never here: how long they stand, or what a touch does (kiosk.js).

import { both, make } from "./hall.js";
import { where } from "./kiosk-search.js";
import { WORDS, ahead, counterNames, days, dong, sinceDay } from "./kiosk-words.js";

const MOST_COUNTERS = 4;

export const part = (kind, text) => (text ? make("p", { class: kind }, both(text)) : null);

function paper(ticket, prints) {
  if (ticket.printed) return part("more", WORDS.paperBelow);
  return prints ? part("paper", WORDS.noPaper) : part("more", WORDS.remember);
}

/** The number: the loudest thing there is, then where to go and how long it takes. */
export function numberGiven(ticket, catalogue, prints) {
  const names = catalogue.counters.filter((counter) => counter.queues.includes(ticket.queue)).map((counter) => counter.name);
  const known = names.length <= MOST_COUNTERS ? counterNames(names) : null;
  return [
    part("lead", WORDS.yourNumber),
    make("p", { class: "number" }, ticket.number),
    ticket.guarded ? part("paper", ticket.text) : part("counters", known),
    ticket.guarded ? null : part("more", ahead(ticket)),
    paper(ticket, prints),
  ];
}

/** Where a field that is online only is found. */
export function slipGiven(slip, service) {
  return [
    part("lead", service.name),
    part("advice", WORDS.onlineAt),
    make("p", { class: "url" }, slip.portal || service.portal || "—"),
    part("more", slip.printed ? WORDS.slipPrinted : WORDS.slipNot),
  ];
}

/** Why nothing happened, and where somebody helps. */
export function refusalTold(refusal) {
  const helpless = ["unreachable", "journal_unavailable", "not_ready", "internal"].includes(refusal.code);
  const told = refusal.code === "journal_unavailable" ? WORDS.haltedNow : refusal.text;
  return [part("advice", told), helpless ? part("more", WORDS.askAtDesk) : null];
}

/** A field that is closed: when it opens. */
export const closedTold = (service) => [part("lead", service.name), part("advice", service.opens ?? WORDS.closed)];

function fact(name, ...values) {
  return [make("dt", {}, both(name)), make("dd", {}, ...values)];
}

/** A procedure of the list; what the list does not say is asked at the counter. */
export function procedureShown(procedure, stale) {
  const bring = procedure.bring
    .split(";")
    .map((one) => one.trim())
    .filter(Boolean);
  const known = procedure.online_only ? WORDS.online : counterNames(procedure.counters.map((counter) => counter.name));
  return [
    make("h2", { lang: "vi" }, procedure.name),
    make("p", { class: "about" }, both(where(procedure))),
    make(
      "dl",
      {},
      ...fact(WORDS.bring, bring.length ? make("ul", { lang: "vi" }, ...bring.map((one) => make("li", {}, one[0].toUpperCase() + one.slice(1)))) : both(WORDS.unknown)),
      ...fact(WORDS.fee, both(procedure.fee_vnd === null ? WORDS.unknown : dong(procedure.fee_vnd))),
      ...fact(WORDS.timeLimit, both(procedure.time_limit_days === null ? WORDS.unknown : days(procedure.time_limit_days))),
      ...fact(WORDS.counters, both(known ?? WORDS.unknown)),
    ),
    stale ? part("paper", WORDS.oldList) : null,
  ];
}

/** How far a dossier has come. */
export function dossierShown(dossier) {
  return [
    make("p", { class: "code" }, dossier.code),
    part("advice state", dossier.text),
    part("more", sinceDay(dossier.since)),
    dossier.stale ? part("paper", WORDS.oldList) : null,
  ];
}
