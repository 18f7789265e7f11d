// The live hall in a page: one stream, one clock, one banner. A page gives a function and gets the whole state.
// Never here: what a page looks like.

/** A page that has heard nothing for this long says so; the controller speaks every second. */
const SILENCE_MS = 2500;
/** A connection that is silent this long is half open: take a new one. */
const RENEW_MS = 5000;
/** No press is longer; a finger whose leaving was never told keeps nothing back for good. */
const LONGEST_PRESS_MS = 5000;

import { obey } from "./orders.js";

const page = document.documentElement;
/** A kiosk says which one it is: as long as its page listens, the technician sees it as ready. */
const kiosk = document.getElementById("kiosk")?.dataset.kiosk;
const STREAM = kiosk ? `/api/hall/stream?kiosk=${encodeURIComponent(kiosk)}` : "/api/hall/stream";
let local = Date.parse(page.dataset.local.slice(0, 19) + "Z"); // the hall's wall clock, read as if it were UTC
let heardAt = performance.now();
let zoneMs = 0;
let lost = null;
let state = null;

/** Now on the hall's clock; use its getUTC... only. */
export const now = () => new Date(local + performance.now() - heardAt);

/** A moment of the API on the hall's clock. */
export const inHall = (time) => new Date(Date.parse(time) + zoneMs);

const two = (n) => String(n).padStart(2, "0");
export const hourMinute = (date) => `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;

const WEEKDAYS = ["Chủ Nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"];
const WEEKDAYS_EN = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const figures = (date) => `${two(date.getUTCDate())}/${two(date.getUTCMonth() + 1)}/${date.getUTCFullYear()}`;
export const day = (date) => `${WEEKDAYS[date.getUTCDay()]}, ${figures(date)}`;
export const dayEn = (date) => `${WEEKDAYS_EN[date.getUTCDay()]}, ${figures(date)}`;

/** An expected wait, rounded up to five minutes: a finer one would promise what nobody can keep. */
export function wait(seconds) {
  if (seconds === null) return null;
  const minutes = Math.ceil(seconds / 300) * 5;
  return minutes <= 5 ? { vi: "dưới 5 phút", en: "under 5 minutes" } : { vi: `khoảng ${minutes} phút`, en: `about ${minutes} minutes` };
}

/** An element: `make("p", {class: "quiet"}, "text", child)`. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** A text in both languages; which is large is the page's choice. */
export const both = (text) =>
  make("span", { class: "both" }, make("span", { class: "vi", lang: "vi" }, text.vi), make("span", { class: "en", lang: "en" }, text.en));

/** A new name for a wish; the same one again gets the first answer. */
export function requestId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => two(byte.toString(16))).join("");
}

const TRIES = 3;
const TRY_MS = 4500;
const UNREACHABLE = {
  code: "unreachable",
  text: { vi: "Không liên lạc được với hệ thống, xin thử lại.", en: "The controller does not answer; please try again." },
};

/** POST a wish; tried again under the same name when no answer comes, so it happens once at most. */
export async function post(path, wish) {
  const body = JSON.stringify({ ...wish, request_id: requestId() });
  for (let tried = 1; ; tried++) {
    try {
      const answer = await fetch(path, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
        signal: AbortSignal.timeout(TRY_MS),
      });
      const said = await answer.json();
      return answer.ok ? { ok: said } : { refusal: said, retryAfter: Number(answer.headers.get("retry-after")) || 0 };
    } catch {
      if (tried === TRIES) return { refusal: UNREACHABLE, retryAfter: 0 };
      await new Promise((done) => setTimeout(done, 300 * tried));
    }
  }
}

/** Show both languages of a sentence in the page's banner; null takes it away. */
function banner(text) {
  const band = document.getElementById("banner");
  const said = text ? text.vi + text.en : "";
  if (band.dataset.said === said) return;
  band.dataset.said = said;
  band.hidden = !text;
  band.replaceChildren(...(text ? [make("span", { class: "vi", lang: "vi" }, text.vi), make("span", { class: "en", lang: "en" }, text.en)] : []));
}

function tellTrouble(advice) {
  page.classList.toggle("stale", lost !== null);
  if (lost !== null) {
    const since = hourMinute(lost);
    banner({ vi: `Mất kết nối từ ${since}${advice.vi}`, en: `No connection since ${since}${advice.en}` });
  } else if (state?.unavailable_since) {
    const since = hourMinute(inHall(state.unavailable_since));
    const what = advice.halted ?? { vi: "Hệ thống không ghi được dữ liệu", en: "The journal cannot be written" };
    banner({ vi: `${what.vi} từ ${since}${advice.vi}`, en: `${what.en} since ${since}${advice.en}` });
  } else {
    banner(null);
  }
}

/** A stream that a session opened ends with it: whoever looks at the page signs in again. */
export async function signInAgain(path) {
  const answer = await fetch(path, { method: "HEAD" }).catch(() => null);
  if (answer?.status === 401) location.assign(`/sign-in?why=sign_in_needed&next=${encodeURIComponent(location.pathname)}`);
}

let pressedAt = -Infinity;
let kept = null;

/** While a finger is on a button nothing is drawn anew, or the button would be gone before the finger leaves it: no press. */
function whenNobodyPresses(draw) {
  kept = draw;
  if (performance.now() - pressedAt > LONGEST_PRESS_MS) drawKept();
}

function drawKept() {
  const draw = kept;
  kept = null;
  draw?.();
}

document.addEventListener("pointerdown", (event) => {
  if (event.target.closest?.("button, a, summary")) pressedAt = performance.now();
}, true);
for (const end of ["pointerup", "pointercancel"]) {
  document.addEventListener(end, () => {
    setTimeout(() => { // the click comes first
      pressedAt = -Infinity;
      drawKept();
    });
  }, true);
}

/**
 * Listen to the hall: `onState(state)` on every telling, `onTick()` four times a second.
 * `advice` is what to do while there is no connection, its `halted` what visitors read while the journal takes nothing. `isLost()` tells whether that is so.
 * `path` is another stream than that of the whole hall; what a telling leaves out is as it was told before.
 */
export function listen(onState, onTick = () => {}, advice = { vi: "", en: "" }, path = STREAM) {
  let source = null;
  let openedAt = 0;
  let seenAt = heardAt; // silence counts while somebody can see the page

  const open = () => {
    source?.close();
    openedAt = performance.now();
    source = new EventSource(path);
    source.onerror = (event) => { if (event.target.readyState === EventSource.CLOSED) signInAgain(path); };
    source.addEventListener("order", (event) => obey(JSON.parse(event.data)));
    source.onmessage = (event) => {
      state = { ...state, ...JSON.parse(event.data) };
      heardAt = performance.now();
      local = Date.parse(state.local.slice(0, 23) + "Z");
      zoneMs = local - Date.parse(state.time);
      lost = null;
      tellTrouble(advice);
      whenNobodyPresses(() => onState(state));
    };
  };

  const tick = () => {
    const silent = performance.now() - Math.max(heardAt, seenAt) > SILENCE_MS && !document.hidden;
    if (silent && lost === null) {
      lost = new Date(local);
      tellTrouble(advice);
    }
    if (silent && performance.now() - openedAt > RENEW_MS) open();
    onTick();
  };

  // A browser holds six connections to a server, and each stream keeps one: a page that nobody sees gives its own back.
  const turned = () => {
    seenAt = performance.now();
    if (document.hidden) source.close();
    else open();
  };

  open(); // whatever a page that is just being made says of itself
  document.addEventListener("visibilitychange", turned);
  setInterval(tick, 250);
}

export const isLost = () => lost !== null;
