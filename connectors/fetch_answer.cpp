// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The fetcher's part that looks at an answer as a whole: its age, its wrapping, what people see.
#include "connectors/fetch.hpp"
#include "core/text.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace thidua::connectors {

/// A copy out of some cache would show the source as it was.
Result<void> Fetcher::check_date(const HttpAnswer& answer) {
    constexpr std::chrono::minutes tolerated{5};
    const std::time_t seconds = curl_getdate(answer.date.c_str(), nullptr);
    if (seconds < 0) {
        return {};
    }
    const Instant date{std::chrono::seconds{seconds}};
    if (answered_at_ && date < *answered_at_ - tolerated) {
        return fail(
            ErrorKind::Transient,
            fmt::format(
                "an old copy out of a cache: it says {}, an earlier answer {}",
                to_text(date),
                to_text(*answered_at_)
            )
        );
    }
    answered_at_ = std::max(answered_at_.value_or(date), date);
    return {};
}

/// The JSON that a text of the answer holds, where a gateway wraps it so; else the answer itself.
Result<Element> Fetcher::unwrapped(Element root) {
    if (description_.unwrap.empty()) {
        return root;
    }
    const auto pointer = Pointer::parse(description_.unwrap);
    check(pointer.has_value(), "the description was checked");
    const auto inner = pointer->find(root);
    std::string_view text;
    if (!inner || inner->get_string().get(text) || !trim(text).starts_with('{')) {
        return root;
    }
    Element element;
    if (inner_parser_.parse(text.data(), text.size()).get(element)) {
        return fail(ErrorKind::Contract, description_.unwrap + ": a text that is not JSON");
    }
    return element;
}

void Fetcher::show(const Question& question, int status, std::size_t bytes, Element root) {
    if (!environment_.on_exchange) {
        return;
    }
    HttpRequest request = question.request;
    add_proof(request, "***");
    std::string text = request.method + " " + request.url;
    for (const auto& [name, value] : request.headers) {
        text += "\n" + name + ": " + (name == "Authorization" ? "***" : value);
    }
    if (!request.body.empty()) {
        text += "\n\n" + request.body;
    }
    environment_.on_exchange(
        {question.step,
         std::move(text),
         status,
         static_cast<std::int64_t>(bytes),
         reduce_ ? reduce_(root) : ""}
    );
}

}  // namespace thidua::connectors
