// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/fetch.hpp"

#include "connectors/address.hpp"
#include "core/hash.hpp"
#include "core/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <utility>

namespace thidua::connectors {
namespace {

using std::chrono::milliseconds;

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
    limits.tls = description.tls;
    limits.proxy = description.proxy;
    return limits;
}

}  // namespace

struct Fetcher::Course {
    bool is_answered = false;     // or lost
    bool has_renewed = false;     // the proof, because of this question
    bool may_be_session = false;  // the last answer may only mean that the session has ended
    bool was_broken = false;      // a body that is no JSON has come once
    int refusals = 0;             // 401 that may be a mood
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

Fetcher::Fetcher(
    const SourceDescription& description, const Envelope& envelope, Environment environment
)
    : description_(description),
      envelope_(envelope),
      environment_(std::move(environment)),
      client_(limits_of(description)) {
    if (!environment_.rate_limiter) {
        environment_.rate_limiter = std::make_shared<RateLimiter>();
    }
    const auto target = check_url(description.base_url);
    host_ = target ? target->host : "";
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
        wait_before_next(round);
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

/// As long as the open questions ask for, and as the host's limit does.
void Fetcher::wait_before_next(Round& round) {
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

/// Those of the open questions that may go now; waits until there is one.
std::vector<std::size_t> Fetcher::allowed(const Round& round) {
    const RateLimit& limit = description_.rate_limit;
    RateLimiter& limiter = *environment_.rate_limiter;
    std::size_t count = limiter.take(host_, limit, round.open.size(), environment_.now());
    while (count == 0 && !environment_.stop.stop_requested()) {
        const milliseconds delay = limiter.wait(host_, limit, environment_.now());
        environment_.wait(std::max(delay, milliseconds{1}));
        count = limiter.take(host_, limit, round.open.size(), environment_.now());
    }
    return {round.open.begin(), round.open.begin() + static_cast<std::ptrdiff_t>(count)};
}

/// One after another, out of the record.
void Fetcher::replay_round(Round& round) {
    for (const std::size_t index : std::vector<std::size_t>(round.open)) {
        auto recorded = environment_.recorded(round.questions[index].step);
        Result<HttpAnswer> answer =
            fail(ErrorKind::Contract, "no answer is recorded for this question");
        if (recorded) {
            answer = HttpAnswer{};
            answer->status = recorded->status;
            answer->content_type = "application/json";
            answer->body = std::move(recorded->body);
        }
        if (take(round, index, std::move(answer)) == HttpClient::Proceed::Stop) {
            return;
        }
    }
}

Result<void> Fetcher::run_round(Round& round) {
    if (environment_.recorded) {
        replay_round(round);
        if (round.fatal) {
            return std::unexpected(*std::move(round.fatal));
        }
        std::erase_if(round.open, [&](std::size_t index) {
            return round.courses[index].is_answered;
        });
        return {};
    }
    const std::vector<std::size_t> going = allowed(round);
    std::vector<HttpRequest> requests;
    requests.reserve(going.size());
    for (const std::size_t index : going) {
        requests.push_back(round.questions[index].request);
        if (round.manner.proof == Manner::Proof::AsDescribed) {
            add_proof(requests.back(), proof_);
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
            return take(round, going[position], std::move(answer));
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
    Course& course = round.courses[index];
    course.may_be_session = answer->status == 401;
    const bool is_refused_outright = course.may_be_session && is_renewable(round.manner);
    Result<void> judged =
        is_refused_outright ? fail(ErrorKind::Auth, "status 401") : judge(round, index, *answer);
    if (judged) {
        round.failures_in_row = 0;
        round.losses_in_row = 0;
        ++round.successes;
        return HttpClient::Proceed::GoOn;
    }
    if (course.may_be_session && is_renewable(round.manner) && !course.has_renewed) {
        course.has_renewed = true;
        if (auto renewed = renew(); !renewed) {
            return give_up(round, index, std::move(renewed.error()));
        }
        return HttpClient::Proceed::Stop;  // the others would be refused, too
    }
    return settle(round, index, std::move(judged.error()));
}

Result<void> Fetcher::judge(Round& round, std::size_t index, HttpAnswer& answer) {
    Course& course = round.courses[index];
    const bool is_proof = round.manner.proof == Manner::Proof::None;
    const bool is_good = answer.status / 100 == 2;
    if (is_good && is_html(answer)) {  // a login or maintenance page in front of the source
        return fail(
            ErrorKind::Transient, fmt::format("status {} with HTML for JSON", answer.status)
        );
    }
    const bool may_be_a_mood = is_anonymous(round.manner) || were_credentials_good_;
    if (answer.status == 401 && may_be_a_mood && ++course.refusals < refusals_max) {
        return fail(ErrorKind::Transient, "status 401");
    }
    const auto kind = failure_of(answer.status, round.manner);
    course.attempts.retry_after = parse_retry_after(answer.retry_after, environment_.now());
    const auto root = is_good && !(kind && answer.body.empty())
                          ? parse(course, answer)
                          : Result<Element>(fail(ErrorKind::Contract, "no JSON"));
    if (!kind && !root) {
        return std::unexpected(root.error());
    }
    const auto element = root ? std::optional(*root) : std::nullopt;
    std::optional<Envelope::Standing> standing;
    if (!is_proof) {
        auto judged = envelope_.judge(answer.status, !kind, element, course.may_be_session);
        if (!judged) {
            return std::unexpected(std::move(judged.error()));
        }
        standing = *judged;
    }
    if (kind && !standing) {
        return fail(*kind, fmt::format("status {}", answer.status));
    }
    if (auto fresh = check_date(answer); !fresh) {
        return fresh;
    }
    const Answer accepted{
        element.value_or(Element{}),
        standing.value_or(Envelope::Standing::Fine),
        answer.link,
        answer.cookies};
    if (auto taken = round.read(index, accepted); !taken) {
        return taken;
    }
    course.is_answered = true;
    if (!is_proof) {  // a token is no part of what was gathered
        were_credentials_good_ = true;
        ++answers_since_renewal_;
        course.sha256 = sha256_hex(answer.body);
        course.print = print_of(answer.body);
        account_.bytes += static_cast<std::int64_t>(answer.body.size());
        show(round.questions[index], answer.status, answer.body.size(), accepted.root);
    }
    return {};
}

Result<Element> Fetcher::parse(Course& course, HttpAnswer& answer) {
    const std::size_t skipped =
        answer.body.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
    if (answer.body.size() == skipped) {  // how some servers say that they failed
        return fail(ErrorKind::Transient, fmt::format("status {} without a body", answer.status));
    }
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
        return unwrapped(element);
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
    if (error.kind == ErrorKind::Auth && is_proof_judged(round.manner, error)) {
        were_credentials_good_ = false;
        error.message += refused_words();
    }
    if (error.message.find("certificate") != std::string::npos) {
        error.message += "; our clock says " + to_text(environment_.now());
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
