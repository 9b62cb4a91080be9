// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/evidence_json.hpp"

#include "core/text.hpp"
#include "daemon/json_values.hpp"
#include "rules/award_text.hpp"

#include <fmt/format.h>

namespace thidua::daemon {

namespace json = boost::json;

json::object evidence_json(const Evidence& evidence) {
    return {
        {"id", evidence.id},
        {"candidate", evidence.candidate},
        {"topic", evidence.topic},
        {"title", evidence.title},
        {"text", evidence.text},
        {"day", time_or_null(evidence.day)},
        {"document", text_or_null(evidence.document)},
        {"file", text_or_null(evidence.file_name)},
        {"sha256", text_or_null(evidence.file_sha256)},
        {"filed_by", evidence.filed_by},
        {"filed_at", to_text(evidence.filed_at)},
        {"state", to_text(evidence.state)},
        {"ruled_by", text_or_null(evidence.ruled_by)},
        {"ruled_at", time_or_null(evidence.ruled_at)},
        {"why", text_or_null(evidence.why)}};
}

std::string evidence_line(const Evidence& evidence) {
    return fmt::format(
        "minh chứng {} ({}): {}{}{}",
        evidence.id,
        rules::vietnamese(evidence.state),
        one_line(evidence.title),
        evidence.document.empty() ? "" : ", " + one_line(evidence.document),
        evidence.day ? ", " + to_text(*evidence.day) : ""
    );
}

}  // namespace thidua::daemon
