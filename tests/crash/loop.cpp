// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Kills thidua-crash-child again and again while it fills a store, and checks that nothing that was
// acknowledged is lost, nothing is there twice, and no repair was needed.
//
//   thidua-crash-loop --child PROGRAM --store sqlite|postgres [--kills 300] [--server-kills 0]
//                     [--seed 1]
//
// On PostgreSQL the server itself is killed --server-kills times in between. Ends with 0 and a line
// of JSON, or with 1 and what is wrong.
#include "tests/crash/inspection.hpp"
#include "tests/crash/life.hpp"
#include "tests/crash/made_up_source.hpp"
#include "tests/crash/open.hpp"
#include "tests/support/postgres_peer.hpp"
#include "tests/support/temporary_folder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <limits>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <system_error>

namespace thidua::crash {
namespace {

using test::PostgresPeer;
using Clock = std::chrono::steady_clock;

constexpr int inspected_every = 20;  // kills; so that a mistake is found while it is young
constexpr std::size_t problems_told = 5;
constexpr unsigned first_longest_life = 60'000;  // microseconds
constexpr unsigned longest_life_max = 1'000'000;

struct Options {
    std::filesystem::path child;
    bool is_postgres = false;
    int kills = 300;
    int server_kills = 0;
    std::uint32_t seed = 1;
};

struct Counts {
    int kills = 0;           ///< that met a running process
    int server_kills = 0;    ///< of those: with the whole server
    int opened = 0;          ///< lives that had opened the store
    int in_transaction = 0;  ///< that cut a publish or a finish
    int hot_journals = 0;    ///< lives that began with a transaction to roll back
    int unacknowledged = 0;  ///< looks that found a commit which was killed before it was told
    std::int64_t interrupted_pulls = 0;
    std::int64_t held = 0;
};

std::string read_all(const std::filesystem::path& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

class Loop {
  public:
    explicit Loop(const Options& options) : options_(options), random_(options.seed) {
        if (options.is_postgres) {
            server_.emplace(PostgresPeer::Sync::Safe);
            store_ = server_->fresh_url();
        } else {
            store_ = (folder_.path() / "thidua.db").string();
        }
    }

    /// Throws std::runtime_error with what is wrong.
    void run() {
        while (counts_.kills < options_.kills) {
            kill_once();
            if (counts_.kills % inspected_every == 0) {
                look_inside();
                live_longer_if_idle();
            }
        }
        drain();
        check_pages();
        check_that_it_was_hit();
    }

    [[nodiscard]] std::string report() const {
        return fmt::format(
            "{{\"store\": \"{}\", \"kills\": {}, \"server_kills\": {}, \"seconds\": {:.1f},"
            " \"opened\": {}, \"in_transaction\": {}, \"hot_journals\": {}, \"unacknowledged\": {},"
            " \"interrupted_pulls\": {}, \"held\": {}, \"slices\": {}, \"versions\": {}}}",
            options_.is_postgres ? "postgres" : "sqlite",
            counts_.kills,
            counts_.server_kills,
            seconds(),
            counts_.opened,
            counts_.in_transaction,
            counts_.hot_journals,
            counts_.unacknowledged,
            counts_.interrupted_pulls,
            counts_.held,
            last_.slices,
            last_.versions
        );
    }

  private:
    [[nodiscard]] double seconds() const {
        return std::chrono::duration<double>(Clock::now() - begin_).count();
    }

    [[noreturn]] void fail_with(const std::string& words) const {
        throw std::runtime_error(fmt::format(
            "after {} kills and {:.1f} s (seed {}): {}",
            counts_.kills,
            seconds(),
            options_.seed,
            words
        ));
    }

    [[nodiscard]] LifePlan plan() const {
        LifePlan plan;
        plan.program = options_.child;
        plan.store = store_;
        plan.until = std::numeric_limits<std::int64_t>::max();
        plan.errors = folder_.path() / "errors";
        return plan;
    }

    /// A transaction that was cut left its journal behind; SQLite only.
    [[nodiscard]] bool has_hot_journal() const {
        std::error_code ignored;
        const auto size = std::filesystem::file_size(store_ + "-journal", ignored);
        return !ignored && size > 0;
    }

    void kill_once() {
        const int next = counts_.kills + 1;
        const bool with_server = counts_.server_kills < options_.server_kills &&
                                 next % (options_.kills / options_.server_kills) == 0;
        LifePlan life = plan();
        life.killed_after = std::chrono::microseconds{random_() % longest_life_};
        if (with_server) {
            life.before_kill = [&] { server_->crash(); };
        }
        const LifeEnd end = live(life);
        if (with_server) {
            server_->start();
            ++counts_.server_kills;
        }
        const bool lost_its_server = with_server && end.exit_code != 0;
        if (!end.was_killed && !lost_its_server) {
            fail_with(fmt::format(
                "the child ended by itself with {}: {}", end.exit_code, read_all(life.errors)
            ));
        }
        count(end);
    }

    void count(const LifeEnd& end) {
        ++counts_.kills;
        counts_.opened += end.has_opened ? 1 : 0;
        counts_.in_transaction += end.in_transaction ? 1 : 0;
        counts_.hot_journals += !options_.is_postgres && has_hot_journal() ? 1 : 0;
        counts_.interrupted_pulls += end.interrupted;
        counts_.held += end.held;
        acknowledged_.published = std::max(acknowledged_.published, end.published);
        acknowledged_.finished = std::max(acknowledged_.finished, end.finished);
    }

    /// On a slow machine a life has to be longer, or hardly any comes as far as its work.
    void live_longer_if_idle() {
        if (last_.slices < counts_.kills) {
            longest_life_ = std::min(2 * longest_life_, longest_life_max);
        }
    }

    void look_inside() {
        auto store = open_store(store_, [&] { ++counts_.held; });
        if (!store) {
            fail_with("the store does not open: " + store.error().message);
        }
        auto found = inspect(*store, expected_, acknowledged_);
        if (!found) {
            fail_with("the store cannot be read: " + found.error().message);
        }
        last_ = *std::move(found);
        counts_.unacknowledged += last_.slices > acknowledged_.published ? 1 : 0;
        if (last_.problems.empty()) {
            return;
        }
        std::string words = fmt::format("{} problems", last_.problems.size());
        for (std::size_t at = 0; at < std::min(problems_told, last_.problems.size()); ++at) {
            words += "\n  " + last_.problems[at];
        }
        fail_with(words);
    }

    /// The last life is left alone: it goes on to the end of a pull and the whole next one.
    void drain() {
        look_inside();
        LifePlan life = plan();
        life.until = end_of_pull(last_.slices + 1) + slices_each_pull;
        const LifeEnd end = live(life);
        if (end.was_killed || end.exit_code != 0 || end.finished != life.until) {
            fail_with("the last life did not reach its end: " + read_all(life.errors));
        }
        acknowledged_ = {end.published, end.finished};
        counts_.interrupted_pulls += end.interrupted;
        look_inside();
        if (last_.slices != life.until) {
            fail_with(fmt::format("{} slices, {} were to be there", last_.slices, life.until));
        }
    }

    /// The database's own check of its pages and indexes.
    void check_pages() {
        if (options_.is_postgres) {
            server_->execute(
                "CREATE EXTENSION amcheck SCHEMA public;"
                "SELECT public.bt_index_check(c.oid, true) FROM pg_class c"
                " JOIN pg_am a ON a.oid = c.relam WHERE a.amname = 'btree' AND c.relkind = 'i';"
                "DO $$ BEGIN IF EXISTS (SELECT FROM pg_class c, public.verify_heapam(c.oid) WHERE"
                " c.relkind = 'r' AND c.relpersistence = 'p') THEN"
                " RAISE 'a table is damaged'; END IF; END $$"
            );
            std::filesystem::remove_all(folder_of(store_));
            return;
        }
        auto store = open_store(store_, [] {});
        auto check = store->statement("PRAGMA integrity_check");
        const auto answer =
            (*check)->bind().first_row([](const store::Statement& row) { return row.text(0); });
        if (!answer || *answer != "ok") {
            fail_with("integrity_check: " + (answer ? answer->value_or("") : ""));
        }
    }

    /// A loop that hits nothing proves nothing.
    void check_that_it_was_hit() const {
        const bool is_hit = counts_.in_transaction >= counts_.kills / 10 &&
                            counts_.interrupted_pulls > 0 &&
                            counts_.server_kills == options_.server_kills &&
                            (options_.is_postgres || counts_.hot_journals > 0);
        if (!is_hit) {
            fail_with("too few kills met the child at work: " + report());
        }
    }

    Options options_;
    std::mt19937 random_;
    unsigned longest_life_ = first_longest_life;
    Clock::time_point begin_ = Clock::now();
    test::TemporaryFolder folder_;
    std::optional<PostgresPeer> server_;
    std::string store_;  ///< path or URL
    Expected expected_;
    Acknowledged acknowledged_;
    Inspection last_;
    Counts counts_;
};

/// Nothing if the command line cannot be understood.
std::optional<Options> parse(int count, char** arguments) {
    Options options;
    for (int at = 1; at + 1 < count; at += 2) {
        const std::string name = arguments[at];
        const std::string value = arguments[at + 1];
        if (name == "--child") {
            options.child = value;
        } else if (name == "--store" && (value == "sqlite" || value == "postgres")) {
            options.is_postgres = value == "postgres";
        } else if (name == "--kills") {
            options.kills = std::stoi(value);
        } else if (name == "--server-kills") {
            options.server_kills = std::stoi(value);
        } else if (name == "--seed") {
            options.seed = static_cast<std::uint32_t>(std::stoul(value));
        } else {
            return std::nullopt;
        }
    }
    const bool is_sound = count % 2 == 1 && !options.child.empty() &&
                          options.server_kills <= options.kills &&
                          (options.is_postgres || options.server_kills == 0);
    return is_sound ? std::optional(options) : std::nullopt;
}

}  // namespace
}  // namespace thidua::crash

int main(int count, char** arguments) {
    try {
        const auto options = thidua::crash::parse(count, arguments);
        if (!options) {
            fmt::print(
                stderr,
                "usage: thidua-crash-loop --child PROGRAM --store sqlite|postgres [--kills N]"
                " [--server-kills N] [--seed N]\n"
            );
            return EXIT_FAILURE;
        }
        thidua::crash::Loop loop(*options);
        loop.run();
        fmt::print("{}\n", loop.report());
        return EXIT_SUCCESS;
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}\n", error.what());
        return EXIT_FAILURE;
    }
}
