// Backups: make, fetch, bring, restore. A restore makes the hall begin again; the page waits for it.

import { make } from "./hall.js";
import { ask, moment, said, tell, wanted } from "./technician.js";

const byId = (id) => document.getElementById(id);
const PATIENCE_MS = 120_000;

function size(bytes) {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

async function look() {
  const told = await wanted("GET", "/api/backups");
  if (!told) return;
  const none = make("li", { class: "quiet" }, said("Chưa có bản sao lưu nào.", "There is no backup yet."));
  byId("backups").replaceChildren(
    ...(told.backups.length ? told.backups.map(line) : [none]),
  );
}

function line(backup) {
  const choose = make("button", { type: "button", "data-restore": backup.name }, said("Khôi phục…", "Restore…"));
  choose.addEventListener("click", () => {
    byId("chosen").textContent = backup.name;
    byId("confirm").value = "";
    byId("restore-part").hidden = false;
    byId("confirm").focus();
  });
  return make(
    "li",
    {},
    make("b", {}, backup.name),
    make("span", { class: "quiet" }, `${moment(backup.made)} · ${size(backup.size)}`),
    make("span", { class: "row" }, make("a", { class: "button", href: `/api/backups/${backup.name}`, download: backup.name }, said("Tải về", "Fetch")), choose),
  );
}

byId("make").addEventListener("click", async () => {
  byId("make").disabled = true;
  tell("wait", { vi: "Đang sao lưu…", en: "Making a backup…" });
  const made = await wanted("POST", "/api/backups");
  byId("make").disabled = false;
  if (!made) return;
  tell("done", { vi: `Đã sao lưu và kiểm tra: ${made.name}.`, en: `Made and checked: ${made.name}.` });
  await look();
});

byId("upload").addEventListener("change", async () => {
  const file = byId("upload").files[0];
  if (!file) return;
  tell("wait", { vi: "Đang nhận và kiểm tra tệp…", en: "Taking the file and checking it…" });
  const brought = await wanted("POST", "/api/backups/uploaded", file, { "content-type": "application/octet-stream" });
  if (!brought) return;
  tell("done", { vi: `Tệp tốt: ${brought.facts} sự việc, đến ${moment(brought.last)}.`, en: `The file is good: ${brought.facts} facts, until ${moment(brought.last)}.` });
  await look();
});

async function epoch() {
  const hall = await ask("GET", "/api/hall");
  return hall.ok?.epoch ?? null;
}

byId("restore").addEventListener("submit", async (event) => {
  event.preventDefault();
  const before = await epoch();
  tell("wait", { vi: "Đang khôi phục, hệ thống khởi động lại…", en: "Restoring; the hall begins again…" });
  const wish = { backup: byId("chosen").textContent, hall: byId("confirm").value.trim() };
  const begun = await wanted("POST", "/api/restore", wish);
  if (!begun) return;
  byId("restore-part").hidden = true;
  const until = performance.now() + PATIENCE_MS;
  while (performance.now() < until) {
    await new Promise((done) => setTimeout(done, 400));
    const now = await epoch();
    if (now !== null && now > before) {
      tell("done", { vi: `Đã khôi phục từ ${begun.backup}; kỳ số liệu ${now}.`, en: `Restored from ${begun.backup}; epoch ${now}.` });
      await look();
      return;
    }
  }
  tell("no", { vi: "Chưa khôi phục được: xem cảnh báo ở trang Thiết bị.", en: "Nothing was restored yet: see the alerts on the page Devices." });
});
byId("cancel").addEventListener("click", () => { byId("restore-part").hidden = true; });
await look();
