// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/uploader.hpp"

#include "core/file.hpp"
#include "daemon/log.hpp"
#include "daemon/webhook.hpp"
#include "delivery/upload.hpp"
#include "store/notices.hpp"

#include <fmt/format.h>

#include <chrono>
#include <optional>
#include <utility>
#include <vector>

namespace thidua::daemon {
namespace {

constexpr std::chrono::minutes look_for_uploads{1};
constexpr std::chrono::days upload_tried_for{5};

Result<delivery::UploadTarget> target_of(const config::Filing& filing) {
    delivery::UploadTarget target;
    target.url = filing.url;
    target.username = filing.username;
    target.key_file = filing.key_file;
    target.known_hosts_file = filing.known_hosts_file;
    target.ca_file = filing.ca_file;
    if (!filing.password_file.empty()) {
        auto password = read_secret(filing.password_file);
        if (!password) {
            return failed("filing.password_file", password.error());
        }
        target.password = *std::move(password);
    }
    return target;
}

Result<void> upload_one(
    const Service& service, const store::Upload& upload, const std::stop_token& stop
) {
    const auto target = target_of(*service.settings.filing);
    const auto edition =
        service.store.call([&](store::Store& store) { return store.find_edition(upload.edition); });
    if (!target || !edition) {
        return std::unexpected(target ? edition.error() : target.error());
    }
    if (!*edition) {
        return fail(ErrorKind::Data, "there is no such edition");
    }
    std::vector<delivery::FiledDocument> documents;
    for (const store::EditionDocument& document : (*edition)->documents) {
        documents.push_back({document.file_name, document.bytes});
    }
    return delivery::upload_documents(*target, upload.folder, documents, stop);
}

store::Upload after_upload(store::Upload upload, const Result<void>& done, Instant now) {
    ++upload.attempts;
    upload.next_at = std::nullopt;
    upload.words = done ? "" : done.error().message;
    if (done) {
        upload.state = "filed";
    } else if (done.error().kind == ErrorKind::Data || now > upload.began_at + upload_tried_for) {
        upload.state = "failed";
    } else {
        upload.next_at = next_try(now, upload.attempts);
    }
    return upload;
}

void log_upload(const store::Upload& upload) {
    const std::string line = fmt::format("filing elsewhere {}: ", upload.edition);
    if (upload.state == "filed") {
        log_info(line + upload.folder + " is there");
    } else if (upload.state == "failed") {
        log_error(line + upload.words + "; it is not tried again");
    } else {
        log_warning(line + upload.words + "; it is tried again");
    }
}

}  // namespace

std::string folder_below(const config::Settings& settings, const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> roots;
    if (settings.digest) {
        roots.push_back(settings.digest->file_to);
    }
    if (settings.unit_editions) {
        roots.push_back(settings.unit_editions->file_to);
    }
    if (settings.final_reports) {
        roots.push_back(settings.final_reports->file_to);
    }
    if (settings.alerts) {
        roots.push_back(settings.alerts->file_to);
    }
    if (settings.nomination_reminders) {
        roots.push_back(settings.nomination_reminders->file_to);
    }
    for (const std::filesystem::path& root : roots) {
        const std::string below = folder.lexically_relative(root).string();
        if (!root.empty() && !below.empty() && !below.starts_with('.')) {
            return below;
        }
    }
    return folder.filename().string();
}

Result<void> order_upload(
    const Service& service, std::string_view edition, const std::filesystem::path& folder
) {
    if (!service.settings.filing) {
        return {};
    }
    const Instant now = service.clock.now();
    const store::Upload upload{
        std::string(edition), folder_below(service.settings, folder), "pending", now, 0, now, ""};
    return service.store.call([&](store::Store& store) {
        return store::begin_upload(store, upload);
    });
}

Result<void> upload_due(const Service& service, const std::stop_token& stop) {
    if (!service.settings.filing) {
        return {};
    }
    const Instant now = service.clock.now();
    const auto uploads =
        service.store.call([&](store::Store& store) { return store::uploads(store, now); });
    if (!uploads) {
        return std::unexpected(uploads.error());
    }
    for (const store::Upload& upload : *uploads) {
        if (!upload.next_at || *upload.next_at > now) {
            continue;
        }
        const auto done = upload_one(service, upload, stop);
        if (stop.stop_requested()) {
            return {};  // as it was: the next start takes it up
        }
        const store::Upload after = after_upload(upload, done, service.clock.now());
        log_upload(after);
        const auto put = service.store.call([&](store::Store& store) {
            return store::put_upload(store, after, service.clock.now());
        });
        if (!put) {
            return put;
        }
    }
    return {};
}

Uploader::Uploader(const Service& service)
    : service_(service), thread_([this](const std::stop_token& stop) { run(stop); }) {}

void Uploader::look() {
    {
        const std::scoped_lock lock(mutex_);
        is_asked_ = true;
    }
    asked_.notify_one();
}

void Uploader::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        {
            std::unique_lock lock(mutex_);
            (void)asked_.wait_for(lock, stop, look_for_uploads, [&] { return is_asked_; });
            is_asked_ = false;
        }
        if (const auto done = upload_due(service_, stop); !done) {
            log_warning("filing elsewhere: " + done.error().message + "; it is tried again");
        }
    }
}

}  // namespace thidua::daemon
