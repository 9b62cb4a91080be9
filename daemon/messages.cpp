// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/messages.hpp"

#include "daemon/edition_files.hpp"
#include "delivery/message.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace thidua::daemon {
namespace {

constexpr std::size_t attachment_name_max = 60;  // what delivery/ takes

/// A long campaign id is cut at its front: what tells documents apart is at the end.
std::string attachment_name(const std::string& file_name) {
    const std::size_t cut = file_name.size() - std::min(file_name.size(), attachment_name_max);
    std::string name = file_name.substr(cut);
    name.erase(0, std::min(name.find_first_not_of("._-"), name.size()));
    return name;
}

/// What goes with the mail: the same bytes as are filed.
std::vector<delivery::Attachment> attachments_of(const store::Edition& edition) {
    constexpr std::pair<std::string_view, const char*> types[] = {
        {".pdf", "application/pdf"},
        {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    };
    std::vector<delivery::Attachment> attachments;
    for (const store::EditionDocument& document : edition.documents) {
        const bool is_annex = document.file_name.contains(annex_suffix);
        for (const auto& [ending, type] : types) {
            if (!is_annex && document.file_name.ends_with(ending)) {
                attachments.push_back({attachment_name(document.file_name), type, document.bytes});
            }
        }
    }
    return attachments;
}

/// Those that the edition's page shows, for mail clients.
std::vector<delivery::Picture> pictures_of(const store::Edition& edition) {
    std::vector<delivery::Picture> pictures;
    for (const store::EditionDocument& document : edition.documents) {
        if (document.file_name.ends_with(".png")) {
            pictures.push_back({reports::content_id(pictures.size()), "image/png", document.bytes});
        }
    }
    return pictures;
}

/// The message with everything that belongs to it.
delivery::Message whole_message(
    const config::Smtp& smtp,
    const delivery::Mailbox& to,
    const store::Edition& edition,
    const reports::MailParts& parts
) {
    const std::string_view from = smtp.from;
    delivery::Message message;
    message.from = {smtp.from_name, smtp.from};
    message.to = to;
    message.subject = parts.subject;
    message.message_id =
        delivery::message_id(edition.id, to.address, from.substr(from.find('@') + 1));
    message.date = edition.created_at;
    message.text = parts.text;
    message.html = reports::with_attached_pictures(parts.html);
    message.pictures = pictures_of(edition);
    message.attachments = attachments_of(edition);
    return message;
}

/// The same for a relay that finds it too large: the words alone, and where the files are.
delivery::Message light_message(
    delivery::Message whole, const reports::MailParts& parts, const std::filesystem::path& folder
) {
    std::string names;
    for (const delivery::Attachment& attachment : whole.attachments) {
        names += (names.empty() ? "" : ", ") + attachment.file_name;
    }
    const reports::MailParts noted = reports::with_note(
        parts,
        fmt::format(
            "Thư này không kèm tệp, vì cả thư vượt dung lượng mà máy chủ thư nhận. Các tệp {} được "
            "lưu tại thư mục {}.",
            names,
            folder.string()
        )
    );
    // Another message: nobody shall take it for a copy of the one with attachments.
    whole.message_id = "khong-tep." + whole.message_id;
    whole.text = noted.text;
    whole.html = reports::with_attached_pictures(noted.html);
    whole.attachments.clear();
    return whole;
}

Result<store::EditionMessage> freeze_message(
    const config::Smtp& smtp,
    const config::Recipient& recipient,
    const store::Edition& edition,
    const MessageParts& parts
) {
    const delivery::Message whole =
        whole_message(smtp, {recipient.name, recipient.address}, edition, parts.mail);
    auto bytes = delivery::build_message(whole);
    if (!bytes) {
        return std::unexpected(bytes.error());
    }
    store::EditionMessage message{
        recipient.id, recipient.address, whole.message_id, *std::move(bytes)};
    if (whole.attachments.empty()) {
        return message;
    }
    const delivery::Message light = light_message(whole, parts.mail, parts.folder);
    auto light_bytes = delivery::build_message(light);
    if (!light_bytes) {
        return std::unexpected(light_bytes.error());
    }
    if (message.bytes.size() > smtp.max_message_size) {
        message.message_id = light.message_id;
        message.bytes = *std::move(light_bytes);
    } else {
        message.light_message_id = light.message_id;
        message.light_bytes = *std::move(light_bytes);
    }
    return message;
}

}  // namespace

reports::MailParts mail_parts_of(const store::Edition& edition) {
    reports::MailParts parts;
    parts.subject = edition.subject;
    for (const store::EditionDocument& document : edition.documents) {
        // The first: an annex comes behind what it belongs to.
        if (document.file_name.ends_with(".html") && parts.html.empty()) {
            parts.html = document.bytes;
        } else if (document.file_name.ends_with(".txt")) {
            parts.text = document.bytes;
        }
    }
    return parts;
}

std::vector<config::Recipient> recipients_on(
    const std::vector<config::Recipient>& roster, Day day
) {
    std::vector<config::Recipient> there;
    std::ranges::copy_if(roster, std::back_inserter(there), [&](const config::Recipient& each) {
        return holds(each.days, day);
    });
    return there;
}

Result<void> add_messages(
    const config::Settings& settings,
    const std::vector<config::Recipient>& roster,
    store::Edition& edition,
    const MessageParts& parts
) {
    if (!settings.smtp) {
        return {};
    }
    for (const config::Recipient& each : recipients_on(roster, day_of(edition.created_at))) {
        auto message = freeze_message(*settings.smtp, each, edition, parts);
        if (!message) {
            return failed("message for " + each.id, message.error());
        }
        edition.messages.push_back(*std::move(message));
    }
    return {};
}

Result<std::string> trial_message(
    const config::Smtp& smtp, const store::Edition& edition, const std::string& address
) {
    reports::MailParts parts = mail_parts_of(edition);
    parts.subject = "[GỬI THỬ] " + parts.subject;
    store::Edition trial = edition;
    trial.id = "trial/" + edition.id;
    return delivery::build_message(whole_message(smtp, {"", address}, trial, parts));
}

}  // namespace thidua::daemon
