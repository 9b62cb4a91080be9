// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// A request and its answer as the rooms of the sandbox see them; only server.cpp knows Beast.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace thidua::sandbox {

enum class Method : std::uint8_t { Get, Post, Other };

/// Views into the message being answered; none is kept.
struct Request {
    Method method = Method::Get;
    std::string_view path;
    std::string_view query;
    std::string_view authorization;
    std::string_view body;
};

/// How the answer goes over the wire; all but Whole are faults.
enum class Transfer : std::uint8_t { Whole, CutBody, Slow, Hang };

struct Reply {
    int status = 200;
    std::string content_type = "application/json";
    std::string body;
    std::optional<int> retry_after_seconds;
    Transfer transfer = Transfer::Whole;
};

/// A JSON answer.
inline Reply json_reply(int status, std::string body) {
    Reply reply;
    reply.status = status;
    reply.body = std::move(body);
    return reply;
}

}  // namespace thidua::sandbox
