// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "delivery/filing.hpp"

#include "core/file.hpp"
#include "core/free_space.hpp"
#include "core/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

namespace thidua::delivery {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t file_name_bytes_max = 200;  // leaves room for the temporary name's suffix

std::unexpected<Error> io_error(
    std::string_view step, const fs::path& place, const std::error_code& code
) {
    const bool is_full = code == std::errc::no_space_on_device;
    return fail(
        ErrorKind::Io,
        fmt::format(
            "{} {}: {}{}", step, place.string(), code.message(), is_full ? space_remedy(place) : ""
        )
    );
}

// A new folder is only there after a power cut if the folder that holds it was synced.
Result<void> make_folder(const fs::path& folder) {
    std::error_code code;
    if (fs::is_directory(folder, code)) {
        return {};
    }
    const fs::path parent = folder_of(folder);
    if (parent != folder && parent != ".") {
        if (auto made = make_folder(parent); !made) {
            return made;
        }
    }
    fs::create_directory(folder, code);
    if (code) {
        return io_error("make folder", folder, code);
    }
    return sync_folder(parent);
}

bool is_file_name(std::string_view name) {
    return !name.empty() && name.size() <= file_name_bytes_max && name != "." && name != ".." &&
           name.find_first_of(std::string_view("/\0", 2)) == std::string_view::npos;
}

enum class Place { Free, Filed };

/// Free, or filed with the same bytes already; anything else is an error.
Result<Place> look_at(const fs::path& path, const FiledDocument& document) {
    std::error_code code;
    const fs::file_status status = fs::symlink_status(path, code);
    if (status.type() == fs::file_type::not_found) {
        return Place::Free;
    }
    if (code) {
        return io_error("look at", path, code);
    }
    if (status.type() != fs::file_type::regular) {
        return fail(ErrorKind::Data, fmt::format("{}: is there, but not a file", path.string()));
    }
    const std::uintmax_t size = fs::file_size(path, code);
    if (code) {
        return io_error("look at", path, code);
    }
    if (size == document.bytes.size()) {
        const auto filed = read_file(path, size);
        if (!filed) {
            return std::unexpected(filed.error());
        }
        if (*filed == document.bytes) {
            return Place::Filed;
        }
    }
    return fail(
        ErrorKind::Data,
        fmt::format("{}: other bytes are filed under this name already", path.string())
    );
}

// Looks once more: the list itself may name a file twice.
Result<void> file_one(const fs::path& path, const FiledDocument& document) {
    const auto place = look_at(path, document);
    if (!place) {
        return std::unexpected(place.error());
    }
    return *place == Place::Filed ? Result<void>{} : write_file(path, document.bytes);
}

}  // namespace

Result<void> file_documents(const fs::path& folder, const std::vector<FiledDocument>& documents) {
    // Everything is looked at before anything is written: a refusal leaves the folder as it was.
    std::vector<const FiledDocument*> missing;
    for (const FiledDocument& document : documents) {
        if (!is_file_name(document.file_name)) {
            return fail(
                ErrorKind::Data, fmt::format("'{}': not a file name", one_line(document.file_name))
            );
        }
        const auto place = look_at(folder / document.file_name, document);
        if (!place) {
            return failed("file documents", place.error());
        }
        if (*place == Place::Free) {
            missing.push_back(&document);
        }
    }
    if (auto made = make_folder(folder); !made) {
        return failed("file documents", made.error());
    }
    for (const FiledDocument* document : missing) {
        if (auto written = file_one(folder / document->file_name, *document); !written) {
            return failed("file documents", written.error());
        }
    }
    return {};
}

}  // namespace thidua::delivery
