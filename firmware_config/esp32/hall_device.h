// A desk device of the hall as the contract has it: presses out until they are answered, boards in and never backwards.
//
// Belongs here: every decision of a pad, rating pad or counter display. Never here: pins, Wi-Fi, MQTT, or a clock: what time
// it is comes with each call (`now_ms` counts from the start and may wrap, `unix_s` is 0 while the time is unknown). ESPHome
// and the project's tests compile this very file.
#pragma once

#include <algorithm>
#include <cctype>
#include <deque>
#include <functional>
#include <utility>

#include "hall_message.h"

namespace hall {

constexpr uint32_t CALL_VALID_MS = 10000;          // an officer has pressed again or walked on
constexpr uint32_t RATING_VALID_MS = 24 * 3600000; // a rating may come a day late
constexpr uint32_t RESEND_MS = 1000;               // until the controller's ack
constexpr uint32_t LONGEST_RESEND_MS = 60000;      // a rating waits longer and longer
constexpr uint32_t PENDING_MOST = 32;
constexpr uint32_t KEPT_COMMANDS_MS = 2000;        // right after connecting the broker hands out what it kept
constexpr uint32_t STALE_GRACE_MS = 2000;          // a broker that restarts is not told to visitors
constexpr uint32_t STATUS_GAP_MS = 500;
constexpr uint32_t ATTENTION_MS = 5000;            // a new call flashes, a name is shown, every light is lit
constexpr uint32_t HALF_FLASH_MS = 250;            // 2 Hz; never more than 3
constexpr uint32_t HALF_CODE_MS = 1250;            // long enough to write three figures down
constexpr uint32_t BREATH_MS = 2000;
constexpr uint32_t THANKS_MS = 2000;
constexpr uint32_t REFUSED_MS = 3000;
constexpr uint32_t REBOOT_AFTER_MS = 500;          // the reply goes out first

struct Settings {
  std::string hall, device, counter, type, model, firmware;
  uint32_t boot;          // counts the starts; kept in flash
  int levels = 5;         // keys of a rating pad, 1 is the worst
  uint32_t window_ms = 30000;
  std::size_t width = 4;  // characters of its display; 0 without
  std::string code;       // of its label, when it waits for its adoption: the proof of its own secret
};

enum class Light { DARK, READY, SENDING, DONE, REFUSED, STALE, SHOWING };

class Device {
 public:
  std::function<void(const std::string &topic, const std::string &payload, bool retain)> publish;
  std::function<void(const std::string &topic)> subscribe, unsubscribe;
  std::function<void()> reboot;

  explicit Device(Settings settings) : own_(std::move(settings)) {}

  // Once, when everything else is there.
  void begin() {
    for (const char *leaf : {"ack", "command", "config"}) subscribe(topic(leaf));
    subscribe(root() + "controller/state");
    if (!own_.counter.empty()) subscribe(display_topic());
  }

  void connected(uint32_t now_ms) {
    connected_ = true;
    changed_ms_ = connected_ms_ = now_ms;
    publish(topic("state"), "{\"state\":\"ready\",\"boot\":" + std::to_string(own_.boot) + "}", true);
    publish(topic("info"),
            "{\"type\":" + quote(own_.type) + ",\"model\":" + quote(own_.model) + ",\"firmware\":" + quote(own_.firmware) +
                ",\"capabilities\":{\"commands\":[\"identify\",\"test\",\"reboot\"]" +
                (own_.levels ? ",\"levels\":" + std::to_string(own_.levels) : "") +
                (own_.width ? ",\"width\":" + std::to_string(own_.width) : "") +
                (own_.code.empty() ? "" : ",\"code\":" + quote(own_.code)) + "}}",
            true);
    untold_ = own_.width != 0 && shows_;
    for (Press &press : pending_) press.wait_ms = 0;
    tick(now_ms);
  }

  void cut(uint32_t now_ms) {
    if (!connected_) return;
    connected_ = false;
    changed_ms_ = now_ms;
  }

  void key(const std::string &key, uint32_t now_ms) { press("\"key\":" + quote(key), CALL_VALID_MS, now_ms); }

  void rate(int score, uint32_t now_ms) {
    if (score >= 1 && score <= own_.levels) press("\"score\":" + std::to_string(score), RATING_VALID_MS, now_ms);
  }

  void received(const std::string &where, const std::string &payload, uint32_t now_ms, int64_t unix_s) {
    if (payload.empty()) return;
    Json said(payload);
    bool good = said.valid();
    if (!good) {
    } else if (where == topic("ack")) {
      good = ack(said, now_ms);
    } else if (where == display_topic()) {
      good = board(said, now_ms);
    } else if (where == root() + "controller/state") {
      good = controller(said, now_ms);
    } else if (where == topic("command")) {
      good = command(said, now_ms, unix_s);
    } else if (where == topic("config")) {
      good = config(said);
    }
    if (!good) ++dropped_;
  }

  // Ten times a second or more often.
  void tick(uint32_t now_ms) {
    for (std::size_t i = 0; i < pending_.size();) {
      Press &press = pending_[i];
      if (now_ms - press.pressed_ms > press.valid_ms) {
        refused(now_ms);
        pending_.erase(pending_.begin() + static_cast<std::ptrdiff_t>(i));
        continue;
      }
      if (connected_ && now_ms - press.sent_ms >= press.wait_ms) send(press, now_ms);
      ++i;
    }
    if (connected_ && untold_ && now_ms - told_ms_ >= STATUS_GAP_MS) {
      untold_ = false;
      told_ms_ = now_ms;
      publish(topic("status"),
              "{\"shown\":{\"epoch\":" + std::to_string(shown_.first) + ",\"rev\":" + std::to_string(shown_.second) + "}}", true);
    }
    if (rebooting_ && now_ms - reboot_ms_ >= REBOOT_AFTER_MS) {
      rebooting_ = false;
      reboot();
    }
  }

  // Nobody knows whether what is shown is still true: the line is cut, or the controller is gone.
  bool stale(uint32_t now_ms) const { return (!connected_ || !alive_) && now_ms - changed_ms_ >= STALE_GRACE_MS; }

  // What the officer sees: steady when all is well, and each trouble blinks in its own way.
  Light light(uint32_t now_ms) const {
    if (until(attention_until_, now_ms) && attention_ != Attention::NONE) return Light::SHOWING;
    if (until(refused_until_, now_ms)) return Light::REFUSED;
    if (stale(now_ms)) return Light::STALE;
    if (!pending_.empty()) return Light::SENDING;
    if (until(done_until_, now_ms)) return Light::DONE;
    return connected_ && alive_ ? Light::READY : Light::DARK;
  }

  // Whether the visitor is asked to rate: a visit ended here and nobody has rated it.
  bool inviting(uint32_t now_ms) const { return until(invited_until_, now_ms) && !stale(now_ms); }

  // How bright the rating keys are, 0 to 1: breathing while they invite, full for thanks.
  float invitation(uint32_t now_ms) const {
    if (light(now_ms) == Light::SHOWING || (until(done_until_, now_ms) && own_.type == "rating-pad")) return 1.0F;
    if (!inviting(now_ms)) return 0.0F;
    float phase = static_cast<float>(now_ms % BREATH_MS) / static_cast<float>(BREATH_MS / 2);
    return phase < 1.0F ? phase : 2.0F - phase;
  }

  // Whether the officer's one light is lit: each state has a rhythm of its own.
  bool lit(uint32_t now_ms) const {
    switch (light(now_ms)) {
      case Light::READY:
      case Light::DONE:
        return true;
      case Light::SENDING:
        return now_ms / 200 % 2 == 0;  // 2.5 Hz; nothing in the hall flashes faster than 3
      case Light::REFUSED:
        return now_ms / 500 % 2 == 0;
      case Light::SHOWING:
        return now_ms / HALF_FLASH_MS % 2 == 0;
      case Light::STALE:
        return now_ms % 2000 < 100;
      default:
        return false;
    }
  }

  bool testing(uint32_t now_ms) const { return until(attention_until_, now_ms) && attention_ == Attention::TEST; }

  // What stands on the display, at most as long as it is wide; a number that does not fit is not shown at all.
  std::string text(uint32_t now_ms) const {
    if (until(attention_until_, now_ms) && attention_ == Attention::TEST) return std::string(own_.width, '8');
    if (until(attention_until_, now_ms) && attention_ == Attention::IDENTIFY) {
      if (!own_.code.empty()) return code_part(now_ms);
      std::string name = own_.device.size() > own_.width ? own_.device.substr(own_.device.size() - own_.width) : own_.device;
      for (char &letter : name) letter = static_cast<char>(std::toupper(letter));
      return name;
    }
    if (own_.counter.empty() && !own_.code.empty()) return code_part(now_ms);
    if (until(flash_until_, now_ms) && (now_ms - flash_ms_) / HALF_FLASH_MS % 2 == 1) return "";
    if (state_ == "paused") return own_.width < 8 ? "NGHI" : "TAM DUNG";
    if (state_ == "closed") return own_.width < 7 ? "DONG" : "DA DONG";
    return !ticket_.empty() && ticket_.size() <= own_.width ? ticket_ : std::string(own_.width, '-');
  }

  uint32_t dropped() const { return dropped_; }
  std::size_t pending() const { return pending_.size(); }

 private:
  struct Press {
    uint32_t seq;
    std::string meant;
    uint32_t pressed_ms, valid_ms, sent_ms, wait_ms;
  };
  enum class Attention { NONE, IDENTIFY, TEST };

  // A moment of this device, `set` until it has passed; the clock may wrap.
  struct Moment {
    bool set = false;
    uint32_t ms = 0;
  };

  static bool until(const Moment &moment, uint32_t now_ms) {
    return moment.set && static_cast<int32_t>(moment.ms - now_ms) > 0;
  }

  // The code of its label, one half after the other where it is not wide enough: "730-", "-512".
  std::string code_part(uint32_t now_ms) const {
    if (own_.width >= own_.code.size()) return own_.code;
    const std::size_t half = own_.code.size() / 2;
    std::string part = now_ms / HALF_CODE_MS % 2 == 0 ? own_.code.substr(0, half) + "-" : "-" + own_.code.substr(half);
    return part.substr(0, own_.width);
  }

  std::string root() const { return "qms/1/" + own_.hall + "/"; }
  std::string topic(const std::string &leaf) const { return root() + "device/" + own_.device + "/" + leaf; }
  std::string display_topic() const { return root() + "counter/" + own_.counter + "/display"; }

  void refused(uint32_t now_ms) { refused_until_ = {true, now_ms + REFUSED_MS}; }

  void press(const std::string &meant, uint32_t valid_ms, uint32_t now_ms) {
    if (pending_.size() >= PENDING_MOST) return refused(now_ms);
    pending_.push_back({++seq_, meant, now_ms, valid_ms, now_ms, 0});
    tick(now_ms);
  }

  void send(Press &press, uint32_t now_ms) {
    press.sent_ms = now_ms;
    bool waits_longer = press.valid_ms > CALL_VALID_MS && press.wait_ms != 0;
    press.wait_ms = waits_longer ? std::min(2 * press.wait_ms, LONGEST_RESEND_MS) : RESEND_MS;
    publish(topic("input"),
            "{\"boot\":" + std::to_string(own_.boot) + ",\"seq\":" + std::to_string(press.seq) +
                ",\"age_ms\":" + std::to_string(now_ms - press.pressed_ms) + "," + press.meant + "}",
            false);
  }

  bool ack(const Json &said, uint32_t now_ms) {
    uint64_t boot, seq;
    std::string result;
    if (!said.number("boot", &boot) || !said.number("seq", &seq) || !said.text("result", &result)) return false;
    if (result != "ok" && result != "duplicate" && result != "rejected") return false;
    for (std::size_t i = 0; boot == own_.boot && i < pending_.size(); ++i) {
      if (pending_[i].seq != seq) continue;
      bool rating = pending_[i].valid_ms == RATING_VALID_MS;
      pending_.erase(pending_.begin() + static_cast<std::ptrdiff_t>(i));
      if (rating) invited_until_ = {};
      // A duplicate repeats the first answer: with a reason it was a refusal.
      if (result == "rejected" || !said.null("reason")) {
        refused(now_ms);
      } else {
        done_until_ = {true, now_ms + THANKS_MS};
      }
      break;
    }
    return true;
  }

  bool board(const Json &said, uint32_t now_ms) {
    std::pair<uint64_t, uint64_t> number;
    std::string state, ticket;
    uint64_t call = 0;
    if (!said.number("epoch", &number.first) || !said.number("rev", &number.second) || !said.text("state", &state)) return false;
    if (state != "calling" && state != "serving" && state != "open" && state != "paused" && state != "closed") return false;
    if (!said.null("ticket") && (!said.text("ticket", &ticket) || !is_ticket(ticket))) return false;
    if (said.has("call") && !said.number("call", &call)) return false;
    if (shows_ && number <= shown_) return true;
    if (shows_ && state_ == "serving" && ticket != ticket_) invited_until_ = {true, now_ms + own_.window_ms};
    if (shows_ && state == "calling" && (ticket != ticket_ || call != call_)) {
      flash_ms_ = now_ms;
      flash_until_ = {true, now_ms + ATTENTION_MS};
    }
    if (state != "calling") flash_until_ = {};
    shows_ = true;
    shown_ = number;
    state_ = state;
    ticket_ = ticket;
    call_ = call;
    untold_ = own_.width != 0;
    tick(now_ms);
    return true;
  }

  static bool is_ticket(const std::string &ticket) {
    if (ticket.size() < 4 || ticket.size() > 5 || ticket[0] < 'A' || ticket[0] > 'Z') return false;
    return ticket.find_first_not_of("0123456789", 1) == std::string::npos;
  }

  bool controller(const Json &said, uint32_t now_ms) {
    std::string state;
    if (!said.text("state", &state)) return false;
    bool alive = state == "init" || state == "ready" || state == "degraded";
    if (!alive && state != "disconnected" && state != "lost") return false;
    if (alive != alive_) changed_ms_ = now_ms;
    alive_ = alive;
    return true;
  }

  bool command(const Json &said, uint32_t now_ms, int64_t unix_s) {
    std::string id, order, expires;
    if (!said.text("id", &id) || id.empty() || id.size() > 128 || !said.text("command", &order)) return false;
    if (order != "identify" && order != "test" && order != "reboot") return false;
    if (!said.text("expires", &expires) || seconds_of(expires) < 0) return false;
    // The client does not tell which message the broker had kept; those come at once after connecting.
    if (!connected_ || now_ms - connected_ms_ < KEPT_COMMANDS_MS) return true;
    for (const std::string &before : obeyed_)
      if (before == id) return reply(id, "duplicate", "");
    if (unix_s == 0) return reply(id, "error", "\"reason\":\"the device does not know the time\"");
    if (seconds_of(expires) < unix_s) return reply(id, "expired", "");
    obeyed_.push_back(id);
    if (obeyed_.size() > PENDING_MOST) obeyed_.pop_front();
    if (order == "reboot") {
      rebooting_ = true;
      reboot_ms_ = now_ms;
    } else {
      attention_ = order == "test" ? Attention::TEST : Attention::IDENTIFY;
      attention_until_ = {true, now_ms + ATTENTION_MS};
    }
    return reply(id, "ok", "");
  }

  bool reply(const std::string &id, const std::string &result, const std::string &data) {
    publish(topic("reply"), "{\"id\":" + quote(id) + ",\"result\":" + quote(result) + ",\"data\":{" + data + "}}", false);
    return true;
  }

  // The counter that the hall gives it, in place of the one in its file. A device without a counter keeps its own.
  bool config(const Json &said) {
    uint64_t rev;
    std::string counter;
    if (!said.number("rev", &rev)) return false;
    if (!said.null("counter") && (!said.text("counter", &counter) || !is_identifier(counter))) return false;
    if (configured_ && rev <= config_rev_) return true;
    configured_ = true;
    config_rev_ = rev;
    if (counter.empty() || counter == own_.counter) return true;
    if (!own_.counter.empty()) unsubscribe(display_topic());
    own_.counter = counter;
    shows_ = false;
    state_ = ticket_ = "";
    invited_until_ = flash_until_ = {};
    subscribe(display_topic());
    return true;
  }

  static bool is_identifier(const std::string &name) {
    return !name.empty() && name.size() <= 32 && name[0] != '-' &&
           name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
  }

  Settings own_;
  std::deque<Press> pending_;
  std::deque<std::string> obeyed_;
  bool connected_ = false, alive_ = false, shows_ = false, untold_ = false, rebooting_ = false, configured_ = false;
  uint32_t seq_ = 0, dropped_ = 0, changed_ms_ = 0, connected_ms_ = 0, told_ms_ = 0, reboot_ms_ = 0, flash_ms_ = 0;
  uint64_t config_rev_ = 0, call_ = 0;
  std::pair<uint64_t, uint64_t> shown_{0, 0};
  std::string state_, ticket_;
  Attention attention_ = Attention::NONE;
  Moment attention_until_, refused_until_, done_until_, invited_until_, flash_until_;
};

}  // namespace hall
