// Just enough of ESPHome that the lambdas of our settings can be compiled without an ESP32's tool chain: names and types.
#pragma once
#include <cstdio>
#include <ctime>
#include <functional>
#include <string>

#define id(name) name
#define ESP_LOGW(tag, ...) std::printf(__VA_ARGS__)

inline uint32_t millis() { return 0; }

struct {
  void safe_reboot() {}
} App;

struct {
  bool publish(const std::string &, const std::string &, uint8_t, bool) { return true; }
  void subscribe(const std::string &, std::function<void(const std::string &, const std::string &)>, uint8_t) {}
  void unsubscribe(const std::string &) {}
} broker_line;

struct Clock {
  struct Time {
    time_t timestamp = 0;
    bool is_valid() const { return false; }
  };
  Time now() const { return {}; }
} hall_clock;

struct Binary {
  void set_state(bool) {}
};
struct Dimmed {
  void set_level(float) {}
};
struct Matrix {
  uint8_t printdigit(const char *) { return 0; }
  void filled_rectangle(int, int, int, int) {}
};
Binary officers_light;
Dimmed invite_1, invite_2, invite_3, invite_4, invite_5, invite_all;
uint32_t boots = 0;
hall::Device *desk = nullptr;
