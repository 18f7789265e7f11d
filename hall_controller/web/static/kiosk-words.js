// What the kiosk says, Vietnamese first. Never here: when it says it.

export const QUESTIONS = {
  purpose: { vi: "Quý khách cần làm gì?", en: "What would you like to do?" },
  agency: { vi: "Quý khách cần gặp cơ quan nào?", en: "Which agency?" },
  field: { vi: "Quý khách chọn lĩnh vực", en: "Which field?" },
  priority: { vi: "Quý khách thuộc đối tượng ưu tiên nào?", en: "Which priority applies to you?" },
  search: { vi: "Tìm lĩnh vực hoặc thủ tục", en: "Find a field or a procedure" },
  dossier: { vi: "Tra cứu hồ sơ", en: "Look up a dossier" },
};

export const WORDS = {
  back: { vi: "Quay lại", en: "Back" },
  more: { vi: "Xem thêm", en: "More" },
  top: { vi: "Về đầu trang", en: "To the top" },
  done: { vi: "Xong", en: "Done" },
  search: { vi: "Tìm theo tên", en: "Search by name" },
  searchStart: { vi: "Tra cứu thủ tục", en: "Find a procedure" },
  searchAbout: { vi: "Giấy tờ cần mang, lệ phí, thời hạn, quầy", en: "What to bring, fee, time limit, counter" },
  dossierStart: { vi: "Tra cứu hồ sơ", en: "Look up a dossier" },
  dossierAbout: { vi: "Quét mã vạch trên giấy biên nhận", en: "Scan the barcode of your receipt" },
  dossierHow: {
    vi: "Đưa mã vạch trên giấy biên nhận vào máy đọc, hoặc nhập mã hồ sơ",
    en: "Hold the barcode of your receipt to the reader, or type the code",
  },
  searchHow: { vi: "Gõ tên, không cần dấu: “dat dai”", en: "Type a name, without accents: “dat dai”" },
  nothingFound: { vi: "Không tìm thấy. Xin gõ ít chữ hơn.", en: "Nothing found. Please type fewer letters." },
  lookUp: { vi: "Tra cứu", en: "Look up" },
  lookingUp: { vi: "Đang tra cứu…", en: "Looking it up…" },
  erase: { vi: "Xóa", en: "Erase" },
  space: { vi: "Dấu cách", en: "Space" },
  typed: { vi: "Nội dung tìm", en: "Your words" },
  priority: { vi: "Ưu tiên", en: "Priority" },
  noPriority: { vi: "Không thuộc đối tượng nào", en: "None of these" },
  selfDeclared: { vi: "Quý khách tự khai, không cần giấy tờ", en: "You say so yourself; no papers are asked for" },
  taking: { vi: "Đang lấy số…", en: "Taking a number…" },
  wait: { vi: "Đang lấy số, xin chờ giây lát…", en: "Taking a number, please wait…" },
  calm: { vi: "Xin chạm một lần rồi chờ giây lát", en: "Please touch once and wait a moment" },
  leaving: { vi: "Sắp trở về trang đầu. Chạm màn hình để tiếp tục.", en: "About to start over. Touch the screen to go on." },
  halted: { vi: "Máy lấy số tạm ngừng", en: "No numbers can be given out" },
  haltedNow: { vi: "Hiện chưa cấp được số, chưa có số nào được lấy", en: "No number can be given out now; none was taken" },
  lookUpsHalted: { vi: "Đang có nhiều người tra cứu, xin chờ giây lát rồi gõ tiếp", en: "Many people are searching; please wait a moment and go on typing" },
  askAtDesk: { vi: "Mời quý khách lấy số tại bàn hướng dẫn", en: "Please take a number at the guidance desk" },
  yourNumber: { vi: "Số của quý khách", en: "Your number" },
  nobodyAhead: { vi: "Không có ai trước quý khách", en: "Nobody is ahead of you" },
  nobodyWaits: { vi: "Không phải chờ", en: "Nobody is waiting" },
  closed: { vi: "Hiện chưa làm việc", en: "Closed now" },
  online: { vi: "Chỉ nhận hồ sơ trực tuyến", en: "Online only" },
  onlineAt: { vi: "Lĩnh vực này chỉ nhận hồ sơ trực tuyến tại", en: "This field is online only, at" },
  slipPrinted: { vi: "Mời quý khách nhận phiếu hướng dẫn bên dưới", en: "Please take the slip with the address below" },
  slipNot: { vi: "Quý khách có thể chụp lại địa chỉ này", en: "You may photograph this address" },
  paperBelow: { vi: "Mời quý khách nhận phiếu bên dưới", en: "Please take your ticket below" },
  remember: { vi: "Mời quý khách ghi nhớ số này", en: "Please remember this number" },
  noPaper: {
    vi: "Máy in hết giấy hoặc chưa sẵn sàng, mời quý khách ghi nhớ số này hoặc đến bàn hướng dẫn",
    en: "The printer is out of paper or not ready. Please remember this number, or ask at the guidance desk",
  },
  paperOut: {
    vi: "Máy in hết giấy: quý khách vẫn lấy được số, xin ghi nhớ số trên màn hình",
    en: "No paper: you still get a number; please remember it from the screen",
  },
  guarded: {
    vi: "Lấy số xong, mời quý khách đến bàn hướng dẫn để được xếp hàng",
    en: "After taking a number, please go to the guidance desk, which puts you in line",
  },
  takeNumber: { vi: "Lấy số cho việc này", en: "Take a number for this" },
  bring: { vi: "Giấy tờ cần mang", en: "What to bring" },
  fee: { vi: "Lệ phí", en: "Fee" },
  timeLimit: { vi: "Thời hạn", en: "Time limit" },
  counters: { vi: "Quầy", en: "Counter" },
  unknown: { vi: "Hỏi tại quầy", en: "Ask at the counter" },
  oldList: { vi: "Danh mục đã cũ, mời quý khách hỏi lại bàn hướng dẫn", en: "This list is old; please ask at the guidance desk" },
};

/** An expected wait as a range in steps of five minutes, or null when nothing reliable is known. */
export function range(low, high) {
  if (low === null || low === undefined || high === null || high === undefined) return null;
  const from = Math.floor(low / 300) * 5;
  const to = Math.max(5, Math.ceil(high / 300) * 5);
  if (from === 0) return { vi: `chờ dưới ${to} phút`, en: `under ${to} minutes` };
  if (to - from <= 5) return { vi: `chờ khoảng ${to} phút`, en: `about ${to} minutes` };
  return { vi: `chờ ${from}–${to} phút`, en: `${from}–${to} minutes` };
}

const join = (one, other) => (other ? { vi: `${one.vi}, ${other.vi}`, en: `${one.en}, ${other.en}` } : one);

/** The state of a field, readable before it is touched. */
export function about(service) {
  if (service.online_only) return WORDS.online;
  if (!service.open) return service.opens ?? WORDS.closed;
  if (!service.waiting) return WORDS.nobodyWaits;
  const people = { vi: `${service.waiting} người đang chờ`, en: `${service.waiting} waiting` };
  return join(people, range(service.wait_low_s, service.wait_high_s));
}

/** How many are ahead of a number, and how long that takes. */
export function ahead(ticket) {
  if (!ticket.ahead) return WORDS.nobodyAhead;
  const people = { vi: `Còn ${ticket.ahead} người trước quý khách`, en: `${ticket.ahead} ahead of you` };
  return join(people, range(ticket.wait_low_s, ticket.wait_high_s));
}

export const counterNames = (names) =>
  names.length ? { vi: `Quầy ${names.join(", ")}`, en: `${names.length === 1 ? "Counter" : "Counters"} ${names.join(", ")}` } : null;
export const found = (n) => ({ vi: `${n} kết quả`, en: `${n} found` });
export const days = (n) => ({ vi: `${n} ngày làm việc`, en: `${n} working days` });
export const dong = (n) => (n ? { vi: `${n.toLocaleString("vi-VN")} đồng`, en: `${n.toLocaleString("vi-VN")} VND` } : { vi: "Không thu", en: "None" });
export const sinceDay = (day) => {
  const [year, month, date] = day.split("-");
  return { vi: `từ ngày ${date}/${month}/${year}`, en: `since ${date}/${month}/${year}` };
};

/** Letters as they are typed without diacritics: "Đất đai" is "dat dai". */
export const plain = (text) =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[đĐ]/g, "d")
    .toLowerCase();
