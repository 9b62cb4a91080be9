// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Questions to one source until they are answered: who asks, what failure means, when to try again.
#pragma once

#include "connectors/connector.hpp"
#include "connectors/envelope.hpp"
#include "connectors/http.hpp"
#include "connectors/json.hpp"
#include "connectors/retry.hpp"
#include "core/result.hpp"
#include "core/source.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace thidua::connectors {

/// One request of a step.
struct Question {
    std::string step;  ///< as an error names it: "page 3"; never a value
    HttpRequest request;
};

/// How the questions of a step are asked.
struct Manner {
    enum class Proof {
        AsDescribed,  ///< as the description's `auth` says
        None,         ///< the request for a token or a session itself
    };
    std::string path;  ///< as errors name it: the template, which holds no code
    std::vector<int> success{200};
    int in_flight = 1;
    Proof proof = Proof::AsDescribed;
    /// Where questions stand for themselves: told of one that failed for good (Transient or
    /// Contract), and the others go on. Without it the first failure is that of the whole.
    std::function<void(std::size_t index, const Error& error)> on_loss{};
};

/// An accepted answer. It dies with the call that hands it over.
struct Answer {
    Element root;  ///< unwrapped where the description says so
    Envelope::Standing standing = Envelope::Standing::Fine;
    std::string_view link{};                 ///< the header Link
    std::span<const std::string> cookies{};  ///< "name=value" of each Set-Cookie
};

/// Takes an answer. Its error is judged like the fetcher's own: after Transient the question is
/// asked again, so nothing may be kept of an answer that was refused.
using Reader = std::function<Result<void>(std::size_t index, const Answer& answer)>;

/// What an answer comes to without anything of a person's, for Exchange::answer.
using Reduce = std::function<std::string(Element root)>;

/// What a gathering cost, and the print of what came.
struct Account {
    std::int64_t requests = 0;
    std::int64_t bytes = 0;
    std::string prints;       ///< SHA-256 of each accepted answer, in the order of the questions
    std::uint64_t print = 0;  ///< print_of the same answers, each seeded by those before
};

class Fetcher {
  public:
    /// Both must outlive it.
    Fetcher(
        const SourceDescription& description, const Envelope& envelope, Environment environment
    );

    /// Asks every question and hands each whole JSON answer to `read`, in the order in which they
    /// come.
    ///
    /// Only Transient is tried again: time-out, refused, cut off, 408, 425, 429, 5xx, HTML where
    /// JSON was agreed, an empty body, and, once, a body that is not JSON. A 401, or an answer that
    /// says that the session has ended, renews the proof once for each question; the next is Auth,
    /// or the third where the source wants no proof or the credentials were good before. A session
    /// that is refused twice within `auth.renew_interval`, with hardly an answer in between, is
    /// Auth: two would throw each other out. Requests keep to `rate_limit`. When question after
    /// question fails and none succeeds, the others wait for the next round instead of running
    /// into the same wall. With `on_loss`, several losses in a row and a loss without any success
    /// are still failures of the whole.
    ///
    /// Errors: Transient once the attempts or the deadline are used up, Auth (401 again, 403),
    /// Contract (other statuses, no JSON), Config, Stopped. The sentence names step, path and
    /// status; never a query, a body or a secret.
    [[nodiscard]] Result<void> ask(
        std::span<const Question> questions, const Manner& manner, const Reader& read
    );

    [[nodiscard]] const Account& account() const { return account_; }
    void start_account() { account_ = {}; }
    /// For a gathering that begins anew: what it cost so far stays.
    void forget_prints() {
        account_.prints.clear();
        account_.print = 0;
    }
    [[nodiscard]] Instant now() const { return environment_.now(); }
    [[nodiscard]] std::optional<Instant> certificate_end() const {
        return client_.certificate_end();
    }
    /// How answers are shown to Environment::on_exchange.
    void show_by(Reduce reduce) { reduce_ = std::move(reduce); }

  private:
    struct Course;  // of one question
    struct Round;   // of all that are open

    // Asking (fetch.cpp)
    [[nodiscard]] Result<void> run_round(Round& round);
    void replay_round(Round& round);
    [[nodiscard]] std::vector<std::size_t> allowed(const Round& round);
    void wait_before_next(Round& round);
    [[nodiscard]] HttpClient::Proceed take(
        Round& round, std::size_t index, Result<HttpAnswer> answer
    );
    [[nodiscard]] Result<void> judge(Round& round, std::size_t index, HttpAnswer& answer);
    [[nodiscard]] Result<Element> parse(Course& course, HttpAnswer& answer);
    [[nodiscard]] HttpClient::Proceed settle(Round& round, std::size_t index, Error error);
    [[nodiscard]] HttpClient::Proceed give_up(Round& round, std::size_t index, Error error);

    // Answers (fetch_answer.cpp)
    [[nodiscard]] Result<void> check_date(const HttpAnswer& answer);
    [[nodiscard]] Result<Element> unwrapped(Element root);
    void show(const Question& question, int status, std::size_t bytes, Element root);

    // Proving who asks (proof.cpp)
    [[nodiscard]] Result<void> prove(const Manner& manner);
    [[nodiscard]] bool is_renewable(const Manner& manner) const;
    [[nodiscard]] Result<void> renew();
    [[nodiscard]] bool is_anonymous(const Manner& manner) const;
    void add_proof(HttpRequest& request, std::string_view proof) const;
    [[nodiscard]] Result<void> request_token();
    [[nodiscard]] Result<void> request_session();
    [[nodiscard]] Result<void> ask_for_proof(
        HttpRequest request, std::string path, const Reader& keep
    );
    [[nodiscard]] Result<void> keep_token(const Answer& given);
    [[nodiscard]] Result<void> keep_session(const Answer& answer);
    [[nodiscard]] bool is_proof_judged(const Manner& manner, const Error& error) const;
    [[nodiscard]] std::string refused_words() const;

    const SourceDescription& description_;
    const Envelope& envelope_;
    Environment environment_;
    HttpClient client_;
    std::string host_;  // whose allowance is used up
    static constexpr std::size_t room_at_first = 64 * 1024;
    simdjson::dom::parser parser_ = make_parser(room_at_first);
    simdjson::dom::parser inner_parser_ = make_parser(room_at_first);  // of wrapped answers
    Reduce reduce_;
    Account account_;
    std::string proof_;  // token, key or session; empty: none, or one that was refused
    std::optional<Instant> renew_at_;
    std::optional<Instant> renewed_at_;  // after a refusal
    int answers_since_renewal_ = 0;
    std::optional<Instant> answered_at_;  // by the source's own clock, latest
    bool were_credentials_good_ = false;  // an answer came that they were needed for
};

}  // namespace thidua::connectors
