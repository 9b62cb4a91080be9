// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/file_drop.hpp"

#include "core/time.hpp"
#include "daemon/file_words.hpp"
#include "daemon/inbox.hpp"

#include <fmt/format.h>

#include <optional>
#include <utility>

namespace thidua::daemon {
namespace {

namespace fs = std::filesystem;

/// Errors that are the file's own, and not this machine's or the store's.
bool is_of_the_file(const Error& error) {
    return error.kind == ErrorKind::Data || error.kind == ErrorKind::Contract;
}

/// What stands beside a file of which something was not taken; empty if all was.
std::string note_of(const std::string& name, Instant now, const Result<FileOutcome>& outcome) {
    if (!outcome) {
        return rejection_note(name, to_text(now), outcome.error().message);
    }
    return outcome->rejected.empty()
               ? ""
               : partial_note(name, to_text(now), outcome->records, outcome->rejected);
}

}  // namespace

Result<FileOutcome> take_file(PullInHand& pull, const fs::path& file) {
    const auto bytes = read_own_file(file);
    if (!bytes) {
        return std::unexpected(bytes.error());
    }
    FileOutcome outcome;
    outcome.name = file.filename().string();
    auto slice = pull.connector.read_file(outcome.name, *bytes);
    if (!slice) {
        return std::unexpected(std::move(slice.error()));
    }
    const auto published = publish(pull, *slice);
    if (!published) {
        return std::unexpected(published.error());
    }
    outcome.records = slice->declared_total - static_cast<std::int64_t>(slice->rejected.size());
    outcome.rejected = std::move(slice->rejected);
    outcome.is_repeat = published->is_repeat;
    return outcome;
}

Result<std::size_t> take_inbox(PullInHand& pull) {
    const FileDrop& drop = pull.source.file;
    const auto files =
        claim_files(drop, pull.service.clock.now(), [](const fs::path&) { return true; });
    if (!files) {
        return std::unexpected(files.error());
    }
    std::optional<Error> first_rejection;
    for (const fs::path& file : *files) {
        if (auto room = check_reserve(pull.service.settings); !room) {
            return std::unexpected(std::move(room.error()));
        }
        const auto outcome = take_file(pull, file);
        if (!outcome && !is_of_the_file(outcome.error())) {
            return std::unexpected(outcome.error());
        }
        const Instant now = pull.service.clock.now();
        const std::string note = note_of(file.filename().string(), now, outcome);
        const fs::path& folder = outcome ? drop.accepted : drop.rejected;
        if (auto done = put_away(file, folder, now, note); !done) {
            return std::unexpected(std::move(done.error()));
        }
        if (!outcome && !first_rejection) {
            first_rejection = Error{
                ErrorKind::Data,
                fmt::format("{}: {}", file.filename().string(), outcome.error().message)};
        }
    }
    if (first_rejection) {
        return std::unexpected(*std::move(first_rejection));
    }
    return files->size();
}

}  // namespace thidua::daemon
