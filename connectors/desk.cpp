// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/desk.hpp"

#include "core/file.hpp"
#include "core/hash.hpp"

#include <algorithm>

namespace thidua::connectors {

Values slice_values(const Desk& desk) {
    const SourceDescription& description = desk.description;
    Values values(description.parameters.begin(), description.parameters.end());
    values["now"] = format_time(desk.fetcher.now(), description.cursor.format);
    values["session"] = session_placeholder;
    return values;
}

void add_window(const SourceDescription& description, const Window& window, Values& values) {
    const std::chrono::days wider{description.slicing.widen_days};
    const TimeFormat format = description.cursor.format;
    values["from"] = format_time(first_instant(window.first - wider), format);
    values["to"] = format_time(last_instant(window.last + wider), format);
    const std::chrono::year_month_day first{window.first};
    values["year"] = std::to_string(static_cast<int>(first.year()));
    values["month"] = std::to_string(static_cast<unsigned>(first.month()));
}

Result<std::string> secret_of(const std::optional<Signature>& signature) {
    return signature ? read_secret(signature->secret_file) : Result<std::string>{};
}

Manner manner_of(const Request& request, int in_flight) {
    Manner manner;
    manner.path = request.path;
    manner.success = request.success;
    manner.in_flight = in_flight;
    return manner;
}

void close_slice(Desk& desk, Slice& slice) {
    const Account& account = desk.fetcher.account();
    slice.requests = account.requests;
    slice.bytes = account.bytes;
    slice.sha256 = sha256_hex(account.prints);
    slice.kept = desk.keeper.take();
    if (desk.description.slicing.type != Slicing::Type::Lookup) {
        const std::uint64_t print = print_of(slice.key, account.print ^ desk.reading_print);
        slice.print = std::max(print, std::uint64_t{1});  // 0 means unknown
    }
}

}  // namespace thidua::connectors
