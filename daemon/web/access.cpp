// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/web/access.hpp"

#include "core/base64.hpp"
#include "core/file.hpp"
#include "core/hash.hpp"
#include "daemon/log.hpp"

#include <argon2.h>
#include <fmt/format.h>
#include <sys/random.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <system_error>

namespace thidua::daemon::web {
namespace {

constexpr std::uintmax_t password_file_bytes_max = 64 * 1024;

// OWASP's smallest recommendation for Argon2id: 19 MiB, two passes, one lane. More would not fit
// the memory that the unit allows beside the work.
constexpr std::uint32_t memory_kib = 19'456;
constexpr std::uint32_t passes = 2;
constexpr std::uint32_t lanes = 1;
constexpr std::size_t salt_bytes = 16;
constexpr std::size_t hash_bytes = 32;
constexpr std::size_t encoded_bytes_max = 256;

constexpr std::size_t password_bytes_min = 12;
constexpr std::size_t password_bytes_max = 256;
constexpr std::size_t user_bytes_max = 64;

constexpr std::string_view hash_begins = "$argon2id$";

/// Of any password; checked where the file does not name the user, so that time tells nothing.
constexpr std::string_view hash_of_nobody =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

constexpr int failures_free = 5;               // of one address, before it has to wait
constexpr std::chrono::seconds first_wait{2};  // doubles with each further failure
constexpr std::chrono::seconds longest_wait{300};
constexpr std::chrono::minutes failures_kept{15};
constexpr std::size_t failures_per_minute = 30;  // of all addresses
constexpr std::size_t addresses_max = 4096;      // remembered at once
constexpr std::chrono::minutes granted_for{5};
constexpr std::size_t granted_max = 256;

bool is_user(std::string_view text) {
    const auto is_fine = [](char letter) {
        return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '.' ||
               letter == '-' || letter == '_';
    };
    return !text.empty() && text.size() <= user_bytes_max && std::ranges::all_of(text, is_fine);
}

std::string random_bytes(std::size_t count) {
    std::string bytes(count, '\0');
    const auto got = ::getrandom(bytes.data(), bytes.size(), 0);
    check(got == static_cast<ssize_t>(count), "random_bytes: the kernel gives random bytes");
    return bytes;
}

bool matches(const std::string& hash, const std::string& password) {
    return ::argon2id_verify(hash.c_str(), password.data(), password.size()) == ARGON2_OK;
}

Response ask_for_password() {
    Response response = say(401, "Đăng nhập để xem / a password is needed");
    response.headers.emplace_back("WWW-Authenticate", R"(Basic realm="thidua", charset="UTF-8")");
    return response;
}

Response ask_to_wait(std::chrono::seconds wait) {
    Response response = say(429, fmt::format("too many wrong passwords; wait {} s", wait.count()));
    response.headers.emplace_back("Retry-After", std::to_string(wait.count()));
    return response;
}

}  // namespace

std::optional<Credentials> parse_basic(std::string_view header) {
    constexpr std::string_view scheme = "basic ";
    const auto is_same = [](char left, char right) {
        return std::tolower(static_cast<unsigned char>(left)) == right;
    };
    if (header.size() <= scheme.size() ||
        !std::ranges::equal(header.substr(0, scheme.size()), scheme, is_same)) {
        return std::nullopt;
    }
    const auto plain = from_base64(header.substr(scheme.size()));
    const auto colon = plain ? plain->find(':') : std::string::npos;
    if (colon == std::string::npos) {
        return std::nullopt;
    }
    return Credentials{plain->substr(0, colon), plain->substr(colon + 1)};
}

Result<std::vector<PasswordLine>> parse_password_file(std::string_view text) {
    std::vector<PasswordLine> lines;
    for (int number = 1; !text.empty(); ++number) {
        const auto end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        if (line.empty() || line.starts_with('#')) {
            continue;
        }
        const auto colon = line.find(':');
        const std::string_view user = line.substr(0, colon);
        const std::string_view hash = colon == std::string_view::npos ? "" : line.substr(colon + 1);
        if (!is_user(user) || !hash.starts_with(hash_begins) || hash.size() > encoded_bytes_max) {
            return fail(
                ErrorKind::Config,
                fmt::format(
                    "line {}: must be user:$argon2id$..., as `thidua web password` makes it", number
                )
            );
        }
        lines.push_back({std::string(user), std::string(hash)});
    }
    if (lines.empty()) {
        return fail(ErrorKind::Config, "names nobody: `thidua web password` makes its lines");
    }
    return lines;
}

Result<std::vector<PasswordLine>> read_password_file(const std::filesystem::path& path) {
    const auto named = [&](const std::string& what) {
        return fail(
            ErrorKind::Config, fmt::format("web.password_file: {}: {}", path.string(), what)
        );
    };
    std::error_code code;
    const auto mode = std::filesystem::status(path, code).permissions();
    if (code || mode == std::filesystem::perms::unknown) {
        return named("cannot be read");
    }
    if ((mode & std::filesystem::perms::others_read) != std::filesystem::perms::none) {
        return named("everybody can read it: chmod o-r");
    }
    const auto text = read_file(path, password_file_bytes_max);
    if (!text) {
        return named("cannot be read");
    }
    auto lines = parse_password_file(*text);
    return lines ? std::move(lines) : named(lines.error().message);
}

Result<std::string> make_password_line(const Credentials& credentials) {
    if (!is_user(credentials.user)) {
        return fail(
            ErrorKind::Usage, "the user's name: letters, digits, '.', '-' and '_', at most 64"
        );
    }
    const std::size_t length = credentials.password.size();
    if (length < password_bytes_min || length > password_bytes_max) {
        return fail(ErrorKind::Usage, "the password: from 12 to 256 bytes");
    }
    const std::string salt = random_bytes(salt_bytes);
    std::array<char, encoded_bytes_max> encoded{};
    const int outcome = ::argon2id_hash_encoded(
        passes,
        memory_kib,
        lanes,
        credentials.password.data(),
        length,
        salt.data(),
        salt.size(),
        hash_bytes,
        encoded.data(),
        encoded.size()
    );
    if (outcome != ARGON2_OK) {
        return fail(ErrorKind::Io, fmt::format("argon2: {}", ::argon2_error_message(outcome)));
    }
    return credentials.user + ":" + encoded.data();
}

bool is_right(const std::vector<PasswordLine>& lines, const Credentials& credentials) {
    const auto line = std::ranges::find(lines, credentials.user, &PasswordLine::user);
    const bool is_known = line != lines.end();
    const bool is_match =
        matches(is_known ? line->hash : std::string(hash_of_nobody), credentials.password);
    return is_known && is_match;
}

std::chrono::seconds Throttle::wait(const std::string& address, Time now) {
    forget_old(now);
    if (recent_.size() >= failures_per_minute) {
        const auto left = std::chrono::ceil<std::chrono::seconds>(
            recent_.front() + std::chrono::minutes{1} - now
        );
        return std::max(left, std::chrono::seconds{1});
    }
    const auto failures = addresses_.find(address);
    if (failures == addresses_.end() || failures->second.count < failures_free) {
        return {};
    }
    const int doublings = std::min(failures->second.count - failures_free, 10);
    const auto pause = std::min(first_wait * (1 << doublings), longest_wait);
    const auto left = std::chrono::ceil<std::chrono::seconds>(failures->second.last + pause - now);
    return std::max(left, std::chrono::seconds{0});
}

void Throttle::failed(const std::string& address, Time now) {
    forget_old(now);
    recent_.push_back(now);
    if (addresses_.size() >= addresses_max && !addresses_.contains(address)) {
        return;  // the limit of all addresses holds
    }
    Failures& failures = addresses_[address];
    ++failures.count;
    failures.last = now;
}

void Throttle::forget_old(Time now) {
    while (!recent_.empty() && now - recent_.front() >= std::chrono::minutes{1}) {
        recent_.pop_front();
    }
    std::erase_if(addresses_, [&](const auto& one) {
        return now - one.second.last >= failures_kept;
    });
}

Access::Access(std::filesystem::path password_file)
    : password_file_(std::move(password_file)), salt_(random_bytes(salt_bytes)) {}

/// Not the header itself: nothing that is kept in memory gives a password away.
std::string Access::key_of(const std::string& header) const {
    return sha256_hex(salt_ + header);
}

Access::Answer Access::look(const Request& request, Time now) {
    if (password_file_.empty()) {
        return {Verdict::Granted};
    }
    if (!parse_basic(request.authorization)) {
        return {Verdict::Refused, ask_for_password()};
    }
    const std::scoped_lock lock(mutex_);
    const auto granted = granted_.find(key_of(request.authorization));
    if (granted != granted_.end() && now < granted->second) {
        return {Verdict::Granted};
    }
    if (const auto wait = throttle_.wait(request.peer, now); wait.count() > 0) {
        return {Verdict::Refused, ask_to_wait(wait)};
    }
    return {Verdict::Unknown};
}

std::optional<Response> Access::check(const Request& request, Time now) {
    const Answer seen = look(request, now);  // others may have been refused meanwhile
    if (seen.verdict != Verdict::Unknown) {
        return seen.verdict == Verdict::Granted ? std::nullopt : std::optional(seen.response);
    }
    const auto lines = read_password_file(password_file_);
    if (!lines) {
        if (last_problem_ != lines.error().message) {
            last_problem_ = lines.error().message;
            log_error(last_problem_);
        }
        return say(503, "the password file cannot be used; the journal says why");
    }
    const bool is_good = is_right(*lines, *parse_basic(request.authorization));
    const std::scoped_lock lock(mutex_);
    if (!is_good) {
        throttle_.failed(request.peer, now);
        return ask_for_password();
    }
    throttle_.succeeded(request.peer);
    std::erase_if(granted_, [&](const auto& one) { return now >= one.second; });
    if (granted_.size() < granted_max) {
        granted_[key_of(request.authorization)] = now + granted_for;
    }
    return std::nullopt;
}

}  // namespace thidua::daemon::web
