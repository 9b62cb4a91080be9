// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/witness.hpp"

#include "core/descriptor.hpp"
#include "core/file.hpp"
#include "core/hash.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <system_error>

namespace thidua::store {
namespace {

constexpr std::string_view no_hash = "-";
constexpr std::size_t check_length = 8;

/// Far above bytes_max: a line is appended before the file is looked at.
constexpr std::uintmax_t readable_bytes_max = 16 * Witness::bytes_max;

std::string check_of(std::string_view text) {
    return sha256_hex(text).substr(0, check_length);
}

std::optional<std::int64_t> number(std::string_view word) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    const bool is_whole = error == std::errc{} && end == word.data() + word.size();
    return is_whole ? std::optional(value) : std::nullopt;
}

std::unexpected<Error> witness_error(std::string_view call, const std::filesystem::path& path) {
    return fail(
        ErrorKind::Io,
        fmt::format(
            "witness {}: {}: {}", path.string(), call, std::generic_category().message(errno)
        )
    );
}

}  // namespace

std::string to_text(const WitnessLine& line) {
    const std::string text = fmt::format(
        "{} {} {} {}",
        line.epoch,
        line.height,
        line.hash.empty() ? no_hash : std::string_view(line.hash),
        line.at.time_since_epoch().count()
    );
    return text + ' ' + check_of(text);
}

std::optional<WitnessLine> parse_witness_line(std::string_view text) {
    const std::size_t last = text.rfind(' ');
    if (last == std::string_view::npos || check_of(text.substr(0, last)) != text.substr(last + 1)) {
        return std::nullopt;
    }
    std::array<std::string_view, 4> words;
    std::string_view rest = text.substr(0, last);
    for (std::string_view& word : words) {
        const std::size_t end = rest.find(' ');
        word = rest.substr(0, end);
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    }
    const auto epoch = number(words[0]);
    const auto height = number(words[1]);
    const auto at = number(words[3]);
    if (!epoch || !height || !at || !rest.empty()) {
        return std::nullopt;
    }
    return WitnessLine{
        *epoch,
        *height,
        words[2] == no_hash ? std::string() : std::string(words[2]),
        Instant{std::chrono::milliseconds{*at}}};
}

Witness::Witness(const std::filesystem::path& store_path)
    : path_(store_path.string() + ".witness") {}

Result<std::vector<WitnessLine>> Witness::read() const {
    std::vector<WitnessLine> lines;
    std::error_code code;
    if (!std::filesystem::exists(path_, code)) {
        return lines;
    }
    const auto content = read_file(path_, readable_bytes_max);
    if (!content) {
        return failed("witness", content.error());
    }
    std::string_view rest = *content;
    while (!rest.empty()) {
        const std::size_t end = rest.find('\n');
        if (end == std::string_view::npos) {
            break;  // torn: it was never acknowledged
        }
        if (auto line = parse_witness_line(rest.substr(0, end))) {
            lines.push_back(*std::move(line));
        }
        rest.remove_prefix(end + 1);
    }
    return lines;
}

Result<std::optional<WitnessLine>> Witness::last() const {
    auto lines = read();
    if (!lines) {
        return std::unexpected(lines.error());
    }
    return lines->empty() ? std::optional<WitnessLine>() : std::optional(std::move(lines->back()));
}

/// Cuts off what a crash left of a line, so that the next one does not grow out of it.
Result<void> Witness::mend_tail() const {
    std::error_code code;
    if (!std::filesystem::exists(path_, code)) {
        return {};
    }
    const auto content = read_file(path_, readable_bytes_max);
    if (!content) {
        return failed("witness", content.error());
    }
    const std::size_t end = content->rfind('\n');
    const std::size_t whole = end == std::string::npos ? 0 : end + 1;
    if (whole != content->size() && ::truncate(path_.c_str(), static_cast<off_t>(whole)) != 0) {
        return witness_error("truncate", path_);
    }
    return {};
}

/// Returns how large the file is now.
Result<std::uintmax_t> Witness::write_line(std::string_view text, Sync sync) const {
    const Descriptor file(
        ::open(path_.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0640)
    );
    struct stat status {};
    if (file.number() < 0 || ::fstat(file.number(), &status) != 0) {
        return witness_error("open", path_);
    }
    // One write: a line is torn by a power cut only, and then it has no check sum.
    if (::write(file.number(), text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
        return witness_error("write", path_);
    }
    if (sync == Sync::Yes && ::fsync(file.number()) != 0) {
        return witness_error("sync", path_);
    }
    return static_cast<std::uintmax_t>(status.st_size) + text.size();
}

Result<void> Witness::append(const WitnessLine& line, Sync sync) {
    const std::string text = to_text(line) + '\n';
    std::error_code code;
    if (!std::filesystem::exists(path_, code)) {
        return write_file(path_, text);  // whole and synced, with its name in the folder
    }
    if (!is_mended_) {
        if (auto mended = mend_tail(); !mended) {
            return mended;
        }
        is_mended_ = true;
    }
    const auto size = write_line(text, sync);
    if (!size) {
        is_mended_ = false;
        return std::unexpected(size.error());
    }
    return *size > bytes_max ? write_file(path_, text) : Result<void>{};
}

}  // namespace thidua::store
