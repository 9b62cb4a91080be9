// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/request.hpp"

#include "core/hash.hpp"
#include "core/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace thidua::connectors {
namespace {

bool is_name_letter(char letter) {
    return (letter >= 'a' && letter <= 'z') || letter == '_';
}

bool is_plain_in_url(char letter) {
    // The comma and the colon may stand in a query as they are, and some servers only know them so.
    constexpr std::string_view marks = "-._~,:";
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') || marks.find(letter) != std::string_view::npos;
}

std::string escaped(std::string_view text, Escape escape) {
    switch (escape) {
        case Escape::None:
            return std::string(text);
        case Escape::Url:
            return url_escaped(text);
        case Escape::Json:
            return json_escaped(text);
    }
    check(false, "escaped: a known Escape");
    return {};
}

Result<std::string> signed_body(
    std::string body, const Signature& signature, std::string_view secret
) {
    simdjson::dom::parser parser;
    Element element;
    simdjson::dom::object object;
    if (parser.parse(body).get(element) || element.get_object().get(object)) {
        return fail(ErrorKind::Config, "request.body: not a JSON object, so it cannot be signed");
    }
    const std::string digest = signature_of(signature, element, secret);
    const bool is_empty = object.size() == 0;
    body.erase(body.rfind('}'));
    body +=
        fmt::format("{}\"{}\":\"{}\"}}", is_empty ? "" : ",", json_escaped(signature.into), digest);
    return body;
}

bool is_json_template(std::string_view text) {
    const std::string_view begin = trim(text);
    return begin.starts_with('{') || begin.starts_with('[');
}

/// Fields of a form, of which one may hold JSON.
Result<std::string> build_form(const Request& request, const Values& values) {
    std::string form;
    for (const auto& [name, text] : request.form) {
        const Escape escape = is_json_template(text) ? Escape::Json : Escape::None;
        const auto filled = fill(text, values, escape);
        if (!filled) {
            return failed("request.form." + name, filled.error());
        }
        form += form.empty() ? "" : "&";
        form += url_escaped(name) + "=" + url_escaped(*filled);
    }
    return form;
}

Result<std::string> build_url(
    std::string_view base_url, const Request& request, const Values& values
) {
    auto path = fill(request.path, values, Escape::Url);
    if (!path) {
        return failed("request.path", std::move(path.error()));
    }
    std::string url = joined_url(base_url, *path);
    char separator = url.find('?') == std::string::npos ? '?' : '&';
    for (const auto& [name, value] : request.query) {
        const auto filled = fill(value, values, Escape::None);
        if (!filled) {
            return failed("request.query." + name, filled.error());
        }
        if (filled->empty()) {
            continue;  // such as the cursor of the first page
        }
        url += separator;
        url += url_escaped(name) + "=" + url_escaped(*filled);
        separator = '&';
    }
    return url;
}

}  // namespace

Result<std::string> fill(std::string_view text, const Values& values, Escape escape) {
    std::string result;
    while (!text.empty()) {
        const std::size_t open = std::min(text.find('{'), text.size());
        result += text.substr(0, open);
        text.remove_prefix(open);
        if (text.empty()) {
            break;
        }
        std::size_t length = 1;
        while (length < text.size() && is_name_letter(text[length])) {
            ++length;
        }
        if (length == 1 || length == text.size() || text[length] != '}') {
            result += text.substr(0, length);
            text.remove_prefix(length);
            continue;
        }
        const std::string_view name = text.substr(1, length - 1);
        const auto value = values.find(name);
        if (value == values.end()) {
            return fail(ErrorKind::Config, fmt::format("{{{}}} stands for nothing here", name));
        }
        result += escaped(value->second, escape);
        text.remove_prefix(length + 1);
    }
    return result;
}

Result<HttpRequest> build_request(
    std::string_view base_url, const Request& request, const Values& values, std::string_view secret
) {
    HttpRequest built;
    built.method = request.method;
    auto url = build_url(base_url, request, values);
    if (!url) {
        return std::unexpected(std::move(url.error()));
    }
    built.url = *std::move(url);
    for (const auto& [name, value] : request.headers) {
        auto filled = fill(value, values, Escape::None);
        if (!filled) {
            return failed("request.headers." + name, std::move(filled.error()));
        }
        built.headers.emplace_back(name, *std::move(filled));
    }
    if (!request.form.empty()) {
        auto form = build_form(request, values);
        if (!form) {
            return std::unexpected(std::move(form.error()));
        }
        built.body = *std::move(form);
        built.headers.emplace_back(
            "Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"
        );
        return built;
    }
    const bool is_json = is_json_template(request.body);
    auto body = fill(request.body, values, is_json ? Escape::Json : Escape::Url);
    if (body && request.sign) {
        body = signed_body(*std::move(body), *request.sign, secret);
    }
    if (!body) {
        return failed("request.body", std::move(body.error()));
    }
    built.body = *std::move(body);
    if (is_json) {
        built.headers.emplace_back("Content-Type", "application/json; charset=utf-8");
    }
    return built;
}

std::string signature_of(const Signature& signature, Element body, std::string_view secret) {
    std::string joined;
    for (const std::string& field : signature.fields) {
        if (Element value; !body.at_key(field).get(value)) {
            joined += scalar_text(value).value_or("");
        }
        joined += signature.join;
    }
    joined += secret;
    return sha256_hex(joined);
}

std::string joined_url(std::string_view base_url, std::string_view path) {
    while (base_url.ends_with('/')) {
        base_url.remove_suffix(1);
    }
    std::string url(base_url);
    if (!path.empty() && !path.starts_with('/')) {
        url += '/';
    }
    return url.append(path);
}

std::string url_escaped(std::string_view text) {
    std::string result;
    for (const char letter : text) {
        if (is_plain_in_url(letter)) {
            result += letter;
        } else {
            result += fmt::format("%{:02X}", static_cast<unsigned char>(letter));
        }
    }
    return result;
}

}  // namespace thidua::connectors
