// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/evidence_drop.hpp"

#include "core/file.hpp"
#include "daemon/evidence_table.hpp"
#include "daemon/file_words.hpp"
#include "daemon/inbox.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <optional>
#include <string>
#include <system_error>

namespace thidua::daemon {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view inbox_name = "minh-chung";

FileDrop drop_of(const config::Settings& settings) {
    FileDrop drop;
    drop.inbox = settings.state_directory / inbox_name;
    drop.accepted = drop.inbox / "da-nhan";
    drop.rejected = drop.inbox / "tu-choi";
    return drop;
}

bool is_table(const fs::path& file) {
    return file.extension() == ".xlsx" || file.extension() == ".csv";
}

/// Why a table was not taken, as its unit reads it.
std::string note_of(const std::string& name, Instant now, const std::string& reasons) {
    return fmt::format(
        "Tệp: {}\n"
        "Thời điểm đọc: {}\n"
        "Kết quả: KHÔNG NHẬN. Không có minh chứng nào của tệp được ghi.\n"
        "Lý do:\n{}"
        "Cách sửa: sửa tệp theo lý do trên rồi đặt lại vào thư mục nhận tệp. Tệp mẫu: chạy lệnh "
        "thidua evidence template.\n",
        name,
        thidua::to_text(now),
        reasons
    );
}

/// The reasons for which nothing of the table was taken; empty if all of it was. Errors: Io.
Result<std::string> file_table(const Service& service, const fs::path& file) {
    const auto refused = [](const Error& error) -> Result<std::string> {
        return error.kind == ErrorKind::Data
                   ? Result<std::string>(fmt::format("- {}\n", vietnamese_reason(error.message)))
                   : std::unexpected(error);
    };
    const auto bytes = read_own_file(file);
    if (!bytes) {
        return refused(bytes.error());
    }
    const auto owner = file_owner(file);
    if (!owner) {
        return std::unexpected(owner.error());
    }
    const auto table = read_columns(evidence_columns(), {file.filename().string(), *bytes});
    if (!table) {
        return refused(table.error());
    }
    const fs::path inbox = file.parent_path().parent_path();
    const EvidenceRows rows =
        evidence_rows(*table, {service.settings, inbox, *owner, service.clock.now()});
    std::string reasons;
    for (const RowMistake& mistake : rows.mistakes) {
        reasons += fmt::format("- {}\n", to_text(mistake));
    }
    if (!reasons.empty()) {
        return reasons;
    }
    const auto filed =
        service.store.call([&](store::Store& store) { return store.file_evidence(rows.evidence); });
    return filed ? Result<std::string>("") : std::unexpected(filed.error());
}

}  // namespace

bool has_evidence_inbox(const config::Settings& settings) {
    std::error_code code;
    return fs::is_directory(drop_of(settings).inbox, code);
}

Result<std::size_t> take_evidence_inbox(const Service& service) {
    if (!has_evidence_inbox(service.settings)) {
        return 0;
    }
    const FileDrop drop = drop_of(service.settings);
    const auto files = claim_files(drop, service.clock.now(), is_table);
    if (!files) {
        return std::unexpected(files.error());
    }
    std::optional<Error> rejected;
    for (const fs::path& file : *files) {
        const std::string name = file.filename().string();
        const auto reasons = file_table(service, file);
        if (!reasons) {
            return failed("evidence " + name, reasons.error());
        }
        const Instant now = service.clock.now();
        const bool is_taken = reasons->empty();
        const auto done = put_away(
            file,
            is_taken ? drop.accepted : drop.rejected,
            now,
            is_taken ? "" : note_of(name, now, *reasons)
        );
        if (!done) {
            return std::unexpected(done.error());
        }
        if (!is_taken && !rejected) {
            rejected = Error{
                ErrorKind::Data,
                fmt::format(
                    "evidence {}: was not taken; {} says why", name, drop.rejected.string()
                )};
        }
    }
    if (rejected) {
        return std::unexpected(*std::move(rejected));
    }
    return files->size();
}

}  // namespace thidua::daemon
