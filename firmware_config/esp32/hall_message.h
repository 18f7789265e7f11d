// What stands in a message: the fields of a flat JSON object, and times as RFC 3339 writes them.
//
// Belongs here: reading and quoting text. Never here: what a message means; that is hall_device.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <map>
#include <string>

namespace hall {

// Reads the fields on the first level of a JSON object; what is nested is checked and passed over.
// Text that is no object, or is followed by anything, is not valid and has no fields.
class Json {
 public:
  explicit Json(const std::string &text) : text_(text) { valid_ = text.size() <= LARGEST && object(); }

  bool valid() const { return valid_; }

  bool has(const std::string &name) const { return valid_ && fields_.count(name) != 0; }

  bool null(const std::string &name) const { return !has(name) || fields_.at(name) == "null"; }

  // A string; false when there is none of this name.
  bool text(const std::string &name, std::string *value) const {
    if (!has(name) || fields_.at(name).front() != '"') return false;
    return unquote(fields_.at(name), value);
  }

  // A whole number from 0 to 2^53, without point or exponent; false when there is none of this name.
  bool number(const std::string &name, uint64_t *value) const {
    if (!has(name)) return false;
    const std::string &digits = fields_.at(name);
    if (digits.empty() || digits.size() > 16 || digits.find_first_not_of("0123456789") != std::string::npos) return false;
    uint64_t sum = 0;
    for (char digit : digits) sum = sum * 10 + static_cast<uint64_t>(digit - '0');
    *value = sum;
    return sum <= (1ULL << 53);
  }

 private:
  static constexpr std::size_t LARGEST = 16384;
  static constexpr int DEEPEST = 16;

  char now() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  void blanks() {
    while (now() == ' ' || now() == '\t' || now() == '\n' || now() == '\r') ++at_;
  }

  bool take(char wanted) {
    blanks();
    if (now() != wanted) return false;
    ++at_;
    return true;
  }

  bool object() {
    if (!members(&fields_, 0)) return false;
    blanks();
    return at_ == text_.size();
  }

  // `{...}`; keeps each value as it is written when there is somewhere to keep it.
  bool members(std::map<std::string, std::string> *kept, int depth) {
    if (!take('{') || depth > DEEPEST) return false;
    if (take('}')) return true;
    do {
      blanks();
      std::size_t begin = at_;
      std::string name;
      if (!quoted() || !unquote(text_.substr(begin, at_ - begin), &name) || !take(':')) return false;
      blanks();
      begin = at_;
      if (!value(depth)) return false;
      if (kept != nullptr) (*kept)[name] = text_.substr(begin, at_ - begin);
    } while (take(','));
    return take('}');
  }

  bool elements(int depth) {
    if (!take('[') || depth > DEEPEST) return false;
    if (take(']')) return true;
    do {
      blanks();
      if (!value(depth)) return false;
    } while (take(','));
    return take(']');
  }

  bool value(int depth) {
    switch (now()) {
      case '{': return members(nullptr, depth + 1);
      case '[': return elements(depth + 1);
      case '"': return quoted();
      case 't': return word("true");
      case 'f': return word("false");
      case 'n': return word("null");
      default: return decimal();
    }
  }

  bool word(const std::string &wanted) {
    if (text_.compare(at_, wanted.size(), wanted) != 0) return false;
    at_ += wanted.size();
    return true;
  }

  bool digits() {
    std::size_t begin = at_;
    while (now() >= '0' && now() <= '9') ++at_;
    return at_ > begin;
  }

  bool decimal() {
    if (now() == '-') ++at_;
    if (now() == '0') {
      ++at_;
    } else if (!digits()) {
      return false;
    }
    if (now() == '.' && (++at_, !digits())) return false;
    if (now() == 'e' || now() == 'E') {
      ++at_;
      if (now() == '+' || now() == '-') ++at_;
      if (!digits()) return false;
    }
    return true;
  }

  bool quoted() {
    if (now() != '"') return false;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == '"') return ++at_, true;
      if (text_[at_] == '\\') ++at_;
      if (at_ < text_.size() && static_cast<unsigned char>(text_[at_]) < 0x20) return false;
    }
    return false;
  }

  // The text within quotes; an escaped character above U+007F becomes `?`: identifiers and numbers have none.
  static bool unquote(const std::string &raw, std::string *value) {
    static const std::string NAMES = "\"\\/bfnrt", MEANT = "\"\\/\b\f\n\r\t";
    std::string meant;
    for (std::size_t i = 1; i + 1 < raw.size(); ++i) {
      if (raw[i] != '\\') {
        meant += raw[i];
        continue;
      }
      char escape = raw[++i];
      std::size_t known = NAMES.find(escape);
      if (known != std::string::npos) {
        meant += MEANT[known];
        continue;
      }
      if (escape != 'u' || i + 5 >= raw.size()) return false;
      unsigned code = 0;
      for (int digit = 0; digit < 4; ++digit) {
        std::size_t place = std::string("0123456789abcdefABCDEF").find(raw[++i]);
        if (place == std::string::npos) return false;
        code = code * 16 + static_cast<unsigned>(place > 15 ? place - 6 : place);
      }
      meant += code < 0x80 ? static_cast<char>(code) : '?';
    }
    *value = meant;
    return true;
  }

  const std::string &text_;
  std::size_t at_ = 0;
  bool valid_ = false;
  std::map<std::string, std::string> fields_;
};

// Text as a JSON string.
inline std::string quote(const std::string &text) {
  std::string quoted = "\"";
  for (char letter : text) {
    if (letter == '"' || letter == '\\') quoted += '\\';
    if (static_cast<unsigned char>(letter) >= 0x20) quoted += letter;
  }
  return quoted + "\"";
}

// Seconds since 1970 of a time such as 2026-11-23T08:30:00.5+07:00; -1 when it is not one.
inline int64_t seconds_of(const std::string &time) {
  int year, month, day, hour, minute, second, read = 0;
  if (std::sscanf(time.c_str(), "%4d-%2d-%2d%*1[Tt ]%2d:%2d:%2d%n", &year, &month, &day, &hour, &minute, &second, &read) !=
          6 ||
      read != 19)
    return -1;
  std::size_t at = 19;
  if (time.size() > at && time[at] == '.')
    do ++at;
    while (at < time.size() && time[at] >= '0' && time[at] <= '9');
  int ahead = 0, hours = 0, minutes = 0;
  char sign = '\0', end = '\0';
  std::string zone = time.substr(at);
  if (zone != "Z" && zone != "z") {
    if (std::sscanf(zone.c_str(), "%c%2d:%2d%c", &sign, &hours, &minutes, &end) != 3 || (sign != '+' && sign != '-'))
      return -1;
    ahead = (hours * 60 + minutes) * (sign == '-' ? -60 : 60);
  }
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60) return -1;
  // Days from the civil calendar (H. Hinnant's algorithm): years begin in March, so that 29 February comes last.
  int64_t from_march = month <= 2 ? year - 1 : year;
  int64_t era = from_march / 400, of_era = from_march - era * 400;
  int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  int64_t days = era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
  return days * 86400 + hour * 3600 + minute * 60 + second - ahead;
}

}  // namespace hall
