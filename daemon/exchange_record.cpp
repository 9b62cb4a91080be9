// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/exchange_record.hpp"

#include "core/file.hpp"
#include "core/hash.hpp"
#include "daemon/standings_json.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <system_error>
#include <utility>

namespace thidua::daemon {
namespace {

namespace json = boost::json;

constexpr std::string_view manifest_name = "manifest.json";

/// A step's words as a part of a file's name.
std::string as_name(std::string_view words) {
    std::string name;
    for (char letter : words) {
        letter = letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
        const bool is_plain = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
        if (is_plain) {
            name += letter;
        } else if (!name.empty() && !name.ends_with('-')) {
            name += '-';
        }
    }
    constexpr std::size_t length_max = 60;
    name.resize(std::min(name.size(), length_max));
    return name.substr(0, name.find_last_not_of('-') + 1);
}

}  // namespace

struct ExchangeRecord::State {
    std::filesystem::path folder;
    std::mutex mutex;
    json::array manifest;
    Result<void> written;
};

ExchangeRecord::ExchangeRecord(std::filesystem::path folder) : state_(std::make_unique<State>()) {
    state_->folder = std::move(folder);
}

ExchangeRecord::~ExchangeRecord() = default;

Result<std::unique_ptr<ExchangeRecord>> ExchangeRecord::make(std::filesystem::path folder) {
    std::error_code code;
    std::filesystem::create_directories(folder, code);
    if (code) {
        return fail(ErrorKind::Io, "create " + folder.string() + ": " + code.message());
    }
    if (std::filesystem::exists(folder / manifest_name, code)) {
        return fail(
            ErrorKind::Usage,
            folder.string() + " holds a record already, which is not overwritten; name another"
        );
    }
    return std::unique_ptr<ExchangeRecord>(new ExchangeRecord(std::move(folder)));
}

void ExchangeRecord::add(const std::string& source, const connectors::Exchange& exchange) {
    const std::scoped_lock lock(state_->mutex);
    const std::string file =
        fmt::format("{:03}-{}.json", state_->manifest.size() + 1, as_name(exchange.step));
    const auto written = write_file(state_->folder / file, exchange.answer);
    state_->written = state_->written ? written : state_->written;
    state_->manifest.push_back(
        {{"file", file},
         {"source", source},
         {"step", exchange.step},
         {"request", exchange.request},
         {"status", exchange.status},
         {"bytes", exchange.bytes},
         {"sha256", sha256_hex(exchange.answer)}}
    );
}

Result<void> ExchangeRecord::finish() {
    const std::scoped_lock lock(state_->mutex);
    auto done = state_->written
                    ? write_file(state_->folder / manifest_name, pretty_json(state_->manifest))
                    : state_->written;
    return done ? done : failed("record", done.error());
}

}  // namespace thidua::daemon
