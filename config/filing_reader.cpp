// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "config/filing_reader.hpp"

#include "config/address.hpp"

#include <algorithm>
#include <string_view>

namespace thidua::config {

namespace {

constexpr std::string_view sftp = "sftp://";
constexpr std::string_view https = "https://";
constexpr std::string_view loopback = "http://127.0.0.1:";

/// Host, port and path without a sign that has a meaning of its own.
bool is_plain_rest(std::string_view rest) {
    return !rest.empty() && !rest.starts_with('/') && rest.find("..") == std::string_view::npos &&
           std::ranges::all_of(rest, [](char letter) {
               constexpr std::string_view signs = ":/._-~+";
               return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                      (letter >= '0' && letter <= '9') || signs.contains(letter);
           });
}

bool is_folder_url(std::string_view url) {
    for (const std::string_view start : {sftp, https, loopback}) {
        if (url.starts_with(start)) {
            return is_plain_rest(url.substr(start.size()));
        }
    }
    return false;
}

/// A user and a password or key, and the host's own key: SFTP has no other way to know it.
void check_sftp(Node& node, const Filing& filing) {
    if (filing.username.empty()) {
        (void)node.required("user");
    }
    if (filing.known_hosts_file.empty()) {
        (void
        )node.required("known_hosts_file", "a file with the host's key, as ssh-keyscan prints it");
    }
    if (filing.password_file.empty() == filing.key_file.empty()) {
        node.report("either \"password_file\" or \"key_file\"");
    }
    node.optional("ca_file").report("goes with https://");
}

void check_webdav(Node& node, const Filing& filing) {
    node.optional("key_file").report("goes with sftp://");
    node.optional("known_hosts_file").report("goes with sftp://");
    if (filing.username.empty() != filing.password_file.empty()) {
        node.report("\"user\" and \"password_file\" go together");
    }
}

}  // namespace

Filing read_filing(Node node) {
    Filing filing;
    const Node url = node.required("url");
    filing.url = url.raw();
    const bool is_sound = is_folder_url(filing.url);
    if (url.is_scalar() && !is_sound) {
        url.report(
            "must be a folder such as sftp://host.example.vn/thidua/ or "
            "https://host.example.vn/dav/thidua/, of plain letters, without a user or a password"
        );
    }
    filing.username = node.optional("user").raw_or("");
    filing.password_file = node.optional("password_file").path();
    filing.key_file = node.optional("key_file").path();
    filing.known_hosts_file = node.optional("known_hosts_file").path();
    filing.ca_file = node.optional("ca_file").path();
    if (is_sound) {
        filing.url.starts_with(sftp) ? check_sftp(node, filing) : check_webdav(node, filing);
    }
    node.finish();
    return filing;
}

}  // namespace thidua::config
