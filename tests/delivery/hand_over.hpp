// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// One message, one recipient, one scripted relay: what the SMTP tests have in common.
#pragma once

#include "delivery/smtp.hpp"
#include "tests/support/smtp_peer.hpp"

#include <chrono>
#include <string>
#include <utility>

namespace thidua::delivery {

inline const std::string sender = "thidua@so.example.vn";
inline const std::string unit = "don-vi@example.vn";
inline const std::string message =
    "From: <thidua@so.example.vn>\r\nSubject: x\r\n\r\nmot\r\n.\r\n..hai\r\n.ba\r\n";
inline const std::string on_the_wire =
    "From: <thidua@so.example.vn>\r\nSubject: x\r\n\r\nmot\r\n..\r\n...hai\r\n..ba\r\n";

inline Relay relay_to(const test::SmtpPeer& peer) {
    Relay relay;
    relay.host = "127.0.0.1";
    relay.port = peer.port();
    relay.hello = "thidua.example.vn";
    relay.require_tls = false;
    relay.timeout = std::chrono::seconds(5);
    return relay;
}

inline Outcome hand_over(const test::SmtpPeer& peer) {
    return send(relay_to(peer), sender, unit, message, {});
}

inline test::SmtpAnswer reply(std::string text) {
    return {.act = test::SmtpAnswer::Act::Reply, .text = std::move(text), .delay = {}};
}
inline test::SmtpAnswer drop() {
    return {.act = test::SmtpAnswer::Act::Drop, .text = {}, .delay = {}};
}
inline test::SmtpAnswer silence() {
    return {.act = test::SmtpAnswer::Act::Silent, .text = {}, .delay = {}};
}

}  // namespace thidua::delivery
