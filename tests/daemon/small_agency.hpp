// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// An agency of two units with a real store, and no source yet: what tests of jobs and commands that
// pull, read or decide begin with.
#pragma once

#include "daemon/options.hpp"
#include "daemon/output.hpp"
#include "daemon/service.hpp"
#include "tests/connectors/preset.hpp"
#include "tests/support/temporary_folder.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thidua::test {

/// A unit that is called by its code.
[[nodiscard]] inline DatedUnit unit(std::string code, std::optional<std::string> parent) {
    DatedUnit made;
    made.code = std::move(code);
    made.name = made.code;
    made.parent = std::move(parent);
    return made;
}

class SmallAgency : public testing::Test {
  protected:
    SmallAgency() {
        settings_.campaign.id = "c";
        settings_.campaign.start = day("2024-06-07");
        settings_.campaign.end = day("2024-12-31");
        settings_.units = {unit("H37.10", std::nullopt), unit("H37.10.05", "H37.10")};
        settings_.units[1].aliases = {{"000.05", {}}};
        settings_.store_path = folder_.path() / "thidua.db";
        settings_.store_reserve = 0;
    }

    void add(SourceDescription description, std::string name) {
        config::SourceSettings source;
        source.description = std::move(description);
        source.description.name = std::move(name);
        settings_.sources.push_back(std::move(source));
    }

    /// The store, and the service on it.
    void open() {
        auto store = store::Store::open(settings_.store_path, store::Access::ReadWrite);
        if (!store) {
            throw std::runtime_error(store.error().message);
        }
        store_.emplace(*std::move(store));
        service_.emplace(daemon::Service{
            settings_, *store_, clock_, {}, [](std::chrono::milliseconds) {}, [] {}});
    }

    /// Runs a writing command and keeps what it says.
    template <class Command>
    daemon::ExitCode run(Command command) {
        out_.clear();
        err_.clear();
        return command(options_, *service_, output_);
    }

    boost::json::value said() { return boost::json::parse(out_); }

    Sources sources_;
    TemporaryFolder folder_;
    config::Settings settings_;
    daemon::Clock clock_{at("2024-07-10T10:00:00+07:00")};
    std::optional<daemon::SharedStore> store_;
    std::optional<daemon::Service> service_;
    daemon::Options options_;
    std::string out_;
    std::string err_;
    std::vector<std::string> progress_;
    const daemon::Output output_{
        [this](std::string_view text) { out_ += text; },
        [this](std::string_view text) { err_ += text; },
        [this](const daemon::WorkProgress& work) {
            progress_.push_back(fmt::format("{} {}/{}", work.title, work.done, work.total));
        }};
};

}  // namespace thidua::test
