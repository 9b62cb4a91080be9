// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A folder by WebDAV, RFC 4918.
#include "delivery/http_call.hpp"
#include "delivery/remote_folder.hpp"

#include <fmt/format.h>

#include <utility>

namespace thidua::delivery {
namespace {

constexpr int not_found = 404;
constexpr int is_there = 405;             // to MKCOL: something has this name
constexpr int precondition_failed = 412;  // to MOVE with Overwrite: F

std::string with_slash(const std::string& url) {
    return url.ends_with('/') ? url : url + '/';
}

class Webdav : public RemoteFolder {
  public:
    Webdav(const UploadTarget& target, std::stop_token stop)
        : target_(target), base_(with_slash(target.url)), stop_(std::move(stop)) {}

    Result<void> make_folder(std::string_view path) override {
        for (std::size_t end = 0; end != std::string_view::npos;) {
            end = path.find('/', end + 1);
            HttpCall wanted = call_to(std::string(path.substr(0, end)) + '/', "MKCOL");
            if (auto made = well_or(wanted, is_there); !made) {
                return failed("make folder", made.error());
            }
        }
        return {};
    }

    Result<std::optional<std::string>> read(const std::string& path, std::size_t bytes_max)
        override {
        HttpCall wanted = call_to(path, "GET");
        wanted.answer_bytes_max = bytes_max;
        const auto answer = well_or(wanted, not_found);
        if (!answer) {
            return std::unexpected(answer.error());
        }
        return answer->status == not_found ? std::nullopt : std::optional(answer->body);
    }

    Result<void> write(const std::string& path, std::string_view bytes) override {
        HttpCall wanted = call_to(path, "PUT");
        wanted.headers = {{"Content-Type", "application/octet-stream"}};
        wanted.body = bytes;
        const auto answer = call_well(wanted, stop_);
        return answer ? Result<void>{} : std::unexpected(answer.error());
    }

    Result<void> rename(const std::string& from, const std::string& to) override {
        HttpCall wanted = call_to(from, "MOVE");
        wanted.headers = {{"Destination", base_ + to}, {"Overwrite", "F"}};
        const auto answer = well_or(wanted, precondition_failed);
        if (!answer) {
            return std::unexpected(answer.error());
        }
        return answer->is_success() ? Result<void>{} : fail(ErrorKind::Data, "it is there already");
    }

  private:
    [[nodiscard]] HttpCall call_to(const std::string& path, std::string method) const {
        HttpCall wanted;
        wanted.url = base_ + path;
        wanted.method = std::move(method);
        wanted.username = target_.username;
        wanted.password = target_.password;
        wanted.ca_file = target_.ca_file;
        wanted.timeout = target_.timeout;
        return wanted;
    }

    /// An answer of 2xx, or this other status.
    [[nodiscard]] Result<HttpAnswer> well_or(const HttpCall& wanted, int status) const {
        auto answer = call(wanted, stop_);
        const bool is_expected = answer && (answer->is_success() || answer->status == status);
        return !answer || is_expected ? answer : error_of(*answer);
    }

    const UploadTarget& target_;
    std::string base_;
    std::stop_token stop_;
};

}  // namespace

std::unique_ptr<RemoteFolder> open_webdav(const UploadTarget& target, std::stop_token stop) {
    return std::make_unique<Webdav>(target, std::move(stop));
}

}  // namespace thidua::delivery
