// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

#include "sessions.hpp"

#include "json_text.hpp"
#include "random.hpp"
#include "text.hpp"

#include <boost/json.hpp>

namespace thidua::sandbox {

std::optional<std::string> Sessions::log_in(std::string_view body, Instant now) {
    const auto asked = parse_object(body);
    if (!asked || text_of(*asked, "username") != client_.id ||
        text_of(*asked, "password") != client_.secret) {
        refused_logins_ += 1;
        return std::nullopt;
    }
    const auto number = static_cast<std::uint64_t>(logins_++);
    Random random{stream_seed(seed_, (std::uint64_t{1} << 41U) + number, Salt::Token)};
    session_.clear();
    append_hex(session_, random.next(), 16);
    append_hex(session_, random.next(), 16);
    begun_ = now;
    calls_ = 0;
    return session_;
}

bool Sessions::admits(std::string_view session, Instant now) {
    const bool is_open = !session_.empty() && session == session_ && begun_ <= now &&
                         now < begun_ + lifetime_ && calls_ < calls_max_;
    (is_open ? calls_ : refused_calls_) += 1;
    return is_open;
}

void Sessions::configure(std::string_view body) {
    const auto asked = parse_object(body);
    if (!asked) {
        return;
    }
    if (asked->contains("calls")) {
        calls_max_ = number_of(*asked, "calls");
    }
    if (asked->contains("minutes")) {
        lifetime_ = std::chrono::minutes{number_of(*asked, "minutes")};
    }
    if (asked->contains("end")) {
        session_.clear();
    }
}

Reply Sessions::counts() const {
    const boost::json::object said{
        {"logins", logins_},
        {"refused_logins", refused_logins_},
        {"refused_calls", refused_calls_},
        {"calls", calls_max_},
        {"minutes", lifetime_.count()}};
    return json_reply(200, boost::json::serialize(said));
}

}  // namespace thidua::sandbox
