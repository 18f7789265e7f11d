// The desk device's own logic as a program: a line in for each thing that happens, lines out for what it does.
//
//     NOW_MS UNIX_S connected|cut|tick        NOW_MS UNIX_S key NAME | rate SCORE        NOW_MS UNIX_S message TOPIC HEX
//     publish TOPIC 0|1 HEX | subscribe TOPIC | unsubscribe TOPIC | reboot        and last: view LIGHT STALE INVITING PENDING DROPPED LIT PERCENT TEXT
//     json HEX NAME...  ->  json VALID then for each name its number, or "text HEX", or "-"        time HEX  ->  time SECONDS
#include <iostream>
#include <sstream>

#include "hall_device.h"

static std::string text_of(const std::string &hex) {
  std::string text;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) text += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  return text;
}

static std::string hex_of(const std::string &text) {
  std::string hex;
  char two[3];
  for (unsigned char byte : text) {
    std::snprintf(two, sizeof two, "%02x", byte);
    hex += two;
  }
  return hex.empty() ? "." : hex;
}

static void look_into(std::istringstream &words) {
  std::string hex, name, value;
  words >> hex;
  std::string text = text_of(hex);
  hall::Json json(text);
  std::cout << "json " << json.valid();
  for (uint64_t number; words >> name;) {
    if (json.number(name, &number)) std::cout << ' ' << number;
    else if (json.text(name, &value)) std::cout << " text:" << hex_of(value);
    else std::cout << " -";
  }
  std::cout << std::endl;
}

int main(int, char **words) {
  hall::Settings settings{words[1], words[2], words[3], words[4], "esp32", "1.0", static_cast<uint32_t>(std::stoul(words[5])),
                          std::stoi(words[6]), 30000, static_cast<std::size_t>(std::stoul(words[7])), words[8]};
  hall::Device device(settings);
  device.publish = [](const std::string &topic, const std::string &payload, bool retain) {
    std::cout << "publish " << topic << ' ' << retain << ' ' << hex_of(payload) << '\n';
  };
  device.subscribe = [](const std::string &topic) { std::cout << "subscribe " << topic << '\n'; };
  device.unsubscribe = [](const std::string &topic) { std::cout << "unsubscribe " << topic << '\n'; };
  device.reboot = [] { std::cout << "reboot\n"; };
  device.begin();
  std::cout << "view" << std::endl;
  for (std::string line, first, verb, argument, hex; std::getline(std::cin, line);) {
    std::istringstream rest(line);
    rest >> first;
    if (first == "json") {
      look_into(rest);
      continue;
    }
    if (first == "time") {
      rest >> hex;
      std::cout << "time " << hall::seconds_of(text_of(hex)) << std::endl;
      continue;
    }
    uint32_t now = static_cast<uint32_t>(std::stoull(first));
    int64_t unix_s;
    rest >> unix_s >> verb;
    if (verb == "connected") device.connected(now);
    if (verb == "cut") device.cut(now);
    if (verb == "tick") device.tick(now);
    if (verb == "key" && rest >> argument) device.key(argument, now);
    if (verb == "rate" && rest >> argument) device.rate(std::stoi(argument), now);
    if (verb == "message" && rest >> argument >> hex) device.received(argument, hex == "." ? "" : text_of(hex), now, unix_s);
    std::cout << "view " << static_cast<int>(device.light(now)) << ' ' << device.stale(now) << ' ' << device.inviting(now) << ' '
              << device.pending() << ' ' << device.dropped() << ' ' << device.lit(now) << ' '
              << static_cast<int>(100.0F * device.invitation(now)) << ' ' << hex_of(device.text(now)) << std::endl;
  }
}
