// The words for a device: its kind, its state, what it is told, and what stands on it.
// Never here: a page.

/** Vietnamese, English, and a sign that is not a colour. */
export const STATES = {
  faulty: ["Hỏng", "Faulty", "✕"],
  lost: ["Mất liên lạc", "Lost", "○"],
  late: ["Chậm", "Late", "◐"],
  init: ["Chưa thấy", "Not seen yet", "◌"],
  ready: ["Sẵn sàng", "Ready", "●"],
};
/** The worst first; whoever has not been seen yet is not wrong. */
export const ATTENTION = ["faulty", "lost", "late"];
export const TYPES = {
  "call-pad": ["Bàn phím gọi số", "Call pad"],
  "rating-pad": ["Bàn phím đánh giá", "Rating pad"],
  panel: ["Bảng LED", "LED panel"],
  screen: ["Màn hình sảnh", "Hall screen"],
  printer: ["Máy in số", "Ticket printer"],
  kiosk: ["Máy lấy số", "Kiosk"],
  gateway: ["Bộ nối", "Gateway"],
};
export const WISHES = { identify: ["Nhận diện", "Identify"], test: ["Thử", "Test"], reboot: ["Khởi động lại", "Reboot"] };
export const RESULTS = {
  error: ["không làm được", "could not do it"],
  duplicate: ["đã làm lệnh này rồi", "has done this already"],
  expired: ["không trả lời kịp", "did not answer in time"],
};
export const PAPERS = { ok: ["còn", "ok"], low: ["sắp hết", "low"], out: ["hết", "out"] };
export const SEVERITIES = { info: ["Thông tin", "Information"], warning: ["Cảnh báo", "Warning"], critical: ["Khẩn cấp", "Critical"] };
export const BOARDS = { calling: ["đang gọi", "calling"], serving: ["đang phục vụ", "serving"], open: ["mở", "open"], paused: ["tạm dừng", "paused"], closed: ["đóng", "closed"] };

/** The words of a table for a name; a name that is not in it stands for itself. */
export const wordsOf = (table, name) => table[name] ?? [name, name, "?"];
