// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A folder by SFTP, through libcurl and libssh2.
#include "delivery/curl_call.hpp"
#include "delivery/remote_folder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace thidua::delivery {
namespace {

constexpr std::size_t listing_bytes_max = 65'536;  // of what a command prints

std::string without_slash(std::string url) {
    while (url.ends_with('/')) {
        url.pop_back();
    }
    return url;
}

std::size_t give_bytes(char* buffer, std::size_t size, std::size_t count, void* user) {
    auto& rest = *static_cast<std::string_view*>(user);
    const std::size_t given = std::min(size * count, rest.size());
    std::memcpy(buffer, rest.data(), given);
    rest.remove_prefix(given);
    return given;
}

class Sftp : public RemoteFolder {
  public:
    Sftp(const UploadTarget& target, std::stop_token stop)
        : target_(target), base_(without_slash(target.url)), stop_(std::move(stop)) {}

    /// Nothing: the first file that is written makes the folders above it.
    Result<void> make_folder(std::string_view) override { return {}; }

    Result<std::optional<std::string>> read(const std::string& path, std::size_t bytes_max)
        override {
        CurlCall curl(stop_, target_.timeout, bytes_max);
        prepare(curl, path);
        const auto done = curl.perform();
        if (!done && curl.code() == CURLE_REMOTE_FILE_NOT_FOUND) {
            return std::nullopt;
        }
        return done ? Result<std::optional<std::string>>(curl.take_answer()) : told(curl, done);
    }

    Result<void> write(const std::string& path, std::string_view bytes) override {
        CurlCall curl(stop_, target_.timeout, listing_bytes_max);
        prepare(curl, path);
        std::string_view rest = bytes;
        curl_easy_setopt(curl.easy(), CURLOPT_UPLOAD, 1L);
        curl_easy_setopt(curl.easy(), CURLOPT_READFUNCTION, give_bytes);
        curl_easy_setopt(curl.easy(), CURLOPT_READDATA, &rest);
        curl_easy_setopt(
            curl.easy(), CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(bytes.size())
        );
        curl_easy_setopt(
            curl.easy(),
            CURLOPT_FTP_CREATE_MISSING_DIRS,
            static_cast<long>(CURLFTP_CREATE_DIR_RETRY)
        );
        const auto done = curl.perform();
        return done ? done : told(curl, done);
    }

    /// OpenSSH's rename of protocol 3 refuses a name that is taken.
    Result<void> rename(const std::string& from, const std::string& to) override {
        CurlCall curl(stop_, target_.timeout, listing_bytes_max);
        prepare(curl, from);
        CurlList commands;
        commands.add(fmt::format("rename \"{}\" \"{}\"", path_on_host(from), path_on_host(to)));
        curl_easy_setopt(curl.easy(), CURLOPT_QUOTE, commands.get());
        curl_easy_setopt(curl.easy(), CURLOPT_NOBODY, 1L);
        const auto done = curl.perform();
        if (!done && curl.code() == CURLE_QUOTE_ERROR) {
            return fail(ErrorKind::Data, "it is there already, or may not be renamed to");
        }
        return done ? done : told(curl, done);
    }

  private:
    void prepare(CurlCall& curl, const std::string& path) const {
        CURL* easy = curl.easy();
        curl_easy_setopt(easy, CURLOPT_URL, fmt::format("{}/{}", base_, path).c_str());
        curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "sftp");
        curl_easy_setopt(easy, CURLOPT_SSH_KNOWNHOSTS, target_.known_hosts_file.c_str());
        curl_easy_setopt(easy, CURLOPT_USERNAME, target_.username.c_str());
        const bool has_key = !target_.key_file.empty();
        curl_easy_setopt(
            easy,
            CURLOPT_SSH_AUTH_TYPES,
            static_cast<long>(has_key ? CURLSSH_AUTH_PUBLICKEY : CURLSSH_AUTH_PASSWORD)
        );
        if (has_key) {
            curl_easy_setopt(easy, CURLOPT_SSH_PRIVATE_KEYFILE, target_.key_file.c_str());
        } else {
            curl_easy_setopt(easy, CURLOPT_PASSWORD, target_.password.c_str());
        }
    }

    /// As commands name it: the URL's path, from the root, or from home where it begins with /~/.
    [[nodiscard]] std::string path_on_host(const std::string& path) const {
        constexpr std::string_view scheme = "sftp://";
        const std::size_t root = base_.find('/', scheme.size());
        const std::string folder = root == std::string::npos ? "" : base_.substr(root);
        const bool is_home = folder == "/~" || folder.starts_with("/~/");
        const std::string whole = fmt::format("{}/{}", is_home ? folder.substr(2) : folder, path);
        return is_home ? whole.substr(1) : whole;
    }

    [[nodiscard]] std::unexpected<Error> told(const CurlCall& curl, const Result<void>& done)
        const {
        if (curl.code() == CURLE_PEER_FAILED_VERIFICATION) {
            return fail(
                ErrorKind::Config,
                "the host's key is not that of " + target_.known_hosts_file.string()
            );
        }
        return std::unexpected(done.error());
    }

    const UploadTarget& target_;
    std::string base_;
    std::stop_token stop_;
};

}  // namespace

std::unique_ptr<RemoteFolder> open_sftp(const UploadTarget& target, std::stop_token stop) {
    return std::make_unique<Sftp>(target, std::move(stop));
}

}  // namespace thidua::delivery
