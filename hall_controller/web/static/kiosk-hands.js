// Hands at the kiosk: a finger that hammers, and a reader that types a barcode. Never here: what a touch means.

import { make, both } from "./hall.js";
import { WORDS } from "./kiosk-words.js";

/** More touches than these in so long are no answers; the page rests until the hand does. */
const TOUCHES = 8;
const TOUCHES_MS = 2000;
const REST_MS = 1500;
/** On average no person types so fast; a keyboard-wedge reader ends the code with Enter. */
const READER_MS = 60;
/** A busy machine may keep a single key so long. */
const LONGEST_GAP_MS = 200;
const SHORTEST_CODE = 5;

/** Stops touches that come too fast and says so in `veil`; the keys of a keyboard on the glass may be quick. */
export function guardTouches(veil) {
  let touches = [];
  let restUntil = 0;

  const resting = () => performance.now() < restUntil;
  const show = () => {
    veil.hidden = !resting();
    if (resting()) setTimeout(show, restUntil - performance.now() + 20);
  };
  const touched = (event) => {
    if (event.target.closest?.(".keys")) return;
    const at = performance.now();
    touches = [...touches.filter((before) => at - before < TOUCHES_MS), at];
    if (touches.length <= TOUCHES) return;
    restUntil = at + REST_MS;
    if (veil.hidden) {
      veil.replaceChildren(make("p", {}, both(WORDS.calm)));
      show();
    }
  };
  document.addEventListener("pointerdown", touched, true);
  document.addEventListener(
    "click",
    (event) => {
      if (!resting()) return;
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );
}

/** Calls `onCode(code)` when a reader has typed one, wherever the page is. */
export function listenToReader(onCode) {
  let code = "";
  let beganAt = 0;
  let typedAt = 0;
  document.addEventListener(
    "keydown",
    (event) => {
      const at = event.timeStamp;
      const goesOn = at - typedAt < LONGEST_GAP_MS;
      typedAt = at;
      if (event.key === "Enter") {
        const whole = code;
        code = "";
        if (!goesOn || whole.length < SHORTEST_CODE || at - beganAt > READER_MS * whole.length) return;
        event.preventDefault();
        event.stopPropagation();
        onCode(whole);
      } else if (event.key.length === 1 && !event.ctrlKey && !event.altKey && !event.metaKey) {
        if (!goesOn || !code) beganAt = at;
        code = goesOn ? code + event.key : event.key;
      }
    },
    true,
  );
}
