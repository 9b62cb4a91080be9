// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/fetch.hpp"

#include "core/hash.hpp"
#include "core/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <utility>

namespace thidua::connectors {
namespace {

using std::chrono::milliseconds;

// No real answer nests deeper than a dozen; a parser's own limit of 1,024 is there to be attacked.
constexpr std::size_t depth_max = 64;
// A 401 to nobody's credentials, or to those that were good a moment ago, may be a gateway's mood.
// So it is asked again, but not so often that an account could be locked for it.
constexpr int refusals_max = 3;
constexpr int losses_in_row_max = 3;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::optional<ErrorKind> failure_of(int status, const Manner& manner) {
    if (std::ranges::find(manner.success, status) != manner.success.end()) {
        return std::nullopt;
    }
    const bool may_pass = status == 408 || status == 425 || status == 429 || status >= 500;
    if (may_pass) {
        return ErrorKind::Transient;
    }
    // A token endpoint answers 400 to a client that it does not know (RFC 6749, 5.2).
    const bool is_refusal =
        status == 401 || status == 403 || (status == 400 && manner.proof == Manner::Proof::None);
    return is_refusal ? ErrorKind::Auth : ErrorKind::Contract;
}

bool is_html(const HttpAnswer& answer) {
    return answer.content_type.starts_with("text/html") ||
           answer.content_type.starts_with("application/xhtml") ||
           trim(std::string_view(answer.body).substr(0, 64)).starts_with('<');
}

HttpLimits limits_of(const SourceDescription& description) {
    HttpLimits limits;
    limits.timeout = description.timeout;
    limits.connect_timeout = std::min(limits.connect_timeout, description.timeout);
    limits.body_bytes_max = description.body_bytes_max;
    limits.ca_file = description.ca_file;
    return limits;
}

}  // namespace

struct Fetcher::Course {
    bool is_answered = false;  // or lost
    bool has_renewed = false;  // the token, because of this question
    bool was_broken = false;   // a body that is no JSON has come once
    int refusals = 0;          // 401 that may be a mood
    Attempts attempts;
    std::optional<Instant> began;
    milliseconds waited{0};
    milliseconds delay{0};  // before the next attempt
    std::string sha256;
    std::uint64_t print = 0;
};

struct Fetcher::Round {
    std::span<const Question> questions;
    const Manner& manner;
    const Reader& read;
    std::vector<Course> courses{};
    std::vector<std::size_t> open{};
    int failures_in_row = 0;
    int losses_in_row = 0;
    std::size_t successes = 0;
    std::optional<Error> loss{};  // the last
    std::optional<Error> fatal{};
};

Fetcher::Fetcher(const SourceDescription& description, Environment environment)
    : description_(description),
      environment_(std::move(environment)),
      client_(limits_of(description)) {
    constexpr std::size_t first_capacity = 64 * 1024;
    check(
        parser_.allocate(first_capacity, depth_max) == simdjson::SUCCESS, "memory for the parser"
    );
}

Result<void> Fetcher::ask(
    std::span<const Question> questions, const Manner& manner, const Reader& read
) {
    Round round{.questions = questions, .manner = manner, .read = read};
    round.courses.resize(questions.size());
    round.open.resize(questions.size());
    std::iota(round.open.begin(), round.open.end(), std::size_t{0});
    while (!round.open.empty()) {
        if (auto proved = prove(manner); !proved) {
            return proved;
        }
        if (auto done = run_round(round); !done) {
            return done;
        }
        milliseconds delay{0};
        for (const std::size_t index : round.open) {
            delay = std::max(delay, std::exchange(round.courses[index].delay, milliseconds{0}));
        }
        if (delay > milliseconds{0}) {
            environment_.wait(delay);
        }
        for (const std::size_t index : round.open) {
            round.courses[index].waited += delay;
        }
    }
    if (round.loss && round.successes == 0) {
        return std::unexpected(*std::move(round.loss));
    }
    for (const Course& course : round.courses) {
        account_.prints += course.sha256;
        account_.print = print_of(std::to_string(course.print), account_.print);
    }
    return {};
}

Result<void> Fetcher::run_round(Round& round) {
    std::vector<HttpRequest> requests;
    requests.reserve(round.open.size());
    const bool is_bearer = round.manner.proof == Manner::Proof::Bearer && !token_.empty();
    for (const std::size_t index : round.open) {
        requests.push_back(round.questions[index].request);
        if (is_bearer) {
            requests.back().headers.emplace_back("Authorization", "Bearer " + token_);
        }
        if (!round.courses[index].began) {
            round.courses[index].began = environment_.now();
        }
    }
    round.failures_in_row = 0;
    const auto done = client_.perform_all(
        requests,
        round.manner.in_flight,
        environment_.stop,
        [&](std::size_t position, Result<HttpAnswer> answer) {
            return take(round, round.open[position], std::move(answer));
        }
    );
    if (!done) {
        return done;
    }
    if (round.fatal) {
        return std::unexpected(*std::move(round.fatal));
    }
    std::erase_if(round.open, [&](std::size_t index) { return round.courses[index].is_answered; });
    return {};
}

HttpClient::Proceed Fetcher::take(Round& round, std::size_t index, Result<HttpAnswer> answer) {
    ++account_.requests;
    if (!answer) {
        return settle(round, index, std::move(answer.error()));
    }
    if (answer->status == 401 && may_renew(round, index)) {
        round.courses[index].has_renewed = true;
        token_.clear();
        return HttpClient::Proceed::Stop;  // the others would be refused, too
    }
    if (auto judged = judge(round, index, *answer); !judged) {
        return settle(round, index, std::move(judged.error()));
    }
    round.failures_in_row = 0;
    round.losses_in_row = 0;
    ++round.successes;
    return HttpClient::Proceed::GoOn;
}

bool Fetcher::is_anonymous(const Round& round) const {
    return round.manner.proof == Manner::Proof::Bearer &&
           description_.auth.type == Auth::Type::None;
}

bool Fetcher::may_renew(const Round& round, std::size_t index) const {
    return round.manner.proof == Manner::Proof::Bearer && !is_anonymous(round) &&
           !round.courses[index].has_renewed;
}

Result<void> Fetcher::judge(Round& round, std::size_t index, HttpAnswer& answer) {
    Course& course = round.courses[index];
    const bool is_good = answer.status / 100 == 2;
    if (is_good && is_html(answer)) {  // a login or maintenance page in front of the source
        return fail(
            ErrorKind::Transient, fmt::format("status {} with HTML for JSON", answer.status)
        );
    }
    const bool may_be_a_mood = is_anonymous(round) || were_credentials_good_;
    if (answer.status == 401 && may_be_a_mood && ++course.refusals < refusals_max) {
        return fail(ErrorKind::Transient, "status 401");
    }
    const auto element = is_good ? parse(course, answer) : Result<Element>{};
    if (!element) {
        return std::unexpected(element.error());
    }
    if (const auto kind = failure_of(answer.status, round.manner)) {
        course.attempts.retry_after = parse_retry_after(answer.retry_after, environment_.now());
        return fail(*kind, fmt::format("status {}", answer.status));
    }
    if (auto taken = round.read(index, *element); !taken) {
        return taken;
    }
    course.is_answered = true;
    if (round.manner.proof == Manner::Proof::Bearer) {  // a token is no part of what was gathered
        were_credentials_good_ = true;
        course.sha256 = sha256_hex(answer.body);
        course.print = print_of(answer.body);
        account_.bytes += static_cast<std::int64_t>(answer.body.size());
    }
    return {};
}

Result<Element> Fetcher::parse(Course& course, HttpAnswer& answer) {
    const std::size_t skipped =
        answer.body.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
    const bool has_padding =
        answer.body.capacity() - answer.body.size() >= simdjson::SIMDJSON_PADDING;
    Element element;
    const auto code = parser_
                          .parse(
                              answer.body.data() + skipped,
                              answer.body.size() - skipped,
                              /*realloc_if_needed=*/!has_padding
                          )
                          .get(element);
    if (code == simdjson::SUCCESS) {
        return element;
    }
    // A body cut short often comes with a good status; the same twice is how the source is.
    const ErrorKind kind =
        std::exchange(course.was_broken, true) ? ErrorKind::Contract : ErrorKind::Transient;
    return fail(kind, fmt::format("status {} with a body that is not JSON", answer.status));
}

HttpClient::Proceed Fetcher::settle(Round& round, std::size_t index, Error error) {
    const HttpRequest& request = round.questions[index].request;
    Course& course = round.courses[index];
    ++course.attempts.made;
    if (error.kind == ErrorKind::Transient) {
        course.attempts.elapsed = std::max(environment_.now() - *course.began, course.waited);
        const std::uint64_t seed = jitter_seed(description_.name, request.url + request.body);
        const auto delay = next_delay(description_.retry, course.attempts, seed);
        course.attempts.retry_after.reset();
        if (delay) {
            course.delay = *delay;
            ++round.failures_in_row;
            const bool is_wall = round.failures_in_row >= std::max(8, 2 * round.manner.in_flight);
            return is_wall ? HttpClient::Proceed::Stop : HttpClient::Proceed::GoOn;
        }
        error.message += fmt::format(", given up after {} attempts", course.attempts.made);
    }
    if (error.kind == ErrorKind::Auth && round.manner.proof == Manner::Proof::None) {
        were_credentials_good_ = false;
        error.message += ": credentials refused; check auth.client_id and auth.client_secret_file";
    }
    return give_up(round, index, std::move(error));
}

HttpClient::Proceed Fetcher::give_up(Round& round, std::size_t index, Error error) {
    const bool is_own = error.kind == ErrorKind::Transient || error.kind == ErrorKind::Contract;
    const bool is_loss =
        round.manner.on_loss && is_own && ++round.losses_in_row <= losses_in_row_max;
    if (is_loss) {
        round.courses[index].is_answered = true;
        round.manner.on_loss(index, error);
    }
    error.message = fmt::format(
        "{}: {} {}: {}",
        round.questions[index].step,
        round.questions[index].request.method,
        round.manner.path,
        error.message
    );
    (is_loss ? round.loss : round.fatal) = std::move(error);
    return is_loss ? HttpClient::Proceed::GoOn : HttpClient::Proceed::Stop;
}

}  // namespace thidua::connectors
