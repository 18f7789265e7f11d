// What the hall board says: the sentence when nobody is called, the one line at the foot, the way to a counter.
// Pure: a state of the hall in, texts out. Never here: elements, or how long anything stands.

import { day, dayEn, hourMinute, inHall, now } from "./hall.js";

const KEEP = { vi: "Quý khách vui lòng giữ phiếu và theo dõi số trên màn hình", en: "Please keep your ticket and watch this screen" };
const ARROWS = { left: "←", right: "→", up: "↑", down: "↓", "up-left": "↖", "up-right": "↗", "down-left": "↙", "down-right": "↘" };

export const someWait = (state) => Object.values(state.queues).some((queue) => queue.waiting);

/** What stands in the large field while nobody is called: title, detail and English. */
export function sentence(state) {
  if (someWait(state)) {
    return state.hall.open
      ? ["Quý khách vui lòng chờ", "Số được gọi sẽ hiện tại đây", "Please wait to be called"]
      : ["Quý khách vui lòng chờ", "Đã hết giờ lấy số, số đã lấy vẫn được phục vụ", "No more numbers today; those taken are served"];
  }
  if (state.hall.open) return ["Mời quý khách lấy số", "Hiện không có khách chờ", "Please take a number"];
  if (!state.hall.next_opening) return ["Ngoài giờ làm việc", "Mời quý khách quay lại vào ngày làm việc", "Closed. Please come back on a working day"];
  const opens = inHall(state.hall.next_opening);
  const at = hourMinute(opens);
  if (day(opens) === day(now())) return ["Ngoài giờ làm việc", `Mở cửa lúc ${at} hôm nay`, `Closed. Opens today at ${at}`];
  return ["Ngoài giờ làm việc", `Mở cửa lúc ${at}, ${day(opens)}`, `Closed. Opens at ${at} on ${dayEn(opens)}`];
}

const byName = (state) => Object.values(state.counters).sort((a, b) => a.name.length - b.name.length || a.name.localeCompare(b.name));
const counters = (names) => (names.length === 1 ? "Counter" : "Counters");

function standingIn(names, remark) {
  const all = names.join(", ");
  return { vi: `Quầy ${all}: ${remark.vi}`, en: `${counters(names)} ${all}: ${remark.en}` };
}

/** One sentence for each pair of who stands in for whom. */
function standIns(state) {
  const pairs = new Map();
  for (const counter of byName(state)) {
    if (!counter.notice || counter.state === "closed") continue;
    const pair = pairs.get(counter.notice.vi) ?? { remark: counter.notice, names: [] };
    pair.names.push(counter.name);
    pairs.set(counter.notice.vi, pair);
  }
  return [...pairs.values()].map(({ names, remark }) => standingIn(names, remark));
}

function paused(state) {
  const names = byName(state).filter((counter) => counter.state === "paused").map((counter) => counter.name);
  if (!names.length) return [];
  const all = names.join(", ");
  return [{ vi: `Quầy ${all} tạm dừng, quý khách vui lòng chờ`, en: `${counters(names)} ${all} ${names.length === 1 ? "is" : "are"} paused, please wait` }];
}

/** What takes turns at the foot; alone the remark on the counter to which the large call leads, while there is one. */
export function notices(state, large) {
  const desk = large && state.counters[large.counter];
  if (desk?.notice && desk.ticket === large.ticket) return [standingIn([large.name], desk.notice)];
  const told = state.hall.notices;
  if (!state.hall.open) return told;
  return [...told, ...standIns(state), ...paused(state), ...(told.length ? [] : [KEEP])];
}

/**
 * Ways to counters from where this television hangs, as its own address says them:
 * `/board?left=1,2,3&up-right=8&zone=1,2,3:Khu A, tầng 1|Zone A, ground floor`.
 */
export function ways(search) {
  const known = new Map();
  const add = (names, way) => names.split(",").forEach((id) => known.set(id.trim(), { ...known.get(id.trim()), ...way }));
  for (const [name, value] of new URLSearchParams(search)) {
    if (ARROWS[name]) add(value, { arrow: ARROWS[name] });
    const zone = name === "zone" && /^([^:]+):([^|]+)(?:\|(.+))?$/.exec(value);
    if (zone) add(zone[1], { zone: { vi: zone[2].trim(), en: (zone[3] ?? "").trim() } });
  }
  return known;
}
