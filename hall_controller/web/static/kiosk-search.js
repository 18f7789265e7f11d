// Looking for a field, a procedure or a dossier by typing: a line of text, keys on the glass, and what was found.
// Never here: what happens with what was chosen (kiosk.js).

import { both, make } from "./hall.js";
import { WORDS, about, plain } from "./kiosk-words.js";

const ROWS = ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"];
const MARKS = "-./";
const LONGEST = 60;
const MOST = 6;
/** The controller is asked when the hand rests this long. */
const REST_MS = 250;
const TOO_MANY = 429;

/** Every word that was typed begins a word of the text. */
export function matches(typed, text) {
  const words = ` ${plain(text).replace(/[^a-z0-9]+/g, " ")}`;
  return plain(typed)
    .split(/\s+/)
    .filter(Boolean)
    .every((word) => words.includes(` ${word}`));
}

/** The fields of the catalogue that fit, each with its agency's name. */
export function fields(catalogue, typed) {
  const names = new Map(catalogue.agencies.map((agency) => [agency.id, agency.name]));
  return catalogue.services
    .map((service) => ({ service, agency: names.get(service.agency) }))
    .filter(({ service, agency }) => matches(typed, [service.name.vi, service.name.en, agency?.vi, agency?.en].join(" ")))
    .slice(0, MOST);
}

async function procedures(typed) {
  try {
    const answer = await fetch(`/api/procedures?limit=${MOST}&q=${encodeURIComponent(typed)}`, { signal: AbortSignal.timeout(4000) });
    return answer.ok ? await answer.json() : { procedures: [], refused: answer.status === TOO_MANY ? WORDS.lookUpsHalted : null };
  } catch {
    return null;
  }
}

function key(label, id, then, kind = "") {
  const button = make("button", { type: "button", class: kind, "data-key": id }, label);
  button.addEventListener("click", then);
  return button;
}

/**
 * A line to type in and the keys for it, as an element.
 * `onText(text)` after each letter; `onEnter(text)` when it is done; `marks` adds what codes need.
 */
export function typing({ marks = false, action = null, onText = () => {}, onEnter = () => {} }) {
  const line = make("input", {
    type: "text",
    class: "line",
    maxlength: String(LONGEST),
    autocomplete: "off",
    spellcheck: "false",
    inputmode: "none",
    "aria-label": WORDS.typed.vi + " · " + WORDS.typed.en,
  });
  const changed = () => onText(line.value);
  const type = (letter) => {
    if (line.value.length < LONGEST) line.value += letter;
    changed();
  };
  const erase = () => {
    line.value = line.value.slice(0, -1);
    changed();
  };
  line.addEventListener("input", changed);
  line.addEventListener("keydown", (event) => {
    if (event.key === "Enter") onEnter(line.value);
  });
  const last = [
    ...(marks ? [...MARKS].map((mark) => key(mark, mark, () => type(mark))) : [key(both(WORDS.space), " ", () => type(" "), "wide")]),
    key(both(WORDS.erase), "erase", erase, "wide"),
    action ? key(both(action), "enter", () => onEnter(line.value), "wide action") : null,
  ];
  const rows = ROWS.map((row) => make("div", {}, ...[...row].map((letter) => key(letter.toUpperCase(), letter, () => type(letter)))));
  const keys = make("div", { class: "keys", role: "group", "aria-label": "Bàn phím · Keyboard" }, ...rows, make("div", {}, ...last));
  return { line, keys };
}

/** Whose procedure it is, and which field it belongs to. */
export const where = (procedure) => {
  const names = [procedure.agency_name, procedure.service_name].filter(Boolean);
  return { vi: names.map((name) => name.vi).join(" · "), en: names.map((name) => name.en).join(" · ") };
};

function result(name, under, note, closed, then) {
  const lines = [make("span", { class: "name" }, name.en ? both(name) : make("span", { lang: "vi" }, name.vi)), under ? make("span", { class: "about" }, both(under)) : null, note ? make("span", { class: "about" }, both(note)) : null];
  const button = make("button", { type: "button", class: closed ? "closed" : "" }, ...lines);
  button.addEventListener("click", () => then(button));
  return make("li", {}, button);
}

/** A page that looks while one types; `choose.field(service)`, `choose.procedure(procedure)`. */
export function search(catalogue, choose) {
  const list = make("ul", { class: "answers found" });
  const said = make("p", { class: "how", role: "status" }, both(WORDS.searchHow));
  let asked = 0;

  const show = (typed, listed) => {
    const ofFields = fields(catalogue(), typed).map(({ service, agency }) =>
      result(service.name, agency, about(service), !service.open && !service.online_only, (button) => choose.field(service, button)),
    );
    const ofProcedures = (listed?.procedures ?? []).map((procedure) =>
      result({ vi: procedure.name }, where(procedure), null, false, () => choose.procedure(procedure, listed.stale)),
    );
    list.replaceChildren(...ofFields.slice(0, listed ? 2 : MOST), ...ofProcedures);
    said.replaceChildren(both(listed?.refused ?? (list.children.length || !listed ? WORDS.searchHow : WORDS.nothingFound)));
  };
  const onText = (typed) => {
    const mine = ++asked;
    if (!typed.trim()) {
      list.replaceChildren();
      said.replaceChildren(both(WORDS.searchHow));
      return;
    }
    show(typed, null);
    setTimeout(async () => {
      if (mine !== asked) return;
      const listed = await procedures(typed);
      if (mine === asked) show(typed, listed);
    }, REST_MS);
  };
  const { line, keys } = typing({ onText });
  return { line, parts: [line, said, list, keys] };
}

/** A page for the code of a receipt; `onCode(code)`. */
export function dossierCode(onCode) {
  const { line, keys } = typing({ marks: true, action: WORDS.lookUp, onEnter: (code) => code.trim() && onCode(code) });
  return { line, parts: [line, make("p", { class: "how" }, both(WORDS.dossierHow)), keys] };
}
