// What the pages of those who work there share: two languages one at a time, sounds, what was answered, panels.
// Never here: what a key or a button does.

import { make } from "./hall.js";

const page = document.documentElement;

export const byId = (id) => document.getElementById(id);

function kept(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null; // a browser that keeps nothing
  }
}

function keep(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // asked again next time
  }
}

/** A text in both languages, of which the style shows the chosen one. */
export const words = (vi, en) => make("span", { class: "words" }, make("span", { class: "vi", lang: "vi" }, vi), make("span", { class: "en", lang: "en" }, en));
export const wordsOf = (text) => words(text.vi, text.en);
export const chosen = (text) => (page.dataset.language === "en" ? text.en : text.vi);

export function speak(language) {
  page.dataset.language = page.lang = language;
  keep("hall.language", language);
}
export const otherLanguage = () => speak(page.dataset.language === "en" ? "vi" : "en");

// --- sounds: off until asked for, each kind known without looking

let audio = null;
let sounds = kept("hall.sounds") === "on";
const TONES = { sent: [[1400, 0.03]], done: [[660, 0.07], [990, 0.09]], no: [[220, 0.28]] };

function play(kind) {
  if (!sounds || !TONES[kind]) return;
  audio ??= new AudioContext();
  let at = audio.currentTime;
  for (const [hertz, seconds] of TONES[kind]) {
    const tone = new OscillatorNode(audio, { frequency: hertz });
    const volume = new GainNode(audio, { gain: 0.12 });
    tone.connect(volume).connect(audio.destination);
    tone.start(at);
    tone.stop(at + seconds);
    at += seconds;
  }
}

export function toggleSounds(button) {
  sounds = !sounds;
  keep("hall.sounds", sounds ? "on" : "off");
  showSounds(button);
  play("done");
}
export const showSounds = (button) => button.setAttribute("aria-pressed", String(sounds));

// --- what became of the last press: sent, done and refused differ in sign, words and sound

const SIGNS = { sent: "▸", done: "✓", no: "✕" };

/** `kind` is sent, done or no; a refusal stays until the next key. */
export function say(kind, vi, en) {
  const result = byId("result");
  result.className = `result ${kind}`;
  result.replaceChildren(make("span", { class: "sign", "aria-hidden": "true" }, SIGNS[kind] ?? ""), words(vi, en));
  play(kind);
}

const SHOWN_MS = 900;

/** Marks a button: "sent" from the press to the answer, then "done" or "no" for a moment. */
export function mark(button, kind) {
  if (!button) return;
  button.dataset.mark = kind;
  if (kind === "sent") return;
  setTimeout(() => {
    if (button.dataset.mark === kind) delete button.dataset.mark;
  }, SHOWN_MS);
}

// --- panels: one at a time, opened by a key, left by Escape

let open = null;

export const panelIsOpen = () => open !== null;

export function closePanel() {
  if (!open) return;
  open.hidden = true;
  open = null;
  document.activeElement?.blur();
}

export function openPanel(id, focus) {
  closePanel();
  open = byId(id);
  open.hidden = false;
  open.scrollIntoView({ block: "nearest" });
  focus?.focus();
}

/** Enter in a list of choices sends its form, as in a line of text; browsers do it only there. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.repeat || !event.target.closest?.("select") || !event.target.form) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});

/** The guide, from any page that has one. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "?" || event.repeat || event.target.closest?.("input, select")) return;
  document.querySelector('.tools [href^="/guides/"]')?.click();
});

// --- words and times

export const minutes = (milliseconds) => Math.max(0, Math.floor(milliseconds / 60_000));
export const inMinutes = (milliseconds) => words(`${minutes(milliseconds)} phút`, `${minutes(milliseconds)} min`);

/** "4:07", "1:02:09". */
export function clock(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, "0"));
  const hours = Math.floor(seconds / 3600);
  return hours ? `${hours}:${parts.join(":")}` : parts.join(":").replace(/^0/, "");
}

speak(kept("hall.language") === "en" ? "en" : "vi");
