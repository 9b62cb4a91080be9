// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// From a request as data to a request as bytes: placeholders, escapes, signature.
#pragma once

#include "connectors/http.hpp"
#include "connectors/json.hpp"
#include "core/result.hpp"
#include "core/source.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::connectors {

/// What the placeholders of a request stand for.
using Values = std::map<std::string, std::string, std::less<>>;

/// Stands in bodies and headers until the session is known (Auth::Type::Login).
inline constexpr std::string_view session_placeholder = "{session}";

/// What an inserted value must not break out of.
enum class Escape { None, Url, Json };

/// `text` with each {name} replaced by its value. A brace that opens no name stays: JSON begins
/// objects with one. Errors: Config, naming the placeholder that stands for nothing.
[[nodiscard]] Result<std::string> fill(std::string_view text, const Values& values, Escape escape);

/// The request's bytes. `secret` signs the body where the request says so.
/// Errors: Config if a placeholder is unknown or the body to be signed is no JSON object.
[[nodiscard]] Result<HttpRequest> build_request(
    std::string_view base_url, const Request& request, const Values& values, std::string_view secret
);

/// Lowercase hexadecimal SHA-256 of the texts of the fields (a missing one is empty) and the
/// secret, joined. A number counts as its digits, whether it came as one or as a text.
[[nodiscard]] std::string signature_of(
    const Signature& signature, Element body, std::string_view secret
);

/// `path` below `base_url`, with one slash between them.
[[nodiscard]] std::string joined_url(std::string_view base_url, std::string_view path);

/// The text with everything but letters, digits and -._~,: as %NN.
[[nodiscard]] std::string url_escaped(std::string_view text);

}  // namespace thidua::connectors
