// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "delivery/upload.hpp"

#include "core/hash.hpp"
#include "core/text.hpp"
#include "delivery/remote_folder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace thidua::delivery {
namespace {

/// Parts of a path that mean the same everywhere, without an escape.
bool is_plain_part(std::string_view part) {
    return !part.empty() && !part.starts_with('.') && part.size() <= 200 &&
           std::ranges::all_of(part, [](char letter) {
               return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                      (letter >= '0' && letter <= '9') || letter == '.' || letter == '_' ||
                      letter == '-' || letter == '+';
           });
}

bool is_plain_path(std::string_view path) {
    while (true) {
        const std::size_t end = path.find('/');
        if (!is_plain_part(path.substr(0, end))) {
            return false;
        }
        if (end == std::string_view::npos) {
            return true;
        }
        path.remove_prefix(end + 1);
    }
}

/// What a server says about a file that is missing.
constexpr std::size_t more_than_any_answer = 65'536;

enum class Found { Nothing, Same };

Result<Found> look_at(RemoteFolder& remote, const std::string& path, std::string_view bytes) {
    auto there = remote.read(path, 2 * bytes.size() + more_than_any_answer);
    if (!there) {
        return failed(path, there.error());
    }
    if (!*there) {
        return Found::Nothing;
    }
    if (**there == bytes) {
        return Found::Same;
    }
    return fail(ErrorKind::Data, path + ": other bytes are filed under this name already");
}

Result<void> upload_one(RemoteFolder& remote, const std::string& path, std::string_view bytes) {
    const auto found = look_at(remote, path, bytes);
    if (!found || *found == Found::Same) {
        return found ? Result<void>{} : std::unexpected(found.error());
    }
    // One name for the same bytes: what an attempt that was cut off left there is written over.
    const std::string temporary = fmt::format("{}.{}.part", path, sha256_hex(bytes).substr(0, 12));
    if (auto written = remote.write(temporary, bytes); !written) {
        return failed(temporary, written.error());
    }
    auto renamed = remote.rename(temporary, path);
    if (renamed) {
        return {};
    }
    // Perhaps it was, and only the answer was lost; or somebody else was faster.
    const auto after = look_at(remote, path, bytes);
    if (after && *after == Found::Same) {
        return {};
    }
    return after ? failed(path, renamed.error()) : std::unexpected(after.error());
}

}  // namespace

Result<void> upload_documents(
    const UploadTarget& target,
    std::string_view folder,
    const std::vector<FiledDocument>& documents,
    const std::stop_token& stop
) {
    for (const FiledDocument& document : documents) {
        if (!is_plain_path(folder) || !is_plain_part(document.file_name)) {
            return fail(
                ErrorKind::Data, fmt::format("'{}': not a plain name", one_line(document.file_name))
            );
        }
    }
    const auto remote =
        target.url.starts_with("sftp://") ? open_sftp(target, stop) : open_webdav(target, stop);
    if (auto made = remote->make_folder(folder); !made) {
        return failed("upload", made.error());
    }
    for (const FiledDocument& document : documents) {
        const std::string path = fmt::format("{}/{}", folder, document.file_name);
        if (auto uploaded = upload_one(*remote, path, document.bytes); !uploaded) {
            return failed("upload", uploaded.error());
        }
    }
    return {};
}

}  // namespace thidua::delivery
