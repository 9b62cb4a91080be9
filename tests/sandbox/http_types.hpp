// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// A request and its answer as the rooms of the sandbox see them; only server.cpp knows Beast.

#pragma once

#include <chrono>
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
    std::string_view group_id;  // OpenCPS names the site by it
    std::string_view body;
};

/// What a fault does to the contents of an answer that still looks like one; each belongs to some
/// paths only.
enum class Tamper : std::uint8_t {
    Nothing,
    EmptyContent,  // a search that finds nothing
    LargerTotal,   // a search that declares more than it lists
    WrongRoot,     // a report on another department
    SoftError,     // error_code is not 0, under HTTP 200
    SoftFailure,   // error_code is "0", and the message says that it failed
};

/// How the answer goes over the wire; all but Whole are faults.
enum class Transfer : std::uint8_t { Whole, CutBody, Slow, Hang };

struct Reply {
    int status = 200;
    std::string content_type = "application/json";
    std::string body;
    std::optional<int> retry_after_seconds;
    Transfer transfer = Transfer::Whole;
    std::chrono::milliseconds delay{200};  // of a slow answer
};

/// A JSON answer.
inline Reply json_reply(int status, std::string body) {
    Reply reply;
    reply.status = status;
    reply.body = std::move(body);
    return reply;
}

}  // namespace thidua::sandbox
